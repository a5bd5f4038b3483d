//! What a cluster is configured with: capacity, exec sessions, storage.

use aws_sdk_ecs::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use crate::{
    aws::Result,
    resources::{
        collections::Flag,
        wire::{Wire, wired, wired_choices},
    },
};

/// How many of the tasks a capacity provider gets.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:CapacityProviderStrategyItem")]
pub struct CapacityProviderStrategyItem {
    /// The capacity provider's name: `FARGATE`, `FARGATE_SPOT`, or one of your own.
    pub capacity_provider: String,
    /// Its part of all tasks, beside the weights of the others: 0 to 1000.
    #[field(default = 0, range(0, 1000))]
    pub weight: i32,
    /// How many tasks it gets before the weights count. One capacity provider of a strategy may have a base.
    #[field(default = 0, range(0, 100000))]
    pub base: i32,
}

/// A setting of a cluster.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ClusterSetting")]
pub struct ClusterSetting {
    /// Which setting.
    pub name: ClusterSettingName,
    /// Its value.
    pub value: ContainerInsights,
}

/// A setting that clusters have.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ClusterSettingName")]
pub enum ClusterSettingName {
    /// Metrics of CloudWatch Container Insights, which are charged.
    #[default]
    #[choice("containerInsights")]
    ContainerInsights,
}

/// Which metrics Container Insights gathers.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ContainerInsights")]
pub enum ContainerInsights {
    /// None.
    #[default]
    #[choice("disabled")]
    Disabled,
    /// Those of clusters and services.
    #[choice("enabled")]
    Enabled,
    /// Also those of tasks and containers.
    #[choice("enhanced")]
    Enhanced,
}

/// How exec sessions are recorded, and with which keys storage is encrypted.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ClusterConfiguration")]
pub struct ClusterConfiguration {
    /// What becomes of sessions of ECS Exec.
    pub execute_command_configuration: Option<ExecuteCommandConfiguration>,
    /// The keys that encrypt storage.
    pub managed_storage_configuration: Option<ManagedStorageConfiguration>,
}

/// What becomes of sessions of ECS Exec.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ExecuteCommandConfiguration")]
pub struct ExecuteCommandConfiguration {
    /// The KMS key that encrypts what goes between client and container.
    pub kms_key_id: Option<String>,
    /// Where sessions are recorded.
    #[field(default = ExecuteCommandLogging::Default)]
    pub logging: ExecuteCommandLogging,
    /// Where, when `logging` is `OVERRIDE`.
    pub log_configuration: Option<ExecuteCommandLogConfiguration>,
}

/// Where sessions of ECS Exec are recorded.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ExecuteCommandLogging")]
pub enum ExecuteCommandLogging {
    /// Where the task definition's `awslogs` configuration says, if there is one.
    #[default]
    #[choice("DEFAULT")]
    Default,
    /// Nowhere.
    #[choice("NONE")]
    None,
    /// Where `logConfiguration` says.
    #[choice("OVERRIDE")]
    Override,
}

/// Where sessions of ECS Exec are recorded.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ExecuteCommandLogConfiguration")]
pub struct ExecuteCommandLogConfiguration {
    /// The log group. It must be there.
    pub cloud_watch_log_group_name: Option<String>,
    /// Whether the log group must be encrypted.
    #[field(default)]
    pub cloud_watch_encryption_enabled: Flag,
    /// The bucket. It must be there.
    pub s3_bucket_name: Option<String>,
    /// Whether the bucket must be encrypted.
    #[field(default)]
    pub s3_encryption_enabled: Flag,
    /// The folder in the bucket.
    pub s3_key_prefix: Option<String>,
}

/// The keys that encrypt storage.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ManagedStorageConfiguration")]
pub struct ManagedStorageConfiguration {
    /// The KMS key for data volumes that Amazon ECS manages.
    pub kms_key_id: Option<String>,
    /// The KMS key for the storage of Fargate's tasks.
    pub fargate_ephemeral_storage_kms_key_id: Option<String>,
}

/// What the cluster's services use for Service Connect.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectDefaults")]
pub struct ServiceConnectDefaults {
    /// The name or ARN of the Cloud Map namespace; a name that isn't there yet is made.
    #[field(length(1, 1024))]
    pub namespace: String,
}

wired! {
    CapacityProviderStrategyItem = types::CapacityProviderStrategyItem {
        capacity_provider set_capacity_provider,
        weight set_weight,
        base set_base,
    }
    ClusterSetting = types::ClusterSetting {
        name set_name,
        value set_value,
    }
    ClusterConfiguration = types::ClusterConfiguration {
        execute_command_configuration set_execute_command_configuration,
        managed_storage_configuration set_managed_storage_configuration,
    }
    ExecuteCommandConfiguration = types::ExecuteCommandConfiguration {
        kms_key_id set_kms_key_id,
        logging set_logging,
        log_configuration set_log_configuration,
    }
    ExecuteCommandLogConfiguration = types::ExecuteCommandLogConfiguration {
        cloud_watch_log_group_name set_cloud_watch_log_group_name,
        cloud_watch_encryption_enabled set_cloud_watch_encryption_enabled,
        s3_bucket_name set_s3_bucket_name,
        s3_encryption_enabled set_s3_encryption_enabled,
        s3_key_prefix set_s3_key_prefix,
    }
    ManagedStorageConfiguration = types::ManagedStorageConfiguration {
        kms_key_id set_kms_key_id,
        fargate_ephemeral_storage_kms_key_id set_fargate_ephemeral_storage_kms_key_id,
    }
}

impl Wire for ContainerInsights {
    type Aws = String;

    fn to_aws(&self) -> Result<String> {
        Ok(self.text().to_owned())
    }

    fn from_aws(aws: String) -> Option<Self> {
        Self::from_text(&aws)
    }
}

/// Notes what AWS refuses of a strategy: a second base.
pub(crate) fn strategy_rules(strategy: &[CapacityProviderStrategyItem], at: &Path, problems: &mut Problems) {
    if strategy.iter().filter(|item| item.base > 0).count() > 1 {
        problems.add(at.clone(), "must have one capacity provider with a base at most");
    }
    if !strategy.is_empty() && strategy.iter().all(|item| item.weight == 0) {
        problems.add(at.clone(), "must have a capacity provider with a weight of 1 at least");
    }
}

wired_choices! {
    ClusterSettingName = types::ClusterSettingName,
    ExecuteCommandLogging = types::ExecuteCommandLogging,
}
