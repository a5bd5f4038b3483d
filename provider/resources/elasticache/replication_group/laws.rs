//! What the properties of a replication group must keep between each other, and which changes need another group.

use std::collections::HashMap;

use framework::{problem::Problems, property::Properties, value::Path};

use super::{
    CacheEngine, ClusterMode, LogDeliveryConfigurationRequest, LogDestinationType, NodeGroupConfiguration,
    ReplicationGroup, TransitEncryptionMode, fields, version,
};
use crate::{
    aws::{limits::tags as limits, tags::elasticache::TOKEN_VERSION},
    resources::exclusive::{at_least_one, at_most_one, given},
};

type Want<'a> = Properties<'a, ReplicationGroup>;

/// Notes the changes that ElastiCache makes in one direction alone.
///
/// Sources: "Engine versions and upgrading in ElastiCache", "Modifying cluster mode" (Amazon ElastiCache User Guide).
pub(super) fn forbid(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    let engine = |of: &Want<'_>| of.get(fields::engine).flatten();
    let engine_version = |of: &Want<'_>| of.get(fields::engine_version).flatten();
    match (engine(was), engine(want)) {
        (Some(CacheEngine::Valkey), Some(CacheEngine::Redis)) => problems.add(
            want.path(fields::engine),
            "can't go back from valkey to redis: make a second cache beside this one, and take this one out once nobody \
             uses it",
        ),
        (Some(CacheEngine::Redis), Some(CacheEngine::Valkey)) => {}
        _ => {
            if engine_version(was).zip(engine_version(want)).is_some_and(|(was, want)| version::goes_back(&was, &want)) {
                let told = "can't go back to an earlier version: make a second cache beside this one with that version";
                problems.add(want.path(fields::engine_version), told);
            }
        }
    }
    let mode = |of: &Want<'_>| of.get(fields::cluster_mode).flatten();
    match (mode(was), mode(want)) {
        (Some(ClusterMode::Enabled), Some(ClusterMode::Disabled | ClusterMode::Compatible)) => problems.add(
            want.path(fields::cluster_mode),
            "can't go back from enabled: make a second cache beside this one without shards",
        ),
        (Some(ClusterMode::Disabled), Some(ClusterMode::Enabled)) => problems.add(
            want.path(fields::cluster_mode),
            "goes from disabled to compatible first, and to enabled once all clients know of shards; or make a second \
             cache beside this one with shards",
        ),
        _ => {}
    }
}

/// Notes all that is wrong.
pub(super) fn check(want: &Want<'_>, problems: &mut Problems) {
    let origins = [
        given(want, fields::cache_node_type),
        given(want, fields::snapshot_name),
        given(want, fields::primary_cluster_id),
        given(want, fields::global_replication_group_id),
    ];
    at_least_one(&origins, problems);
    at_most_one(&[given(want, fields::snapshot_name), given(want, fields::snapshot_arns)], problems);
    numbers(want, problems);
    failover(want, problems);
    encryption(want, problems);
    access(want, problems);
    logs(want, problems);
    tags(want, problems);
}

/// How many nodes there are is said in more than one way: all have to agree.
fn numbers(want: &Want<'_>, problems: &mut Problems) {
    let shards = want.get(fields::num_node_groups).flatten();
    let replicas = want.get(fields::replicas_per_node_group).flatten();
    if let Some(nodes) = want.get(fields::num_cache_clusters).flatten() {
        let at = want.path(fields::num_cache_clusters);
        if shards.is_some_and(|shards| shards > 1) {
            problems.add(at, "can't be given for a group with shards: say replicasPerNodeGroup");
        } else if replicas.is_some_and(|replicas| replicas + 1 != nodes) {
            problems.add(at, "must be one more than replicasPerNodeGroup, or left out");
        }
    }
    if let Some(zones) = want.get(fields::preferred_cache_cluster_azs).flatten() {
        let nodes = want.get(fields::num_cache_clusters).flatten().or(replicas.map(|replicas| replicas + 1));
        let at = want.path(fields::preferred_cache_cluster_azs);
        if nodes.is_some_and(|nodes| i32::try_from(zones.len()) != Ok(nodes)) {
            problems.add(at, "must name as many zones as there are nodes: numCacheClusters");
        } else if shards.is_some_and(|shards| shards > 1) {
            problems.add(at, "can't be given for a group with shards: say nodeGroupConfiguration");
        }
    }
    let Some(configured) = want.get(fields::node_group_configuration).flatten() else { return };
    let at = want.path(fields::node_group_configuration);
    if shards.is_some_and(|shards| i32::try_from(configured.len()) != Ok(shards)) {
        problems.add(at.clone(), "must have as many elements as numNodeGroups says, or numNodeGroups must be left out");
    }
    for (index, shard) in configured.iter().enumerate() {
        let zones = shard.replica_availability_zones.as_ref().map(Vec::len);
        let count = shard.replica_count.or(replicas);
        if let (Some(zones), Some(count)) = (zones, count)
            && i32::try_from(zones) != Ok(count)
        {
            let reason = "must name as many zones as the shard has replicas";
            problems.add(at.index(index).key("replicaAvailabilityZones"), reason);
        }
        if replicas.is_some() && shard.replica_count.is_some_and(|count| Some(count) != replicas) {
            let reason = "must be what replicasPerNodeGroup says, or replicasPerNodeGroup must be left out";
            problems.add(at.index(index).key("replicaCount"), reason);
        }
    }
}

