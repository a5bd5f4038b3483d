//! A replication group as AWS shows it, in the program's words.

use aws_sdk_elasticache::types;
use framework::{
    error::Kind,
    property::{Choice as _, Properties},
    resource::{Look, Owner},
};

use super::{
    CacheEngine, Endpoint, LogDeliveryConfigurationRequest, ReadEndpoint, ReplicationGroup, fields, look, token,
    version,
};
use crate::{
    aws::{
        Cx, Result, answered,
        limits::waits,
        tags::elasticache::{self as tagging, Told},
        unless_gone,
    },
    resources::wire::Slot,
};

/// Whose a group is. AWS tells the tags of a group only while it isn't being changed.
pub(super) async fn owner(cx: &Cx, id: &str) -> Result<Option<Owner>> {
    let look = || async {
        let Some(found) = cx.find::<types::ReplicationGroup>(id).await? else { return Ok(Look::Ready(None)) };
        match tags(cx, &found).await? {
            Some(told) => Ok(Look::Ready(told.owner)),
            None => Ok(Look::Pending(found.status.unwrap_or_default())),
        }
    };
    cx.until(&waits::REPLICATION_GROUP_AVAILABLE, id, look).await
}

/// What a group's tags tell; nothing while AWS doesn't. One that could not be made has no other hour.
async fn tags(cx: &Cx, found: &types::ReplicationGroup) -> Result<Option<Told>> {
    let (Some(arn), status) = (found.arn(), found.status().unwrap_or_default()) else { return Ok(None) };
    if status != look::state::AVAILABLE && status != look::state::FAILED {
        return Ok(None);
    }
    match tagging::told(cx, arn).await {
        Ok(told) => Ok(Some(told)),
        Err(error) if error.kind() == Kind::Conflict && status == look::state::FAILED => Ok(Some(Told::default())),
        Err(error) if error.kind() == Kind::Conflict => Ok(None),
        Err(error) => Err(error),
    }
}

/// The group with what its nodes and tags tell of it.
pub(super) async fn seen(cx: &Cx, found: types::ReplicationGroup) -> Result<Option<ReplicationGroup>> {
    let Some(node) = unless_gone(look::node(cx, &found).await)? else { return Ok(None) };
    let Some(told) = unless_gone(tags(cx, &found).await)? else { return Ok(None) };
    let said = cx.recorded::<ReplicationGroup>();
    let secret = secret(cx, &found, told.as_ref(), &said).await?;
    let tags = told.map(|told| told.tags).or_else(|| said.get(fields::tags)).unwrap_or_default();
    let shown = ReplicationGroup { auth_token_secret_arn: secret, tags, ..group(found, &said)? };
    Ok(Some(match node {
        Some(node) => with_node(shown, node, &said),
        None => shown,
    }))
}

/// The secret, as long as the group's password is that of its current version.
async fn secret(
    cx: &Cx,
    found: &types::ReplicationGroup,
    told: Option<&Told>,
    said: &Properties<'_, ReplicationGroup>,
) -> Result<Option<String>> {
    let Some(arn) = said.get(fields::auth_token_secret_arn).flatten() else { return Ok(None) };
    let Some(told) = told else { return Ok(Some(arn)) };
    if found.auth_token_enabled() == Some(false) {
        return Ok(None);
    }
    let current = token::current_version(cx, &arn).await?;
    Ok((current.is_none() || current == told.token_version).then_some(arn))
}

