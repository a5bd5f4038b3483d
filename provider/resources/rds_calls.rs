//! What the resources of Amazon RDS share: looking at databases.

use aws_sdk_rds::types;
use framework::error::Kind;

use crate::aws::{Cx, Error, Findable, Result, Session, limits::counts};

/// The instances and clusters of the Region for which that holds, by identifier: what uses a group.
///
/// # Errors
///
/// What the calls fail with.
pub async fn users(
    cx: &Cx,
    of_instance: impl Fn(&types::DbInstance) -> bool,
    of_cluster: impl Fn(&types::DbCluster) -> bool,
) -> Result<Vec<String>> {
    let mut users = Vec::new();
    let mut instances = cx.rds().describe_db_instances().into_paginator().items().send();
    while let Some(instance) = instances.next().await {
        let instance = instance?;
        users.extend(instance.db_instance_identifier.clone().filter(|_| of_instance(&instance)));
    }
    let mut clusters = cx.rds().describe_db_clusters().into_paginator().items().send();
    while let Some(cluster) = clusters.next().await {
        let cluster = cluster?;
        users.extend(cluster.db_cluster_identifier.clone().filter(|_| of_cluster(&cluster)));
    }
    Ok(users)
}

impl Findable for types::DbInstance {
    fn id(&self) -> Option<&str> {
        self.db_instance_identifier()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let named = types::Filter::builder().name("db-instance-id").set_values(Some(ids)).build();
        let instances = session.rds().describe_db_instances().filters(named);
        Ok(instances.into_paginator().items().send().try_collect().await?)
    }
}

/// Whether a key's name, as a program gives it, means the key that AWS shows by its ARN: the same ARN, or the id in it.
/// An alias may mean any key, and is taken at its word.
#[must_use]
pub fn same_key(said: &str, shown: &str) -> bool {
    said == shown || said.contains("alias/") || shown.rsplit_once(":key/").is_some_and(|(_, id)| id == said)
}

/// The last things that RDS says of a database, in the order in which they happened.
pub async fn last_events(cx: &Cx, of: types::SourceType, id: &str) -> Vec<String> {
    let call = cx.rds().describe_events().source_identifier(id).source_type(of).duration(counts::DB_EVENTS_MINUTES);
    let events: std::result::Result<Vec<_>, _> = call.into_paginator().items().send().collect().await;
    let mut told: Vec<_> = events.unwrap_or_default().into_iter().filter_map(|event| event.message).collect();
    told.split_off(told.len().saturating_sub(counts::DB_EVENTS_TOLD))
}

/// A failure together with RDS's last events.
pub async fn with_events(cx: &Cx, of: types::SourceType, id: &str, error: Error) -> Error {
    if !matches!(error.kind(), Kind::Failed | Kind::TimedOut) {
        return error;
    }
    match last_events(cx, of, id).await.as_slice() {
        [] => error,
        events => error.context(format!("RDS's last events are \"{}\"", events.join("\", \""))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_has_several_names() {
        let shown = "arn:aws:kms:eu-west-1:123456789012:key/0a1b";
        assert!(same_key(shown, shown) && same_key("0a1b", shown) && same_key("alias/rds", shown));
        assert!(!same_key("a1b", shown) && !same_key("arn:aws:kms:eu-west-1:123456789012:key/0a1c", shown));
    }
}
