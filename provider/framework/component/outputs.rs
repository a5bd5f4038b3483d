//! What a program gets back from a component.

use crate::{
    property::Field,
    value::{Map, Output},
};

use super::ArgProperties;

/// The outputs of a component, each a value to come. `#[derive(Outputs)]` writes it.
pub trait Outputs: Clone + Send + 'static {
    /// The properties, in the order of the struct.
    const FIELDS: &'static [Field];

    /// Each output by its name.
    fn into_properties(self) -> ArgProperties;

    /// The outputs of a component that was registered elsewhere.
    fn read_from(map: &Output<Map>) -> Self;
}
