//! Shards and their replicas, which come and go in place.

use std::collections::BTreeSet;

use aws_sdk_elasticache::types;
use framework::resource::Change;

use super::{NodeGroupConfiguration, ReplicationGroup, ReplicationGroupInputs, fields, look};
use crate::aws::{Cx, Result};

/// How many replicas a shard has, and shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Replicas {
    shard: String,
    has: i32,
    wanted: i32,
    zones: Option<Vec<String>>,
}

fn asks(change: &Change<ReplicationGroup>) -> bool {
    change.to(fields::num_cache_clusters).flatten().is_some()
        || change.to(fields::replicas_per_node_group).flatten().is_some()
        || change.to(fields::num_node_groups).flatten().is_some()
        || change.to(fields::node_group_configuration).flatten().is_some()
        || change.to(fields::preferred_cache_cluster_azs).flatten().is_some()
}

/// Adds what is wanted and lacks.
pub(super) async fn grow(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    if !asks(change) {
        return Ok(());
    }
    let want = change.wanted();
    let found = look::until_free(cx, id).await?;
    if let Some(count) = shards_wanted(want).filter(|count| *count > shards_of(&found)) {
        let call = cx.elasticache().modify_replication_group_shard_configuration().replication_group_id(id);
        let call = call.node_group_count(count).apply_immediately(true);
        call.set_resharding_configuration(places(want, &found)).send().await?;
    }
    let found = look::until_free(cx, id).await?;
    let lacking: Vec<_> = replicas(want, &found).into_iter().filter(|shard| shard.has < shard.wanted).collect();
    if lacking.is_empty() {
        return Ok(());
    }
    let call = cx.elasticache().increase_replica_count().replication_group_id(id).apply_immediately(true);
    let (count, configuration) = how(&lacking, shards_of(&found));
    call.set_new_replica_count(count).set_replica_configuration(configuration).send().await?;
    Ok(())
}

/// Takes away what is there and not wanted.
pub(super) async fn shrink(cx: &Cx, id: &str, change: &Change<ReplicationGroup>) -> Result<()> {
    if !asks(change) {
        return Ok(());
    }
    let want = change.wanted();
    let found = look::until_free(cx, id).await?;
    let spare: Vec<_> = replicas(want, &found).into_iter().filter(|shard| shard.has > shard.wanted).collect();
    if !spare.is_empty() {
        let call = cx.elasticache().decrease_replica_count().replication_group_id(id).apply_immediately(true);
        let (count, configuration) = how(&spare, shards_of(&found));
        call.set_new_replica_count(count).set_replica_configuration(configuration).send().await?;
    }
    let found = look::until_free(cx, id).await?;
    let Some(count) = shards_wanted(want).filter(|count| *count < shards_of(&found)) else { return Ok(()) };
    let call = cx.elasticache().modify_replication_group_shard_configuration().replication_group_id(id);
    let call = call.node_group_count(count).apply_immediately(true);
    call.set_node_groups_to_retain(Some(retained(want, &found, count))).send().await?;
    Ok(())
}

fn shards_wanted(want: &ReplicationGroupInputs) -> Option<i32> {
    let configured = want.node_group_configuration.as_ref().map(Vec::len);
    want.num_node_groups.or(configured.and_then(|count| i32::try_from(count).ok()))
}

fn shards_of(found: &types::ReplicationGroup) -> i32 {
    i32::try_from(found.node_groups().len()).unwrap_or_default()
}

/// What the program says of a shard: by its id, or by its place.
fn configured<'a>(want: &'a ReplicationGroupInputs, shard: &str, index: usize) -> Option<&'a NodeGroupConfiguration> {
    let all = want.node_group_configuration.as_deref().unwrap_or_default();
    let named = all.iter().find(|one| one.node_group_id.as_deref() == Some(shard));
    named.or_else(|| all.get(index).filter(|one| one.node_group_id.is_none()))
}

