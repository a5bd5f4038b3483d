//! Changing a replication group in place.
//!
//! AWS makes one change at a time, and refuses the next until it is done. What grows does so before failover is turned
//! on, what shrinks after it was turned off. Each step looks at what stands, so that an update that was cut off can be
//! repeated.

use aws_sdk_elasticache::types;
use framework::{property::Choice as _, resource::Change};

use super::{
    ClusterMode, LogDeliveryConfigurationRequest, ReplicationGroup, fields, look, shards, token, transit, version,
};
use crate::{
    aws::{Cx, Result, TagChange, answered, tags::elasticache as tagging},
    resources::wire::Slot,
};

/// Makes all changes.
pub(super) async fn change(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    shards::grow(cx, id, change).await?;
    transit::bring(cx, id, change).await?;
    settings(cx, id, change).await?;
    cluster_mode(cx, id, change).await?;
    token::bring(cx, id, change).await?;
    shards::shrink(cx, id, change).await?;
    let tags = TagChange::of(change, fields::tags);
    if tags.is_empty() {
        return Ok(());
    }
    let arn = answered(look::until_free(cx, id).await?.arn, "ARN")?;
    tagging::retag(cx, &arn, &tags).await
}

/// All that one call changes.
async fn settings(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    if !changes_settings(change) {
        return Ok(());
    }
    let found = look::until_free(cx, id).await?;
    let (engine, engine_version) = upgrade(cx, change, &found).await?;
    let topic = change.to(fields::notification_topic_arn);
    let topic_status = topic.as_ref().map(|topic| if topic.is_some() { "active" } else { "inactive" });
    let call = cx.elasticache().modify_replication_group().replication_group_id(id);
    let nothing = call.as_input().clone();
    let call = call
        .set_replication_group_description(change.to(fields::replication_group_description))
        .set_engine(engine)
        .set_engine_version(engine_version)
        .set_auto_minor_version_upgrade(change.to(fields::auto_minor_version_upgrade).flatten())
        .set_cache_node_type(change.to(fields::cache_node_type).flatten())
        .set_automatic_failover_enabled(change.to(fields::automatic_failover_enabled))
        .set_multi_az_enabled(change.to(fields::multi_az_enabled))
        .set_durability(change.to(fields::durability).flatten().put()?)
        .set_primary_cluster_id(change.to(fields::primary_cluster_id).flatten())
        .set_security_group_ids(change.to(fields::security_group_ids).flatten())
        .set_ip_discovery(change.to(fields::ip_discovery).flatten().put()?)
        .set_cache_parameter_group_name(change.to(fields::cache_parameter_group_name).flatten())
        .set_log_delivery_configurations(logs(change, &found)?)
        .set_preferred_maintenance_window(change.to(fields::preferred_maintenance_window).flatten())
        .set_notification_topic_arn(topic.flatten())
        .set_notification_topic_status(topic_status.map(ToOwned::to_owned))
        .set_snapshot_retention_limit(change.to(fields::snapshot_retention_limit))
        .set_snapshot_window(change.to(fields::snapshot_window).flatten())
        .set_snapshotting_cluster_id(snapshotting(change, &found));
    if *call.as_input() != nothing {
        call.apply_immediately(change.wanted().apply_immediately.unwrap_or(true)).send().await?;
    }
    Ok(())
}

