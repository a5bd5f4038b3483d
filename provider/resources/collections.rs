//! Lists, maps and flags for which empty and absent are the same.
//!
//! AWS fills what a request leaves out with empty lists and `false`, or leaves out what is so. In these types both are
//! equal, so that neither is taken for a change.

use std::{collections::BTreeMap, ops::Deref};

use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A list whose order counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<T>(pub Vec<T>);

/// A list whose order and repetition mean nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unordered<T>(pub Vec<T>);

/// Texts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(pub BTreeMap<String, String>);

/// Something that is so, or isn't: `false` is what it is as long as nobody says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flag(pub bool);

macro_rules! lists {
    ($($list:ident)*) => {
        $(
            impl<T> Default for $list<T> {
                fn default() -> Self {
                    $list(Vec::new())
                }
            }

            impl<T> From<Vec<T>> for $list<T> {
                fn from(list: Vec<T>) -> Self {
                    $list(list)
                }
            }

            impl<T> FromIterator<T> for $list<T> {
                fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
                    $list(items.into_iter().collect())
                }
            }

            impl<T> Deref for $list<T> {
                type Target = [T];

                fn deref(&self) -> &[T] {
                    &self.0
                }
            }
        )*
    };
}

lists!(Ordered Unordered);

impl Deref for Texts {
    type Target = BTreeMap<String, String>;

    fn deref(&self) -> &BTreeMap<String, String> {
        &self.0
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Self {
        Flag(flag)
    }
}

impl<T: Decode> Decode for Ordered<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        Vec::<T>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if value.is_null() { Some(Self::default()) } else { Vec::from_known(value, at, to).map(Ordered) }
    }
}

impl<T: Encode> Encode for Ordered<T> {
    fn encode(&self) -> Value {
        if self.is_empty() { Value::Null } else { self.0.encode() }
    }
}

impl<T: Decode> Decode for Unordered<T> {
    fn spec(types: &mut Types) -> TypeSpec {
        Vec::<T>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if value.is_null() { Some(Self::default()) } else { Vec::from_known(value, at, to).map(Unordered) }
    }
}

impl<T: Encode> Encode for Unordered<T> {
    fn encode(&self) -> Value {
        let mut items: Vec<_> = self.iter().map(Encode::encode).collect();
        items.sort_by_cached_key(|item| format!("{item:?}"));
        items.dedup();
        if items.is_empty() { Value::Null } else { Value::List(items) }
    }
}

impl Decode for Texts {
    fn spec(types: &mut Types) -> TypeSpec {
        BTreeMap::<String, String>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if value.is_null() { Some(Self::default()) } else { BTreeMap::from_known(value, at, to).map(Texts) }
    }
}

impl Encode for Texts {
    fn encode(&self) -> Value {
        if self.is_empty() { Value::Null } else { self.0.encode() }
    }
}

impl Decode for Flag {
    fn spec(types: &mut Types) -> TypeSpec {
        bool::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if value.is_null() { Some(Self::default()) } else { bool::from_known(value, at, to).map(Flag) }
    }
}

impl Encode for Flag {
    fn encode(&self) -> Value {
        if self.0 { Value::Bool(true) } else { Value::Null }
    }
}

#[cfg(test)]
mod tests {
    use framework::property::canonical;

    use super::*;

    fn texts(of: &[&str]) -> Value {
        Value::List(of.iter().map(|text| Value::from(*text)).collect())
    }

    #[test]
    fn empty_is_absent() {
        assert_eq!(canonical::<Ordered<String>>(&texts(&[])), Value::Null);
        assert_eq!(canonical::<Unordered<String>>(&texts(&[])), Value::Null);
        assert_eq!(canonical::<Texts>(&Value::Map([].into())), Value::Null);
        assert_eq!(canonical::<Flag>(&Value::Bool(false)), Value::Null);
    }

    #[test]
    fn order_counts_only_where_it_is_kept() {
        assert_eq!(canonical::<Ordered<String>>(&texts(&["b", "a", "b"])), texts(&["b", "a", "b"]));
        assert_eq!(canonical::<Unordered<String>>(&texts(&["b", "a", "b"])), texts(&["a", "b"]));
    }
}
