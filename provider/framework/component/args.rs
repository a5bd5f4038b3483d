//! What a component gives to a child, property by property.

use crate::{
    property::Encode,
    value::{Input, Output, Value},
};

/// The properties that were given, by name.
pub type Properties = Vec<(&'static str, Output<Value>)>;

/// The inputs of a type of resource, each a value or a value to come. `#[derive(Resource)]` writes it.
pub trait Args: Default {
    /// The token of the type, without the package.
    const TOKEN: &'static str;

    /// What stands for the child once it is described.
    type Handle: super::Handle;

    /// The properties that were given.
    fn into_properties(self) -> Properties;
}

/// Adds a property if it was given; for the derive macros.
pub fn handed<T: Encode + Clone + Send + Sync + 'static>(to: &mut Properties, name: &'static str, input: Input<T>) {
    if let Some(output) = input.into_output() {
        to.push((name, output.erase()));
    }
}
