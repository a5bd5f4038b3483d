//! Rust types as property values: what the schema says of them, how they are read, how they are written.
//!
//! Reading never stops at the first mistake. A [`Decoding`] collects all of them, and notes on the
//! way whether anything that was read is unknown or secret.

mod choice;
mod cidr;
mod containers;
mod decoding;
mod field;
mod json;
mod record;
mod rule;
mod scalars;
mod typed;

pub use choice::Choice;
pub use cidr::Cidr;
pub use decoding::Decoding;
pub use field::{Field, FieldOf, Role};
pub use json::Json;
pub use record::{EncodeRecord, Record, put, put_set, read_object, refuse_unknown_keys, take};
pub use rule::Rule;
pub(crate) use scalars::kind;
pub use typed::Properties;

use crate::{
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A type that property values can be read into.
pub trait Decode: Sized {
    /// What the schema says of the type; named types are added to `types`.
    fn spec(types: &mut Types) -> TypeSpec;

    /// Reads a value that carries no marks at its top. What is wrong goes to `to`.
    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self>;

    /// Reads a value. Marks are noted in `to` and looked through; an unknown value reads as nothing.
    fn decode(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let known = to.look_through(value)?;
        to.hiding(value.is_secret(), |to| Self::from_known(known, at, to))
    }

    /// The value, marked where this type says that it is secret.
    #[must_use]
    fn hide(value: Value) -> Value {
        value
    }

    /// What it means that the property is absent; by default that something is missing.
    fn absent(at: &Path, to: &mut Decoding) -> Option<Self> {
        to.problem(at, "is required");
        None
    }
}

/// A type that can be written as a property value.
pub trait Encode {
    /// The value.
    fn encode(&self) -> Value;
}

/// A type of plain data that can be read and written.
pub trait Property: Decode + Encode + Clone + Send + Sync + 'static {}

impl<T: Decode + Encode + Clone + Send + Sync + 'static> Property for T {}

/// Whether the type takes the value; what is wrong is noted. For the derive macros.
pub fn accepts<T: Decode>(value: &Value, at: &Path, to: &mut Decoding) {
    let _ = T::decode(value, at, to);
}

/// The value as the type would write it. For the derive macros.
#[must_use]
pub fn canonical<T: Decode + Encode>(value: &Value) -> Value {
    let mut notes = Decoding::new();
    T::from_known(value, &Path::root(), &mut notes).map_or_else(|| value.clone(), |read| read.encode())
}

/// The value as it is, for types that are read and never written. For the derive macros.
#[must_use]
pub fn as_it_is(value: &Value) -> Value {
    value.clone()
}
