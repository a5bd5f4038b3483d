//! JSON as the SDK has it.

use aws_smithy_types::{Document, Number};
use serde_json::Value;

/// A document for a request.
pub fn to_aws(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::Number(number) => Document::Number(match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => Number::PosInt(whole),
            (None, Some(whole)) => Number::NegInt(whole),
            (None, None) => Number::Float(number.as_f64().unwrap_or_default()),
        }),
        Value::String(text) => Document::String(text.clone()),
        Value::Array(items) => Document::Array(items.iter().map(to_aws).collect()),
        Value::Object(map) => Document::Object(map.iter().map(|(key, value)| (key.clone(), to_aws(value))).collect()),
    }
}

/// A document of an answer.
pub fn from_aws(document: Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(value),
        Document::Number(Number::PosInt(whole)) => Value::from(whole),
        Document::Number(Number::NegInt(whole)) => Value::from(whole),
        Document::Number(Number::Float(number)) => Value::from(number),
        Document::String(text) => Value::String(text),
        Document::Array(items) => Value::Array(items.into_iter().map(from_aws).collect()),
        Document::Object(map) => Value::Object(map.into_iter().map(|(key, value)| (key, from_aws(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_out_comes_back() {
        let document = serde_json::json!({"a": [1, -2, 0.5, "text", true, null], "b": {}});
        assert_eq!(from_aws(to_aws(&document)), document);
    }
}
