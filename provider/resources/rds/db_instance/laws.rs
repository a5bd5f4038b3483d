//! What has to hold between the properties of a DB instance, and between what it was and what it shall be.

use framework::{problem::Problems, property::Properties, value::Path};

use super::{DbInstance, StorageType, fields};
use crate::resources::{
    exclusive::given,
    kms_key,
    rds_laws::{self as laws, on, refuse},
};

type Want<'a> = Properties<'a, DbInstance>;

const SHARED: laws::Fields<DbInstance> = laws::Fields {
    password: fields::master_user_password,
    managed: fields::manage_master_user_password,
    secret_key: fields::master_user_secret_kms_key_id,
    final_snapshot: fields::final_snapshot,
    final_name: fields::final_db_snapshot_identifier,
};

/// Notes all that is wrong.
pub(super) fn check(want: &Want<'_>, problems: &mut Problems) {
    if want.has(fields::db_cluster_identifier) {
        member(want, problems);
    } else if want.has(fields::db_snapshot_identifier) {
        restored(want, problems);
    } else {
        new(want, problems);
    }
    laws::check(want, &SHARED, problems);
    storage(want, problems);
    monitoring(want, problems);
}

/// Notes the changes that RDS can't make.
pub(super) fn forbid(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    if let (Some(Some(was)), Some(Some(now))) =
        (was.get(fields::allocated_storage), want.get(fields::allocated_storage))
        && now < was
    {
        let told = "can't become smaller, as storage only grows: take the change back, or make a second database with less storage and move the data";
        problems.add(want.path(fields::allocated_storage), told);
    }
    versions(was, want, problems);
    insights_key(was, want, problems);
    laws::forbid(was, want, &SHARED, problems);
}

/// RDS keeps the key that Performance Insights was turned on with, as long as there is the instance.
fn insights_key(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    let stays_on = [was, want].iter().all(|one| one.get(fields::enable_performance_insights) == Some(true));
    let Some(Some(key)) = want.get(fields::performance_insights_kms_key_id).filter(|_| stays_on) else { return };
    let had = was.get(fields::performance_insights_kms_key_id).flatten();
    if had.is_some_and(|had| !kms_key::is_same(&had, &key)) {
        let told = "can't be changed once Performance Insights is on, nor by turning it off and on again, as RDS keeps the first key: take the change back, or restore a snapshot (dbSnapshotIdentifier) in a second database that has the other key from the beginning";
        problems.add(want.path(fields::performance_insights_kms_key_id), told);
    }
}

fn versions(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    let (Some(Some(old)), Some(Some(new))) = (was.get(fields::engine_version), want.get(fields::engine_version)) else {
        return;
    };
    let engine = want.get(fields::engine).flatten().or_else(|| was.get(fields::engine).flatten()).unwrap_or_default();
    if was.get(fields::engine).flatten().is_some_and(|was| was != engine) {
        return;
    }
    let major_allowed = want.get(fields::allow_major_version_upgrade).flatten() == Some(true);
    let versions = laws::Versions { was: &old, want: &new, engine: &engine, major_allowed };
    laws::upgrade(&versions, want.path(fields::engine_version), problems);
}

fn new(want: &Want<'_>, problems: &mut Problems) {
    let needed =
        [given(want, fields::engine), given(want, fields::allocated_storage), given(want, fields::master_username)];
    for (name, _) in needed.iter().filter(|(_, given)| !given) {
        problems.add(Path::of(name), "is required, unless dbSnapshotIdentifier or dbClusterIdentifier is given");
    }
    let managed = want.get(fields::manage_master_user_password);
    if managed == Some(false) && !want.has(fields::master_user_password) {
        let told = "is required, unless manageMasterUserPassword is true, or dbSnapshotIdentifier or dbClusterIdentifier is given";
        problems.add(want.path(fields::master_user_password), told);
    }
}

/// What comes with the snapshot.
fn restored(want: &Want<'_>, problems: &mut Problems) {
    let of_the_snapshot = [
        given(want, fields::master_username),
        given(want, fields::db_name),
        given(want, fields::storage_encrypted),
        given(want, fields::kms_key_id),
    ];
    refuse(&of_the_snapshot, "can't be given together with dbSnapshotIdentifier: it is the snapshot's", problems);
}

