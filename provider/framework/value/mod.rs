//! Pulumi's values, as they are between the wire and a resource's own types.
//!
//! A value may carry marks that ordinary JSON has no word for: not known yet, secret, dependent
//! on other resources. They can stand at any depth. Code that wants plain data asks for it with
//! [`Value::plain`]; code that must not lose a mark works on [`Value`] itself.

mod asset;
mod input;
mod output;
mod path;
mod reference;
mod urn;

use std::{collections::BTreeMap, fmt};

pub use asset::{Archive, ArchiveContent, Asset, AssetContent};
pub use input::Input;
pub use output::{Output, Resolved};
pub use path::{Path, Segment};
pub use reference::{Reference, ReferenceId};
pub use urn::Urn;

/// The properties of an object, in the order of their names.
pub type Map = BTreeMap<String, Value>;

/// A property value with its marks.
#[derive(Clone, PartialEq, Default)]
pub enum Value {
    /// An explicit null, which is not the same as an absent property.
    #[default]
    Null,
    /// A truth value.
    Bool(bool),
    /// A number; Pulumi has doubles only.
    Number(f64),
    /// A text.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// An object or a map.
    Map(Map),
    /// Not known before the deployment has made what it comes from.
    Unknown,
    /// A value that is encrypted in the state and hidden from people.
    Secret(Box<Value>),
    /// A value with its whole history: known or not, secret or not, and what it depends on.
    Output(Box<OutputValue>),
    /// Another resource.
    Reference(Reference),
    /// A file's content.
    Asset(Asset),
    /// A tree of files.
    Archive(Archive),
    /// Bytes that need not be text.
    Bytes(Vec<u8>),
}

/// A value that says where it comes from; only components receive and return these.
#[derive(Clone, PartialEq, Default)]
pub struct OutputValue {
    /// The value, or nothing while it is unknown.
    pub value: Option<Value>,
    /// Whether the value is secret.
    pub secret: bool,
    /// The resources that the value comes from.
    pub dependencies: std::collections::BTreeSet<Urn>,
}

impl Value {
    /// The same value without secret and output marks; what is unknown stays unknown.
    #[must_use]
    pub fn plain(&self) -> Value {
        match self {
            Value::Secret(inner) => inner.plain(),
            Value::Output(output) => output.value.as_ref().map_or(Value::Unknown, Value::plain),
            Value::List(items) => Value::List(items.iter().map(Value::plain).collect()),
            Value::Map(map) => Value::Map(map.iter().map(|(k, v)| (k.clone(), v.plain())).collect()),
            other => other.clone(),
        }
    }

    /// The same value without nulls inside maps: to Pulumi a null property and an absent one are equal.
    #[must_use]
    pub fn without_nulls(self) -> Value {
        match self {
            Value::Map(map) => Value::Map(without_nulls(map)),
            Value::List(items) => Value::List(items.into_iter().map(Value::without_nulls).collect()),
            Value::Secret(inner) => Value::Secret(Box::new(inner.without_nulls())),
            Value::Output(output) => {
                let value = output.value.map(Value::without_nulls);
                Value::Output(Box::new(OutputValue { value, ..*output }))
            }
            other => other,
        }
    }

    /// Marks the value as secret, once.
    #[must_use]
    pub fn into_secret(self) -> Value {
        match self {
            Value::Secret(_) => self,
            other => Value::Secret(Box::new(other)),
        }
    }

    /// Whether the value, or the whole of it under its marks, is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Secret(inner) => inner.is_null(),
            Value::Output(output) => output.value.as_ref().is_some_and(Value::is_null),
            _ => false,
        }
    }

    /// Whether the value as a whole is marked as secret.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        match self {
            Value::Secret(_) => true,
            Value::Output(output) => output.secret || output.value.as_ref().is_some_and(Value::is_secret),
            _ => false,
        }
    }

    /// Whether anything in the value is unknown.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        self.any(&|value| match value {
            Value::Unknown => true,
            Value::Output(output) => output.value.is_none(),
            _ => false,
        })
    }

    /// Whether anything in the value is secret.
    #[must_use]
    pub fn has_secret(&self) -> bool {
        self.any(&|value| match value {
            Value::Secret(_) => true,
            Value::Output(output) => output.secret,
            _ => false,
        })
    }

    /// Every resource that any part of the value depends on.
    #[must_use]
    pub fn dependencies(&self) -> std::collections::BTreeSet<Urn> {
        let mut found = std::collections::BTreeSet::new();
        self.visit(&mut |value| {
            if let Value::Output(output) = value {
                found.extend(output.dependencies.iter().cloned());
            }
        });
        found
    }

    /// The text, when the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            Value::Secret(inner) => inner.as_str(),
            _ => None,
        }
    }

    fn any(&self, holds: &impl Fn(&Value) -> bool) -> bool {
        let mut found = false;
        self.visit(&mut |value| found |= holds(value));
        found
    }

    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Value)) {
        see(self);
        match self {
            Value::List(items) => items.iter().for_each(|item| item.visit(see)),
            Value::Map(map) => map.values().for_each(|value| value.visit(see)),
            Value::Secret(inner) => inner.visit(see),
            Value::Output(output) => output.value.iter().for_each(|value| value.visit(see)),
            _ => {}
        }
    }
}

/// The map without properties that are null, at any depth.
#[must_use]
pub fn without_nulls(map: Map) -> Map {
    map.into_iter().filter(|(_, value)| !value.is_null()).map(|(key, value)| (key, value.without_nulls())).collect()
}

impl fmt::Debug for Value {
    /// Shows everything but secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(value) => value.fmt(f),
            Value::Number(value) => value.fmt(f),
            Value::String(value) => value.fmt(f),
            Value::List(items) => f.debug_list().entries(items).finish(),
            Value::Map(map) => f.debug_map().entries(map).finish(),
            Value::Unknown => f.write_str("<unknown>"),
            Value::Secret(_) => f.write_str("<secret>"),
            Value::Output(output) => output.fmt(f),
            Value::Reference(reference) => reference.fmt(f),
            Value::Asset(asset) => asset.fmt(f),
            Value::Archive(archive) => archive.fmt(f),
            Value::Bytes(bytes) => write!(f, "<{} bytes>", bytes.len()),
        }
    }
}

impl fmt::Debug for OutputValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            _ if self.secret => f.write_str("<secret>"),
            None => f.write_str("<unknown>"),
            Some(value) => value.fmt(f),
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Value::String(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Value::String(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Value::Number(value)
    }
}

impl From<Map> for Value {
    fn from(value: Map) -> Self {
        Value::Map(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(value: Vec<Value>) -> Self {
        Value::List(value)
    }
}

/// How the engine writes a text that it doesn't know yet; also the id of a provider that isn't made yet.
pub const UNKNOWN: &str = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
