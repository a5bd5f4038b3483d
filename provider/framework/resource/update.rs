//! Update: change what differs, then settle, then read. Also what repairs a resource that isn't as it should be.

use super::{Change, Cx, Failure, Made, Managed, check::inputs, create, diff::changes};
use crate::{
    error::Error,
    property::Role,
    value::{Map, Value},
};

/// What a preview can say of a resource that will change.
pub(super) fn preview<T: Managed>(old_inputs: &Map, olds: &Map, news: &Map) -> Map {
    let mut properties = olds.clone();
    let changed = !changes(inputs::<T>(), old_inputs, news).is_empty();
    for field in T::FIELDS {
        if field.role == Role::Output && !field.stable && field.name != T::ID && changed {
            properties.insert(field.name.to_owned(), Value::Unknown);
        }
    }
    properties.extend(news.iter().filter(|(key, _)| !key.starts_with("__")).map(|(k, v)| (k.clone(), v.clone())));
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
    if let Err(error) = T::update(&cx, &id, &change).await.map_err(Into::<Error>::into) {
        return Err(error.into());
    }
    create::finish::<T>(&cx, id, news, &want).await.map(|made: Made| made.properties)
}