fn failover(want: &Want<'_>, problems: &mut Problems) {
    let fails_over = want.get(fields::automatic_failover_enabled);
    if want.get(fields::multi_az_enabled) == Some(true) && fails_over == Some(false) {
        problems.add(want.path(fields::multi_az_enabled), "can be true only with automaticFailoverEnabled");
    }
    let at = want.path(fields::automatic_failover_enabled);
    let shards = want.get(fields::num_node_groups).flatten();
    let has_shards = shards.is_some_and(|shards| shards > 1)
        || want.get(fields::node_group_configuration).flatten().is_some_and(|shards| shards.len() > 1)
        || want.get(fields::cluster_mode).flatten() == Some(ClusterMode::Enabled);
    if fails_over == Some(false) && has_shards {
        problems.add(at, "must be true for a group with shards");
    } else if fails_over == Some(true) && !has_shards && has_one_node(want) {
        problems.add(at, "takes a replica at least: say numCacheClusters, 2 or more");
    }
}

/// Whether the program says so, or says nothing of it for a new group; where that comes from is another matter.
fn has_one_node(want: &Want<'_>) -> bool {
    let alone = |count: Option<i32>, least: i32| count.is_some_and(|count| count < least);
    alone(want.get(fields::num_cache_clusters).flatten(), 2)
        || alone(want.get(fields::replicas_per_node_group).flatten(), 1)
}

fn encryption(want: &Want<'_>, problems: &mut Problems) {
    let in_transit = want.get(fields::transit_encryption_enabled);
    if in_transit == Some(false) {
        let needs = [
            (want.path(fields::transit_encryption_mode), want.has(fields::transit_encryption_mode)),
            (want.path(fields::auth_token), want.has(fields::auth_token)),
            (want.path(fields::auth_token_secret_arn), want.has(fields::auth_token_secret_arn)),
        ];
        for (at, _) in needs.into_iter().filter(|(_, given)| *given) {
            problems.add(at, "can be given only with transitEncryptionEnabled: true");
        }
    }
    if want.get(fields::at_rest_encryption_enabled) == Some(Some(false)) && want.has(fields::kms_key_id) {
        problems.add(want.path(fields::kms_key_id), "can't be given where atRestEncryptionEnabled is false");
    }
}

/// A password, or users: not both, and neither while connections without encryption are taken.
fn access(want: &Want<'_>, problems: &mut Problems) {
    let (token, secret) = (given(want, fields::auth_token), given(want, fields::auth_token_secret_arn));
    let users = want.get(fields::user_group_ids).is_some_and(|users| !users.is_empty());
    at_most_one(&[token, secret, (fields::user_group_ids.name(), users)], problems);
    if want.has(fields::auth_token_secret_key) && !secret.1 {
        problems.add(want.path(fields::auth_token_secret_key), "can be given only with authTokenSecretArn");
    }
    let preferred = want.get(fields::transit_encryption_mode).flatten() == Some(TransitEncryptionMode::Preferred);
    if preferred && (token.1 || secret.1 || users) {
        let reason = "must be required where there is a password or a user group";
        problems.add(want.path(fields::transit_encryption_mode), reason);
    }
}