/// What the cluster has for all of its members.
fn member(want: &Want<'_>, problems: &mut Problems) {
    if !want.has(fields::engine) {
        problems.add(want.path(fields::engine), "is required");
    }
    let of_the_cluster = [
        given(want, fields::engine_version),
        given(want, fields::allocated_storage),
        given(want, fields::max_allocated_storage),
        given(want, fields::storage_type),
        given(want, fields::iops),
        given(want, fields::storage_throughput),
        given(want, fields::storage_encrypted),
        given(want, fields::kms_key_id),
        given(want, fields::db_name),
        given(want, fields::master_username),
        given(want, fields::master_user_password),
        given(want, fields::master_user_secret_kms_key_id),
        given(want, fields::backup_retention_period),
        given(want, fields::preferred_backup_window),
        given(want, fields::port),
        given(want, fields::network_type),
        given(want, fields::vpc_security_groups),
        given(want, fields::engine_lifecycle_support),
        given(want, fields::database_insights_mode),
        given(want, fields::performance_insights_kms_key_id),
        given(want, fields::performance_insights_retention_period),
        given(want, fields::db_snapshot_identifier),
        given(want, fields::final_db_snapshot_identifier),
        on(want, fields::multi_az),
        on(want, fields::enable_performance_insights),
        on(want, fields::manage_master_user_password),
        on(want, fields::dedicated_log_volume),
        on(want, fields::enable_iam_database_authentication),
        on(want, fields::copy_tags_to_snapshot),
        on(want, fields::deletion_protection),
        (
            fields::enable_cloudwatch_logs_exports.name(),
            want.get(fields::enable_cloudwatch_logs_exports).is_some_and(|logs| !logs.is_empty()),
        ),
    ];
    refuse(&of_the_cluster, "can't be given for a member of a cluster: it is the cluster's", problems);
}

fn storage(want: &Want<'_>, problems: &mut Problems) {
    if let (Some(Some(least)), Some(Some(most))) =
        (want.get(fields::allocated_storage), want.get(fields::max_allocated_storage))
        && most <= least
    {
        problems.add(want.path(fields::max_allocated_storage), "must be more than allocatedStorage");
    }
    let Some(Some(kind)) = want.get(fields::storage_type) else { return };
    if want.has(fields::storage_throughput) && kind != StorageType::Gp3 {
        problems.add(want.path(fields::storage_throughput), "can be given for the storage type gp3 alone");
    }
    if want.has(fields::iops) && matches!(kind, StorageType::Gp2 | StorageType::Standard) {
        problems.add(want.path(fields::iops), "can be given for the storage types gp3, io1 and io2 alone");
    }
    if !want.has(fields::iops) && matches!(kind, StorageType::Io1 | StorageType::Io2) {
        problems.add(want.path(fields::iops), "is required for the storage types io1 and io2");
    }
    if want.get(fields::dedicated_log_volume) == Some(true) && !matches!(kind, StorageType::Io1 | StorageType::Io2) {
        problems.add(want.path(fields::dedicated_log_volume), "can be given for the storage types io1 and io2 alone");
    }
}

fn monitoring(want: &Want<'_>, problems: &mut Problems) {
    match (want.get(fields::monitoring_interval), want.has(fields::monitoring_role_arn)) {
        (Some(0), true) => {
            problems.add(want.path(fields::monitoring_role_arn), "needs a monitoringInterval other than 0")
        }
        (Some(1..), false) => {
            problems.add(want.path(fields::monitoring_role_arn), "is required with monitoringInterval")
        }
        _ => {}
    }
    if want.get(fields::enable_performance_insights) == Some(false) {
        let parts = [
            given(want, fields::performance_insights_kms_key_id),
            given(want, fields::performance_insights_retention_period),
        ];
        refuse(&parts, "needs enablePerformanceInsights", problems);
    }
    if want.get(fields::multi_az) == Some(true) && want.has(fields::availability_zone) {
        problems.add(want.path(fields::availability_zone), "can't be given together with multiAz");
    }
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn forbidden(was: &[(&str, Value)], want: &[(&str, Value)]) -> Vec<String> {
        let map = |of: &[(&str, Value)]| -> Map {
            of.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
        };
        let (was, want) = (map(was), map(want));
        let mut problems = Problems::default();
        forbid(&Properties::new(&was), &Properties::new(&want), &mut problems);
        problems.iter().map(|problem| problem.path.to_string()).collect()
    }

    #[test]
    fn the_key_of_performance_insights_stays_once_it_is_in_use() {
        let on = || ("enablePerformanceInsights", Value::Bool(true));
        let off = || ("enablePerformanceInsights", Value::Bool(false));
        let key = |name: &str| ("performanceInsightsKmsKeyId", Value::from(name));
        assert_eq!(forbidden(&[on(), key("one")], &[on(), key("two")]), ["performanceInsightsKmsKeyId"]);
        for well in [
            forbidden(&[on(), key("one")], &[on(), key("one")]),
            forbidden(&[on(), key("one")], &[on()]),
            forbidden(&[on(), key("one")], &[off()]),
            forbidden(&[off()], &[on(), key("two")]),
            // What AWS chose is in the state: without that AWS has the word.
            forbidden(&[on()], &[on(), key("two")]),
            forbidden(&[on(), key("one")], &[on(), ("performanceInsightsKmsKeyId", Value::Unknown)]),
        ] {
            assert!(well.is_empty(), "{well:?}");
        }
    }
}
