//! The end of a replication group, with a last snapshot of its data.
//!
//! A group of the same name may come later, and ElastiCache has no id that tells them apart: so the snapshot has the time
//! at which the group was made in its name. However often the end is asked for, the name is the same, and there is one
//! snapshot. Whatever keeps AWS from making it keeps the group.

use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_elasticache::types;
use framework::{engine::Severity, error::Kind, resource::Look};

use super::look;
use crate::aws::{
    Cx, Error, Result, answered,
    limits::{codes, waits},
    unless_gone,
};

/// How far the end is.
#[derive(Default)]
struct Course {
    /// It was asked for, here or by an earlier run.
    asked: AtomicBool,
    /// AWS was seen at it.
    under_way: AtomicBool,
}

/// Asks for the group's end, and waits for it.
pub(super) async fn end(cx: &Cx, id: &str, with_snapshot: bool) -> Result<()> {
    let Some(found) = cx.find::<types::ReplicationGroup>(id).await? else { return Err(look::gone(id)) };
    // A group that could not be made holds nothing.
    let holds_data = found.status() != Some(look::state::FAILED);
    let snapshot = if with_snapshot && holds_data { Some(snapshot_of(&found)?) } else { None };
    let course = Course::default();
    cx.until(&waits::REPLICATION_GROUP_DELETED, id, || step(cx, id, snapshot.as_deref(), &course)).await?;
    if let Some(snapshot) = snapshot {
        cx.operation().tell(Severity::Info, kept(cx, id, &snapshot).await);
    }
    Ok(())
}

/// The name of the last snapshot: the group's, and when it was made.
fn snapshot_of(found: &types::ReplicationGroup) -> Result<String> {
    let id = answered(found.replication_group_id(), "ReplicationGroupId")?;
    let made = answered(found.replication_group_create_time(), "ReplicationGroupCreateTime")?;
    Ok(format!("{id}-final-{}", made.secs()))
}

async fn step(cx: &Cx, id: &str, snapshot: Option<&str>, course: &Course) -> Result<Look<()>> {
    let Some(found) = cx.find::<types::ReplicationGroup>(id).await? else { return Ok(Look::Ready(())) };
    let status = found.status().unwrap_or_default();
    match status {
        look::state::DELETING => {
            course.asked.store(true, Ordering::Relaxed);
            course.under_way.store(true, Ordering::Relaxed);
            Ok(Look::Pending(status.to_owned()))
        }
        look::state::AVAILABLE | look::state::FAILED => ask(cx, &found, snapshot, course).await,
        // Its own last snapshot, or somebody else's change: AWS takes no word meanwhile.
        other => {
            course.under_way.fetch_or(course.asked.load(Ordering::Relaxed), Ordering::Relaxed);
            Ok(Look::Pending(other.to_owned()))
        }
    }
}

/// Asks once. A group that comes back from its end has kept its data, as AWS could not make the snapshot.
async fn ask(cx: &Cx, found: &types::ReplicationGroup, snapshot: Option<&str>, course: &Course) -> Result<Look<()>> {
    let id = found.replication_group_id().unwrap_or_default();
    if course.under_way.load(Ordering::Relaxed) {
        let said =
            look::said(cx, id, found.member_clusters()).await.unwrap_or_else(|| "AWS doesn't say why".to_owned());
        return Err(Error::new(Kind::Failed, format!("{id} was kept: its deletion ended without effect: {said}"))
            .with_advice(advice("Remove the cause and ask again")));
    }
    if course.asked.load(Ordering::Relaxed) {
        return Ok(Look::Pending("asked to go".to_owned()));
    }
    let call = cx.elasticache().delete_replication_group().replication_group_id(id).retain_primary_cluster(false);
    match unless_gone(call.set_final_snapshot_identifier(snapshot.map(ToOwned::to_owned)).send().await) {
        Ok(None) => Ok(Look::Ready(())),
        Ok(Some(_)) => {
            course.asked.store(true, Ordering::Relaxed);
            Ok(Look::Pending("asked to go".to_owned()))
        }
        Err(refusal) => refused(cx, found, snapshot, refusal).await,
    }
}

/// What a refusal means: that somebody was faster, that it has to wait, or that the data can't be kept this way.
async fn refused(cx: &Cx, found: &types::ReplicationGroup, snapshot: Option<&str>, refusal: Error) -> Result<Look<()>> {
    let id = found.replication_group_id().unwrap_or_default();
    let now = cx.find::<types::ReplicationGroup>(id).await?;
    let status = now.as_ref().and_then(types::ReplicationGroup::status);
    if status != Some(look::state::AVAILABLE) {
        // The call was sent twice, or this run's end meets an earlier one's.
        return Ok(Look::Pending(status.unwrap_or("gone").to_owned()));
    }
    let instead = match refusal.code() {
        Some(codes::REPLICATION_GROUP_BUSY) if found.global_replication_group_info().is_none() => {
            return Ok(Look::Pending(format!("refused by AWS: {refusal}")));
        }
        Some(codes::REPLICATION_GROUP_BUSY) => {
            return Err(refusal.of_kind(Kind::Invalid).context(format!("{id} was kept")).with_advice(
                "It is a part of a global datastore: take it out of that first (DisassociateGlobalReplicationGroup)",
            ));
        }
        Some(codes::SNAPSHOTS_UNSUPPORTED) => advice("AWS makes no snapshots of such nodes: copy the data first"),
        Some(codes::TOO_MANY_SNAPSHOTS) => advice("Delete snapshots that nobody needs, and ask again"),
        Some(codes::SNAPSHOT_EXISTS) => advice(&format!(
            "There is a snapshot {} already, of an earlier attempt, and the group may have changed since: look at it, copy \
             or delete it, and ask again",
            snapshot.unwrap_or_default()
        )),
        _ => return Err(refusal),
    };
    Err(refusal
        .of_kind(Kind::Invalid)
        .context(format!("{id} was kept, as its last snapshot can't be made"))
        .with_advice(instead))
}

fn advice(what: &str) -> String {
    format!("{what}. If nobody needs the data, set `finalSnapshot: false` and run `pulumi up` first")
}

/// What there is of a group that is gone. Whoever may delete may not be allowed to look.
async fn kept(cx: &Cx, id: &str, snapshot: &str) -> String {
    let answer = cx.elasticache().describe_snapshots().snapshot_name(snapshot).send().await;
    let there = answer.map_or(true, |answer| answer.snapshots.is_some_and(|found| !found.is_empty()));
    match there {
        true => format!("{id} is deleted, and its snapshot {snapshot} is kept: `snapshotName` makes a group of it"),
        false => format!("{id} is deleted, and AWS shows no snapshot {snapshot}: somebody else deleted it"),
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::DateTime;

    use super::*;

    fn made_at(seconds: i64) -> types::ReplicationGroup {
        let group = types::ReplicationGroup::builder().replication_group_id("cache");
        group.replication_group_create_time(DateTime::from_secs(seconds)).build()
    }

    #[test]
    fn a_snapshot_is_named_for_one_life_of_a_group() {
        let name = |seconds| snapshot_of(&made_at(seconds)).unwrap_or_default();
        assert_eq!(name(1_700_000_000), "cache-final-1700000000");
        assert_eq!(name(1_700_000_000), name(1_700_000_000));
        assert_ne!(name(1_700_000_000), name(1_700_000_001));
    }

    #[test]
    fn without_the_time_there_is_no_name() {
        let unknown = types::ReplicationGroup::builder().replication_group_id("cache").build();
        assert!(snapshot_of(&unknown).is_err());
    }
}