fn logs(want: &Want<'_>, problems: &mut Problems) {
    let all = want.get(fields::log_delivery_configurations).unwrap_or_default();
    for (index, log) in all.iter().enumerate() {
        let at = want.path(fields::log_delivery_configurations).index(index);
        if all[..index].iter().any(|other| other.log_type == log.log_type) {
            problems.add(at.key("logType"), "must be another one: each kind of log has one destination");
        }
        destination(log, &at.key("destinationDetails"), problems);
    }
}

fn destination(log: &LogDeliveryConfigurationRequest, at: &Path, problems: &mut Problems) {
    let details = &log.destination_details;
    let places = [
        (LogDestinationType::CloudWatchLogs, "cloudWatchLogsDetails", details.cloud_watch_logs_details.is_some()),
        (LogDestinationType::KinesisFirehose, "kinesisFirehoseDetails", details.kinesis_firehose_details.is_some()),
    ];
    for (kind, name, given) in places {
        match (kind == log.destination_type, given) {
            (true, false) => problems.add(at.key(name), "is required for this destinationType"),
            (false, true) => problems.add(at.key(name), "can't be given for this destinationType"),
            _ => {}
        }
    }
}

/// A group whose password comes from a secret has a tag more of ours.
fn tags(want: &Want<'_>, problems: &mut Problems) {
    let Some(tags) = want.get(fields::tags) else { return };
    let at = want.path(fields::tags);
    tags.plain_only(&at, problems);
    if tags.get(TOKEN_VERSION).is_some() {
        problems.add(at.key(TOKEN_VERSION), "is the tag by which the provider knows the version of a secret");
    }
    if want.has(fields::auth_token_secret_arn) && tags.iter().count() + 2 > limits::PER_RESOURCE {
        problems.add(at, "must be one less: with authTokenSecretArn two tags are the provider's");
    }
}

/// Whether a change needs another group, where its values say that.
pub(super) fn replaces(property: &str, was: &Want<'_>, want: &Want<'_>) -> Option<bool> {
    if property == fields::snapshot_name.name() {
        // What a group was made of is history once the program doesn't name it any more.
        return (!want.has(fields::snapshot_name)).then_some(false);
    }
    if property == fields::snapshot_arns.name() {
        return (!want.has(fields::snapshot_arns)).then_some(false);
    }
    if property == fields::node_group_configuration.name() {
        let configured = |of: &Want<'_>| of.get(fields::node_group_configuration);
        return configured(was).zip(configured(want)).map(|(was, want)| moves(was.as_deref(), want.as_deref()));
    }
    if property == fields::preferred_cache_cluster_azs.name() {
        let zones = |of: &Want<'_>| of.get(fields::preferred_cache_cluster_azs);
        return zones(was).zip(zones(want)).map(|zones| match zones {
            (Some(was), Some(want)) => !(was.starts_with(&want) || want.starts_with(&was)),
            _ => false,
        });
    }
    None
}

/// Whether a shard that stays would have to be elsewhere, or have other slots.
fn moves(was: Option<&[NodeGroupConfiguration]>, want: Option<&[NodeGroupConfiguration]>) -> bool {
    let (Some(was), Some(want)) = (was, want) else { return false };
    let known: HashMap<_, _> = named(was).collect();
    named(want).filter_map(|(name, shard)| known.get(&name).map(|was| (*was, shard))).any(|(was, want)| {
        let zones = |of: &NodeGroupConfiguration| of.replica_availability_zones.clone().unwrap_or_default();
        let (had, has) = (zones(was), zones(want));
        was.primary_availability_zone != want.primary_availability_zone
            || was.slots != want.slots
            || !(had.starts_with(&has) || has.starts_with(&had))
    })
}

