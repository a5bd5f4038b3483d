//! Update: change what differs, then settle, then read. Also what repairs a resource that isn't as it should be.

use super::{Change, Cx, Failure, Managed, check::inputs, create, diff::changes, owner};
use crate::{
    error::Error,
    property::Role,
    value::{Map, Value},
};

/// What a preview can say of a resource that will change.
pub(super) fn preview<T: Managed>(old_inputs: &Map, olds: &Map, news: &Map) -> Map {
    let changed = !changes(inputs::<T>(), old_inputs, news).is_empty();
    let mut properties = olds.clone();
    for field in T::FIELDS {
        match field.role {
            Role::Output if changed && !field.stable && field.name != T::ID => {
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
    T::update(&cx, &id, &change).await.map_err(Into::<Error>::into)?;
    Ok(create::finish::<T>(&cx, id, news, &want).await?.properties)
}
