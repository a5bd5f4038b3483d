//! Values that stand in secrets alone, so that whatever shows one has told a secret.

use framework::value::{Map, Value};
use proptest::{prelude::*, sample::select, test_runner::TestCaseError};
use serde_json::Value as Json;

/// What gives a secret away.
const MARKS: [&str; 5] = ["hunter2", "10.66.", "fd66:", "3133731337", "31337"];

const TEXTS: &[&str] = &[
    "hunter2",
    "sg-hunter2",
    "hunter2/../",
    "aws:hunter2",
    "{\"a\": \"hunter2\"",
    "{\"a\": \"hunter2 ж\"}",
    "\"hunter2",
    "eu-hunter2-1",
    "us-east-1hunter2",
    "arn:aws:iam::123456789012:role/hunter2",
    "arn:hunter2",
    "10.66.77.88/8",
    "10.66.0.0/30",
    "10.66.0.0/9",
    "10.66.77.88",
    "fd66::/999",
    "fd66::1/16",
    "fd66::/16",
    "31337",
    "3133731337",
    "hunter2.hunter2",
    "com.hunter2",
    "tenantstack:hunter2",
];

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => select(TEXTS).prop_map(Value::from),
        1 => (1..300_usize).prop_map(|times| Value::from("hunter2".repeat(times))),
    ]
}

/// What may be inside a secret of that type of the schema, right or wrong.
pub fn of_type(node: &Json) -> BoxedStrategy<Value> {
    match node["type"].as_str() {
        Some("integer" | "number") => {
            prop_oneof![select(&[31_337.0, 3_133_731_337.0, -31_337.0, 31_337.5][..]).prop_map(Value::Number), text()]
                .boxed()
        }
        Some("array") => {
            prop_oneof![prop::collection::vec(of_type(&node["items"]), 0..4).prop_map(Value::List), text()].boxed()
        }
        Some("object") => {
            // Keys are places, and places are told.
            let entry = ("[a-z]{0,3}|aws:[a-z]|[a-z]{129}", text());
            prop_oneof![
                prop::collection::btree_map(entry.0, entry.1, 0..3).prop_map(Value::Map),
                text(),
                Just(Value::List(vec![Value::from("hunter2")])),
            ]
            .boxed()
        }
        _ => text().boxed(),
    }
}

/// Whether a mark is in the text. Digits inside of longer words are nobody's: hashes have them.
fn tells(said: &str, mark: &str) -> bool {
    let of_a_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    let is_number = mark.bytes().all(|digit| digit.is_ascii_digit());
    said.match_indices(mark).any(|(at, _)| {
        let (before, after) = (said[..at].chars().next_back(), said[at + mark.len()..].chars().next());
        !is_number || !(of_a_word(before) || of_a_word(after))
    })
}

/// What has been told of the secrets in these properties by those who may not: nothing, it is hoped.
///
/// # Errors
///
/// The first thing that was told.
pub fn untold<'a>(of: &[&Map], said: impl IntoIterator<Item = &'a str>) -> Result<(), TestCaseError> {
    // Prints of values hide secrets: what they show isn't one.
    let open = format!("{of:?}");
    let secret: Vec<_> = MARKS.into_iter().filter(|mark| !open.contains(*mark)).collect();
    for said in said {
        if let Some(told) = secret.iter().find(|mark| tells(said, mark)) {
            return Err(TestCaseError::fail(format!("{told} was told: {said}")));
        }
    }
    Ok(())
}

/// The same of properties, in which secrets may be as long as they are marked.
///
/// # Errors
///
/// The first thing that was told.
pub fn still_marked(of: &[&Map], answer: &Map) -> Result<(), TestCaseError> {
    // The owner token is ours, and counts.
    let told = answer.iter().filter(|(key, _)| *key != "__owner").map(|(key, value)| format!("{key}: {value:?}"));
    untold(of, told.collect::<Vec<_>>().iter().map(String::as_str))
}
