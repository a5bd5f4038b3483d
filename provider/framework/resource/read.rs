//! Read: what stands in the cloud, told apart as inputs and outputs.
//!
//! After a refresh the engine compares what is read with what the program says. So the inputs that
//! are read back must be the program's own words wherever they mean the same, and must not contain
//! what the cloud filled in where the program said nothing.

use super::{Cx, Look, Managed, ReadBack, check::compared, create::outputs, owner};
use crate::{
    cloud::Cloud,
    error::{Error, unless_gone},
    property::Field,
    value::{Map, Value},
};

/// The resource, as soon as every reader sees it.
pub(super) async fn until_there<T: Managed>(cx: &Cx<T::Cloud>, id: &str) -> Result<T, Error> {
    cx.until(<T::Cloud as Cloud>::CONSISTENT, id, || async {
        match T::read(cx, id).await.map(|found| found.map_or_else(not_yet, Look::Ready)).map_err(Into::into) {
            Err(error) if error.is_gone() => Ok(not_yet()),
            other => other.map_err(Into::into),
        }
    })
    .await
    .map_err(Into::into)
}

fn not_yet<T>() -> Look<T> {
    Look::Pending("not to be seen yet".to_owned())
}

/// What stands there, or nothing.
pub(super) async fn read<T: Managed>(
    cx: &Cx<T::Cloud>,
    id: &str,
    known_inputs: Option<&Map>,
) -> Result<Option<ReadBack>, Error> {
    let found = unless_gone(cx.operation().unless_cancelled("it was read", T::read(cx, id)).await.map_err(Into::into))?;
    Ok(found.flatten().map(|found| {
        let mut seen = found.properties();
        seen.extend(<T::Cloud as Cloud>::place(cx));
        let inputs = match known_inputs {
            Some(known) => refreshed::<T>(known, &seen),
            None => imported::<T>(&seen),
        };
        ReadBack { id: id.to_owned(), properties: outputs::<T>(cx, &found, &inputs), inputs }
    }))
}

/// The inputs in the state, adjusted by what changed in the cloud.
pub(super) fn refreshed<T: Managed>(known: &Map, found: &Map) -> Map {
    let mut adjusted = Map::new();
    if let Some(hidden) = known.get(owner::HIDDEN) {
        adjusted.insert(owner::HIDDEN.to_owned(), hidden.clone());
    }
    for field in compared::<T>() {
        if let Some(value) = refreshed_field(field, known.get(field.name), found.get(field.name)) {
            adjusted.insert(field.name.to_owned(), value);
        }
    }
    adjusted
}

fn refreshed_field(field: &Field, known: Option<&Value>, found: Option<&Value>) -> Option<Value> {
    match (known, found) {
        (None, None) => None,
        // What can't be read back is taken at the program's word; otherwise silence means that it isn't set.
        (Some(known), None) => (field.write_only || stands_for_nothing(field, known)).then(|| known.clone()),
        (None, Some(found)) => (!field.computed && !stands_for_nothing(field, found)).then(|| field.kept(found, false)),
        (Some(known), Some(found)) if field.meaning(known) == field.meaning(found) => Some(known.clone()),
        (Some(known), Some(found)) => Some(field.kept(found, known.has_secret())),
    }
}

fn stands_for_nothing(field: &Field, found: &Value) -> bool {
    match field.default {
        Some(default) => field.meaning(&default()) == field.meaning(found),
        None => match found {
            Value::List(items) => items.is_empty(),
            Value::Map(map) => map.is_empty(),
            Value::Bool(value) => !value,
            Value::String(text) => text.is_empty(),
            _ => false,
        },
    }
}

/// The inputs that a program would have to give to get what stands there.
fn imported<T: Managed>(found: &Map) -> Map {
    compared::<T>()
        .filter_map(|field| found.get(field.name).map(|value| (field, value)))
        .filter(|(field, value)| field.default.is_some() || field.required || !stands_for_nothing(field, value))
        .map(|(field, value)| (field.name.to_owned(), field.kept(value, false)))
        .collect()
}
