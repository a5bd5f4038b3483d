//! Changing a DB instance: one call with all that shall be other than it is.

use aws_sdk_rds::{
    operation::modify_db_instance::builders::ModifyDBInstanceFluentBuilder as Call, types::DbInstance as Found,
};
use framework::{
    property::{Choice as _, EncodeRecord as _, Properties},
    resource::{Change, Resource as _},
};

use super::{DbInstance, DbInstanceInputs, calls::once_assumable, fields, seen, state};
use crate::{
    aws::{Cx, Error, Result, answered, limits::waits},
    resources::{
        rds_changes::{self as changing, Names, Shown},
        rds_version as version, rds_words as words,
    },
};

/// What no call of this one is about: the provider's own, and what only another instance can have.
const ELSEWHERE: &[&str] = &[
    fields::tags.name(),
    fields::db_snapshot_identifier.name(),
    fields::apply_immediately.name(),
    fields::allow_major_version_upgrade.name(),
    fields::certificate_rotation_restart.name(),
    fields::final_snapshot.name(),
    fields::final_db_snapshot_identifier.name(),
    fields::delete_automated_backups.name(),
    fields::allow_replace.name(),
];

impl Shown for Found {
    fn state(&self) -> Option<&str> {
        self.db_instance_status()
    }
}

/// What differs between what is there and what is wanted, of what can be changed.
fn differing(found: &Found, want: &DbInstanceInputs) -> Result<Names> {
    let wanted = want.encode_fields();
    let shown = seen::seen(found.clone(), &Properties::new(&wanted))?.properties();
    Ok(changing::differing::<DbInstance>(ELSEWHERE, &shown, &wanted))
}

/// Makes the change, once the instance is free for it. Returns what is there then.
pub(super) async fn change(cx: &Cx, id: &str, change: &Change<DbInstance>) -> Result<Found> {
    let differing = change.names();
    let settable = changing::settable::<DbInstance>(ELSEWHERE).map(|field| field.name);
    let names: Names = settable.filter(|name| differing.contains(name)).collect();
    let hurried = change.to(fields::apply_immediately) == Some(Some(true));
    if names.is_empty() && !hurried {
        return changing::there(cx, id).await;
    }
    let found = state::until_quiet(cx, id, &waits::DB_INSTANCE_CHANGED).await?;
    if names.is_empty() && state::pending(&found, change.wanted()).is_empty() {
        return Ok(found);
    }
    apply(cx, found, change.wanted(), &names).await
}

/// Gives an instance that was made from a snapshot what the call for that has no word for. Its password can't be seen,
/// so it is set in any case.
pub(super) async fn complete(cx: &Cx, found: Found, want: &DbInstanceInputs) -> Result<()> {
    let names = differing(&found, want)?;
    if !names.is_empty() {
        apply(cx, found, want, &names).await?;
    }
    Ok(())
}

/// Asks for it, and waits until RDS shows that it has heard. The role for its metrics may be too new for RDS.
async fn apply(cx: &Cx, found: Found, want: &DbInstanceInputs, names: &Names) -> Result<Found> {
    let id = answered(found.db_instance_identifier.clone(), "DBInstanceIdentifier")?;
    let ask =
        || async { once_assumable(request(cx, &found, want, names).send().await.map(|_| ()).map_err(Error::from)) };
    changing::asked_for(cx, &id, ask, |found| rest(found, want, names)).await
}

/// What isn't as it was asked for, nor waits to be. Passwords aren't shown.
fn rest(found: &Found, want: &DbInstanceInputs, names: &Names) -> Vec<&'static str> {
    let other = differing(found, want).unwrap_or_default().into_iter();
    other.filter(|name| names.contains(name) && *name != fields::master_user_password.name()).collect()
}

fn request(cx: &Cx, found: &Found, want: &DbInstanceInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let now = want.apply_immediately != Some(false);
    let call = cx.rds().modify_db_instance().set_db_instance_identifier(found.db_instance_identifier.clone());
    let call = call.apply_immediately(now);
    let call = storage(call, found, want, names);
    let call = credentials(call, want, names);
    let call = observation(call, found, want, names);
    let logs = words::log_changes(found.enabled_cloudwatch_logs_exports(), &want.enable_cloudwatch_logs_exports)
        .filter(|_| has(fields::enable_cloudwatch_logs_exports.name()));
    let upgrade = want.engine_version.clone().filter(|wanted| {
        let running = found.engine_version().unwrap_or_default();
        has(fields::engine_version.name()) && !version::satisfies(running, wanted, found.engine().unwrap_or_default())
    });
    let major = want.allow_major_version_upgrade.filter(|allowed| *allowed && upgrade.is_some());
    let group = want.db_parameter_group_name.clone();
    call.set_db_instance_class(has(fields::db_instance_class.name()).then(|| want.db_instance_class.clone()))
        .set_engine_version(upgrade)
        .set_allow_major_version_upgrade(major)
        .set_auto_minor_version_upgrade(
            has(fields::auto_minor_version_upgrade.name()).then_some(want.auto_minor_version_upgrade),
        )
        .set_engine_lifecycle_support(
            want.engine_lifecycle_support
                .filter(|_| has(fields::engine_lifecycle_support.name()))
                .map(|support| support.text().to_owned()),
        )
        .set_vpc_security_group_ids(
            want.vpc_security_groups.clone().filter(|_| has(fields::vpc_security_groups.name())),
        )
        .set_multi_az(has(fields::multi_az.name()).then_some(want.multi_az))
        .set_publicly_accessible(has(fields::publicly_accessible.name()).then_some(want.publicly_accessible))
        .set_db_port_number(want.port.filter(|_| has(fields::port.name())))
        .set_network_type(
            want.network_type.filter(|_| has(fields::network_type.name())).map(|kind| kind.text().to_owned()),
        )
        .set_ca_certificate_identifier(
            want.ca_certificate_identifier.clone().filter(|_| has(fields::ca_certificate_identifier.name())),
        )
        .set_certificate_rotation_restart(
            want.certificate_rotation_restart.filter(|_| has(fields::ca_certificate_identifier.name())),
        )
        .set_db_parameter_group_name(group.filter(|_| has(fields::db_parameter_group_name.name())))
        .set_backup_retention_period(
            want.backup_retention_period.filter(|_| has(fields::backup_retention_period.name())),
        )
        .set_preferred_backup_window(
            want.preferred_backup_window.clone().filter(|_| has(fields::preferred_backup_window.name())),
        )
        .set_preferred_maintenance_window(
            want.preferred_maintenance_window.clone().filter(|_| has(fields::preferred_maintenance_window.name())),
        )
        .set_copy_tags_to_snapshot(has(fields::copy_tags_to_snapshot.name()).then_some(want.copy_tags_to_snapshot))
        .set_promotion_tier(want.promotion_tier.filter(|_| has(fields::promotion_tier.name())))
        .set_deletion_protection(has(fields::deletion_protection.name()).then_some(want.deletion_protection))
        .set_cloudwatch_logs_export_configuration(logs)
}

