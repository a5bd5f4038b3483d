//! A DB cluster as AWS shows it, in the program's words.
//!
//! What waits for the maintenance window is shown as if it were so already: it will be, and nobody has to change it.

use aws_sdk_rds::types::{self, DbCluster as Found};
use framework::property::Properties;

use super::{
    AuroraStorageType, DbCluster, DbClusterEndpoint, DbClusterMasterUserSecret, DbClusterReadEndpoint,
    ServerlessV2ScalingConfiguration, fields,
};
use crate::{
    aws::{Result, answered, tags::rds as tagging},
    resources::{
        rds::{DatabaseInsightsMode, EngineLifecycleSupport, NetworkType},
        rds_words as words,
    },
};

type Said<'a> = Properties<'a, DbCluster>;

/// The cluster in the program's words.
pub(super) fn seen(found: Found, said: &Said<'_>) -> Result<DbCluster> {
    let engine_version_actual = answered(found.engine_version.clone(), "EngineVersion")?;
    let found = awaited(found);
    let engine = answered(found.engine.clone(), "Engine")?;
    let running = found.engine_version.clone().unwrap_or_default();
    let secret = found.master_user_secret.as_ref();
    let insights = found.performance_insights_enabled.unwrap_or_default();
    Ok(DbCluster {
        engine_version: Some(words::version(running, &engine, said.get(fields::engine_version).flatten())),
        allow_major_version_upgrade: None,
        auto_minor_version_upgrade: found.auto_minor_version_upgrade,
        db_instance_parameter_group_name: None,
        engine_lifecycle_support: words::choice::<EngineLifecycleSupport>(found.engine_lifecycle_support.as_deref()),
        database_name: found.database_name.clone(),
        master_username: found.master_username.clone(),
        master_user_password: None,
        manage_master_user_password: secret.is_some(),
        master_user_secret_kms_key_id: words::key(
            secret.and_then(|secret| secret.kms_key_id.clone()),
            said.get(fields::master_user_secret_kms_key_id).flatten(),
        ),
        // RDS says nothing of what is usual.
        storage_type: Some(
            words::choice::<AuroraStorageType>(found.storage_type.as_deref()).unwrap_or(AuroraStorageType::Standard),
        ),
        storage_encrypted: found.storage_encrypted,
        kms_key_id: words::key(found.kms_key_id.clone(), said.get(fields::kms_key_id).flatten())
            .filter(|_| found.storage_encrypted == Some(true)),
        db_subnet_group_name: found.db_subnet_group.clone(),
        vpc_security_group_ids: Some(words::security_groups(found.vpc_security_groups())),
        availability_zones: zones(found.availability_zones(), said),
        port: found.port,
        network_type: words::choice::<NetworkType>(found.network_type.as_deref()),
        db_cluster_parameter_group_name: words::group(
            found.db_cluster_parameter_group.clone(),
            said.has(fields::db_cluster_parameter_group_name),
        ),
        backup_retention_period: found.backup_retention_period,
        preferred_backup_window: found.preferred_backup_window.clone(),
        preferred_maintenance_window: found.preferred_maintenance_window.clone(),
        copy_tags_to_snapshot: found.copy_tags_to_snapshot.unwrap_or_default(),
        serverless_v2_scaling_configuration: scaling(
            found.serverless_v2_scaling_configuration.as_ref(),
            said.get(fields::serverless_v2_scaling_configuration).flatten(),
        ),
        enable_http_endpoint: found.http_endpoint_enabled.unwrap_or_default(),
        enable_iam_database_authentication: found.iam_database_authentication_enabled.unwrap_or_default(),
        enable_cloudwatch_logs_exports: found.enabled_cloudwatch_logs_exports.clone().unwrap_or_default(),
        database_insights_mode: words::choice::<DatabaseInsightsMode>(
            found.database_insights_mode.as_ref().map(|mode| mode.as_str()),
        ),
        performance_insights_enabled: insights,
        performance_insights_kms_key_id: words::key(
            found.performance_insights_kms_key_id.clone().filter(|_| insights),
            said.get(fields::performance_insights_kms_key_id).flatten(),
        ),
        performance_insights_retention_period: found.performance_insights_retention_period.filter(|_| insights),
        snapshot_identifier: None,
        apply_immediately: None,
        deletion_protection: found.deletion_protection.unwrap_or_default(),
        final_snapshot: None,
        final_db_snapshot_identifier: None,
        delete_automated_backups: None,
        allow_replace: None,
        tags: tagging::tags(found.tag_list()),
        engine,
        engine_version_actual,
        endpoint: found.endpoint.zip(found.port).map(|(address, port)| DbClusterEndpoint { address, port }),
        read_endpoint: found.reader_endpoint.map(|address| DbClusterReadEndpoint { address }),
        master_user_secret: secret_of(found.master_user_secret),
        status: found.status.unwrap_or_default(),
        db_cluster_arn: answered(found.db_cluster_arn, "DBClusterArn")?,
        db_cluster_resource_id: answered(found.db_cluster_resource_id, "DbClusterResourceId")?,
        db_cluster_identifier: answered(found.db_cluster_identifier, "DBClusterIdentifier")?,
    })
}

