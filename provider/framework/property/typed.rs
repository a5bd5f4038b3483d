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

    /// The texts in the property that are secret: all of a secret map, or those of its values that are.
    #[must_use]
    pub fn secrets<T>(&self, field: FieldOf<R, T>) -> Vec<&'a str> {
        let mut found = Vec::new();
        if let Some(value) = self.map.get(field.name()) {
            collect_secrets(value, false, &mut found);
        }
        found
    }

    /// Where the property is.
    #[must_use]
    pub fn path<T>(&self, field: FieldOf<R, T>) -> Path {
        Path::of(field.name())
    }
}

fn collect_secrets<'a>(value: &'a Value, secret: bool, found: &mut Vec<&'a str>) {
    match value {
        Value::Secret(inner) => collect_secrets(inner, true, found),
        Value::String(text) if secret => found.push(text),
        Value::List(items) => items.iter().for_each(|item| collect_secrets(item, secret, found)),
        Value::Map(map) => map.values().for_each(|item| collect_secrets(item, secret, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_found_wherever_they_are_marked() {
        const FIELD: FieldOf<(), String> = FieldOf::new("args");
        let args = |inner: Value| Map::from([("args".to_owned(), inner)]);
        let pair = |secret: Value| Map::from([("a".to_owned(), Value::from("open")), ("b".to_owned(), secret)]);
        let partly = args(pair(Value::from("hush").into_secret()).into());
        assert_eq!(Properties::<()>::new(&partly).secrets(FIELD), ["hush"]);
        let wholly = args(Value::from(pair(vec![Value::from("hush")].into())).into_secret());
        assert_eq!(Properties::<()>::new(&wholly).secrets(FIELD), ["open", "hush"]);
        assert!(Properties::<()>::new(&args(pair("plain".into()).into())).secrets(FIELD).is_empty());
    }
}
