//! Making a DB instance: an empty one, one from a snapshot, or a member of a cluster.

use aws_sdk_rds::types::{self, DbInstance as Found};
use framework::{
    error::Kind,
    property::Choice as _,
    resource::{Look, Owner},
};

use super::DbInstanceInputs;
use crate::aws::{
    Cx, Error, Result,
    limits::{codes, databases, waits},
    tags::rds as tagging,
};

/// Makes the instance. One of the same name that is on its way out is waited for.
pub(super) async fn make(cx: &Cx, want: &DbInstanceInputs, owner: &Owner) -> Result<String> {
    let id = &want.db_instance_identifier;
    match ask(cx, want, owner).await {
        Err(error) if error.kind() == Kind::Exists && is_going(cx, id).await? => {
            cx.until(&waits::DB_INSTANCE_DELETED, id, || async {
                Ok(match cx.find::<Found>(id).await? {
                    None => Look::Ready(()),
                    Some(_) => Look::Pending("still being deleted".to_owned()),
                })
            })
            .await?;
            ask(cx, want, owner).await?;
        }
        asked => asked?,
    }
    Ok(id.clone())
}

async fn is_going(cx: &Cx, id: &str) -> Result<bool> {
    Ok(cx.find::<Found>(id).await?.is_some_and(|found| found.db_instance_status() == Some(databases::DELETING)))
}

/// Asks for it. The role for its metrics may be too new for RDS to know of it.
async fn ask(cx: &Cx, want: &DbInstanceInputs, owner: &Owner) -> Result<()> {
    let tags = tagging::for_create(&want.tags, owner);
    let asked = || async {
        let asked = match &want.db_snapshot_identifier {
            Some(snapshot) => restore(cx, snapshot, want, tags.clone()).await,
            None => create(cx, want, tags.clone()).await,
        };
        once_assumable(asked)
    };
    cx.until(&waits::IAM_PROPAGATED, &want.db_instance_identifier, asked).await
}

/// A role that RDS can't take yet is a reason to ask again.
pub(super) fn once_assumable<T>(asked: Result<T>) -> Result<Look<T>> {
    match asked {
        Ok(done) => Ok(Look::Ready(done)),
        Err(error) if codes::says(&error, codes::MONITORING_ROLE_NOT_ASSUMABLE) => Ok(Look::Pending(error.to_string())),
        Err(error) => Err::<_, Error>(error),
    }
}