/// The cluster as it will be when nothing is pending any more.
fn awaited(mut found: Found) -> Found {
    let Some(pending) = found.pending_modified_values.take() else { return found };
    found.backup_retention_period = pending.backup_retention_period.or(found.backup_retention_period);
    found.engine_version = pending.engine_version.or(found.engine_version);
    found.storage_type = pending.storage_type.or(found.storage_type);
    found.iam_database_authentication_enabled =
        pending.iam_database_authentication_enabled.or(found.iam_database_authentication_enabled);
    found.enabled_cloudwatch_logs_exports =
        words::logs(found.enabled_cloudwatch_logs_exports.take(), pending.pending_cloudwatch_logs_exports);
    found
}

/// Those that the program names, as long as they are among the cluster's: AWS adds to them.
fn zones(found: &[String], said: &Said<'_>) -> Option<Vec<String>> {
    let named = said.get(fields::availability_zones).flatten();
    Some(named.filter(|named| named.iter().all(|zone| found.contains(zone))).unwrap_or_else(|| found.to_vec()))
}

fn scaling(
    found: Option<&types::ServerlessV2ScalingConfigurationInfo>,
    said: Option<ServerlessV2ScalingConfiguration>,
) -> Option<ServerlessV2ScalingConfiguration> {
    let found = found?;
    let names_pause = said.is_none_or(|said| said.seconds_until_auto_pause.is_some());
    let min_capacity = found.min_capacity()?;
    Some(ServerlessV2ScalingConfiguration {
        min_capacity,
        max_capacity: found.max_capacity()?,
        seconds_until_auto_pause: found.seconds_until_auto_pause().filter(|_| names_pause && min_capacity == 0.0),
    })
}

fn secret_of(found: Option<types::MasterUserSecret>) -> Option<DbClusterMasterUserSecret> {
    let found = found?;
    Some(DbClusterMasterUserSecret { secret_arn: found.secret_arn?, kms_key_id: found.kms_key_id })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn cluster() -> Found {
        Found::builder()
            .db_cluster_identifier("one")
            .db_cluster_arn("arn:aws:rds:eu-west-1:123456789012:cluster:one")
            .db_cluster_resource_id("cluster-ABC")
            .engine("aurora-postgresql")
            .engine_version("16.4")
            .availability_zones("eu-west-1a")
            .availability_zones("eu-west-1b")
            .serverless_v2_scaling_configuration(
                types::ServerlessV2ScalingConfigurationInfo::builder()
                    .min_capacity(0.0)
                    .max_capacity(4.0)
                    .seconds_until_auto_pause(300)
                    .build(),
            )
            .build()
    }

    fn read(found: Found, said: &[(&str, Value)]) -> DbCluster {
        let said: Map = said.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        seen(found, &Properties::new(&said)).unwrap()
    }

    #[test]
    fn what_aws_adds_to_the_programs_words_is_no_drift() {
        let scaling: Map =
            [("minCapacity".to_owned(), Value::Number(0.0)), ("maxCapacity".to_owned(), Value::Number(4.0))].into();
        let words = [
            ("engineVersion", Value::from("16")),
            ("availabilityZones", vec![Value::from("eu-west-1b")].into()),
            ("serverlessV2ScalingConfiguration", scaling.into()),
        ];
        let shown = read(cluster(), &words);
        assert_eq!(shown.engine_version.as_deref(), Some("16"));
        assert_eq!(shown.availability_zones, Some(vec!["eu-west-1b".to_owned()]));
        assert_eq!(shown.serverless_v2_scaling_configuration.unwrap().seconds_until_auto_pause, None);
        assert_eq!(shown.storage_type, Some(AuroraStorageType::Standard));

        let imported = read(cluster(), &[]);
        assert_eq!(imported.availability_zones.unwrap().len(), 2);
        assert_eq!(imported.serverless_v2_scaling_configuration.unwrap().seconds_until_auto_pause, Some(300));
        let elsewhere = read(cluster(), &[("availabilityZones", vec![Value::from("eu-west-1c")].into())]);
        assert_eq!(elsewhere.availability_zones.unwrap().len(), 2, "another place is a difference");
    }

    #[test]
    fn what_waits_for_the_maintenance_window_is_shown_as_it_will_be() {
        let logs = types::PendingCloudwatchLogsExports::builder().log_types_to_enable("postgresql").build();
        let pending = types::ClusterPendingModifiedValues::builder().engine_version("16.6");
        let mut found = cluster();
        found.pending_modified_values = Some(pending.pending_cloudwatch_logs_exports(logs).build());
        let shown = read(found, &[]);
        assert_eq!((shown.engine_version.as_deref(), shown.engine_version_actual.as_str()), (Some("16.6"), "16.4"));
        assert_eq!(shown.enable_cloudwatch_logs_exports, ["postgresql"]);
    }
}