/// What the group itself tells.
fn group(found: types::ReplicationGroup, said: &Properties<'_, ReplicationGroup>) -> Result<ReplicationGroup> {
    let (shards, replicas) = counts(&found);
    let status = found.status.clone().unwrap_or_default();
    let multi_az = found.multi_az == Some(types::MultiAzStatus::Enabled);
    let fails_over = found.automatic_failover.as_ref();
    let pending = found.pending_modified_values.as_ref();
    let logs = found.log_delivery_configurations.clone().unwrap_or_default().into_iter();
    let in_transit = found.transit_encryption_enabled.unwrap_or_default();
    let mode =
        pending.and_then(|pending| pending.transit_encryption_mode.clone()).or(found.transit_encryption_mode.clone());
    let is_one = shards.unwrap_or(1) == 1 && replicas.is_some();
    let endpoint = endpoints(&found);
    let port = endpoint.iter().flatten().map(|endpoint| endpoint.port).next();
    let [primary_end_point, reader_end_point, configuration_end_point] = endpoint;
    Ok(ReplicationGroup {
        replication_group_description: found.description.clone().unwrap_or_default(),
        engine: found.engine.as_deref().and_then(CacheEngine::from_text),
        engine_version: said.get(fields::engine_version).flatten(),
        auto_minor_version_upgrade: found.auto_minor_version_upgrade,
        cache_node_type: found.cache_node_type.clone(),
        num_cache_clusters: replicas.filter(|_| is_one).map(|replicas| replicas + 1),
        num_node_groups: shards,
        replicas_per_node_group: replicas,
        node_group_configuration: None,
        preferred_cache_cluster_azs: None,
        automatic_failover_enabled: matches!(
            fails_over,
            Some(types::AutomaticFailoverStatus::Enabled | types::AutomaticFailoverStatus::Enabling)
        ),
        multi_az_enabled: multi_az,
        cluster_mode: Slot::take(found.cluster_mode.clone()),
        durability: Slot::take(found.durability.clone()),
        primary_cluster_id: None,
        global_replication_group_id: datastore(&found, said),
        cache_subnet_group_name: said.get(fields::cache_subnet_group_name).flatten(),
        security_group_ids: said.get(fields::security_group_ids).flatten(),
        port: port.or(said.get(fields::port).flatten()),
        network_type: Slot::take(found.network_type.clone()),
        ip_discovery: Slot::take(found.ip_discovery.clone()),
        cache_parameter_group_name: said.get(fields::cache_parameter_group_name).flatten(),
        data_tiering_enabled: found.data_tiering.as_ref().map(|tiering| *tiering == types::DataTieringStatus::Enabled),
        log_delivery_configurations: logs.filter_map(LogDeliveryConfigurationRequest::from_aws).collect(),
        preferred_maintenance_window: said.get(fields::preferred_maintenance_window).flatten(),
        notification_topic_arn: said.get(fields::notification_topic_arn).flatten(),
        at_rest_encryption_enabled: found.at_rest_encryption_enabled,
        kms_key_id: found.kms_key_id.clone().filter(|key| !key.is_empty()).map(|key| key_in_words(key, said)),
        transit_encryption_enabled: in_transit,
        // Older engines know no other mode, and don't tell it.
        transit_encryption_mode: in_transit.then(|| Slot::take(mode)),
        auth_token: None,
        auth_token_secret_arn: None,
        auth_token_secret_key: None,
        auth_token_update_strategy: None,
        user_group_ids: found.user_group_ids.clone().unwrap_or_default(),
        snapshot_arns: None,
        snapshot_name: None,
        snapshot_retention_limit: found.snapshot_retention_limit.unwrap_or_default(),
        snapshot_window: found.snapshot_window.clone().filter(|window| !window.is_empty()),
        snapshotting_cluster_id: found.snapshotting_cluster_id.clone().filter(|node| !node.is_empty()),
        final_snapshot: None,
        allow_replace: None,
        apply_immediately: None,
        tags: Default::default(),
        primary_end_point,
        reader_end_point,
        configuration_end_point,
        read_end_point: read_endpoint(&found),
        member_clusters: found.member_clusters.clone().unwrap_or_default(),
        effective_durability: found.effective_durability.as_ref().map(ToString::to_string),
        failure: [look::state::FAILED, look::state::DELETING].contains(&status.as_str()).then_some(status),
        replication_group_id: answered(found.replication_group_id, "ReplicationGroupId")?,
        arn: answered(found.arn, "ARN")?,
    })
}