/// RDS wants the size with the speed, and the speed with the size and the kind.
fn storage(call: Call, found: &Found, want: &DbInstanceInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let present = found.allocated_storage().unwrap_or_default();
    let speed = has(fields::iops.name()) || has(fields::storage_throughput.name());
    let grows = has(fields::allocated_storage.name()) && want.allocated_storage > Some(present);
    let changes = speed || grows || has(fields::storage_type.name());
    let size = want.allocated_storage.map(|wanted| wanted.max(present)).or(Some(present)).filter(|_| grows || speed);
    // Without a limit, storage is as large as it may become.
    let limit = want.max_allocated_storage.or(size).unwrap_or(present);
    call.set_allocated_storage(size)
        .set_max_allocated_storage(has(fields::max_allocated_storage.name()).then_some(limit))
        .set_storage_type(
            want.storage_type.filter(|_| has(fields::storage_type.name())).map(|kind| kind.text().to_owned()),
        )
        .set_iops(want.iops.filter(|_| changes))
        .set_storage_throughput(want.storage_throughput.filter(|_| changes))
        .set_dedicated_log_volume(has(fields::dedicated_log_volume.name()).then_some(want.dedicated_log_volume))
}

/// RDS takes a password where it doesn't manage one, and the secret's key where it begins to.
fn credentials(call: Call, want: &DbInstanceInputs, names: &Names) -> Call {
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

fn observation(call: Call, found: &Found, want: &DbInstanceInputs, names: &Names) -> Call {
    let has = |name: &str| names.contains(name);
    let monitoring = has(fields::monitoring_interval.name()) || has(fields::monitoring_role_arn.name());
    let insights = has(fields::enable_performance_insights.name())
        || has(fields::performance_insights_kms_key_id.name())
        || has(fields::performance_insights_retention_period.name());
    let mode = want.database_insights_mode.filter(|_| has(fields::database_insights_mode.name()));
    let insights = insights || mode.is_some();
    call.set_monitoring_interval(monitoring.then_some(want.monitoring_interval))
        .set_monitoring_role_arn(want.monitoring_role_arn.clone().filter(|_| monitoring))
        .set_database_insights_mode(mode.map(|mode| mode.text().into()))
        .set_enable_performance_insights(insights.then_some(want.enable_performance_insights))
        .set_performance_insights_kms_key_id(
            insights_key(found, want).filter(|_| insights && want.enable_performance_insights),
        )
        .set_performance_insights_retention_period(
            want.performance_insights_retention_period.filter(|_| insights && want.enable_performance_insights),
        )
}

/// The key to name whenever a call is about Performance Insights: RDS takes a call that names none for one that wants
/// another key. It keeps the first one, so that counts where there is one already.
fn insights_key(found: &Found, want: &DbInstanceInputs) -> Option<String> {
    let there = found.performance_insights_kms_key_id.clone();
    let said = want.performance_insights_kms_key_id.clone();
    if found.performance_insights_enabled == Some(true) { there.or(said) } else { said.or(there) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_about_performance_insights_names_the_key_that_it_has() {
        let want = |key: Option<&str>| DbInstanceInputs {
            performance_insights_kms_key_id: key.map(ToOwned::to_owned),
            ..super::super::state::wanted()
        };
        let found = |on: bool, key: Option<&str>| {
            let found = Found::builder().performance_insights_enabled(on);
            found.set_performance_insights_kms_key_id(key.map(ToOwned::to_owned)).build()
        };
        let named = |on: bool, there: Option<&str>, said: Option<&str>| insights_key(&found(on, there), &want(said));
        assert_eq!(named(true, Some("arn"), None).as_deref(), Some("arn"), "AWS's own would be another");
        assert_eq!(named(true, Some("arn"), Some("id")).as_deref(), Some("arn"));
        assert_eq!(named(false, Some("old"), Some("new")).as_deref(), Some("new"));
        assert_eq!(named(false, Some("old"), None).as_deref(), Some("old"));
        assert_eq!(named(false, None, None), None);
    }
}
