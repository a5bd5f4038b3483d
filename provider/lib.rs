//! A Pulumi provider of high-level AWS components.
//!
//! The map of the house: [`resources`] has one AWS resource a file, [`components`] what is made of
//! them; [`aws`] is what every AWS call shares; [`protocol`] is the only one that speaks gRPC. What
//! a resource and a component *are* is the `framework` crate's word, which knows none of these.

pub mod aws;
pub mod components;
mod package;
pub mod protocol;
pub mod resources;

use framework::provider::Provider;

/// The provider with everything that it offers.
#[must_use]
pub fn provider() -> Provider<aws::Aws> {
    Provider::new(package::info(), components::register(resources::registry()))
}
