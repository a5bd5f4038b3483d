//! Texts, truth values and numbers.

use super::{Decode, Decoding, Encode};
use crate::{
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// The largest distance from zero at which a double still holds every whole number.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a value is, for somebody who gave the wrong kind.
pub(crate) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
        Value::Reference(_) => "a resource",
        Value::Asset(_) | Value::Archive(_) | Value::Bytes(_) => "a file",
        Value::Unknown | Value::Secret(_) | Value::Output(_) => "a value",
    }
}

/// Notes that a value is of the wrong kind.
pub(super) fn wrong_kind<T>(wanted: &str, value: &Value, at: &Path, to: &mut Decoding) -> Option<T> {
    to.wrong(at, format!("must be {wanted}"), kind(value));
    None
}

impl Decode for String {
    fn spec(_: &mut Types) -> TypeSpec {
        TypeSpec::primitive("string")
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        match value {
            Value::String(text) => Some(text.clone()),
            other => wrong_kind("a string", other, at, to),
        }
    }
}

impl Encode for String {
    fn encode(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Decode for bool {
    fn spec(_: &mut Types) -> TypeSpec {
        TypeSpec::primitive("boolean")
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        match value {
            Value::Bool(value) => Some(*value),
            // YAML programs and stack configuration carry truth values as texts.
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            other => wrong_kind("true or false", other, at, to),
        }
    }
}

impl Encode for bool {
    fn encode(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Decode for f64 {
    fn spec(_: &mut Types) -> TypeSpec {
        TypeSpec::primitive("number")
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        match value {
            Value::Number(number) => Some(*number),
            Value::String(text) if text.parse::<f64>().is_ok_and(f64::is_finite) => text.parse().ok(),
            other => wrong_kind("a number", other, at, to),
        }
    }
}

impl Encode for f64 {
    fn encode(&self) -> Value {
        Value::Number(*self)
    }
}

impl Decode for i64 {
    fn spec(_: &mut Types) -> TypeSpec {
        TypeSpec::primitive("integer")
    }

    #[allow(clippy::cast_possible_truncation, reason = "the number is whole and exact, as the guard says")]
    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let number = f64::from_known(value, at, to)?;
        if number.fract() == 0.0 && number.abs() <= EXACT {
            return Some(number as i64);
        }
        to.wrong(at, "must be a whole number", number);
        None
    }
}

impl Encode for i64 {
    #[allow(clippy::cast_precision_loss, reason = "Pulumi's numbers are doubles")]
    fn encode(&self) -> Value {
        Value::Number(*self as f64)
    }
}

impl Decode for i32 {
    fn spec(types: &mut Types) -> TypeSpec {
        i64::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let number = i64::from_known(value, at, to)?;
        if let Ok(number) = i32::try_from(number) {
            return Some(number);
        }
        to.wrong(at, format!("must be between {} and {}", i32::MIN, i32::MAX), number);
        None
    }
}

impl Encode for i32 {
    fn encode(&self) -> Value {
        Value::Number(f64::from(*self))
    }
}
