//! How a replication group is doing: its state, its nodes, and what AWS says of a failure.

use aws_sdk_elasticache::types;
use framework::{error::Kind, resource::Look};

use crate::{
    aws::{
        Cx, Error, Findable, Result, Session,
        limits::{counts, waits},
    },
    resources::cache_calls as calls,
};

/// The states of a group.
///
/// Source: `Status` of `ReplicationGroup`, Amazon ElastiCache API Reference.
pub(super) mod state {
    /// It can be used, and changed.
    pub const AVAILABLE: &str = "available";
    /// It could not be made.
    pub const FAILED: &str = "create-failed";
    /// It is on its way out.
    pub const DELETING: &str = "deleting";
}

impl Findable for types::ReplicationGroup {
    fn id(&self) -> Option<&str> {
        self.replication_group_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let call = session.elasticache().describe_replication_groups().set_replication_group_id(calls::only(&ids));
        Ok(call.into_paginator().items().send().try_collect().await?)
    }
}

impl Findable for types::CacheCluster {
    fn id(&self) -> Option<&str> {
        self.cache_cluster_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let call = session.elasticache().describe_cache_clusters().set_cache_cluster_id(calls::only(&ids));
        Ok(call.into_paginator().items().send().try_collect().await?)
    }
}

/// The node that tells what a group itself doesn't: its primary one, where that is known.
pub(super) async fn node(cx: &Cx, group: &types::ReplicationGroup) -> Result<Option<types::CacheCluster>> {
    let members = group.node_groups().iter().flat_map(types::NodeGroup::node_group_members);
    let primary = members.filter(|member| member.current_role() == Some("primary"));
    let named = primary.filter_map(types::NodeGroupMember::cache_cluster_id).next();
    match named.or(group.member_clusters().first().map(String::as_str)) {
        Some(id) => cx.find(id).await,
        None => Ok(None),
    }
}

/// The new group, once it can be used.
pub(super) async fn until_made(cx: &Cx, id: &str) -> Result<types::ReplicationGroup> {
    let look = || async {
        match cx.find::<types::ReplicationGroup>(id).await? {
            Some(found) => availability(cx, found).await,
            None => Ok(Look::Pending("not to be seen yet".to_owned())),
        }
    };
    cx.until(&waits::REPLICATION_GROUP_AVAILABLE, id, look).await.map_err(beyond_repair)
}

/// The group, once it is done with whatever is being changed.
pub(super) async fn until_free(cx: &Cx, id: &str) -> Result<types::ReplicationGroup> {
    let look = || async {
        match cx.find::<types::ReplicationGroup>(id).await? {
            Some(found) => availability(cx, found).await,
            None => Err(gone(id)),
        }
    };
    cx.until(&waits::REPLICATION_GROUP_CHANGED, id, look).await.map_err(beyond_repair)
}

/// That there is no such group.
pub(super) fn gone(id: &str) -> Error {
    Error::new(Kind::Gone, format!("there is no replication group {id}"))
}

async fn availability(cx: &Cx, found: types::ReplicationGroup) -> Result<Look<types::ReplicationGroup>> {
    let id = found.replication_group_id().unwrap_or_default();
    match found.status().unwrap_or_default() {
        state::AVAILABLE => Ok(match lacks(&found) {
            Some(lacking) => Look::Pending(lacking),
            None => Look::Ready(found),
        }),
        state::FAILED => {
            let said = said(cx, id, found.member_clusters()).await;
            Ok(Look::Failed(said.unwrap_or_else(|| "AWS could not make it, and doesn't say why".to_owned())))
        }
        state::DELETING => Ok(Look::Failed("it is being deleted".to_owned())),
        other => Ok(Look::Pending(other.to_owned())),
    }
}

/// What a group that calls itself available doesn't have yet.
fn lacks(found: &types::ReplicationGroup) -> Option<String> {
    let busy = found.node_groups().iter().find(|shard| shard.status().is_some_and(|status| status != state::AVAILABLE));
    if let Some(shard) = busy {
        let (id, status) = (shard.node_group_id().unwrap_or_default(), shard.status().unwrap_or_default());
        return Some(format!("available, but its shard {id} is {status}"));
    }
    let endpoints = found.node_groups().iter().filter_map(types::NodeGroup::primary_endpoint);
    let has_endpoint = found.configuration_endpoint().is_some() || endpoints.count() > 0;
    (!has_endpoint).then(|| "available, but without an endpoint".to_owned())
}

/// AWS never makes a failed group work: it takes another one.
fn beyond_repair(error: Error) -> Error {
    if error.kind() != Kind::Failed {
        return error;
    }
    error.with_advice("Remove the cause and run `pulumi up` again: another group takes its place")
}

/// The latest that AWS says of a group, or of its nodes. What can't be asked is left out: it would only hide the failure.
pub(super) async fn said(cx: &Cx, id: &str, nodes: &[String]) -> Option<String> {
    let mut said = events(cx, id, types::SourceType::ReplicationGroup).await;
    for node in nodes.iter().take(counts::CACHE_EVENTS_TOLD) {
        said.extend(events(cx, node, types::SourceType::CacheCluster).await);
    }
    let latest = said.len().saturating_sub(counts::CACHE_EVENTS_TOLD);
    (!said.is_empty()).then(|| said[latest..].join("; "))
}

async fn events(cx: &Cx, id: &str, kind: types::SourceType) -> Vec<String> {
    let call = cx.elasticache().describe_events().source_identifier(id).source_type(kind);
    let answer = call.duration(counts::CACHE_EVENTS_MINUTES).send().await;
    let mut events = answer.ok().and_then(|answer| answer.events).unwrap_or_default();
    events.sort_by_key(|event| event.date().map(aws_smithy_types::DateTime::secs));
    events.into_iter().filter_map(|event| event.message).collect()
}
