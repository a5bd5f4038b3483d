//! Check: every violation at once, defaults filled in, a physical name chosen, the owner kept.

use super::{Managed, owner};
use crate::{
    cloud::{Cloud, Identity},
    problem::Problems,
    property::{Decoding, Field, Properties, Role, refuse_unknown_keys},
    value::{Map, Path, Urn, Value, without_nulls},
};

/// How the user wants names to be made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autonaming {
    /// The name that the engine made up.
    pub proposed: String,
    /// What to do with it.
    pub mode: Naming,
}

/// What to do with a name that the engine made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// Use it, fitted to the cloud's rules.
    Propose,
    /// Use it as it is.
    Enforce,
    /// Ask the program for a name.
    Disable,
}

/// What a check looks at.
pub struct Wanted<'a, C> {
    /// The resource.
    pub urn: &'a Urn,
    /// The inputs that the last run settled on; empty for a new resource.
    pub olds: &'a Map,
    /// What the program says now.
    pub news: Map,
    /// How the user wants names to be made up.
    pub autonaming: Option<Autonaming>,
    /// The cloud.
    pub cloud: &'a C,
    /// The provider resource.
    pub identity: &'a Identity,
    /// The owners named so far.
    pub owners: &'a owner::Owners,
}

/// The inputs of a type: its own and those that all types have.
pub(super) fn inputs<T: Managed>() -> impl Iterator<Item = &'static Field> {
    T::FIELDS.iter().filter(|field| field.role == Role::Input).chain(<T::Cloud as Cloud>::COMMON)
}

/// What is compared when a change is looked for: the inputs, and what Check finds out from them.
pub(super) fn compared<T: Managed>() -> impl Iterator<Item = &'static Field> {
    T::FIELDS.iter().filter(|field| field.role == Role::Input || field.derived).chain(<T::Cloud as Cloud>::COMMON)
}

/// The checked inputs and everything that is wrong with them.
pub(super) fn check<T: Managed>(wanted: Wanted<'_, T::Cloud>) -> (Map, Problems) {
    let fields: Vec<&'static Field> = inputs::<T>().collect();
    let mut checked = without_nulls(wanted.news);
    checked
        .retain(|key, _| !key.starts_with("__") && !T::FIELDS.iter().any(|field| field.derived && field.name == key));
    let mut notes = Decoding::new();
    refuse_unknown_keys(&checked, inputs::<T>(), &Path::root(), &mut notes);

    if let Some(hidden) = wanted.owners.hidden(wanted.identity, wanted.urn, wanted.olds) {
        checked.insert(owner::HIDDEN.to_owned(), hidden);
    }
    for field in &fields {
        fill(field, &mut checked, wanted.olds, wanted.urn, wanted.autonaming.as_ref(), &mut notes);
    }
    wanted.cloud.complete(&fields, &mut checked);
    for field in &fields {
        check_field(field, &mut checked, &mut notes);
    }
    let mut problems = notes.into_problems();
    T::rules(&Properties::new(&checked), &mut problems);
    derive::<T>(&mut checked, &mut problems);
    (checked, problems)
}

/// Adds what is found out from the inputs; what can't be yet is unknown.
fn derive<T: Managed>(checked: &mut Map, problems: &mut Problems) {
    let mut derived = T::FIELDS.iter().filter(|field| field.derived).peekable();
    if derived.peek().is_none() || !problems.is_empty() {
        return;
    }
    let mut found = T::derive(&Properties::new(checked), problems);
    checked.extend(derived.map(|field| {
        let value = found.remove(field.name).unwrap_or(Value::Unknown);
        (field.name.to_owned(), field.kept(&value, false))
    }));
}

fn check_field(field: &Field, inputs: &mut Map, notes: &mut Decoding) {
    let at = Path::of(field.name);
    match inputs.get(field.name) {
        Some(value) => {
            field.check(value, &at, notes);
            let kept = field.kept(value, false);
            inputs.insert(field.name.to_owned(), kept);
        }
        None if field.required => notes.problem(&at, "is required"),
        None => {}
    }
}

