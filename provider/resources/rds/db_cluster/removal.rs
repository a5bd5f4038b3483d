//! The end of a DB cluster: with a last snapshot, unless the program says otherwise, and nothing lost by mistake.
//!
//! Its members have to be gone before, or going: until then AWS refuses, and is asked again.

use std::sync::atomic::AtomicBool;

use aws_sdk_rds::types::DbCluster as Found;
use framework::property::Properties;

use super::{DbCluster, fields, state};
use crate::{
    aws::{
        Cx, Result, answered,
        limits::{databases, waits},
        unless_gone,
    },
    resources::rds_ending::{self as ending, Last},
};

type Was<'a> = Properties<'a, DbCluster>;

/// Asks for its end, unless that was done already, and waits until it is gone: a last snapshot that fails brings it back.
pub(super) async fn remove(cx: &Cx, id: &str, was: &Was<'_>) -> Result<()> {
    let Some(found) = cx.find::<Found>(id).await? else { return Ok(()) };
    ending::same(cx, id, found.db_cluster_resource_id(), was.get(fields::db_cluster_resource_id).as_deref())?;
    if found.status() != Some(databases::DELETING) {
        ask(cx, id, &found, was).await?;
    }
    let going = AtomicBool::new(false);
    let look = || async {
        let found = cx.find::<Found>(id).await?;
        Ok(ending::progress(found.as_ref().map(|found| found.status().unwrap_or_default()), &going))
    };
    state::explained(cx, id, cx.until(&waits::DB_CLUSTER_DELETED, id, look).await).await
}

async fn ask(cx: &Cx, id: &str, found: &Found, was: &Was<'_>) -> Result<()> {
    let last = Last {
        skipped: was.get(fields::final_snapshot).flatten() == Some(false),
        named: was.get(fields::final_db_snapshot_identifier).flatten(),
    };
    let resource = answered(found.db_cluster_resource_id(), "DbClusterResourceId")?;
    let name = ending::last_snapshot(id, found.status().unwrap_or_default(), resource, last)?;
    let protected = found.deletion_protection() == Some(true);
    if let Some(name) = name.as_deref().filter(|_| !protected)
        && is_taken(cx, name).await?
    {
        return Err(ending::taken(id, name));
    }
    let backups = was.get(fields::delete_automated_backups).flatten() != Some(false);
    let call = cx.rds().delete_db_cluster().db_cluster_identifier(id).skip_final_snapshot(name.is_none());
    call.set_final_db_snapshot_identifier(name.clone())
        .delete_automated_backups(backups)
        .send()
        .await
        .map_err(|refusal| ending::explained(refusal.into(), id, protected, name.as_deref()))?;
    ending::tell_kept(cx, id, name.as_deref(), !backups);
    Ok(())
}

async fn is_taken(cx: &Cx, name: &str) -> Result<bool> {
    let call = cx.rds().describe_db_cluster_snapshots().db_cluster_snapshot_identifier(name);
    let found = unless_gone(call.send().await)?;
    Ok(found.is_some_and(|found| !found.db_cluster_snapshots().is_empty()))
}
