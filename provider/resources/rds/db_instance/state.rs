//! Waiting for a DB instance: what it is at, what is still to be changed, and why it doesn't come to an end.

use aws_sdk_rds::types::{self, DbInstance as Found};
use framework::{
    engine::Severity,
    property::Choice as _,
    resource::{Look, Wait},
};

use super::DbInstanceInputs;
use crate::{
    aws::{Cx, Result, limits::databases},
    resources::{rds_calls::with_events, rds_version as version},
};

/// Waits until it works and has all that is wanted. What waits for the maintenance window is told, where the program wants
/// that.
pub(super) async fn until_done(cx: &Cx, id: &str, want: &DbInstanceInputs, wait: &Wait) -> Result<Found> {
    let look = || async { Ok(outlook(cx.find::<Found>(id).await?, want)) };
    let found = explained(cx, id, cx.until(wait, id, look).await).await?;
    tell_rest(cx, id, &found, want);
    Ok(found)
}

/// Waits until nothing is going on, be it that it can't work as it is: a change may be what mends it.
pub(super) async fn until_quiet(cx: &Cx, id: &str, wait: &Wait) -> Result<Found> {
    let look = || async { Ok(quiet(cx.find::<Found>(id).await?)) };
    explained(cx, id, cx.until(wait, id, look).await).await
}

async fn explained<T>(cx: &Cx, id: &str, waited: Result<T>) -> Result<T> {
    match waited {
        Ok(done) => Ok(done),
        Err(error) => Err(with_events(cx, types::SourceType::DbInstance, id, error).await),
    }
}

fn quiet(found: Option<Found>) -> Look<Found> {
    let Some(found) = found else { return not_yet() };
    match found.db_instance_status() {
        Some(databases::DELETING) => Look::Failed("it is being deleted".to_owned()),
        Some(status) if databases::is_ready(status) || databases::failure(status).is_some() => Look::Ready(found),
        _ => Look::Pending(status(&found)),
    }
}

