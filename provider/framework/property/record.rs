//! Structs as objects.

use super::{Decoding, Encode, Field, field::in_order};
use crate::value::{Map, Path, Value};

/// A struct whose fields are properties. The derive macros write it.
pub trait Record: Sized {
    /// The properties, in the order of the struct.
    const FIELDS: &'static [Field];

    /// Reads the properties. What is wrong, or missing, is noted in `to`.
    fn decode_fields(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self>;
}

/// A record that can be written.
pub trait EncodeRecord: Record {
    /// The properties; absent ones are left out.
    fn encode_fields(&self) -> Map;
}

/// Writes a property unless it is absent; for the derive macros.
pub fn put<T: Encode>(map: &mut Map, name: &str, value: &T) {
    let value = value.encode();
    if !value.is_null() {
        map.insert(name.to_owned(), value);
    }
}

/// Writes a set unless it is absent, so that equal sets are equal lists; for the derive macros.
pub fn put_set<T: Encode>(map: &mut Map, name: &str, value: &T) {
    match in_order(value.encode()) {
        Value::Null => {}
        set => drop(map.insert(name.to_owned(), set)),
    }
}

/// Reads a property, or what its absence means; for the derive macros.
pub fn take<T: super::Decode>(map: &Map, field: &Field, at: &Path, to: &mut Decoding) -> Option<T> {
    let at = at.key(field.name);
    match map.get(field.name).filter(|value| !value.is_null()) {
        Some(value) => field.read(value, &at, to),
        None => match field.default {
            Some(default) => T::decode(&default(), &at, to),
            None => T::absent(&at, to),
        },
    }
}

/// Notes each key of an object that its type doesn't know, with the nearest that it does.
pub fn refuse_unknown_keys<'a>(map: &Map, fields: impl IntoIterator<Item = &'a Field>, at: &Path, to: &mut Decoding) {
    let known: Vec<_> = fields.into_iter().map(|field| field.name).collect();
    for key in map.keys().filter(|key| !key.starts_with("__") && !known.contains(&key.as_str())) {
        to.problem(&at.key(key), unknown_key(key, known.iter().copied()));
    }
}

fn unknown_key<'a>(key: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known.map(|name| (strsim::levenshtein(&key.to_lowercase(), &name.to_lowercase()), name)).min();
    match nearest {
        Some((far, name)) if far <= 3 && far < key.len() => format!("is not a property here; did you mean {name}?"),
        _ => "is not a property here".to_owned(),
    }
}

/// Reads an object; for the derive macros.
pub fn read_object<T: Record>(value: &Value, at: &Path, to: &mut Decoding) -> Option<T> {
    let Value::Map(map) = value else {
        return super::scalars::wrong_kind("an object", value, at, to);
    };
    refuse_unknown_keys(map, T::FIELDS, at, to);
    T::decode_fields(map, at, to)
}
