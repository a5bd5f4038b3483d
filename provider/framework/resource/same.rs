//! Whether what stands there is what is wanted.

use super::{Cx, Managed, check::compared, diff::changes, read::refreshed};
use crate::{
    cloud::Cloud,
    error::{Error, Kind},
    property::{Field, Properties},
    value::{Map, Value},
};

/// That nothing which can't be changed differs from what is wanted.
///
/// # Errors
///
/// What differs.
pub(super) fn where_fixed<T: Managed>(cx: &Cx<T::Cloud>, id: &str, found: &T, want: &Map) -> Result<(), Error> {
    let found = seen(cx, found);
    let replaces = |field: &Field| {
        T::replaces(field.name, &Properties::new(&found), &Properties::new(want)).unwrap_or(field.replaces)
    };
    let fixed = |field: &&Field| !field.write_only && want.contains_key(field.name) && replaces(field);
    let different = differences(compared::<T>().filter(fixed), &found, want);
    if different.is_empty() {
        return Ok(());
    }
    Err(Error::new(
        Kind::Exists,
        format!("an interrupted run has made {id} for this resource, with another {}", different.join(", ")),
    )
    .with_advice(format!("Delete {id}, or take the change back, and run `pulumi up` again")))
}

/// What differs from what is wanted, be it changeable or not: what a refresh would show.
pub(super) fn anywhere<T: Managed>(cx: &Cx<T::Cloud>, found: &T, want: &Map) -> Vec<String> {
    differences(compared::<T>(), &refreshed::<T>(want, &seen(cx, found)), want)
}

fn seen<T: Managed>(cx: &Cx<T::Cloud>, found: &T) -> Map {
    let mut seen = found.properties();
    seen.extend(<T::Cloud as Cloud>::place(cx));
    seen
}

fn differences<'a>(fields: impl Iterator<Item = &'a Field>, found: &Map, want: &Map) -> Vec<String> {
    fields
        .filter(|field| !changes(std::iter::once(*field), found, want).is_empty())
        .map(|field| difference(field, found.get(field.name), want.get(field.name)))
        .collect()
}

/// A property by its name, with both values unless one of them is secret.
fn difference(field: &Field, found: Option<&Value>, want: Option<&Value>) -> String {
    if field.secret || want.is_some_and(Value::has_secret) {
        return field.name.to_owned();
    }
    let shown = |value: Option<&Value>| match value {
        None => "none".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(other) => format!("{other:?}"),
    };
    format!("{} ({}, wanted {})", field.name, shown(found), shown(want))
}
