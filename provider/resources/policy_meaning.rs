//! What a policy document means: AWS answers some policies in other words than it was given.
//!
//! One element and a list of it are the same, the order of a list means nothing, and an account's number as a
//! principal stands for its root.

use framework::property::Json;
use serde_json::{Map, Value};

/// The policy as it was said, where AWS shows the same one.
#[must_use]
pub fn as_said(said: Option<Json>, seen: Json) -> Json {
    said.filter(|said| is_same(said, &seen)).unwrap_or(seen)
}

/// Whether two policies mean the same.
#[must_use]
pub fn is_same(one: &Json, other: &Json) -> bool {
    one == other || meaning(one.document()) == meaning(other.document())
}

/// The same policy in the one form in which equal policies are equal.
#[must_use]
pub fn meaning(document: &Value) -> Value {
    let Value::Object(policy) = document else { return document.clone() };
    mapped(policy, |key, part| match key {
        "Statement" => Value::Array(listed(part).iter().map(statement).collect()),
        _ => part.clone(),
    })
}

fn statement(document: &Value) -> Value {
    let Value::Object(statement) = document else { return document.clone() };
    mapped(statement, |key, part| match (key, part) {
        ("Action" | "NotAction" | "Resource" | "NotResource", part) => set(part, plain),
        ("Principal" | "NotPrincipal", Value::Object(kinds)) => mapped(kinds, |_, names| set(names, principal)),
        ("Principal" | "NotPrincipal", Value::String(_)) => serde_json::json!({ "AWS": set(part, principal) }),
        ("Condition", Value::Object(operators)) => mapped(operators, |_, keys| match keys {
            Value::Object(keys) => mapped(keys, |_, values| set(values, plain)),
            other => other.clone(),
        }),
        _ => part.clone(),
    })
}

fn mapped(map: &Map<String, Value>, each: impl Fn(&str, &Value) -> Value) -> Value {
    Value::Object(map.iter().map(|(key, part)| (key.clone(), each(key, part))).collect())
}

fn listed(part: &Value) -> Vec<Value> {
    match part {
        Value::Array(items) => items.clone(),
        one => vec![one.clone()],
    }
}

fn set(part: &Value, each: impl Fn(String) -> String) -> Value {
    let mut items: Vec<String> = listed(part).iter().map(|item| each(text(item))).collect();
    items.sort();
    items.dedup();
    Value::from(items)
}

/// Numbers and truth values are texts in conditions.
fn text(item: &Value) -> String {
    item.as_str().map_or_else(|| item.to_string(), ToOwned::to_owned)
}

fn plain(item: String) -> String {
    item
}

/// An account by its number, however it was named.
fn principal(name: String) -> String {
    let account = name.strip_prefix("arn:").and_then(|arn| arn.split_once(":iam::")).map(|(_, rest)| rest);
    match account.and_then(|rest| rest.strip_suffix(":root")) {
        Some(account) => account.to_owned(),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn allowing(more: Value) -> Json {
        let mut one = json!({ "Effect": "Allow", "Action": "kms:*", "Resource": "*" });
        if let (Value::Object(one), Value::Object(more)) = (&mut one, more) {
            one.extend(more);
        }
        Json::from(json!({ "Version": "2012-10-17", "Statement": [one] }))
    }

    #[test]
    fn what_aws_says_in_other_words_is_the_same() {
        for (said, seen) in [
            (json!({ "Action": "kms:*" }), json!({ "Action": ["kms:*"] })),
            (json!({ "Action": ["a:B", "a:A"] }), json!({ "Action": ["a:A", "a:B"] })),
            (
                json!({ "Principal": { "AWS": "123456789012" } }),
                json!({ "Principal": { "AWS": ["arn:aws:iam::123456789012:root"] } }),
            ),
            (json!({ "Principal": "*" }), json!({ "Principal": { "AWS": "*" } })),
            (
                json!({ "Condition": { "Bool": { "aws:SecureTransport": true } } }),
                json!({ "Condition": { "Bool": { "aws:SecureTransport": ["true"] } } }),
            ),
        ] {
            let (said, seen) = (allowing(said), allowing(seen));
            assert!(is_same(&said, &seen), "{said} {seen}");
            assert_eq!(as_said(Some(said.clone()), seen), said);
        }
        let single = Json::from(json!({ "Statement": { "Effect": "Deny" } }));
        assert!(is_same(&single, &Json::from(json!({ "Statement": [{ "Effect": "Deny" }] }))));
    }

    #[test]
    fn what_means_something_else_is_another() {
        for (said, seen) in [
            (json!({ "Action": "kms:*" }), json!({ "Action": "kms:Get*" })),
            (json!({ "Effect": "Allow" }), json!({ "Effect": "Deny" })),
            (json!({ "Principal": { "AWS": "123456789012" } }), json!({ "Principal": { "AWS": "210987654321" } })),
            (json!({ "Principal": { "AWS": "a" } }), json!({ "Principal": { "Service": "a" } })),
            (json!({ "Sid": "one" }), json!({ "Sid": "two" })),
        ] {
            let (said, seen) = (allowing(said), allowing(seen));
            assert!(!is_same(&said, &seen), "{said} {seen}");
            assert_eq!(as_said(Some(said), seen.clone()), seen);
        }
    }
}