fn changes_settings(change: &Change<ReplicationGroup>) -> bool {
    change.to(fields::replication_group_description).is_some()
        || change.to(fields::engine).flatten().is_some()
        || change.to(fields::engine_version).flatten().is_some()
        || change.to(fields::auto_minor_version_upgrade).flatten().is_some()
        || change.to(fields::cache_node_type).flatten().is_some()
        || change.to(fields::automatic_failover_enabled).is_some()
        || change.to(fields::multi_az_enabled).is_some()
        || change.to(fields::durability).flatten().is_some()
        || change.to(fields::primary_cluster_id).flatten().is_some()
        || change.to(fields::security_group_ids).flatten().is_some()
        || change.to(fields::ip_discovery).flatten().is_some()
        || change.to(fields::cache_parameter_group_name).flatten().is_some()
        || change.to(fields::log_delivery_configurations).is_some()
        || change.to(fields::preferred_maintenance_window).flatten().is_some()
        || change.to(fields::notification_topic_arn).is_some()
        || change.to(fields::snapshot_retention_limit).is_some()
        || change.to(fields::snapshot_window).flatten().is_some()
        || change.to(fields::snapshotting_cluster_id).flatten().is_some()
}

/// The engine and its version, where another one is asked for than runs. Another engine comes with its version.
async fn upgrade(
    cx: &Cx,
    change: &Change<ReplicationGroup>,
    found: &types::ReplicationGroup,
) -> Result<(Option<String>, Option<String>)> {
    let runs = found.engine().unwrap_or_default();
    let engine = change.to(fields::engine).flatten().map(|engine| engine.text()).filter(|engine| *engine != runs);
    let asked = match engine {
        Some(_) => change.wanted().engine_version.clone(),
        None => change.to(fields::engine_version).flatten(),
    };
    let Some(asked) = asked else { return Ok((engine.map(ToOwned::to_owned), None)) };
    let node = look::node(cx, found).await?;
    let has = node.as_ref().and_then(|node| node.engine_version()).is_some_and(|runs| version::is(&asked, runs));
    if has && engine.is_none() {
        return Ok((None, None));
    }
    let asked = version::to_ask(cx, engine.unwrap_or(runs), &asked).await?;
    Ok((engine.map(ToOwned::to_owned), Some(asked)))
}

/// What is delivered from now on, and what isn't any more.
fn logs(
    change: &Change<ReplicationGroup>,
    found: &types::ReplicationGroup,
) -> Result<Option<Vec<types::LogDeliveryConfigurationRequest>>> {
    let Some(wanted) = change.to(fields::log_delivery_configurations) else { return Ok(None) };
    let stands = found.log_delivery_configurations().iter().cloned();
    let stands: Vec<_> = stands.filter_map(LogDeliveryConfigurationRequest::from_aws).collect();
    let ended = stands.iter().filter(|log| wanted.iter().all(|other| other.log_type != log.log_type));
    let new = wanted.iter().filter(|log| !stands.contains(log));
    let asked =
        new.map(LogDeliveryConfigurationRequest::to_aws).chain(ended.map(LogDeliveryConfigurationRequest::ended));
    let asked = asked.collect::<Result<Vec<_>>>()?;
    Ok((!asked.is_empty()).then_some(asked))
}

/// The node that snapshots are made of. AWS has to be told one when they begin, in a group without shards.
fn snapshotting(change: &Change<ReplicationGroup>, found: &types::ReplicationGroup) -> Option<String> {
    if let Some(asked) = change.to(fields::snapshotting_cluster_id).flatten() {
        return Some(asked);
    }
    let begins = change.to(fields::snapshot_retention_limit).is_some_and(|days| days > 0);
    let has_none = found.snapshotting_cluster_id().is_none_or(str::is_empty);
    let has_shards = found.cluster_enabled() == Some(true);
    found.member_clusters().last().filter(|_| begins && has_none && !has_shards).cloned()
}

/// AWS wants a call for this alone.
async fn cluster_mode(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    let Some(wanted) = change.to(fields::cluster_mode).flatten() else { return Ok(()) };
    let found = look::until_free(cx, id).await?;
    if found.cluster_mode.map_or(ClusterMode::Disabled, |mode| Slot::take(Some(mode))) == wanted {
        return Ok(());
    }
    let call = cx.elasticache().modify_replication_group().replication_group_id(id).apply_immediately(true);
    call.set_cluster_mode(wanted.put()?).send().await?;
    Ok(())
}
