//! Changing a DB cluster: one call with all that shall be other than it is, and one for its HTTP endpoint.

use aws_sdk_rds::{
    operation::modify_db_cluster::builders::ModifyDBClusterFluentBuilder as Call, types::DbCluster as Found,
};
use framework::{
    property::{Choice as _, EncodeRecord as _, Properties},
    resource::{Change, Look, Resource as _},
};

use super::{DbCluster, DbClusterInputs, calls, fields, seen, state};
use crate::{
    aws::{Cx, Result, answered, limits::waits},
    resources::{
        rds_changes::{self as changing, Names, Shown},
        rds_version as version, rds_words as words,
    },
};

/// What no call of this one is about: the provider's own, and what only another cluster can have.
const ELSEWHERE: &[&str] = &[
    fields::tags.name(),
    fields::snapshot_identifier.name(),
    fields::apply_immediately.name(),
    fields::allow_major_version_upgrade.name(),
    fields::db_instance_parameter_group_name.name(),
    fields::final_snapshot.name(),
    fields::final_db_snapshot_identifier.name(),
    fields::delete_automated_backups.name(),
    fields::allow_replace.name(),
];

impl Shown for Found {
    fn state(&self) -> Option<&str> {
        self.status()
    }
}

/// What differs between what is there and what is wanted, of what can be changed.
fn differing(found: &Found, want: &DbClusterInputs) -> Result<Names> {
    let wanted = want.encode_fields();
    let shown = seen::seen(found.clone(), &Properties::new(&wanted))?.properties();
    Ok(changing::differing::<DbCluster>(ELSEWHERE, &shown, &wanted))
}

/// Makes the change, once the cluster is free for it. Returns what is there then.
pub(super) async fn change(cx: &Cx, id: &str, change: &Change<DbCluster>) -> Result<Found> {
    let differing = change.names();
    let settable = changing::settable::<DbCluster>(ELSEWHERE).map(|field| field.name);
    let names: Names = settable.filter(|name| differing.contains(name)).collect();
    let hurried = change.to(fields::apply_immediately) == Some(Some(true));
    if names.is_empty() && !hurried {
        return changing::there(cx, id).await;
    }
    let found = state::until_quiet(cx, id, &waits::DB_CLUSTER_CHANGED).await?;
    if names.is_empty() && state::pending(&found, change.wanted()).is_empty() {
        return Ok(found);
    }
    apply(cx, found, change.wanted(), &names).await
}

/// Gives a cluster that was made from a snapshot what the call for that has no word for. Its password can't be seen,
/// so it is set in any case.
pub(super) async fn complete(cx: &Cx, found: Found, want: &DbClusterInputs) -> Result<()> {
    let names = differing(&found, want)?;
    if !names.is_empty() {
        apply(cx, found, want, &names).await?;
    }
    Ok(())
}

/// Asks for it, and waits until RDS shows that it has heard. The HTTP endpoint comes last: RDS has calls of its own for
/// it, and takes them of a cluster that is free.
async fn apply(cx: &Cx, found: Found, want: &DbClusterInputs, names: &Names) -> Result<Found> {
    let id = answered(found.db_cluster_identifier.clone(), "DBClusterIdentifier")?;
    let mut modified = names.clone();
    let endpoint = modified.remove(fields::enable_http_endpoint.name());
    let mut now = found.clone();
    if !modified.is_empty() || !endpoint {
        let ask = || async {
            request(cx, &found, want, &modified).send().await?;
            Ok(Look::Ready(()))
        };
        now = changing::asked_for(cx, &id, ask, |found| rest(found, want, &modified)).await?;
    }
    if endpoint {
        let free = state::until_quiet(cx, &id, &waits::DB_CLUSTER_CHANGED).await?;
        let arn = answered(free.db_cluster_arn, "DBClusterArn")?;
        let ask = || async { switch(cx, &arn, want.enable_http_endpoint).await.map(Look::Ready) };
        let endpoint = Names::from([fields::enable_http_endpoint.name()]);
        now = changing::asked_for(cx, &id, ask, |found| rest(found, want, &endpoint)).await?;
    }
    Ok(now)
}

/// `ModifyDBCluster` has a word for the HTTP endpoint as well, which is of Aurora Serverless v1 alone.
async fn switch(cx: &Cx, arn: &str, on: bool) -> Result<()> {
    match on {
        true => drop(cx.rds().enable_http_endpoint().resource_arn(arn).send().await?),
        false => drop(cx.rds().disable_http_endpoint().resource_arn(arn).send().await?),
    }
    Ok(())
}

/// What isn't as it was asked for, nor waits to be. Passwords aren't shown.
fn rest(found: &Found, want: &DbClusterInputs, names: &Names) -> Vec<&'static str> {
    let other = differing(found, want).unwrap_or_default().into_iter();
    other.filter(|name| names.contains(name) && *name != fields::master_user_password.name()).collect()
}

