//! The laws of tags.

use std::collections::BTreeMap;

use framework::{
    problem::Problems,
    property::{Decode, Decoding, Encode},
    value::{Map, Path, Value},
};

use super::*;

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn tags(entries: &[(&str, &str)]) -> Tags {
    entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn wrong(entries: &[(&str, Value)]) -> Vec<String> {
    let map: Map = entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    let mut notes = Decoding::new();
    Tags::decode(&Value::Map(map), &Path::of("tags"), &mut notes);
    notes.problems().iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
}

#[test]
fn tags_are_written_as_they_are_read() {
    let own = tags(&[("Name", "a"), ("empty", "")]);
    assert_eq!(Tags::decode(&own.encode(), &Path::root(), &mut Decoding::new()), Some(own));
}

#[test]
fn reserved_keys_are_refused_even_while_values_are_unknown() {
    assert_eq!(wrong(&[("AWS:x", Value::Unknown)]), ["tags.AWS:x begins with aws:, which AWS keeps for itself"]);
    assert_eq!(wrong(&[(owner::KEY, text("x"))]).len(), 1);
    assert_eq!(wrong(&[("a.b", text(&"x".repeat(257)))]), [r#"tags["a.b"] must have at most 256 characters, not 257"#]);
    assert_eq!(wrong(&[(&"k".repeat(129), text(""))]).len(), 1);
}

#[test]
fn one_of_fifty_is_the_providers() {
    let keys: Vec<String> = (0..50).map(|number| format!("k{number}")).collect();
    let entries: Vec<(&str, Value)> = keys.iter().map(|key| (key.as_str(), text(""))).collect();
    assert_eq!(wrong(&entries).len(), 1);
    assert_eq!(wrong(&entries[..49]), Vec::<String>::new());
}

#[test]
fn a_secret_value_is_not_repeated() {
    let secret = text(&"s".repeat(300)).into_secret();
    assert!(!wrong(&[("k", secret)])[0].contains("sss"));
}

#[test]
fn a_change_is_the_least_that_is_needed() {
    let change =
        tags(&[("same", "1"), ("old", "1"), ("gone", "1")]).to(&tags(&[("same", "1"), ("old", "2"), ("new", "1")]));
    assert_eq!(change.set, [("new".into(), "1".into()), ("old".into(), "2".into())]);
    assert_eq!(change.remove, ["gone"]);
    assert!(tags(&[("a", "b")]).to(&tags(&[("a", "b")])).is_empty());
}

#[test]
fn only_the_users_tags_come_back() {
    let seen = [("Name", "a"), ("aws:cloudformation:stack-name", "s"), (owner::KEY, "t@1")];
    let seen = seen.map(|(key, value)| (Some(key.to_owned()), Some(value.to_owned())));
    assert_eq!(Tags::from_aws(seen), tags(&[("Name", "a")]));
}

#[test]
fn defaults_fill_in_and_lose() {
    let defaults = BTreeMap::from([("team".to_owned(), "x".to_owned()), ("env".to_owned(), "prod".to_owned())]);
    let merged = |own| merge(own, &defaults).map(|value| value.plain());
    let all = tags(&[("team", "own"), ("env", "prod")]).encode();
    let own = tags(&[("team", "own")]).encode();
    assert_eq!(merged(Some(own.clone())), Some(all.clone()));
    assert_eq!(merge(Some(own.into_secret()), &defaults), Some(all.into_secret()));
    assert_eq!(merged(None), Some(tags(&[("team", "x"), ("env", "prod")]).encode()));
    assert_eq!(merged(Some(Value::Unknown)), Some(Value::Unknown));
}

#[test]
fn some_services_are_strict_about_characters() {
    let mut problems = Problems::none();
    tags(&[("Name", "Müller & Co"), ("fine", "a_b.c:d/e=f+g-h@i j")]).plain_only(&Path::of("tags"), &mut problems);
    assert_eq!(problems.iter().count(), 1);
}
