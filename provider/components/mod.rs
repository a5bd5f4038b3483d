//! What is made of the resources: one component a folder.

mod child_tags;
mod network;
pub mod vpc;

use framework::provider::Registry;

pub use network::Network;
pub use vpc::Vpc;

use crate::aws::Aws;

/// Adds every component to the registry.
#[must_use]
pub fn register(registry: Registry<Aws>) -> Registry<Aws> {
    registry.component_type::<Vpc>()
}