/// The shards by their ids, or their places where they have none.
fn named(shards: &[NodeGroupConfiguration]) -> impl Iterator<Item = (String, &NodeGroupConfiguration)> {
    let name = |(index, shard): (usize, &NodeGroupConfiguration)| {
        shard.node_group_id.clone().unwrap_or_else(|| format!("#{index}"))
    };
    shards.iter().enumerate().map(move |(index, shard)| (name((index, shard)), shard))
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn told(want: &[(&str, Value)]) -> Vec<String> {
        let mut inputs = Map::from([
            ("cacheNodeType".to_owned(), Value::from("cache.t4g.micro")),
            ("automaticFailoverEnabled".to_owned(), Value::Bool(false)),
            ("multiAzEnabled".to_owned(), Value::Bool(false)),
            ("transitEncryptionEnabled".to_owned(), Value::Bool(false)),
        ]);
        inputs.extend(want.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let mut problems = Problems::none();
        check(&Properties::new(&inputs), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    const NONE: [&str; 0] = [];

    #[test]
    fn numbers_of_nodes_agree() {
        let number = Value::Number;
        assert_eq!(told(&[("numCacheClusters", number(2.0)), ("replicasPerNodeGroup", number(1.0))]), NONE);
        assert_eq!(
            told(&[("numCacheClusters", number(2.0)), ("replicasPerNodeGroup", number(2.0))]),
            ["numCacheClusters must be one more than replicasPerNodeGroup, or left out"]
        );
        assert_eq!(
            told(&[("numCacheClusters", number(2.0)), ("numNodeGroups", number(3.0))]),
            [
                "numCacheClusters can't be given for a group with shards: say replicasPerNodeGroup",
                "automaticFailoverEnabled must be true for a group with shards",
            ]
        );
    }

    #[test]
    fn failover_takes_a_replica() {
        let failover = ("automaticFailoverEnabled", Value::Bool(true));
        assert_eq!(told(&[failover.clone(), ("numCacheClusters", Value::Number(2.0))]), NONE);
        assert_eq!(
            told(&[failover, ("numCacheClusters", Value::Number(1.0))]),
            ["automaticFailoverEnabled takes a replica at least: say numCacheClusters, 2 or more"]
        );
        assert_eq!(
            told(&[("multiAzEnabled", Value::Bool(true))]),
            ["multiAzEnabled can be true only with automaticFailoverEnabled"]
        );
    }

    #[test]
    fn a_password_takes_encryption_and_is_one() {
        let (token, secret) = ("authToken", "authTokenSecretArn");
        let arn = Value::from("arn:aws:secretsmanager:eu-west-1:123456789012:secret:one-AbCdEf");
        assert_eq!(
            told(&[(token, Value::from("0123456789abcdef").into_secret())]),
            ["authToken can be given only with transitEncryptionEnabled: true"]
        );
        let encrypted = ("transitEncryptionEnabled", Value::Bool(true));
        assert_eq!(
            told(&[encrypted.clone(), (token, Value::from("0123456789abcdef")), (secret, arn.clone())]),
            ["authTokenSecretArn can't be given together with authToken"]
        );
        assert_eq!(
            told(&[encrypted, (secret, arn), ("transitEncryptionMode", Value::from("preferred"))]),
            ["transitEncryptionMode must be required where there is a password or a user group"]
        );
    }

    fn shard(zone: &str, replicas: &[&str]) -> NodeGroupConfiguration {
        NodeGroupConfiguration {
            primary_availability_zone: Some(zone.to_owned()),
            replica_availability_zones: Some(replicas.iter().map(ToString::to_string).collect()),
            ..NodeGroupConfiguration::default()
        }
    }

    #[test]
    fn shards_come_and_go_in_place_and_dont_move() {
        let (one, two) = ([shard("a", &["b"])], [shard("b", &["c"])]);
        let both = [one.as_slice(), &two].concat();
        let moved = |was: &[NodeGroupConfiguration], want: &[NodeGroupConfiguration]| moves(Some(was), Some(want));
        assert!(!moved(&one, &both));
        assert!(!moved(&both, &one));
        assert!(!moved(&one, &[shard("a", &["b", "c"])]));
        assert!(moved(&one, &two));
        assert!(moved(&one, &[shard("a", &["c", "b"])]));
        assert!(!moves(None, Some(&one)));
    }

    #[test]
    fn what_a_group_was_made_of_may_be_forgotten() {
        let named = Map::from([("snapshotName".to_owned(), Value::from("one"))]);
        let other = Map::from([("snapshotName".to_owned(), Value::from("two"))]);
        let nothing = Map::new();
        let replaces = |was: &Map, want: &Map| replaces("snapshotName", &Properties::new(was), &Properties::new(want));
        assert_eq!(replaces(&named, &nothing), Some(false));
        assert_eq!(replaces(&named, &other), None);
        assert_eq!(replaces(&nothing, &named), None);
    }
}
