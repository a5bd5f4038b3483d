//! Waiting for a DB cluster: what it is at, what is still to be changed, and why it doesn't come to an end.

use aws_sdk_rds::types::{self, DbCluster as Found};
use framework::{
    engine::Severity,
    property::Choice as _,
    resource::{Look, Wait},
};

use super::DbClusterInputs;
use crate::{
    aws::{Cx, Result, limits::databases},
    resources::{rds_calls::with_events, rds_version as version},
};

/// Waits until it works and has all that is wanted. What waits for the maintenance window is told, where the program wants
/// that.
pub(super) async fn until_done(cx: &Cx, id: &str, want: &DbClusterInputs, wait: &Wait) -> Result<Found> {
    let look = || async { Ok(outlook(cx.find::<Found>(id).await?, want)) };
    let found = explained(cx, id, cx.until(wait, id, look).await).await?;
    let later = pending(&found, want);
    if !later.is_empty() {
        let window = found.preferred_maintenance_window().unwrap_or("of the week");
        let told = format!("{} of {id} will be changed in the maintenance window, {window} UTC", later.join(", "));
        cx.operation().tell(Severity::Info, told);
    }
    Ok(found)
}

/// Waits until nothing is going on, be it that it can't work as it is: a change may be what mends it.
pub(super) async fn until_quiet(cx: &Cx, id: &str, wait: &Wait) -> Result<Found> {
    let look = || async { Ok(quiet(cx.find::<Found>(id).await?)) };
    explained(cx, id, cx.until(wait, id, look).await).await
}

pub(super) async fn explained<T>(cx: &Cx, id: &str, waited: Result<T>) -> Result<T> {
    match waited {
        Ok(done) => Ok(done),
        Err(error) => Err(with_events(cx, types::SourceType::DbCluster, id, error).await),
    }
}

fn quiet(found: Option<Found>) -> Look<Found> {
    let Some(found) = found else { return not_yet() };
    match found.status() {
        Some(databases::DELETING) => Look::Failed("it is being deleted".to_owned()),
        Some(status) if databases::is_ready(status) || databases::failure(status).is_some() => Look::Ready(found),
        _ => Look::Pending(status(&found)),
    }
}

fn outlook(found: Option<Found>, want: &DbClusterInputs) -> Look<Found> {
    let Some(found) = found else { return not_yet() };
    let awaited = if want.apply_immediately == Some(false) { Vec::new() } else { pending(&found, want) };
    match found.status().unwrap_or_default() {
        databases::DELETING => Look::Failed("it is being deleted".to_owned()),
        state if databases::is_ready(state) => match under_way(&found, &awaited) {
            Some(what) => Look::Pending(what),
            None => Look::Ready(found),
        },
        state => match databases::failure(state).filter(|_| awaited.is_empty()) {
            Some(meaning) => Look::Failed(format!("it is {state}: {meaning}")),
            None => Look::Pending(status(&found)),
        },
    }
}

/// What is still going on in a cluster that works.
fn under_way(found: &Found, awaited: &[&str]) -> Option<String> {
    if !awaited.is_empty() {
        return Some(format!("{}, with another {} to come", status(found), awaited.join(", ")));
    }
    if found.vpc_security_groups().iter().any(|group| matches!(group.status(), Some("adding" | "removing"))) {
        return Some("changing its security groups".to_owned());
    }
    let secret = found.master_user_secret().and_then(types::MasterUserSecret::secret_status);
    (secret == Some("creating")).then(|| "making the master user's secret".to_owned())
}

/// What RDS has been asked for and hasn't done yet, of what the program wants: somebody else may have asked for more, in
/// the maintenance window.
pub(super) fn pending(found: &Found, want: &DbClusterInputs) -> Vec<&'static str> {
    let Some(pending) = found.pending_modified_values() else { return Vec::new() };
    let runs =
        |running: &str| want.engine_version.as_ref().is_none_or(|said| version::satisfies(running, said, &want.engine));
    let retention = pending.backup_retention_period();
    let storage = pending.storage_type().zip(want.storage_type);
    [
        ("masterUserPassword", pending.master_user_password().is_some()),
        ("engineVersion", pending.engine_version().is_some_and(runs)),
        ("backupRetentionPeriod", retention.is_some() && retention == want.backup_retention_period),
        ("storageType", storage.is_some_and(|(is, wanted)| is == wanted.text())),
        (
            "enableIamDatabaseAuthentication",
            pending.iam_database_authentication_enabled() == Some(want.enable_iam_database_authentication),
        ),
        ("enableCloudwatchLogsExports", pending.pending_cloudwatch_logs_exports().is_some()),
    ]
    .into_iter()
    .filter(|(_, awaited)| *awaited)
    .map(|(name, _)| name)
    .collect()
}

fn status(found: &Found) -> String {
    let status = found.status().unwrap_or("in no state yet");
    match found.percent_progress() {
        Some(percent) if !percent.is_empty() => format!("{status}, {percent} %"),
        _ => status.to_owned(),
    }
}

fn not_yet<T>() -> Look<T> {
    Look::Pending("not to be seen yet".to_owned())
}
