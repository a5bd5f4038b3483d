//! Attributes: settings by key, of which AWS has a value for each and a program names some.

use std::collections::BTreeMap;

use framework::{Object, problem::Problems, value::Path};

use crate::aws::limits::load_balancing::{self as limits, Of, Values};

/// An attribute: a setting that has a name.
#[derive(Object, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[object(token = "elasticloadbalancingv2:Attribute")]
pub struct Attribute {
    /// The attribute's name, such as `idle_timeout.timeout_seconds`.
    #[field(length(1, 256))]
    pub key: String,
    /// Its value, as a text: `true`, `60`.
    pub value: String,
}

/// What AWS says of all attributes of a thing.
pub type Shown = BTreeMap<String, String>;

/// Attributes as AWS has them, of whatever thing.
pub fn shown(pairs: impl Iterator<Item = (Option<String>, Option<String>)>) -> Shown {
    pairs.filter_map(|(key, value)| Some((key?, value.unwrap_or_default()))).collect()
}

/// Those that have to be set so that all have the wanted values.
#[must_use]
pub fn to_set(shown: &Shown, wanted: &[Attribute]) -> Vec<Attribute> {
    wanted.iter().filter(|attribute| shown.get(&attribute.key) != Some(&attribute.value)).cloned().collect()
}

/// Those that the program doesn't name any more, with the values that they have when nobody sets them. What has
/// no such value stays as it is.
#[must_use]
pub fn to_reset(was: &[Attribute], wanted: &[Attribute], table: &[limits::Attribute], of: Of) -> Vec<Attribute> {
    let gone = was.iter().filter(|old| !wanted.iter().any(|kept| kept.key == old.key));
    let reset = |old: &Attribute| {
        let default = known(table, of, &old.key)?.default?;
        (default != old.value).then(|| Attribute { key: old.key.clone(), value: default.to_owned() })
    };
    gone.filter_map(reset).collect()
}

/// The values of those that the program names; after an import, those that somebody has set.
#[must_use]
pub fn read(shown: Shown, named: Option<&[Attribute]>, table: &[limits::Attribute], of: Of) -> Vec<Attribute> {
    let is_shown = |key: &str, value: &str| match named {
        Some(named) => named.iter().any(|attribute| attribute.key == key),
        None => known(table, of, key).and_then(|known| known.default).is_some_and(|default| default != value),
    };
    let shown = shown.into_iter().filter(|(key, value)| is_shown(key, value));
    shown.map(|(key, value)| Attribute { key, value }).collect()
}

/// Notes attributes that AWS doesn't know, that have another kind of value, or that are named twice. Without a
/// kind, any that AWS knows will do.
pub fn check(
    given: &[Attribute],
    table: &[limits::Attribute],
    of: Option<Of>,
    whose: &str,
    at: &Path,
    problems: &mut Problems,
) {
    for (index, attribute) in given.iter().enumerate() {
        let at = at.index(index);
        if given.iter().take(index).any(|other| other.key == attribute.key) {
            problems.add(at.key("key"), "is given twice");
        }
        let fits = |row: &&limits::Attribute| row.key == attribute.key && of.is_none_or(|of| row.of.contains(&of));
        let rows: Vec<_> = table.iter().filter(fits).collect();
        if rows.is_empty() {
            problems.add(at.key("key"), format!("is not an attribute of {whose}"));
        } else if !rows.iter().any(|row| row.values.have(&attribute.value)) {
            let wanted: Vec<_> = rows.iter().map(|row| row.values.words()).collect();
            problems.add(at.key("value"), format!("must be {}", wanted.join(", or ")));
        }
    }
}

fn known<'a>(table: &'a [limits::Attribute], of: Of, key: &str) -> Option<&'a limits::Attribute> {
    table.iter().find(|row| row.key == key && row.of.contains(&of))
}

impl Values {
    fn have(self, value: &str) -> bool {
        let between = |least, most| value.parse::<i64>().is_ok_and(|number| (least..=most).contains(&number));
        match self {
            Values::Flag => matches!(value, "true" | "false"),
            Values::Number(least, most) => between(least, most),
            Values::ZeroOr(least, most) => value == "0" || between(least, most),
            Values::OffOr(least, most) => value == "off" || between(least, most),
            Values::OneOf(texts) => texts.contains(&value),
            Values::Text => true,
        }
    }

    fn words(self) -> String {
        match self {
            Values::Flag => "true or false".to_owned(),
            Values::Number(least, most) => format!("a whole number from {least} to {most}"),
            Values::ZeroOr(least, most) => format!("0 or a whole number from {least} to {most}"),
            Values::OffOr(least, most) => format!("off or a whole number from {least} to {most}"),
            Values::OneOf(texts) => format!("one of {}", texts.join(", ")),
            Values::Text => "a text".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use limits::OF_LOAD_BALANCERS as TABLE;

    fn one(key: &str, value: &str) -> Attribute {
        Attribute { key: key.to_owned(), value: value.to_owned() }
    }

    fn problems(given: &[Attribute], of: Of) -> Vec<String> {
        let mut problems = Problems::none();
        check(given, TABLE, Some(of), "such a load balancer", &Path::of("attributes"), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn what_aws_does_not_know_is_refused() {
        let idle = one("idle_timeout.timeout_seconds", "60");
        assert!(problems(std::slice::from_ref(&idle), Of::Application).is_empty());
        assert_eq!(problems(&[idle], Of::Network), ["attributes[0].key is not an attribute of such a load balancer"]);
        let wrong = [one("idle_timeout.timeout_seconds", "4001"), one("routing.http2.enabled", "yes")];
        assert_eq!(
            problems(&wrong, Of::Application),
            ["attributes[0].value must be a whole number from 1 to 4000", "attributes[1].value must be true or false"]
        );
        let twice = [one("routing.http2.enabled", "true"), one("routing.http2.enabled", "false")];
        assert_eq!(problems(&twice, Of::Application), ["attributes[1].key is given twice"]);
    }

    #[test]
    fn what_is_not_named_any_more_gets_its_default_back() {
        let was = [one("idle_timeout.timeout_seconds", "90"), one("ipv6.deny_all_igw_traffic", "true")];
        let reset = to_reset(&was, &[], TABLE, Of::Application);
        assert_eq!(reset, [one("idle_timeout.timeout_seconds", "60")]);
        assert!(to_reset(&was, &was, TABLE, Of::Application).is_empty());
    }

    #[test]
    fn only_what_is_named_is_read_and_after_an_import_what_was_set() {
        let shown: Shown = [("idle_timeout.timeout_seconds", "90"), ("routing.http2.enabled", "true")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        let named = [one("routing.http2.enabled", "false")];
        let read = |named| read(shown.clone(), named, TABLE, Of::Application);
        assert_eq!(read(Some(&named[..])), [one("routing.http2.enabled", "true")]);
        assert_eq!(read(None), [one("idle_timeout.timeout_seconds", "90")]);
        assert_eq!(to_set(&shown, &named), named);
    }
}
