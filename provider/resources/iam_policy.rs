//! Policies as IAM takes and answers them.

use framework::{problem::Problems, property::Json, value::Path};

use crate::aws::{Result, answered};

/// Notes characters that IAM doesn't take in policies: those beyond Latin-1.
pub fn check(document: &Json, at: &Path, problems: &mut Problems) {
    if document.to_string().chars().any(|character| character > '\u{FF}') {
        problems.add(at.clone(), "must have Latin letters and signs only (up to U+00FF)");
    }
}

/// The document that IAM answers with, which is URL-encoded (RFC 3986).
///
/// # Errors
///
/// That it isn't a JSON document.
pub fn document(encoded: &str) -> Result<Json> {
    let text = String::from_utf8_lossy(&percent_decoded(encoded.as_bytes())).into_owned();
    answered(serde_json::from_str::<serde_json::Value>(&text).ok(), "policyDocument").map(Json::from)
}

fn percent_decoded(encoded: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%').then(|| tail.get(..2)).flatten().and_then(hex);
        plain.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    plain
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_decoded() {
        let read = document("%7B%22Statement%22%3A%5B%5D%2C%22Sid%22%3A%2250%25+ok%22%7D").unwrap();
        assert_eq!(read, Json::from(serde_json::json!({"Statement": [], "Sid": "50%+ok"})));
        assert!(document("%7B").is_err());
    }
}