fn replicas(want: &ReplicationGroupInputs, found: &types::ReplicationGroup) -> Vec<Replicas> {
    let for_all = want.replicas_per_node_group.or(want.num_cache_clusters.map(|nodes| nodes - 1));
    let shards = found.node_groups().iter().enumerate().filter_map(|(index, shard)| {
        let id = shard.node_group_id()?;
        let configured = configured(want, id, index);
        let wanted = configured.and_then(|one| one.replica_count).or(for_all)?;
        let has = i32::try_from(shard.node_group_members().len()).ok()? - 1;
        let of_group = want.preferred_cache_cluster_azs.clone();
        let of_group = of_group.filter(|zones| i32::try_from(zones.len()) == Ok(wanted + 1));
        let zones = configured.and_then(|one| one.zones(wanted)).or(of_group);
        Some(Replicas { shard: id.to_owned(), has, wanted, zones })
    });
    shards.collect()
}

/// One number for all shards where that is enough, or one for each.
fn how(shards: &[Replicas], count: i32) -> (Option<i32>, Option<Vec<types::ConfigureShard>>) {
    let wanted: BTreeSet<_> = shards.iter().map(|shard| shard.wanted).collect();
    let all_alike = wanted.len() == 1 && i32::try_from(shards.len()) == Ok(count);
    if all_alike && shards.iter().all(|shard| shard.zones.is_none()) {
        return (wanted.into_iter().next(), None);
    }
    let each = shards.iter().map(|shard| {
        let zones = shard.zones.clone().filter(|_| shard.wanted > shard.has);
        let one = types::ConfigureShard::builder().node_group_id(&shard.shard).new_replica_count(shard.wanted);
        one.set_preferred_availability_zones(zones).build()
    });
    (None, Some(each.collect()))
}

/// Where new shards have their nodes, as far as the program says.
fn places(
    want: &ReplicationGroupInputs,
    found: &types::ReplicationGroup,
) -> Option<Vec<types::ReshardingConfiguration>> {
    let configured = want.node_group_configuration.as_ref()?;
    let for_all = want.replicas_per_node_group;
    let new = configured.iter().skip(found.node_groups().len()).filter_map(|shard| {
        let zones = shard.zones(shard.replica_count.or(for_all)?)?;
        let one = types::ReshardingConfiguration::builder().set_node_group_id(shard.node_group_id.clone());
        Some(one.set_preferred_availability_zones(Some(zones)).build())
    });
    let new: Vec<_> = new.collect();
    (!new.is_empty()).then_some(new)
}

/// The shards that stay: those that the program names, or the first.
fn retained(want: &ReplicationGroupInputs, found: &types::ReplicationGroup, count: i32) -> Vec<String> {
    let there: Vec<_> = found.node_groups().iter().filter_map(types::NodeGroup::node_group_id).collect();
    let configured = want.node_group_configuration.as_deref().unwrap_or_default();
    let named: Vec<_> = configured.iter().filter_map(|shard| shard.node_group_id.as_deref()).collect();
    let count = usize::try_from(count).unwrap_or_default();
    let kept: Vec<_> = there.iter().copied().filter(|id| named.contains(id)).collect();
    let kept = if kept.len() == count { kept } else { there.into_iter().take(count).collect() };
    kept.into_iter().map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shard(id: &str, has: i32, wanted: i32) -> Replicas {
        Replicas { shard: id.to_owned(), has, wanted, zones: None }
    }

    #[test]
    fn one_number_is_said_where_it_is_that_of_all() {
        assert_eq!(how(&[shard("0001", 1, 2), shard("0002", 1, 2)], 2), (Some(2), None));
        for (shards, count) in [
            (vec![shard("0001", 1, 2), shard("0002", 1, 3)], 2),
            (vec![shard("0001", 1, 2)], 2),
            (vec![Replicas { zones: Some(vec!["a".to_owned()]), ..shard("0001", 0, 1) }], 1),
        ] {
            let (all, each) = how(&shards, count);
            assert_eq!((all, each.map(|each| each.len())), (None, Some(shards.len())));
        }
    }
}
