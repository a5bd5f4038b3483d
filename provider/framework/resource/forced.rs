//! Replacements that a user forces (`--target-replace`, `pulumi state taint`).
//!
//! The engine asks for no difference then: it asks for a create, and after it for the deletion of the old one.
//! So a create meets the old one, which nobody could tell to go first.

use super::{Cx, Managed};
use crate::{
    error::{Error, Kind},
    property::Properties,
    value::Map,
};

/// What to do about something of ours that is too old to be what an interrupted run left.
pub(super) fn too_old(id: &str) -> String {
    format!(
        "{id} was made for this resource too long ago to be adopted. To replace it by force, set the resource option `deleteBeforeReplace` and ask again. If the stack has lost it, import it with `pulumi import`, or delete it"
    )
}

/// Why a create failed, where something of ours stands that is too old to be adopted: perhaps for its sake.
pub(super) async fn explained<T: Managed>(cx: &Cx<T::Cloud>, old: Option<String>, inputs: &Map, error: Error) -> Error {
    let Some(id) = old.filter(|_| matches!(error.kind(), Kind::Exists | Kind::Conflict | Kind::Invalid)) else {
        return error;
    };
    match T::read(cx, &id).await.map_err(Into::into) {
        Ok(Some(found)) if error.kind() != Kind::Invalid || in_the_way(&found, inputs) => {
            error.with_advice(too_old(&id))
        }
        _ => error,
    }
}

fn in_the_way<T: Managed>(found: &T, inputs: &Map) -> bool {
    T::deletes_first(&Properties::new(&found.properties()), &Properties::new(inputs))
}

/// Whether another one just like it could not be made beside it.
pub(super) fn has_no_double<T: Managed>(was: &Map) -> bool {
    let was = Properties::new(was);
    T::FIELDS.iter().any(|field| field.named.is_some()) || T::deletes_first(&was, &was)
}
