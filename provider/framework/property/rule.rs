//! Limits that single properties must keep.

use std::{collections::HashMap, sync::Mutex};

use regex::Regex;

use super::Decoding;
use crate::value::{Path, Value};

/// A limit of one property; all are checked when the value is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The least and the greatest number of characters.
    Length(usize, usize),
    /// The least and the greatest number.
    Range(i64, i64),
    /// The least and the greatest number of elements.
    Items(usize, usize),
    /// A regular expression that the whole text must match, and what it means in words.
    Pattern(&'static str, &'static str),
    /// What a text must not begin with, be it in small or in capital letters. Names that are made up don't either.
    NeverBegins(&'static str),
    /// The only numbers that there are.
    OneOf(&'static [i64]),
    /// What each element of a list must keep.
    Each(&'static [Rule]),
}

/// Each pattern is compiled once for the process.
static COMPILED: Mutex<Option<HashMap<&'static str, Regex>>> = Mutex::new(None);

fn matches(pattern: &'static str, text: &str) -> bool {
    let Ok(mut compiled) = COMPILED.lock() else { return true };
    let patterns = compiled.get_or_insert_default();
    if let Some(regex) = patterns.get(pattern) {
        return regex.is_match(text);
    }
    let Ok(regex) = Regex::new(&format!("^(?:{pattern})$")) else { return false };
    let found = regex.is_match(text);
    patterns.insert(pattern, regex);
    found
}

impl Rule {
    /// Notes in `to` when a value breaks the rule. Its own marks were looked through; `given` is the same value with
    /// the marks of its elements.
    pub(super) fn check(&self, value: &Value, given: &Value, at: &Path, to: &mut Decoding) {
        if let (Rule::Each(rules), Value::List(items), Value::List(given)) = (self, value, given) {
            for (index, (item, given)) in items.iter().zip(given).enumerate() {
                check_element(rules, item, given, &at.index(index), to);
            }
        } else if let Some((wanted, given)) = self.broken_by(value) {
            to.wrong(at, wanted, given);
        }
    }

    /// What comes after the beginning of a text that this rule forbids.
    pub(crate) fn after<'a>(&self, text: &'a str) -> Option<&'a str> {
        let Rule::NeverBegins(forbidden) = self else { return None };
        let (begin, rest) = text.split_at_checked(forbidden.len())?;
        begin.eq_ignore_ascii_case(forbidden).then_some(rest)
    }

    /// Whether a text keeps the rule.
    pub(crate) fn takes(&self, text: &str) -> bool {
        self.broken_by(&Value::from(text)).is_none()
    }

    /// What is wanted, and what was given, where that breaks the rule.
    fn broken_by(&self, value: &Value) -> Option<(String, String)> {
        match (self, value) {
            (Rule::Length(least, most), Value::String(text)) => {
                let length = text.chars().count();
                (length < *least || length > *most)
                    .then(|| (format!("must have {least} to {most} characters"), length.to_string()))
            }
            (Rule::Range(least, most), Value::Number(number)) => (!is_between(*number, *least, *most))
                .then(|| (format!("must be between {least} and {most}"), number.to_string())),
            (Rule::Items(least, most), Value::List(items)) => outside(items.len(), *least, *most),
            (Rule::Items(least, most), Value::Map(map)) => outside(map.len(), *least, *most),
            (Rule::Pattern(pattern, meaning), Value::String(text)) => {
                (!matches(pattern, text)).then(|| (format!("must be {meaning}"), format!("{text:?}")))
            }
            (Rule::NeverBegins(begin), Value::String(text)) => {
                self.after(text).map(|_| (format!("must begin with anything but {begin}"), format!("{text:?}")))
            }
            (Rule::OneOf(numbers), Value::Number(number)) => {
                whole(*number).is_none_or(|number| !numbers.contains(&number)).then(|| {
                    let listed: Vec<_> = numbers.iter().map(ToString::to_string).collect();
                    (format!("must be one of {}", listed.join(", ")), number.to_string())
                })
            }
            _ => None,
        }
    }
}

/// An element may be secret by itself, or not known yet.
fn check_element(rules: &[Rule], item: &Value, given: &Value, at: &Path, to: &mut Decoding) {
    fn known(value: &Value) -> Option<&Value> {
        Decoding::new().look_through(value)
    }
    if let (Some(item), Some(inside)) = (known(item), known(given)) {
        to.hiding(given.is_secret(), |to| rules.iter().for_each(|rule| rule.check(item, inside, at, to)));
    }
}

#[allow(clippy::cast_precision_loss, reason = "limits are small")]
fn is_between(number: f64, least: i64, most: i64) -> bool {
    (least as f64..=most as f64).contains(&number)
}

#[allow(clippy::cast_possible_truncation, reason = "only whole numbers get here")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0).then_some(number as i64)
}

fn outside(count: usize, least: usize, most: usize) -> Option<(String, String)> {
    (count < least || count > most).then(|| (format!("must have {least} to {most} elements"), count.to_string()))
}
