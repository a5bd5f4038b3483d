//! What a program says to a component.
//!
//! A field of a plain type decides on the structure: while it is unknown, so is the component. A
//! field of type [`Output`] may be unknown, and keeps its marks.

use crate::{
    property::{Encode, Record},
    value::{Output, Value},
};

use super::ArgProperties;

/// The inputs of a component. `#[derive(Inputs)]` writes it.
pub trait Inputs: Record + Clone + Send + 'static {
    /// The properties, as a nested component is registered with them.
    fn properties(&self) -> ArgProperties;
}

/// A field of a component's inputs as a value to come; for the derive macros.
pub trait Reveal {
    /// The value, or nothing when it is absent.
    fn reveal(&self) -> Option<Output<Value>>;
}

impl<T: Encode> Reveal for T {
    fn reveal(&self) -> Option<Output<Value>> {
        let value = self.encode();
        (!value.is_null()).then(|| Output::known(value))
    }
}

impl<T: Encode + Clone + Send + Sync + 'static> Reveal for Output<T> {
    fn reveal(&self) -> Option<Output<Value>> {
        Some(self.erase())
    }
}

impl<T: Encode + Clone + Send + Sync + 'static> Reveal for Option<Output<T>> {
    fn reveal(&self) -> Option<Output<Value>> {
        self.as_ref().map(Output::erase)
    }
}

impl<T: Encode + Clone + Send + Sync + 'static> Reveal for Vec<Output<T>> {
    fn reveal(&self) -> Option<Output<Value>> {
        Some(Output::all(self.iter().map(Output::erase)).map(Value::List))
    }
}

impl<T: Encode + Clone + Send + Sync + 'static> Reveal for Option<Vec<Output<T>>> {
    fn reveal(&self) -> Option<Output<Value>> {
        self.as_ref().and_then(Reveal::reveal)
    }
}
