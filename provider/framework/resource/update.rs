//! Update: change what differs, then settle, then read. Also what repairs a resource that isn't as it should be.

use super::{Change, Cx, Failure, Managed, check::compared, create, diff::changes, owner};
use crate::{
    error::{Error, Kind, unless_gone},
    property::{Field, Role},
    value::{Map, Value},
};

/// What a preview can say of a resource that will change.
pub(super) fn preview<T: Managed>(old_inputs: &Map, olds: &Map, news: &Map) -> Map {
    let changes = changes(compared::<T>(), old_inputs, news);
    let is_changed = |input: &str| changes.keys().any(|path| path.property() == Some(input));
    let may_change = |field: &Field| match field.follows {
        [] => !changes.is_empty() && !field.stable && field.name != T::ID,
        inputs => inputs.iter().any(|input| is_changed(input)),
    };
    let mut properties = olds.clone();
    for field in T::FIELDS {
        match field.role {
            Role::Output if may_change(field) => {
                properties.insert(field.name.to_owned(), field.kept(&Value::Unknown, false));
            }
            Role::Input if !field.computed && old_inputs.contains_key(field.name) => {
                properties.remove(field.name);
            }
            _ => {}
        }
    }
    properties.extend(news.clone());
    properties.remove(owner::HIDDEN);
    properties
}

/// Changes the resource.
pub(super) async fn update<T: Managed>(
    cx: Cx<T::Cloud>,
    id: String,
    old_inputs: Map,
    news: Map,
) -> Result<Map, Failure> {
    cx.operation().still_wanted()?;
    let want = create::decode::<T>(&news)?;
    let change = Change::<T>::new(old_inputs, want.clone(), news.clone());
    let changed = async {
        T::update(&cx, &id, &change).await.map_err(Into::<Error>::into)?;
        create::finish::<T>(&cx, id.clone(), news, &want).await
    };
    match changed.await {
        Ok(made) => Ok(made.properties),
        Err(failure) if is_gone::<T>(&cx, &id, failure.error().kind()).await => Err(failure.with_advice(format!(
            "{id} is in the state, and isn't there any more: run `pulumi refresh`, then `pulumi up` makes another one"
        ))),
        Err(failure) => Err(failure),
    }
}

/// Whether an update failed as somebody has deleted the thing. Some calls say then that the request is wrong.
async fn is_gone<T: Managed>(cx: &Cx<T::Cloud>, id: &str, kind: Kind) -> bool {
    matches!(kind, Kind::Gone | Kind::Invalid | Kind::TimedOut)
        && matches!(unless_gone(T::read(cx, id).await.map_err(Into::into)), Ok(None | Some(None)))
}
