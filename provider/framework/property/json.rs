//! JSON documents, such as policies, which may come as a text or as an object.

use std::collections::BTreeMap;

use super::{Decode, Decoding, Encode, scalars::wrong_kind};
use crate::{
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

/// A JSON document. Two that mean the same are equal, however they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Json(serde_json::Value);

impl Json {
    /// The document.
    #[must_use]
    pub fn document(&self) -> &serde_json::Value {
        &self.0
    }
}

impl From<serde_json::Value> for Json {
    fn from(document: serde_json::Value) -> Self {
        Json(document)
    }
}

impl std::fmt::Display for Json {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Decode for Json {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Value::String(text) = value else { return wrong_kind("a JSON document as a string", value, at, to) };
        match serde_json::from_str(text) {
            Ok(document) => Some(Json(document)),
            Err(error) => {
                to.problem(at, format!("must be a JSON document: {error}"));
                None
            }
        }
    }
}

impl Encode for Json {
    fn encode(&self) -> Value {
        Value::String(sorted(&self.0).to_string())
    }
}

/// The same document with the keys of each object in order, so that equal documents are equal texts.
fn sorted(document: &serde_json::Value) -> serde_json::Value {
    match document {
        serde_json::Value::Object(map) => {
            let ordered: BTreeMap<_, _> = map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            serde_json::Value::Object(ordered.into_iter().collect())
        }
        serde_json::Value::Array(items) => serde_json::Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}
