//! A DB instance as AWS shows it, in the program's words.
//!
//! What waits for the maintenance window is shown as if it were so already: it will be, and nobody has to change it.

use aws_sdk_rds::types;
use framework::property::Properties;

use super::{
    DatabaseInsightsMode, DbInstance, DbInstanceEndpoint, DbInstanceMasterUserSecret, EngineLifecycleSupport,
    NetworkType, StorageType, fields,
};
use crate::{
    aws::{Result, answered, tags::rds as tagging},
    resources::rds_words as words,
};

type Said<'a> = Properties<'a, DbInstance>;

/// The instance in the program's words.
pub(super) fn seen(found: types::DbInstance, said: &Said<'_>) -> Result<DbInstance> {
    let engine_version_actual = answered(found.engine_version.clone(), "EngineVersion")?;
    let found = awaited(found);
    let member = found.db_cluster_identifier.is_some();
    let own = !member;
    let engine = answered(found.engine.clone(), "Engine")?;
    let secret = found.master_user_secret.as_ref().filter(|_| own);
    let monitoring_interval = found.monitoring_interval.unwrap_or_default();
    let insights = own && found.performance_insights_enabled == Some(true);
    let status = found.db_instance_status.clone().unwrap_or_default();
    let group = found.db_parameter_groups().first().and_then(|group| group.db_parameter_group_name.clone());
    let groups = words::security_groups(found.vpc_security_groups());
    Ok(DbInstance {
        db_instance_class: answered(found.db_instance_class.clone(), "DBInstanceClass")?,
        engine_version: Some(words::version(
            found.engine_version.clone().unwrap_or_default(),
            &engine,
            said.get(fields::engine_version).flatten(),
        ))
        .filter(|_| own),
        allow_major_version_upgrade: None,
        auto_minor_version_upgrade: found.auto_minor_version_upgrade.unwrap_or(true),
        engine_lifecycle_support: words::choice::<EngineLifecycleSupport>(found.engine_lifecycle_support.as_deref())
            .filter(|_| own),
        db_name: found.db_name.clone().filter(|_| own),
        master_username: found.master_username.clone().filter(|_| own),
        master_user_password: None,
        manage_master_user_password: secret.is_some(),
        master_user_secret_kms_key_id: words::key(
            secret.and_then(|secret| secret.kms_key_id.clone()),
            said.get(fields::master_user_secret_kms_key_id).flatten(),
        ),
        allocated_storage: found.allocated_storage.filter(|_| own).map(|size| at_least(size, said)),
        max_allocated_storage: found.max_allocated_storage.filter(|_| own),
        storage_type: words::choice::<StorageType>(found.storage_type.as_deref()),
        iops: found.iops.filter(|iops| own && *iops > 0),
        storage_throughput: found.storage_throughput.filter(|throughput| own && *throughput > 0),
        dedicated_log_volume: own && found.dedicated_log_volume == Some(true),
        storage_encrypted: found.storage_encrypted.filter(|_| own),
        kms_key_id: words::key(found.kms_key_id.clone(), said.get(fields::kms_key_id).flatten()).filter(|_| own),
        db_subnet_group_name: found.db_subnet_group.as_ref().and_then(|group| group.db_subnet_group_name.clone()),
        vpc_security_groups: Some(groups).filter(|_| own),
        availability_zone: found.availability_zone.clone().filter(|_| found.multi_az != Some(true) || member),
        multi_az: own && found.multi_az == Some(true),
        publicly_accessible: found.publicly_accessible.unwrap_or_default(),
        port: found.endpoint.as_ref().and_then(types::Endpoint::port).filter(|_| own),
        network_type: words::choice::<NetworkType>(found.network_type.as_deref()).filter(|_| own),
        ca_certificate_identifier: found.ca_certificate_identifier.clone(),
        certificate_rotation_restart: None,
        db_parameter_group_name: words::group(group, said.has(fields::db_parameter_group_name)),
        backup_retention_period: found.backup_retention_period.filter(|_| own),
        preferred_backup_window: found.preferred_backup_window.clone().filter(|_| own),
        preferred_maintenance_window: found.preferred_maintenance_window.clone(),
        copy_tags_to_snapshot: own && found.copy_tags_to_snapshot == Some(true),
        promotion_tier: found.promotion_tier.filter(|_| member),
        enable_iam_database_authentication: own && found.iam_database_authentication_enabled == Some(true),
        enable_cloudwatch_logs_exports: match own {
            true => found.enabled_cloudwatch_logs_exports.clone().unwrap_or_default(),
            false => Vec::new(),
        },
        monitoring_role_arn: found.monitoring_role_arn.clone().filter(|_| monitoring_interval > 0),
        monitoring_interval,
        database_insights_mode: words::choice::<DatabaseInsightsMode>(
            found.database_insights_mode.as_ref().map(|mode| mode.as_str()),
        )
        .filter(|_| own),
        enable_performance_insights: insights,
        performance_insights_kms_key_id: words::key(
            found.performance_insights_kms_key_id.clone().filter(|_| insights),
            said.get(fields::performance_insights_kms_key_id).flatten(),
        ),
        performance_insights_retention_period: found.performance_insights_retention_period.filter(|_| insights),
        db_snapshot_identifier: None,
        apply_immediately: None,
        deletion_protection: found.deletion_protection.unwrap_or_default(),
        final_snapshot: None,
        final_db_snapshot_identifier: None,
        delete_automated_backups: None,
        allow_replace: None,
        tags: tagging::tags(found.tag_list()),
        engine: Some(engine),
        engine_version_actual,
        endpoint: endpoint(found.endpoint),
        master_user_secret: secret_of(found.master_user_secret),
        db_cluster_identifier: found.db_cluster_identifier,
        db_instance_status: status,
        db_instance_arn: answered(found.db_instance_arn, "DBInstanceArn")?,
        dbi_resource_id: answered(found.dbi_resource_id, "DbiResourceId")?,
        db_instance_identifier: answered(found.db_instance_identifier, "DBInstanceIdentifier")?,
    })
}