async fn create(cx: &Cx, want: &DbInstanceInputs, tags: Vec<types::Tag>) -> Result<()> {
    let own = want.db_cluster_identifier.is_none();
    let logs = &want.enable_cloudwatch_logs_exports;
    cx.rds()
        .create_db_instance()
        .db_instance_identifier(&want.db_instance_identifier)
        .db_instance_class(&want.db_instance_class)
        .set_engine(want.engine.clone())
        .set_engine_version(want.engine_version.clone())
        .auto_minor_version_upgrade(want.auto_minor_version_upgrade)
        .set_engine_lifecycle_support(want.engine_lifecycle_support.map(|support| support.text().to_owned()))
        .set_db_name(want.db_name.clone())
        .set_master_username(want.master_username.clone())
        .set_master_user_password(want.master_user_password.clone())
        .set_manage_master_user_password(want.manage_master_user_password.then_some(true))
        .set_master_user_secret_kms_key_id(want.master_user_secret_kms_key_id.clone())
        .set_allocated_storage(want.allocated_storage)
        .set_max_allocated_storage(want.max_allocated_storage)
        .set_storage_type(want.storage_type.map(|kind| kind.text().to_owned()))
        .set_iops(want.iops)
        .set_storage_throughput(want.storage_throughput)
        .set_dedicated_log_volume(want.dedicated_log_volume.then_some(true))
        .set_storage_encrypted(want.storage_encrypted)
        .set_kms_key_id(want.kms_key_id.clone())
        .set_db_subnet_group_name(want.db_subnet_group_name.clone())
        .set_vpc_security_group_ids(want.vpc_security_groups.clone())
        .set_availability_zone(want.availability_zone.clone())
        .set_multi_az(own.then_some(want.multi_az))
        .publicly_accessible(want.publicly_accessible)
        .set_port(want.port)
        .set_network_type(want.network_type.map(|kind| kind.text().to_owned()))
        .set_ca_certificate_identifier(want.ca_certificate_identifier.clone())
        .set_db_parameter_group_name(want.db_parameter_group_name.clone())
        .set_backup_retention_period(want.backup_retention_period)
        .set_preferred_backup_window(want.preferred_backup_window.clone())
        .set_preferred_maintenance_window(want.preferred_maintenance_window.clone())
        .set_copy_tags_to_snapshot(own.then_some(want.copy_tags_to_snapshot))
        .set_db_cluster_identifier(want.db_cluster_identifier.clone())
        .set_promotion_tier(want.promotion_tier)
        .set_enable_iam_database_authentication(own.then_some(want.enable_iam_database_authentication))
        .set_enable_cloudwatch_logs_exports((!logs.is_empty()).then(|| logs.clone()))
        .monitoring_interval(want.monitoring_interval)
        .set_monitoring_role_arn(want.monitoring_role_arn.clone())
        .set_database_insights_mode(want.database_insights_mode.map(|mode| mode.text().into()))
        .set_enable_performance_insights(own.then_some(want.enable_performance_insights))
        .set_performance_insights_kms_key_id(want.performance_insights_kms_key_id.clone())
        .set_performance_insights_retention_period(want.performance_insights_retention_period)
        .set_deletion_protection(own.then_some(want.deletion_protection))
        .set_tags(Some(tags))
        .send()
        .await?;
    Ok(())
}

/// As far as this call has words for it; `changes::complete` gives the instance the rest.
async fn restore(cx: &Cx, snapshot: &str, want: &DbInstanceInputs, tags: Vec<types::Tag>) -> Result<()> {
    let logs = &want.enable_cloudwatch_logs_exports;
    cx.rds()
        .restore_db_instance_from_db_snapshot()
        .db_instance_identifier(&want.db_instance_identifier)
        .db_snapshot_identifier(snapshot)
        .db_instance_class(&want.db_instance_class)
        .set_engine(want.engine.clone())
        .auto_minor_version_upgrade(want.auto_minor_version_upgrade)
        .set_engine_lifecycle_support(want.engine_lifecycle_support.map(|support| support.text().to_owned()))
        .set_manage_master_user_password(want.manage_master_user_password.then_some(true))
        .set_master_user_secret_kms_key_id(want.master_user_secret_kms_key_id.clone())
        .set_allocated_storage(want.allocated_storage)
        .set_storage_type(want.storage_type.map(|kind| kind.text().to_owned()))
        .set_iops(want.iops)
        .set_storage_throughput(want.storage_throughput)
        .set_dedicated_log_volume(want.dedicated_log_volume.then_some(true))
        .set_db_subnet_group_name(want.db_subnet_group_name.clone())
        .set_vpc_security_group_ids(want.vpc_security_groups.clone())
        .set_availability_zone(want.availability_zone.clone())
        .multi_az(want.multi_az)
        .publicly_accessible(want.publicly_accessible)
        .set_port(want.port)
        .set_network_type(want.network_type.map(|kind| kind.text().to_owned()))
        .set_ca_certificate_identifier(want.ca_certificate_identifier.clone())
        .set_db_parameter_group_name(want.db_parameter_group_name.clone())
        .set_backup_retention_period(want.backup_retention_period)
        .set_preferred_backup_window(want.preferred_backup_window.clone())
        .copy_tags_to_snapshot(want.copy_tags_to_snapshot)
        .enable_iam_database_authentication(want.enable_iam_database_authentication)
        .set_enable_cloudwatch_logs_exports((!logs.is_empty()).then(|| logs.clone()))
        .deletion_protection(want.deletion_protection)
        .set_tags(Some(tags))
        .send()
        .await?;
    Ok(())
}
