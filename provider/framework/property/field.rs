//! What is known of a property from the Rust field that it comes from.

use std::marker::PhantomData;

use super::{Decoding, Rule};
use crate::{
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// Whose word a property is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The program says it.
    Input,
    /// The cloud says it.
    Output,
}

/// One property: its name, its type, and the laws that it is under.
pub struct Field {
    /// The name that programs use.
    pub name: &'static str,
    /// The description in schema and docs.
    pub doc: &'static str,
    /// Whose word it is.
    pub role: Role,
    /// Whether an input must be given.
    pub required: bool,
    /// Whether an output always has a value.
    pub always: bool,
    /// What an absent input stands for.
    pub default: Option<fn() -> Value>,
    /// Whether it is always secret.
    pub secret: bool,
    /// Whether a change needs another resource.
    pub replaces: bool,
    /// Whether the cloud chooses a value when the program gives none.
    pub computed: bool,
    /// Whether the cloud never tells an input back.
    pub write_only: bool,
    /// Whether an output stays the same for the life of the resource.
    pub stable: bool,
    /// The inputs without a change of which an output stays the same. None means that any change may change it.
    pub follows: &'static [&'static str],
    /// Whether Check finds an output out from the inputs and what they name, so that a change of it is a change.
    pub derived: bool,
    /// Whether the program's value is compared as a set: order and repetition mean nothing.
    pub set: bool,
    /// The greatest length of a physical name that is made up when the program gives none.
    pub named: Option<usize>,
    /// Limits beyond the type's own.
    pub rules: &'static [Rule],
    /// The type, in the schema's words.
    pub spec: fn(&mut Types) -> TypeSpec,
    /// Whether the type takes the value; what is wrong is noted.
    pub accepts: fn(&Value, &Path, &mut Decoding),
    /// The value as the type would write it, or the value itself where it doesn't fit.
    pub canonical: fn(&Value) -> Value,
    /// The value, marked where its type says that it is secret.
    pub hide: fn(Value) -> Value,
}

impl Field {
    /// Notes everything that is wrong with a value.
    pub fn check(&self, value: &Value, at: &Path, to: &mut Decoding) {
        to.hiding(self.secret || value.is_secret(), |to| {
            (self.accepts)(value, at, to);
            self.keeps_rules(value, at, to);
        });
    }
}

impl Field {
    /// Notes each rule that the value breaks, once it is known.
    fn keeps_rules(&self, value: &Value, at: &Path, to: &mut Decoding) {
        // The marks were noted when the value was read. A rule is about what the value means: a number in a text is one.
        if let Some(given) = Decoding::new().look_through(value) {
            // What means nothing, as an empty list may, is judged as it was given.
            let meant = Some((self.canonical)(given)).filter(|meant| !meant.is_null()).unwrap_or_else(|| given.clone());
            self.rules.iter().for_each(|rule| rule.check(&meant, given, at, to));
        }
    }

    /// Reads a value as `T`, and notes everything that is wrong with it.
    pub(super) fn read<T: super::Decode>(&self, value: &Value, at: &Path, to: &mut Decoding) -> Option<T> {
        to.hiding(self.secret || value.is_secret(), |to| {
            self.keeps_rules(value, at, to);
            T::decode(value, at, to)
        })
    }

    /// The value in the one form in which equal values are equal: as the type writes it, sets in order.
    /// Marks at the top are kept; a value with marks further down stays as it is.
    #[must_use]
    pub fn normal(&self, value: &Value) -> Value {
        match value {
            Value::Secret(inner) => self.normal(inner).into_secret(),
            marked if marked.has_unknown() || marked.has_secret() => marked.clone(),
            plain if self.set => in_order((self.canonical)(plain)),
            plain => (self.canonical)(plain),
        }
    }

    /// What the value means, to be compared with another one's meaning: without marks, in its normal form.
    #[must_use]
    pub fn meaning(&self, value: &Value) -> Value {
        self.normal(&value.plain())
    }

    /// The value, marked where it is secret whoever says it: all of it, or by its type.
    #[must_use]
    pub fn hidden(&self, value: &Value) -> Value {
        if self.secret { value.clone().into_secret() } else { (self.hide)(value.clone()) }
    }

    /// The value as the state keeps it: in its normal form, and secret where it must be.
    pub(crate) fn kept(&self, value: &Value, secret: bool) -> Value {
        let normal = self.normal(value);
        if self.secret || secret { normal.into_secret() } else { normal }
    }
}

/// A list in the one order in which equal sets are equal, each element once.
pub(super) fn in_order(value: Value) -> Value {
    match value {
        Value::List(mut items) => {
            items.sort_by_cached_key(|item| format!("{item:?}"));
            items.dedup();
            Value::List(items)
        }
        other => other,
    }
}

/// A property of `R` by its type: `change.to(fields::cidr_block)`.
pub struct FieldOf<R, T> {
    name: &'static str,
    of: PhantomData<fn() -> (R, T)>,
}

impl<R, T> FieldOf<R, T> {
    /// The property of that name; written by the derive macros.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        FieldOf { name, of: PhantomData }
    }

    /// The name that programs use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<R, T> Clone for FieldOf<R, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R, T> Copy for FieldOf<R, T> {}