fn request(cx: &Cx, found: &Found, want: &DbClusterInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let call = cx.rds().modify_db_cluster().set_db_cluster_identifier(found.db_cluster_identifier.clone());
    let call = call.apply_immediately(want.apply_immediately != Some(false));
    let call = upgrade(call, found, want, names);
    let call = credentials(call, want, names);
    let call = observation(call, found, want, names);
    let scaling = want.serverless_v2_scaling_configuration;
    call.set_storage_type(
        want.storage_type.filter(|_| has(fields::storage_type.name())).map(|kind| kind.text().to_owned()),
    )
    .set_vpc_security_group_ids(
        want.vpc_security_group_ids.clone().filter(|_| has(fields::vpc_security_group_ids.name())),
    )
    .set_port(want.port.filter(|_| has(fields::port.name())))
    .set_network_type(want.network_type.filter(|_| has(fields::network_type.name())).map(|kind| kind.text().to_owned()))
    .set_backup_retention_period(want.backup_retention_period.filter(|_| has(fields::backup_retention_period.name())))
    .set_preferred_backup_window(
        want.preferred_backup_window.clone().filter(|_| has(fields::preferred_backup_window.name())),
    )
    .set_preferred_maintenance_window(
        want.preferred_maintenance_window.clone().filter(|_| has(fields::preferred_maintenance_window.name())),
    )
    .set_copy_tags_to_snapshot(has(fields::copy_tags_to_snapshot.name()).then_some(want.copy_tags_to_snapshot))
    .set_serverless_v2_scaling_configuration(
        scaling.filter(|_| has(fields::serverless_v2_scaling_configuration.name())).map(calls::scaling),
    )
    .set_deletion_protection(has(fields::deletion_protection.name()).then_some(want.deletion_protection))
}

/// RDS wants the groups of the new version's families together with an upgrade to another major one.
fn upgrade(call: Call, found: &Found, want: &DbClusterInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let (running, engine) = (found.engine_version().unwrap_or_default(), found.engine().unwrap_or_default());
    let upgrade = want
        .engine_version
        .clone()
        .filter(|wanted| has(fields::engine_version.name()) && !version::satisfies(running, wanted, engine));
    let major = upgrade.as_ref().is_some_and(|to| version::is_major_upgrade(running, to, engine));
    let group = want.db_cluster_parameter_group_name.clone();
    call.set_engine_version(upgrade)
        .set_allow_major_version_upgrade(want.allow_major_version_upgrade.filter(|allowed| *allowed && major))
        .set_db_instance_parameter_group_name(want.db_instance_parameter_group_name.clone().filter(|_| major))
        .set_db_cluster_parameter_group_name(
            group.filter(|_| major || has(fields::db_cluster_parameter_group_name.name())),
        )
        .set_auto_minor_version_upgrade(
            want.auto_minor_version_upgrade.filter(|_| has(fields::auto_minor_version_upgrade.name())),
        )
        .set_engine_lifecycle_support(
            want.engine_lifecycle_support
                .filter(|_| has(fields::engine_lifecycle_support.name()))
                .map(|support| support.text().to_owned()),
        )
}

/// RDS takes a password where it doesn't manage one, and the secret's key where it begins to.
fn credentials(call: Call, want: &DbClusterInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let management = has(fields::manage_master_user_password.name());
    let password = has(fields::master_user_password.name()) || management;
    let managed = want.manage_master_user_password;
    call.set_manage_master_user_password(management.then_some(managed))
        .set_master_user_secret_kms_key_id(want.master_user_secret_kms_key_id.clone().filter(|_| management && managed))
        .set_master_user_password(want.master_user_password.clone().filter(|_| password && !managed))
        .set_enable_iam_database_authentication(
            has(fields::enable_iam_database_authentication.name()).then_some(want.enable_iam_database_authentication),
        )
}

fn observation(call: Call, found: &Found, want: &DbClusterInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let mode = want.database_insights_mode.filter(|_| has(fields::database_insights_mode.name()));
    let switched = has(fields::performance_insights_enabled.name());
    let insights = mode.is_some()
        || switched
        || has(fields::performance_insights_kms_key_id.name())
        || has(fields::performance_insights_retention_period.name());
    let enabled = want.performance_insights_enabled;
    let key = want.performance_insights_kms_key_id.clone();
    let logs = words::log_changes(found.enabled_cloudwatch_logs_exports(), &want.enable_cloudwatch_logs_exports);
    call.set_database_insights_mode(mode.map(|mode| mode.text().into()))
        .set_enable_performance_insights(insights.then_some(enabled))
        .set_performance_insights_kms_key_id(key.filter(|_| switched && enabled))
        .set_performance_insights_retention_period(
            want.performance_insights_retention_period.filter(|_| insights && enabled),
        )
        .set_cloudwatch_logs_export_configuration(logs.filter(|_| has(fields::enable_cloudwatch_logs_exports.name())))
}
