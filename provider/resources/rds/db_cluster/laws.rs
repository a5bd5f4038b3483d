//! What has to hold between the properties of a DB cluster, and between what it was and what it shall be.

use framework::{problem::Problems, property::Properties};

use super::{DbCluster, capacity, fields};
use crate::resources::{
    exclusive::given,
    rds_laws::{self as laws, refuse},
};

type Want<'a> = Properties<'a, DbCluster>;

const SHARED: laws::Fields<DbCluster> = laws::Fields {
    password: fields::master_user_password,
    managed: fields::manage_master_user_password,
    secret_key: fields::master_user_secret_kms_key_id,
    final_snapshot: fields::final_snapshot,
    final_name: fields::final_db_snapshot_identifier,
};

/// Notes all that is wrong.
pub(super) fn check(want: &Want<'_>, problems: &mut Problems) {
    match want.has(fields::snapshot_identifier) {
        true => restored(want, problems),
        false => new(want, problems),
    }
    laws::check(want, &SHARED, problems);
    if want.get(fields::performance_insights_enabled) == Some(false) {
        let parts = [
            given(want, fields::performance_insights_kms_key_id),
            given(want, fields::performance_insights_retention_period),
        ];
        refuse(&parts, "needs performanceInsightsEnabled", problems);
    }
    if let Some(Some(scaling)) = want.get(fields::serverless_v2_scaling_configuration) {
        let at = want.path(fields::serverless_v2_scaling_configuration);
        let places = capacity::Places {
            least: at.key("minCapacity"),
            most: at.key("maxCapacity"),
            pause: at.key("secondsUntilAutoPause"),
        };
        let pauses = scaling.seconds_until_auto_pause.is_some();
        capacity::check(
            &capacity::Range { least: scaling.min_capacity, most: scaling.max_capacity, pauses },
            &places,
            problems,
        );
    }
}

/// Notes the changes that RDS can't make.
pub(super) fn forbid(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    versions(was, want, problems);
    laws::forbid(was, want, &SHARED, problems);
}

fn versions(was: &Want<'_>, want: &Want<'_>, problems: &mut Problems) {
    let (Some(Some(old)), Some(Some(new)), Some(engine)) =
        (was.get(fields::engine_version), want.get(fields::engine_version), want.get(fields::engine))
    else {
        return;
    };
    if was.get(fields::engine).is_some_and(|was| was != engine) {
        return;
    }
    let major_allowed = want.get(fields::allow_major_version_upgrade).flatten() == Some(true);
    let versions = laws::Versions { was: &old, want: &new, engine: &engine, major_allowed };
    laws::upgrade(&versions, want.path(fields::engine_version), problems);
}

fn new(want: &Want<'_>, problems: &mut Problems) {
    if !want.has(fields::master_username) {
        problems.add(want.path(fields::master_username), "is required, unless snapshotIdentifier is given");
    }
    let managed = want.get(fields::manage_master_user_password);
    if managed == Some(false) && !want.has(fields::master_user_password) {
        let told = "is required, unless manageMasterUserPassword is true, or snapshotIdentifier is given";
        problems.add(want.path(fields::master_user_password), told);
    }
}

/// What comes with the snapshot. A snapshot that isn't encrypted can become a cluster that is.
fn restored(want: &Want<'_>, problems: &mut Problems) {
    let of_the_snapshot = [
        given(want, fields::master_username),
        given(want, fields::database_name),
        given(want, fields::storage_encrypted),
    ];
    refuse(&of_the_snapshot, "can't be given together with snapshotIdentifier: it is the snapshot's", problems);
}