/// A key by its ARN, or as the program names it: by its id, or by an alias, of which AWS tells nothing.
fn key_in_words(key: String, said: &Properties<'_, ReplicationGroup>) -> String {
    let same = |said: &String| said.contains("alias/") || key.ends_with(&format!("/{said}"));
    said.get(fields::kms_key_id).flatten().filter(same).unwrap_or(key)
}

/// How many shards there are, and how many replicas each has; nothing where they differ, or aren't there yet.
fn counts(found: &types::ReplicationGroup) -> (Option<i32>, Option<i32>) {
    let shards = found.node_groups();
    let replicas =
        |shard: &types::NodeGroup| i32::try_from(shard.node_group_members().len()).ok().map(|nodes| nodes - 1);
    let of_first = shards.first().and_then(replicas).filter(|count| *count >= 0);
    let alike = shards.iter().all(|shard| replicas(shard) == of_first);
    (i32::try_from(shards.len()).ok().filter(|count| *count > 0), of_first.filter(|_| alike))
}

/// The global datastore that the group is a secondary of. That it is the primary of one is said there.
fn datastore(found: &types::ReplicationGroup, said: &Properties<'_, ReplicationGroup>) -> Option<String> {
    let info = found.global_replication_group_info.as_ref()?;
    let is_secondary = info.global_replication_group_member_role() == Some("SECONDARY");
    let named = is_secondary || said.has(fields::global_replication_group_id);
    info.global_replication_group_id.clone().filter(|_| named)
}

/// What clients connect to: for reading and writing, for reading, and in a group with shards.
fn endpoints(found: &types::ReplicationGroup) -> [Option<Endpoint>; 3] {
    let configuration = found.configuration_endpoint().and_then(Endpoint::from_aws);
    let shard = found.node_groups().first().filter(|_| configuration.is_none());
    let primary = shard.and_then(types::NodeGroup::primary_endpoint).and_then(Endpoint::from_aws);
    let reader = shard.and_then(types::NodeGroup::reader_endpoint).and_then(Endpoint::from_aws);
    [primary, reader, configuration]
}

fn read_endpoint(found: &types::ReplicationGroup) -> ReadEndpoint {
    let members = found.node_groups().iter().flat_map(types::NodeGroup::node_group_members);
    let all = members.filter_map(|member| Endpoint::from_aws(member.read_endpoint()?));
    let (addresses_list, ports_list) = all.map(|one| (one.address, one.port)).unzip();
    ReadEndpoint { addresses_list, ports_list }
}

/// What a node tells of its group. What waits for the maintenance window is what the program asked for.
fn with_node(
    group: ReplicationGroup,
    node: types::CacheCluster,
    said: &Properties<'_, ReplicationGroup>,
) -> ReplicationGroup {
    let pending = node.pending_modified_values;
    let to_come = |of: fn(types::PendingModifiedValues) -> Option<String>| pending.clone().and_then(of);
    let runs = to_come(|pending| pending.engine_version).or(node.engine_version);
    let node_type = to_come(|pending| pending.cache_node_type);
    let groups = node.security_groups.unwrap_or_default().into_iter();
    let groups: Vec<_> = groups.filter_map(|group| group.security_group_id).collect();
    let topic = node.notification_configuration.filter(|topic| topic.topic_status() == Some("active"));
    let parameters = node.cache_parameter_group.and_then(|group| group.cache_parameter_group_name);
    ReplicationGroup {
        engine_version: runs.map(|runs| version::in_words(said.get(fields::engine_version).flatten(), &runs)),
        cache_node_type: node_type.or(group.cache_node_type),
        // A node that is being made doesn't tell all of it yet.
        cache_subnet_group_name: node.cache_subnet_group_name.or(group.cache_subnet_group_name),
        security_group_ids: Some(groups).filter(|groups| !groups.is_empty()).or(group.security_group_ids),
        cache_parameter_group_name: parameters.or(group.cache_parameter_group_name),
        preferred_maintenance_window: node.preferred_maintenance_window.or(group.preferred_maintenance_window),
        notification_topic_arn: topic.and_then(|topic| topic.topic_arn),
        ..group
    }
}