fn outlook(found: Option<Found>, want: &DbInstanceInputs) -> Look<Found> {
    let Some(found) = found else { return not_yet() };
    let awaited = if want.apply_immediately == Some(false) { Vec::new() } else { pending(&found, want) };
    match found.db_instance_status().unwrap_or_default() {
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

/// What is still going on in an instance that works.
fn under_way(found: &Found, awaited: &[&str]) -> Option<String> {
    if !awaited.is_empty() {
        return Some(format!("{}, with another {} to come", status(found), awaited.join(", ")));
    }
    if found.db_parameter_groups().iter().any(|group| group.parameter_apply_status() == Some("applying")) {
        return Some("taking its parameter group".to_owned());
    }
    if found.vpc_security_groups().iter().any(|group| matches!(group.status(), Some("adding" | "removing"))) {
        return Some("changing its security groups".to_owned());
    }
    let secret = found.master_user_secret().and_then(types::MasterUserSecret::secret_status);
    (secret == Some("creating")).then(|| "making the master user's secret".to_owned())
}

/// What RDS has been asked for and hasn't done yet, of what the program wants: somebody else may have asked for more, in
/// the maintenance window.
pub(super) fn pending(found: &Found, want: &DbInstanceInputs) -> Vec<&'static str> {
    let Some(pending) = found.pending_modified_values() else { return Vec::new() };
    let engine = found.engine().unwrap_or_default();
    let is = |pending: Option<i32>, want: Option<i32>| pending.is_some() && (pending == want || want.is_none());
    let version =
        |running: &str| want.engine_version.as_ref().is_none_or(|said| version::satisfies(running, said, engine));
    let storage = pending.storage_type().zip(want.storage_type);
    [
        ("dbInstanceClass", pending.db_instance_class() == Some(want.db_instance_class.as_str())),
        ("allocatedStorage", pending.allocated_storage().is_some_and(|size| want.allocated_storage <= Some(size))),
        ("masterUserPassword", pending.master_user_password().is_some()),
        ("port", pending.port().is_some() && pending.port() == want.port),
        ("backupRetentionPeriod", is(pending.backup_retention_period(), want.backup_retention_period)),
        ("multiAz", pending.multi_az() == Some(want.multi_az)),
        ("engineVersion", pending.engine_version().is_some_and(version)),
        ("iops", is(pending.iops(), want.iops)),
        ("storageThroughput", is(pending.storage_throughput(), want.storage_throughput)),
        ("storageType", storage.is_some_and(|(is, wanted)| is == wanted.text())),
        (
            "caCertificateIdentifier",
            want.ca_certificate_identifier.is_some()
                && pending.ca_certificate_identifier() == want.ca_certificate_identifier.as_deref(),
        ),
        ("dedicatedLogVolume", pending.dedicated_log_volume() == Some(want.dedicated_log_volume)),
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

/// Says what is as it was until the maintenance window, or until somebody restarts it.
fn tell_rest(cx: &Cx, id: &str, found: &Found, want: &DbInstanceInputs) {
    let later = pending(found, want);
    if !later.is_empty() {
        let window = found.preferred_maintenance_window().unwrap_or("of the week");
        let told = format!("{} of {id} will be changed in the maintenance window, {window} UTC", later.join(", "));
        cx.operation().tell(Severity::Info, told);
    }
    for group in found.db_parameter_groups() {
        if group.parameter_apply_status() == Some(databases::PENDING_REBOOT) {
            let name = group.db_parameter_group_name().unwrap_or_default();
            let told = format!(
                "static parameters of {name} take effect in {id} when it is restarted the next time (`aws rds reboot-db-instance --db-instance-identifier {id}`)"
            );
            cx.operation().tell(Severity::Warning, told);
        }
    }
}

fn status(found: &Found) -> String {
    let status = found.db_instance_status().unwrap_or("in no state yet");
    match found.percent_progress() {
        Some(percent) if !percent.is_empty() => format!("{status}, {percent} %"),
        _ => status.to_owned(),
    }
}

fn not_yet<T>() -> Look<T> {
    Look::Pending("not to be seen yet".to_owned())
}

/// The inputs of an instance about which little is said.
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
pub(super) fn wanted() -> DbInstanceInputs {
    let inputs: framework::value::Map = [
        ("dbInstanceIdentifier".to_owned(), framework::value::Value::from("one")),
        ("dbInstanceClass".to_owned(), framework::value::Value::from("db.t4g.small")),
    ]
    .into();
    let mut notes = framework::property::Decoding::new();
    let mut inputs = inputs;
    for field in <super::DbInstance as framework::resource::Resource>::FIELDS {
        if let Some(default) = field.default {
            inputs.entry(field.name.to_owned()).or_insert_with(default);
        }
    }
    framework::property::Record::decode_fields(&inputs, &framework::value::Path::root(), &mut notes).unwrap()
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn found(status: &str) -> Found {
        types::DbInstance::builder().db_instance_identifier("one").db_instance_status(status).engine("postgres").build()
    }

    #[test]
    fn a_state_that_nothing_leads_out_of_ends_the_wait_with_its_meaning() {
        let Look::Failed(reason) = outlook(Some(found("storage-full")), &wanted()) else { panic!("it goes on") };
        assert!(reason.contains("storage-full") && reason.contains("raise allocatedStorage"), "{reason}");
        let mut mending = found("storage-full");
        let more = types::PendingModifiedValues::builder().allocated_storage(100).build();
        mending.pending_modified_values = Some(more);
        assert!(matches!(outlook(Some(mending), &wanted()), Look::Pending(_)));
        assert!(matches!(quiet(Some(found("storage-full"))), Look::Ready(_)));
        assert!(matches!(outlook(Some(found("creating")), &wanted()), Look::Pending(_)));
        assert!(matches!(outlook(Some(found("storage-optimization")), &wanted()), Look::Ready(_)));
        assert!(matches!(outlook(Some(found("deleting")), &wanted()), Look::Failed(_)));
    }

    #[test]
    fn what_was_asked_for_is_waited_for_unless_it_may_wait() {
        let mut changing = found("available");
        let ours = types::PendingModifiedValues::builder().db_instance_class("db.t4g.small").build();
        changing.pending_modified_values = Some(ours);
        let Look::Pending(seen) = outlook(Some(changing.clone()), &wanted()) else { panic!("it is ready") };
        assert!(seen.contains("dbInstanceClass"), "{seen}");
        let later = DbInstanceInputs { apply_immediately: Some(false), ..wanted() };
        assert!(matches!(outlook(Some(changing.clone()), &later), Look::Ready(_)));
        let theirs = types::PendingModifiedValues::builder().db_instance_class("db.t4g.large").build();
        changing.pending_modified_values = Some(theirs);
        assert!(matches!(outlook(Some(changing), &wanted()), Look::Ready(_)), "somebody else's change is theirs");
    }
}