/// The instance as it will be when nothing is pending any more.
fn awaited(mut found: types::DbInstance) -> types::DbInstance {
    let Some(pending) = found.pending_modified_values.take() else { return found };
    found.db_instance_class = pending.db_instance_class.or(found.db_instance_class);
    found.allocated_storage = pending.allocated_storage.or(found.allocated_storage);
    found.backup_retention_period = pending.backup_retention_period.or(found.backup_retention_period);
    found.multi_az = pending.multi_az.or(found.multi_az);
    found.engine_version = pending.engine_version.or(found.engine_version);
    found.iops = pending.iops.or(found.iops);
    found.storage_throughput = pending.storage_throughput.or(found.storage_throughput);
    found.storage_type = pending.storage_type.or(found.storage_type);
    found.ca_certificate_identifier = pending.ca_certificate_identifier.or(found.ca_certificate_identifier);
    found.dedicated_log_volume = pending.dedicated_log_volume.or(found.dedicated_log_volume);
    found.iam_database_authentication_enabled =
        pending.iam_database_authentication_enabled.or(found.iam_database_authentication_enabled);
    if let (Some(endpoint), Some(port)) = (&mut found.endpoint, pending.port) {
        endpoint.port = Some(port);
    }
    found.enabled_cloudwatch_logs_exports =
        words::logs(found.enabled_cloudwatch_logs_exports.take(), pending.pending_cloudwatch_logs_exports);
    found
}

/// The program says how much there is at least.
fn at_least(size: i32, said: &Said<'_>) -> i32 {
    said.get(fields::allocated_storage).flatten().filter(|said| *said <= size).unwrap_or(size)
}

fn endpoint(found: Option<types::Endpoint>) -> Option<DbInstanceEndpoint> {
    let found = found?;
    Some(DbInstanceEndpoint { address: found.address?, port: found.port?, hosted_zone_id: found.hosted_zone_id })
}

fn secret_of(found: Option<types::MasterUserSecret>) -> Option<DbInstanceMasterUserSecret> {
    let found = found?;
    Some(DbInstanceMasterUserSecret { secret_arn: found.secret_arn?, kms_key_id: found.kms_key_id })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn instance() -> types::DbInstance {
        types::DbInstance::builder()
            .db_instance_identifier("one")
            .db_instance_class("db.t4g.micro")
            .db_instance_arn("arn:aws:rds:eu-west-1:123456789012:db:one")
            .dbi_resource_id("db-ABC")
            .engine("postgres")
            .engine_version("16.4")
            .allocated_storage(40)
            .build()
    }

    fn said(values: &[(&str, Value)]) -> Map {
        values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }

    #[test]
    fn storage_that_grew_and_minor_versions_that_aws_chose_are_no_drift() {
        let words = said(&[("allocatedStorage", Value::Number(20.0)), ("engineVersion", Value::from("16"))]);
        let read = seen(instance(), &Properties::new(&words)).unwrap();
        assert_eq!((read.allocated_storage, read.engine_version.as_deref()), (Some(20), Some("16")));
        assert_eq!(read.engine_version_actual, "16.4");
        let more = said(&[("allocatedStorage", Value::Number(50.0)), ("engineVersion", Value::from("17"))]);
        let read = seen(instance(), &Properties::new(&more)).unwrap();
        assert_eq!((read.allocated_storage, read.engine_version.as_deref()), (Some(40), Some("16.4")));
    }

    #[test]
    fn what_waits_for_the_maintenance_window_is_shown_as_it_will_be() {
        let pending = types::PendingModifiedValues::builder().db_instance_class("db.t4g.small").multi_az(true).build();
        let mut found = instance();
        found.pending_modified_values = Some(pending);
        let read = seen(found, &Properties::new(&Map::new())).unwrap();
        assert_eq!((read.db_instance_class.as_str(), read.multi_az), ("db.t4g.small", true));
    }

    #[test]
    fn a_member_of_a_cluster_has_nothing_that_is_the_clusters() {
        let mut found = instance();
        found.db_cluster_identifier = Some("cluster".to_owned());
        found.master_username = Some("postgres".to_owned());
        let read = seen(found, &Properties::new(&Map::new())).unwrap();
        assert_eq!((read.allocated_storage, read.master_username, read.port), (None, None, None));
    }
}
