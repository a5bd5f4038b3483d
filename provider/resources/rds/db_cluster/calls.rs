//! Making a DB cluster: an empty one, or one from a snapshot.

use aws_sdk_rds::types::{self, DbCluster as Found};
use framework::{
    error::Kind,
    property::Choice as _,
    resource::{Look, Owner},
};

use super::{DbClusterInputs, ServerlessV2ScalingConfiguration};
use crate::aws::{
    Cx, Result,
    limits::{databases, waits},
    tags::rds as tagging,
};

/// Makes the cluster. One of the same name that is on its way out is waited for.
pub(super) async fn make(cx: &Cx, want: &DbClusterInputs, owner: &Owner) -> Result<String> {
    let id = &want.db_cluster_identifier;
    match ask(cx, want, owner).await {
        Err(error) if error.kind() == Kind::Exists && is_going(cx, id).await? => {
            cx.until(&waits::DB_CLUSTER_DELETED, id, || async {
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
    Ok(cx.find::<Found>(id).await?.is_some_and(|found| found.status() == Some(databases::DELETING)))
}

async fn ask(cx: &Cx, want: &DbClusterInputs, owner: &Owner) -> Result<()> {
    let tags = tagging::for_create(&want.tags, owner);
    match &want.snapshot_identifier {
        Some(snapshot) => restore(cx, snapshot, want, tags).await,
        None => create(cx, want, tags).await,
    }
}

async fn create(cx: &Cx, want: &DbClusterInputs, tags: Vec<types::Tag>) -> Result<()> {
    let logs = &want.enable_cloudwatch_logs_exports;
    cx.rds()
        .create_db_cluster()
        .db_cluster_identifier(&want.db_cluster_identifier)
        .engine(&want.engine)
        .set_engine_version(want.engine_version.clone())
        .set_auto_minor_version_upgrade(want.auto_minor_version_upgrade)
        .set_engine_lifecycle_support(want.engine_lifecycle_support.map(|support| support.text().to_owned()))
        .set_database_name(want.database_name.clone())
        .set_master_username(want.master_username.clone())
        .set_master_user_password(want.master_user_password.clone())
        .set_manage_master_user_password(want.manage_master_user_password.then_some(true))
        .set_master_user_secret_kms_key_id(want.master_user_secret_kms_key_id.clone())
        .set_storage_type(want.storage_type.map(|kind| kind.text().to_owned()))
        .set_storage_encrypted(want.storage_encrypted)
        .set_kms_key_id(want.kms_key_id.clone())
        .set_db_subnet_group_name(want.db_subnet_group_name.clone())
        .set_vpc_security_group_ids(want.vpc_security_group_ids.clone())
        .set_availability_zones(want.availability_zones.clone())
        .set_port(want.port)
        .set_network_type(want.network_type.map(|kind| kind.text().to_owned()))
        .set_db_cluster_parameter_group_name(want.db_cluster_parameter_group_name.clone())
        .set_backup_retention_period(want.backup_retention_period)
        .set_preferred_backup_window(want.preferred_backup_window.clone())
        .set_preferred_maintenance_window(want.preferred_maintenance_window.clone())
        .copy_tags_to_snapshot(want.copy_tags_to_snapshot)
        .set_serverless_v2_scaling_configuration(want.serverless_v2_scaling_configuration.map(scaling))
        .set_enable_http_endpoint(want.enable_http_endpoint.then_some(true))
        .enable_iam_database_authentication(want.enable_iam_database_authentication)
        .set_enable_cloudwatch_logs_exports((!logs.is_empty()).then(|| logs.clone()))
        .set_database_insights_mode(want.database_insights_mode.map(|mode| mode.text().into()))
        .set_enable_performance_insights(want.performance_insights_enabled.then_some(true))
        .set_performance_insights_kms_key_id(want.performance_insights_kms_key_id.clone())
        .set_performance_insights_retention_period(want.performance_insights_retention_period)
        .deletion_protection(want.deletion_protection)
        .set_tags(Some(tags))
        .send()
        .await?;
    Ok(())
}

/// As far as this call has words for it; `changes::complete` gives the cluster the rest.
async fn restore(cx: &Cx, snapshot: &str, want: &DbClusterInputs, tags: Vec<types::Tag>) -> Result<()> {
    let logs = &want.enable_cloudwatch_logs_exports;
    cx.rds()
        .restore_db_cluster_from_snapshot()
        .db_cluster_identifier(&want.db_cluster_identifier)
        .snapshot_identifier(snapshot)
        .engine(&want.engine)
        .set_engine_version(want.engine_version.clone())
        .set_engine_lifecycle_support(want.engine_lifecycle_support.map(|support| support.text().to_owned()))
        .set_storage_type(want.storage_type.map(|kind| kind.text().to_owned()))
        .set_kms_key_id(want.kms_key_id.clone())
        .set_db_subnet_group_name(want.db_subnet_group_name.clone())
        .set_vpc_security_group_ids(want.vpc_security_group_ids.clone())
        .set_availability_zones(want.availability_zones.clone())
        .set_port(want.port)
        .set_network_type(want.network_type.map(|kind| kind.text().to_owned()))
        .set_db_cluster_parameter_group_name(want.db_cluster_parameter_group_name.clone())
        .set_backup_retention_period(want.backup_retention_period)
        .set_preferred_backup_window(want.preferred_backup_window.clone())
        .copy_tags_to_snapshot(want.copy_tags_to_snapshot)
        .set_serverless_v2_scaling_configuration(want.serverless_v2_scaling_configuration.map(scaling))
        .enable_iam_database_authentication(want.enable_iam_database_authentication)
        .set_enable_cloudwatch_logs_exports((!logs.is_empty()).then(|| logs.clone()))
        .deletion_protection(want.deletion_protection)
        .set_tags(Some(tags))
        .send()
        .await?;
    Ok(())
}

pub(super) fn scaling(wanted: ServerlessV2ScalingConfiguration) -> types::ServerlessV2ScalingConfiguration {
    types::ServerlessV2ScalingConfiguration::builder()
        .min_capacity(wanted.min_capacity)
        .max_capacity(wanted.max_capacity)
        .set_seconds_until_auto_pause(wanted.seconds_until_auto_pause)
        .build()
}
