//! The end of a DB instance: with a last snapshot, unless the program says otherwise, and nothing lost by mistake.

use std::sync::atomic::AtomicBool;

use aws_sdk_rds::types::{self, DbCluster, DbInstance as Found};
use framework::{error::Kind, property::Properties};

use super::{DbInstance, fields};
use crate::{
    aws::{
        Cx, Error, Result, answered,
        limits::{databases, waits},
    },
    resources::{
        rds_calls::with_events,
        rds_ending::{self as ending, Last},
    },
};

type Was<'a> = Properties<'a, DbInstance>;

/// Asks for its end, unless that was done already, and waits until it is gone: a last snapshot that fails brings it back.
pub(super) async fn remove(cx: &Cx, id: &str, was: &Was<'_>) -> Result<()> {
    let Some(found) = cx.find::<Found>(id).await? else { return Ok(()) };
    ending::same(cx, id, found.dbi_resource_id(), was.get(fields::dbi_resource_id).as_deref())?;
    if found.db_instance_status() != Some(databases::DELETING) {
        spare_last_member(cx, id, &found).await?;
        ask(cx, id, &found, was).await?;
    }
    let going = AtomicBool::new(false);
    let look = || async {
        let found = cx.find::<Found>(id).await?;
        Ok(ending::progress(found.as_ref().map(|found| found.db_instance_status().unwrap_or_default()), &going))
    };
    match cx.until(&waits::DB_INSTANCE_DELETED, id, look).await {
        Ok(()) => Ok(()),
        Err(error) => Err(with_events(cx, types::SourceType::DbInstance, id, error).await),
    }
}

/// AWS protects a cluster from deletion, and not its members: without the last of them nobody reaches the data.
async fn spare_last_member(cx: &Cx, id: &str, found: &Found) -> Result<()> {
    let Some(name) = found.db_cluster_identifier() else { return Ok(()) };
    let Some(cluster) = cx.find::<DbCluster>(name).await? else { return Ok(()) };
    if cluster.deletion_protection() != Some(true) {
        return Ok(());
    }
    for member in cluster.db_cluster_members().iter().filter_map(|member| member.db_instance_identifier()) {
        let other = if member == id { None } else { cx.find::<Found>(member).await? };
        if other.is_some_and(|other| other.db_instance_status() != Some(databases::DELETING)) {
            return Ok(());
        }
    }
    let told = format!("{id} was kept: it is the last member of {name}, whose data nobody could reach without it");
    Err(Error::new(Kind::Invalid, told).with_advice(format!(
        "{name} is protected. Set its `deletionProtection: false` and run `pulumi up`; then its last member can be deleted"
    )))
}

async fn ask(cx: &Cx, id: &str, found: &Found, was: &Was<'_>) -> Result<()> {
    let name = final_snapshot(id, found, was)?;
    let own = found.db_cluster_identifier().is_none();
    let backups = was.get(fields::delete_automated_backups).flatten() != Some(false);
    let protected = found.deletion_protection() == Some(true);
    let call = cx.rds().delete_db_instance().db_instance_identifier(id).skip_final_snapshot(name.is_none());
    let call = call.set_final_db_snapshot_identifier(name.clone());
    call.set_delete_automated_backups(own.then_some(backups))
        .send()
        .await
        .map_err(|refusal| ending::explained(refusal.into(), id, protected, name.as_deref()))?;
    ending::tell_kept(cx, id, name.as_deref(), own && !backups);
    Ok(())
}

/// The name of the last snapshot, or nothing where there is none: a cluster has the data of its members, and RDS makes
/// none of read replicas.
fn final_snapshot(id: &str, found: &Found, was: &Was<'_>) -> Result<Option<String>> {
    let is_copy = found.db_cluster_identifier().is_some()
        || found.read_replica_source_db_instance_identifier().is_some_and(|source| !source.is_empty())
        || found.read_replica_source_db_cluster_identifier().is_some_and(|source| !source.is_empty());
    let skipped = is_copy || was.get(fields::final_snapshot).flatten() == Some(false);
    let last = Last { skipped, named: was.get(fields::final_db_snapshot_identifier).flatten() };
    let resource = answered(found.dbi_resource_id(), "DbiResourceId")?;
    ending::last_snapshot(id, found.db_instance_status().unwrap_or_default(), resource, last)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn found() -> types::builders::DbInstanceBuilder {
        Found::builder().db_instance_identifier("one").db_instance_status("available").dbi_resource_id("db-ABC12")
    }

    fn named(found: types::builders::DbInstanceBuilder, was: &[(&str, Value)]) -> Result<Option<String>> {
        let was: Map = was.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        final_snapshot("one", &found.build(), &Properties::new(&was))
    }

    #[test]
    fn there_is_a_last_snapshot_unless_the_program_says_otherwise() {
        assert_eq!(named(found(), &[]).unwrap().as_deref(), Some("one-final-abc12"), "imported: nobody said anything");
        assert_eq!(
            named(found(), &[("finalSnapshot", Value::Bool(true))]).unwrap().as_deref(),
            Some("one-final-abc12")
        );
        let given = [("finalDbSnapshotIdentifier", Value::from("last"))];
        assert_eq!(named(found(), &given).unwrap().as_deref(), Some("last"));
        assert_eq!(named(found(), &[("finalSnapshot", Value::Bool(false))]).unwrap(), None);
        assert_eq!(named(found().db_cluster_identifier("c"), &[]).unwrap(), None);
        assert_eq!(named(found().read_replica_source_db_instance_identifier("s"), &[]).unwrap(), None);
    }
}