/// Fills in what the program left out: the default, or a physical name.
fn fill(field: &Field, inputs: &mut Map, olds: &Map, urn: &Urn, autonaming: Option<&Autonaming>, notes: &mut Decoding) {
    if inputs.contains_key(field.name) {
        return;
    }
    let value = match (field.named, field.default) {
        (Some(longest), _) => match olds.get(field.name) {
            Some(kept) => Some(kept.clone()),
            None => name(field, longest, urn, inputs, autonaming).or_else(|| {
                notes.problem(&Path::of(field.name), "is required, because automatic names are turned off");
                None
            }),
        },
        (None, Some(default)) => Some(default()),
        (None, None) => None,
    };
    if let Some(value) = value {
        inputs.insert(field.name.to_owned(), value);
    }
}

/// How much of the owner token a name ends in: enough that no two resources of an account share it.
const TOKEN_IN_NAME: usize = 10;

/// A physical name; nothing where the user wants to give each one.
fn name(field: &Field, longest: usize, urn: &Urn, inputs: &Map, autonaming: Option<&Autonaming>) -> Option<Value> {
    let distinct = |name: &str| match super::Owner::of(inputs) {
        Some(token) => Value::String(fitted(field, name, in_name(&token), longest)),
        None => Value::Unknown,
    };
    let Some(Autonaming { mode, proposed }) = autonaming else { return Some(distinct(urn.name())) };
    let fits = |name: &str| name.chars().count() <= longest && well_begun(field, name) == name && takes(field, name);
    match mode {
        Naming::Disable => None,
        Naming::Enforce => Some(Value::from(proposed.as_str())),
        Naming::Propose => {
            let fitting = Some(in_case(field, legal(proposed))).filter(|name| fits(name));
            Some(fitting.map_or_else(|| distinct(proposed), Value::String))
        }
    }
}

/// The part of an owner token that is in the name.
fn in_name(token: &str) -> &str {
    token.get(..TOKEN_IN_NAME).unwrap_or(token)
}

/// What a name begins with that would begin with a digit, where it must begin with a letter.
const LETTER: &str = "n-";

fn fitted(field: &Field, name: &str, token: &str, longest: usize) -> String {
    let behind = |begin: &str| {
        let room = longest.saturating_sub(begin.len() + token.len() + 1);
        let head: String = legal(name).chars().take(room).collect();
        let rest = format!("{}-{token}", head.trim_matches('-'));
        in_case(field, format!("{begin}{}", well_begun(field, &rest)))
    };
    let fitted = behind("");
    if takes(field, &fitted) {
        return fitted;
    }
    Some(behind(LETTER)).filter(|name| takes(field, name)).unwrap_or(fitted)
}

fn takes(field: &Field, name: &str) -> bool {
    field.rules.iter().all(|rule| rule.takes(name))
}

/// The name in small letters, where the field takes no others.
fn in_case(field: &Field, name: String) -> String {
    let small = name.to_ascii_lowercase();
    if !takes(field, &name) && takes(field, &small) { small } else { name }
}

/// The name from where it begins as it may: neither with a dash nor with what the field's laws forbid.
fn well_begun<'a>(field: &Field, name: &'a str) -> &'a str {
    let name = name.trim_start_matches('-');
    match field.rules.iter().find_map(|rule| rule.after(name)) {
        Some(rest) => well_begun(field, rest),
        None => name,
    }
}

/// The name in letters, digits and single dashes: what every cloud takes, and every kind of thing in it.
fn legal(name: &str) -> String {
    let mut legal = String::with_capacity(name.len());
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            legal.push(letter);
        } else if !legal.ends_with('-') {
            legal.push('-');
        }
    }
    legal
}

/// Whether a physical name was made up by us for this owner, so that its replacement gets another.
pub(super) fn made_up(name: &str, inputs: &Map) -> bool {
    super::Owner::of(inputs).is_some_and(|token| name.ends_with(in_name(&token)))
}
