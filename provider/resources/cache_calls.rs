//! What is asked of Amazon ElastiCache for more than one of its types.

use std::collections::BTreeSet;

use aws_sdk_elasticache::types::CacheCluster;

use crate::aws::{Result, Session};

/// The one id that is looked for. A call takes one at most, so for several all are listed.
#[must_use]
pub fn only(ids: &[String]) -> Option<String> {
    match ids {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The caches with such nodes, by name: replication groups, and clusters of none.
///
/// # Errors
///
/// What the call fails with.
pub async fn caches_with(session: &Session, is_such: impl Fn(&CacheCluster) -> bool) -> Result<Vec<String>> {
    let pages = session.elasticache().describe_cache_clusters().into_paginator().items().send();
    let nodes: Vec<CacheCluster> = pages.try_collect().await?;
    let named = nodes.iter().filter(|node| is_such(node)).filter_map(|node| {
        let group = node.replication_group_id().filter(|group| !group.is_empty());
        group.or(node.cache_cluster_id()).map(ToOwned::to_owned)
    });
    Ok(named.collect::<BTreeSet<_>>().into_iter().collect())
}
