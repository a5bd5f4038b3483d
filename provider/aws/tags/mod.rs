//! Tags: as a property, as AWS has them, and what has to change between the two.

pub mod acm;
pub mod application_autoscaling;
pub mod carriers;
pub mod ec2;
pub mod ecr;
pub mod ecs;
pub mod elasticache;
pub mod elb;
pub mod iam;
pub mod kms;
pub mod logs;
pub mod owner;
pub mod rds;
pub mod route53;
pub mod secrets_manager;

use std::{collections::BTreeMap, sync::LazyLock};

use framework::{
    problem::Problems,
    property::{Decode, Decoding, Encode, FieldOf},
    resource::{Change, Resource},
    schema::{TypeSpec, Types},
    value::{Path, Value},
};
use regex::Regex;

use super::limits::tags as limits;

/// A resource's tags, by key. AWS's own and the owner tag aren't among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags(BTreeMap<String, String>);

/// A text that every service takes.
static PLAIN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("^{}$", limits::CHARACTERS)).ok());

impl Tags {
    /// What AWS shows, without the tags that aren't the user's.
    pub fn from_aws(tags: impl IntoIterator<Item = (Option<String>, Option<String>)>) -> Self {
        let named = tags.into_iter().filter_map(|(key, value)| Some((key?, value.unwrap_or_default())));
        Tags(named.filter(|(key, _)| !is_reserved(key)).collect())
    }

    /// Each tag, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// What has to be done to `self` so that it becomes `wanted`.
    #[must_use]
    pub fn to(&self, wanted: &Tags) -> TagChange {
        let differs = |(key, value): &(&str, &str)| self.get(key) != Some(value);
        let owned = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
        let set = wanted.iter().filter(differs).map(owned).collect();
        let remove = self.0.keys().filter(|key| !wanted.0.contains_key(*key)).cloned().collect();
        TagChange { set, remove }
    }

    /// Notes characters that most services don't take in tags; EC2 takes any.
    pub fn plain_only(&self, at: &Path, problems: &mut Problems) {
        let strange = |text: &str| PLAIN.as_ref().is_some_and(|plain| !plain.is_match(text));
        for (key, _) in self.iter().filter(|(key, value)| strange(key) || strange(value)) {
            let reason =
                "has a character that this service doesn't take in tags: letters, digits, spaces and any of _.:/=+-@";
            problems.add(at.key(key), reason);
        }
    }
}

impl FromIterator<(String, String)> for Tags {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(tags: I) -> Self {
        Tags(tags.into_iter().collect())
    }
}

/// Tags to set and tags to remove.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagChange {
    /// Keys with their new values.
    pub set: Vec<(String, String)>,
    /// Keys that go.
    pub remove: Vec<String>,
}

impl TagChange {
    /// What differs in the tags of a resource that is being changed.
    #[must_use]
    pub fn of<R: Resource>(change: &Change<R>, tags: FieldOf<R, Tags>) -> Self {
        let (old, new) = change.between(tags).unwrap_or_default();
        let old: Tags = old.unwrap_or_default();
        old.to(&new)
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }
}

fn is_reserved(key: &str) -> bool {
    key == owner::KEY
        || key.get(..limits::RESERVED.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(limits::RESERVED))
}

impl Decode for Tags {
    fn spec(types: &mut Types) -> TypeSpec {
        BTreeMap::<String, String>::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        if let Value::Map(map) = value {
            map.keys().for_each(|key| check_key(key, at, to));
            check_count(map.len(), at, to);
        }
        let tags = BTreeMap::<String, String>::from_known(value, at, to)?;
        tags.iter().for_each(|(key, value)| check_value(key, value, at, to));
        Some(Tags(tags))
    }

    fn absent(_: &Path, _: &mut Decoding) -> Option<Self> {
        Some(Tags::default())
    }
}

framework::revealed_as_written!(Tags);

impl Encode for Tags {
    fn encode(&self) -> Value {
        self.0.encode()
    }
}

fn check_key(key: &str, at: &Path, to: &mut Decoding) {
    let length = key.chars().count();
    let at = at.key(key);
    if length == 0 || length > limits::KEY {
        to.problem(&at, format!("has a key of {length} characters; AWS takes 1 to {}", limits::KEY));
    }
    if key == owner::KEY {
        to.problem(&at, "is the tag by which the provider knows its own resources");
    } else if is_reserved(key) {
        to.problem(&at, "begins with aws:, which AWS keeps for itself");
    }
}

fn check_value(key: &str, value: &str, at: &Path, to: &mut Decoding) {
    let length = value.chars().count();
    if length > limits::VALUE {
        to.problem(&at.key(key), format!("must have at most {} characters, not {length}", limits::VALUE));
    }
}

fn check_count(count: usize, at: &Path, to: &mut Decoding) {
    let most = limits::PER_RESOURCE - 1;
    if count > most {
        to.problem(
            at,
            format!(
                "must have at most {most} tags, not {count}: AWS takes {}, and one is the provider's",
                limits::PER_RESOURCE
            ),
        );
    }
}

/// Adds default tags to a resource's own, which win. What is unknown stays so.
pub fn merge(own: Option<Value>, defaults: &BTreeMap<String, String>) -> Option<Value> {
    let texts = || defaults.iter().map(|(key, value)| (key.clone(), Value::String(value.clone())));
    match own {
        _ if defaults.is_empty() => own,
        None | Some(Value::Null) => Some(Value::Map(texts().collect())),
        Some(Value::Map(own)) => Some(Value::Map(texts().chain(own).collect())),
        Some(Value::Secret(own)) => merge(Some(*own), defaults).map(|merged| Value::Secret(Box::new(merged))),
        Some(Value::Output(mut own)) => {
            own.value = own.value.and_then(|value| merge(Some(value), defaults));
            Some(Value::Output(own))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests;
