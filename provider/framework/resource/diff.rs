//! Diff: old inputs against new ones, by the laws of the fields. Pure, and tolerant of unknowns.

use std::collections::BTreeMap;

use super::{Managed, Resource, check::compared, check::made_up};
use crate::{
    error::{Error, Kind},
    problem::Problems,
    property::{Field, Properties, Role},
    value::{Map, Path, Value},
};

/// What would have to change, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// Each change, at its place.
    pub changes: BTreeMap<Path, PropertyChange>,
    /// Whether the old one must go before the new one can be made.
    pub delete_before_replace: bool,
    /// Outputs that stay the same if nothing is replaced.
    pub stables: Vec<String>,
}

impl Difference {
    /// Whether another resource is needed.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.changes.values().any(|change| change.replaces)
    }
}

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// What happens to the property.
    pub kind: ChangeKind,
    /// Whether it needs another resource.
    pub replaces: bool,
}

/// What happens to a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It comes.
    Add,
    /// It goes.
    Delete,
    /// It gets another value.
    Update,
}

/// What is different between two sets of checked inputs.
pub fn changes<'a>(fields: impl Iterator<Item = &'a Field>, old: &Map, new: &Map) -> BTreeMap<Path, PropertyChange> {
    let mut found = BTreeMap::new();
    for field in fields {
        let was = old.get(field.name).cloned().or_else(|| field.default.map(|default| default()));
        let now = new.get(field.name).cloned().or_else(|| field.default.map(|default| default()));
        if field.computed && now.is_none() {
            continue;
        }
        let (was, now) = (was.map(|value| field.meaning(&value)), now.map(|value| field.meaning(&value)));
        compare(&Path::of(field.name), was.as_ref(), now.as_ref(), field.set, &mut |at, kind| {
            found.insert(at, PropertyChange { kind, replaces: field.replaces });
        });
    }
    found
}

/// Reports each difference at its own place, as deep as maps and lists go.
fn compare(
    at: &Path,
    was: Option<&Value>,
    now: Option<&Value>,
    whole: bool,
    report: &mut impl FnMut(Path, ChangeKind),
) {
    match (was, now) {
        (None, None) => {}
        (None, Some(_)) => report(at.clone(), ChangeKind::Add),
        (Some(_), None) => report(at.clone(), ChangeKind::Delete),
        (Some(was), Some(now)) if was == now && !now.has_unknown() => {}
        (Some(Value::Map(was)), Some(Value::Map(now))) => {
            let keys: std::collections::BTreeSet<_> = was.keys().chain(now.keys()).collect();
            keys.into_iter().for_each(|key| compare(&at.key(key), was.get(key), now.get(key), whole, report));
        }
        (Some(Value::List(was)), Some(Value::List(now))) if !whole => {
            (0..was.len().max(now.len()))
                .for_each(|index| compare(&at.index(index), was.get(index), now.get(index), whole, report));
        }
        (Some(_), Some(_)) => report(at.clone(), ChangeKind::Update),
    }
}

/// What would have to change in a resource.
///
/// # Errors
///
/// When it holds data and would have to be replaced.
pub(super) fn diff<T: Managed>(olds: &Map, old: &Map, new: &Map) -> Result<Difference, Error> {
    let old = &with_chosen::<T>(old, olds);
    let mut changes = changes(compared::<T>(), old, new);
    for (path, change) in &mut changes {
        let verdict = path.property().and_then(|name| T::replaces(name, &Properties::new(old), &Properties::new(new)));
        change.replaces = verdict.unwrap_or(change.replaces);
    }
    let mut forbidden = Problems::default();
    T::forbids(&Properties::new(old), &Properties::new(new), &mut forbidden);
    if !forbidden.is_empty() {
        return Err(impossible(&forbidden));
    }
    if T::HOLDS_DATA && changes.values().any(|change| change.replaces) && !allows_replacement(new) {
        return Err(would_lose_data::<T>(&changes));
    }
    if T::is_beyond_repair(&Properties::new(olds)) {
        changes.insert(Path::of(T::ID), PropertyChange { kind: ChangeKind::Update, replaces: true });
    }
    let difference = Difference {
        delete_before_replace: T::deletes_first(&Properties::new(old), &Properties::new(new))
            || keeps_its_name::<T>(old, new),
        stables: stables::<T>(),
        changes,
    };
    Ok(difference)
}

/// The old inputs, with what the cloud chose where the program was silent: to say the same now is no change.
fn with_chosen<T: Managed>(old: &Map, olds: &Map) -> Map {
    let mut all = old.clone();
    for field in compared::<T>().filter(|field| field.computed && !old.contains_key(field.name)) {
        all.extend(olds.get(field.name).map(|chosen| (field.name.to_owned(), chosen.clone())));
    }
    all
}

fn stables<T: Resource>() -> Vec<String> {
    T::FIELDS
        .iter()
        .filter(|field| field.role == Role::Output && field.stable)
        .map(|field| field.name.to_owned())
        .collect()
}

/// Whether the replacement would have the physical name of the old one.
fn keeps_its_name<T: Resource>(old: &Map, new: &Map) -> bool {
    let named = T::FIELDS.iter().find(|field| field.named.is_some());
    named
        .and_then(|field| new.get(field.name).filter(|name| old.get(field.name) == Some(name)))
        .and_then(Value::as_str)
        .is_some_and(|name| !made_up(name, new))
}

fn allows_replacement(new: &Map) -> bool {
    new.get("allowReplace") == Some(&Value::Bool(true))
}

fn impossible(problems: &Problems) -> Error {
    let told: Vec<_> = problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect();
    Error::new(Kind::Invalid, told.join("; "))
}

fn would_lose_data<T: Managed>(changes: &BTreeMap<Path, PropertyChange>) -> Error {
    let asking: Vec<_> =
        changes.iter().filter(|(_, change)| change.replaces).map(|(path, _)| path.to_string()).collect();
    Error::new(
        Kind::Invalid,
        format!(
            "changing {} needs another {}, and the data in the present one would be lost",
            asking.join(", "),
            T::TOKEN
        ),
    )
    .with_advice(format!("{}, or set `allowReplace: true` once its data is safe elsewhere", T::INSTEAD))
}
