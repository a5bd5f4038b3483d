//! Secrets by name, whose names decide on the structure and whose texts nobody sees.

use std::{collections::BTreeMap, ops::Deref};

use super::{Reveal, inputs::together};
use crate::{
    property::{Decode, Decoding},
    schema::{TypeSpec, Types},
    value::{Output, OutputValue, Path, Value},
};

/// Secret texts by name.
///
/// Each text is a secret, whether the program marks it or not. A mark on all of them, as SDKs set it, is a mark on each
/// of them and on nothing else: what there is, and how many, is no secret.
#[derive(Clone, Default)]
pub struct SecretTexts(BTreeMap<String, Output<String>>);

impl Deref for SecretTexts {
    type Target = BTreeMap<String, Output<String>>;

    fn deref(&self) -> &BTreeMap<String, Output<String>> {
        &self.0
    }
}

impl Decode for SecretTexts {
    fn spec(types: &mut Types) -> TypeSpec {
        BTreeMap::<String, Output<String>>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let texts = to.hiding(true, |to| BTreeMap::<String, Output<String>>::from_known(value, at, to))?;
        Some(SecretTexts(texts.into_iter().map(|(name, text)| (name, text.into_secret())).collect()))
    }

    fn decode(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let open = without_secrecy(value);
        let known = to.look_through(&open)?;
        Self::from_known(known, at, to)
    }

    fn hide(value: Value) -> Value {
        value.into_secret()
    }
}

impl Reveal for SecretTexts {
    fn reveal(&self) -> Option<Output<Value>> {
        Some(together(self.iter().map(|(name, text)| (name.clone(), text.erase()))))
    }
}

/// The value without the mark at its top that says that all of it is secret. What it comes from is kept.
fn without_secrecy(value: &Value) -> Value {
    match value {
        Value::Secret(inner) => without_secrecy(inner),
        Value::Output(output) => Value::Output(Box::new(OutputValue {
            value: output.value.as_ref().map(without_secrecy),
            secret: false,
            dependencies: output.dependencies.clone(),
        })),
        plain => plain.clone(),
    }
}
