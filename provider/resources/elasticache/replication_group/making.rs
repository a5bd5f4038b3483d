//! Making a replication group.

use aws_sdk_elasticache::types;
use framework::{
    error::Kind,
    property::Choice as _,
    resource::{Look, Owner},
};

use super::{LogDeliveryConfigurationRequest, NodeGroupConfiguration, ReplicationGroupInputs, look, token, version};
use crate::{
    aws::{Cx, Error, Result, limits::waits, tags::elasticache as tagging},
    resources::wire::Slot,
};

/// Asks for the group. One of the same name that is on its way out is waited for.
pub(super) async fn make(cx: &Cx, want: &ReplicationGroupInputs, owner: &Owner) -> Result<String> {
    let id = &want.replication_group_id;
    cx.until(&waits::REPLICATION_GROUP_DELETED, id, || vacancy(cx, id)).await?;
    let token = token::wanted(cx, want).await?;
    let mut tags = tagging::for_create(&want.tags, owner);
    tags.extend(token.as_ref().and_then(|token| token.version()).map(tagging::of_token));
    let engine = want.engine.map(|engine| engine.text().to_owned());
    let nodes = |count: Option<i32>| count.filter(|_| want.num_cache_clusters.is_none());
    let logs = want.log_delivery_configurations.iter().map(LogDeliveryConfigurationRequest::to_aws);
    let call = cx
        .elasticache()
        .create_replication_group()
        .replication_group_id(id)
        .replication_group_description(&want.replication_group_description)
        .set_engine(engine)
        .set_engine_version(engine_version(cx, want).await?)
        .set_auto_minor_version_upgrade(want.auto_minor_version_upgrade)
        .set_cache_node_type(want.cache_node_type.clone())
        // One of both ways to say it.
        .set_num_cache_clusters(want.num_cache_clusters)
        .set_num_node_groups(nodes(want.num_node_groups))
        .set_replicas_per_node_group(nodes(want.replicas_per_node_group))
        .set_node_group_configuration(shards(want))
        .set_preferred_cache_cluster_azs(want.preferred_cache_cluster_azs.clone())
        .automatic_failover_enabled(want.automatic_failover_enabled)
        .multi_az_enabled(want.multi_az_enabled)
        .set_cluster_mode(want.cluster_mode.put()?)
        .set_durability(want.durability.put()?)
        .set_primary_cluster_id(want.primary_cluster_id.clone())
        .set_global_replication_group_id(want.global_replication_group_id.clone())
        .set_cache_subnet_group_name(want.cache_subnet_group_name.clone())
        .set_security_group_ids(want.security_group_ids.clone())
        .set_port(want.port)
        .set_network_type(want.network_type.put()?)
        .set_ip_discovery(want.ip_discovery.put()?)
        .set_cache_parameter_group_name(want.cache_parameter_group_name.clone())
        .set_data_tiering_enabled(want.data_tiering_enabled)
        .set_log_delivery_configurations(some(logs.collect::<Result<_>>()?))
        .set_preferred_maintenance_window(want.preferred_maintenance_window.clone())
        .set_notification_topic_arn(want.notification_topic_arn.clone())
        .set_at_rest_encryption_enabled(want.at_rest_encryption_enabled)
        .set_kms_key_id(want.kms_key_id.clone())
        .set_transit_encryption_enabled(encrypted(want))
        .set_transit_encryption_mode(want.transit_encryption_mode.put()?)
        .set_auth_token(token.as_ref().map(|token| token.value().to_owned()))
        .set_user_group_ids(some(want.user_group_ids.clone()))
        .set_snapshot_arns(want.snapshot_arns.clone())
        .set_snapshot_name(want.snapshot_name.clone())
        .snapshot_retention_limit(want.snapshot_retention_limit)
        .set_snapshot_window(want.snapshot_window.clone())
        .set_tags(Some(tags));
    match (call.send().await, token) {
        (Ok(_), _) => Ok(id.clone()),
        (Err(refusal), Some(token)) => Err(token.hidden_in(refusal.into())),
        (Err(refusal), None) => Err(refusal.into()),
    }
}

/// A secondary of a global datastore is as the primary is, and AWS takes no word on that.
fn encrypted(want: &ReplicationGroupInputs) -> Option<bool> {
    let is_secondary = want.global_replication_group_id.is_some();
    Some(want.transit_encryption_enabled).filter(|encrypted| *encrypted || !is_secondary)
}

async fn vacancy(cx: &Cx, id: &str) -> Result<Look<()>> {
    let found = cx.find::<types::ReplicationGroup>(id).await?;
    Ok(match found.as_ref().and_then(types::ReplicationGroup::status) {
        Some(look::state::DELETING) => Look::Pending("the one of that name before is still being deleted".to_owned()),
        _ => Look::Ready(()),
    })
}

async fn engine_version(cx: &Cx, want: &ReplicationGroupInputs) -> Result<Option<String>> {
    let engine = want.engine.unwrap_or(super::CacheEngine::Redis);
    match &want.engine_version {
        Some(asked) => version::to_ask(cx, engine.text(), asked).await.map(Some),
        None => Ok(None),
    }
}

fn shards(want: &ReplicationGroupInputs) -> Option<Vec<types::NodeGroupConfiguration>> {
    let shards = want.node_group_configuration.as_ref()?.iter();
    Some(shards.map(NodeGroupConfiguration::to_aws).collect())
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}

/// Waits until the group can be used, and gives it what the create call has no word for.
pub(super) async fn complete(cx: &Cx, id: &str, want: &ReplicationGroupInputs) -> Result<()> {
    let found = look::until_made(cx, id).await?;
    if let Some(node) = &want.snapshotting_cluster_id
        && found.snapshotting_cluster_id() != Some(node)
    {
        let call = cx.elasticache().modify_replication_group().replication_group_id(id);
        call.snapshotting_cluster_id(node).apply_immediately(true).send().await?;
        look::until_free(cx, id).await?;
    }
    if want.log_delivery_configurations.is_empty() {
        return Ok(());
    }
    cx.until(&waits::REPLICATION_GROUP_CHANGED, id, || delivery(cx, id)).await
}

/// Whether all logs are delivered.
async fn delivery(cx: &Cx, id: &str) -> Result<Look<()>> {
    use types::LogDeliveryConfigurationStatus as Status;
    let found = cx.find::<types::ReplicationGroup>(id).await?;
    let logs = found.and_then(|found| found.log_delivery_configurations).unwrap_or_default();
    let kind = |log: &types::LogDeliveryConfiguration| log.log_type().map(ToString::to_string).unwrap_or_default();
    if let Some(failed) = logs.iter().find(|log| log.status() == Some(&Status::Error)) {
        let said = failed.message().unwrap_or("AWS doesn't say why");
        let told = format!("{id} works, but its {} isn't delivered: {said}", kind(failed));
        return Err(Error::new(Kind::Conflict, told).with_advice("Mend its destination and run `pulumi up` again"));
    }
    let pending = logs.iter().find(|log| matches!(log.status(), Some(Status::Enabling | Status::Modifying)));
    Ok(pending.map_or(Look::Ready(()), |log| Look::Pending(format!("its {} isn't delivered yet", kind(log)))))
}
