//! A text inside of an object that is always secret, whether the program marks it or not.

use std::fmt;

use framework::{
    property::{Decode, Decoding, Encode},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A secret text.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// The text itself, to be sent to AWS.
    #[must_use]
    pub fn told(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl From<&str> for SecretText {
    fn from(text: &str) -> Self {
        SecretText(text.to_owned())
    }
}

impl Decode for SecretText {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        String::from_known(value, at, to).map(SecretText)
    }
}

impl Encode for SecretText {
    fn encode(&self) -> Value {
        Value::String(self.0.clone()).into_secret()
    }
}
