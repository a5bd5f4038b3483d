//! The inputs of one component as a part of another one's.

use std::ops::Deref;

use super::{ArgProperties, Reveal, inputs::together};
use crate::{
    property::{Decode, Decoding, Field, refuse_unknown_keys},
    schema::{TypeSpec, Types},
    value::{Map, Output, Path, Value},
};

/// An object of a component's inputs most of whose properties are those of another component's, which the first one
/// has as a part. They are said once, where they belong: with their types, limits, defaults and descriptions.
pub trait Forwarding: Clone + Send + 'static {
    /// The token of the object's type, without the package.
    const TOKEN: &'static str;

    /// The description of the type.
    const DOC: &'static str;

    /// Every property that the object has.
    fn fields() -> Vec<&'static Field>;

    /// Reads the object. What is wrong goes to `to`; keys that it doesn't know were refused already.
    fn read(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self>;

    /// The properties, as they were read.
    fn properties(&self) -> ArgProperties;
}

/// Such an object as a property.
#[derive(Clone)]
pub struct Forwarded<T>(pub T);

impl<T> Deref for Forwarded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Forwarding> Decode for Forwarded<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        types.object_of(T::TOKEN, T::DOC, &T::fields())
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Value::Map(map) = value else {
            to.wrong(at, "must be an object", crate::property::kind(value));
            return None;
        };
        let fields = T::fields();
        refuse_unknown_keys(map, fields.iter().copied(), at, to);
        // What isn't said here isn't read either: the component that has such a property would say something of it too.
        let known = |name: &String| fields.iter().any(|field| field.name == *name);
        let map =
            map.iter().filter(|(name, _)| known(name)).map(|(name, value)| (name.clone(), value.clone())).collect();
        T::read(&map, at, to).map(Forwarded)
    }

    fn hide(value: Value) -> Value {
        let Value::Map(mut map) = value else { return value };
        for field in T::fields() {
            if let Some(value) = map.get_mut(field.name) {
                *value = field.hidden(value);
            }
        }
        Value::Map(map)
    }
}

impl<T: Forwarding> Reveal for Forwarded<T> {
    fn reveal(&self) -> Option<Output<Value>> {
        let properties = self.properties().into_iter();
        Some(together(properties.map(|(name, value)| (name.to_owned(), value))))
    }
}
