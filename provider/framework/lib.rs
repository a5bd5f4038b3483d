//! A framework for Pulumi providers: types first.
//!
//! A provider's author writes structs. `#[derive(Resource)]` reads a resource's properties off one,
//! and [`resource::Managed`] says what its cloud is asked for each verb. A component is a function
//! from typed inputs to typed children ([`component::Component`]). The schema, checking, comparing,
//! previews, crash safety, waiting, import and refresh follow.
//!
//! The framework knows no cloud (that is [`cloud::Cloud`]) and no wire (a protocol calls
//! [`provider::Provider`] and implements [`engine::Monitor`] and [`engine::Log`]).

// The derive macros name this crate; so can its own tests.
extern crate self as framework;

pub mod cloud;
pub mod component;
pub mod engine;
pub mod error;
pub mod problem;
pub mod property;
pub mod provider;
pub mod resource;
pub mod schema;
pub mod value;

pub use framework_macros::{Choice, Component, Inputs, Object, Outputs, Resource};
