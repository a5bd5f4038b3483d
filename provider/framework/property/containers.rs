//! Optional values, lists, maps, and values to come.

use std::collections::BTreeMap;

use super::{Decode, Decoding, Encode, scalars::wrong_kind};
use crate::{
    schema::{TypeSpec, Types},
    value::{Map, Output, Path, Resolved, Value},
};

impl<T: Decode> Decode for Option<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        T::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::from_known(value, at, to).map(Some) }
    }

    fn decode(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        // The marks are for the type inside to look through: it may keep them.
        if value.is_null() { Some(None) } else { T::decode(value, at, to).map(Some) }
    }

    fn hide(value: Value) -> Value {
        T::hide(value)
    }

    fn absent(_: &Path, _: &mut Decoding) -> Option<Self> {
        Some(None)
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self) -> Value {
        self.as_ref().map_or(Value::Null, Encode::encode)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        TypeSpec::array(T::spec(types))
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Value::List(items) = value else { return wrong_kind("a list", value, at, to) };
        let read: Vec<_> =
            items.iter().enumerate().map(|(index, item)| T::decode(item, &at.index(index), to)).collect();
        read.into_iter().collect()
    }

    fn hide(value: Value) -> Value {
        match value {
            Value::List(items) => Value::List(items.into_iter().map(T::hide).collect()),
            other => other,
        }
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self) -> Value {
        Value::List(self.iter().map(Encode::encode).collect())
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn spec(types: &mut Types) -> TypeSpec {
        TypeSpec::map(T::spec(types))
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Value::Map(map) = value else { return wrong_kind("an object", value, at, to) };
        let read: Vec<_> =
            map.iter().map(|(key, item)| T::decode(item, &at.key(key), to).map(|item| (key.clone(), item))).collect();
        read.into_iter().collect()
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self) -> Value {
        Value::Map(self.iter().map(|(key, item)| (key.clone(), item.encode())).collect::<Map>())
    }
}

/// A property of a component that may be unknown without making the component's structure unknown.
impl<T: Decode + Clone + Send + Sync + 'static> Decode for Output<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        T::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        T::from_known(value, at, to).map(Output::known)
    }

    fn decode(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let mut own = to.for_part();
        let read = T::decode(value, at, &mut own);
        let resolved = Resolved {
            value: read.filter(|_| !own.saw_unknown()),
            secret: own.saw_secret(),
            dependencies: own.dependencies().clone(),
        };
        let problems = own.into_problems();
        problems.iter().for_each(|problem| to.problem(&problem.path, problem.reason.clone()));
        problems.is_empty().then(|| Output::resolved(resolved))
    }
}
