//! A look at properties that may be incomplete, by their types.

use std::marker::PhantomData;

use super::{Decode, Decoding, FieldOf};
use crate::value::{Map, Path, Value};

/// The properties of an `R`, some of which may be unknown, absent or wrong.
///
/// Cross-field rules look at it in Check, deletion at what the state says.
pub struct Properties<'a, R> {
    map: &'a Map,
    of: PhantomData<fn() -> R>,
}

impl<'a, R> Properties<'a, R> {
    /// A look at these properties.
    #[must_use]
    pub fn new(map: &'a Map) -> Self {
        Properties { map, of: PhantomData }
    }

    /// The property, when it is there, known, and of its type.
    #[must_use]
    pub fn get<T: Decode>(&self, field: FieldOf<R, T>) -> Option<T> {
        let mut notes = Decoding::new();
        let at = Path::of(field.name());
        let read = match self.map.get(field.name()) {
            Some(value) => T::decode(value, &at, &mut notes),
            None => T::absent(&at, &mut notes),
        };
        read.filter(|_| notes.problems().is_empty() && !notes.saw_unknown())
    }

    /// Whether the program gave the property, even if it isn't known yet.
    #[must_use]
    pub fn has<T>(&self, field: FieldOf<R, T>) -> bool {
        self.map.get(field.name()).is_some_and(|value| !Value::is_null(value))
    }

    /// Whether the property, or a part of it, is secret.
    #[must_use]
    pub fn is_secret<T>(&self, field: FieldOf<R, T>) -> bool {
        self.map.get(field.name()).is_some_and(Value::has_secret)
    }

    /// Where the property is.
    #[must_use]
    pub fn path<T>(&self, field: FieldOf<R, T>) -> Path {
        Path::of(field.name())
    }
}
