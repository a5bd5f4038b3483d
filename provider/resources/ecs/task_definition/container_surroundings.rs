//! What surrounds a container: files, volumes, names, registries.

use crate::resources::{
    collections::{Flag, Texts},
    wire::{wired, wired_choices},
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// A file with environment variables.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:EnvironmentFile")]
pub struct EnvironmentFile {
    /// The ARN of the S3 object; its name ends in `.env`.
    pub value: String,
    /// Where the file is.
    #[field(default = EnvironmentFileType::S3)]
    pub r#type: EnvironmentFileType,
}

/// Where a file with environment variables is.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:EnvironmentFileType")]
pub enum EnvironmentFileType {
    /// In an S3 bucket.
    #[default]
    #[choice("s3")]
    S3,
}

/// Where a volume is in a container.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:MountPoint")]
pub struct MountPoint {
    /// The name of one of the task definition's volumes.
    pub source_volume: Option<String>,
    /// The folder in the container.
    pub container_path: Option<String>,
    /// Whether the container can't write there.
    #[field(default)]
    pub read_only: Flag,
}

/// Another container whose volumes are seen.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:VolumeFrom")]
pub struct VolumeFrom {
    /// The other container's name.
    pub source_container: Option<String>,
    /// Whether the container can't write there.
    #[field(default)]
    pub read_only: Flag,
}

/// How a container routes the logs of others.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:FirelensConfiguration")]
pub struct FirelensConfiguration {
    /// The log router.
    pub r#type: FirelensConfigurationType,
    /// The router's options, such as `enable-ecs-log-metadata` and `config-file-value`.
    #[field(default)]
    pub options: Texts,
}

/// A log router.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:FirelensConfigurationType")]
pub enum FirelensConfigurationType {
    /// Fluent Bit.
    #[default]
    #[choice("fluentbit")]
    Fluentbit,
    /// Fluentd.
    #[choice("fluentd")]
    Fluentd,
}

/// A kernel parameter.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:SystemControl")]
pub struct SystemControl {
    /// Its name, such as `net.ipv4.tcp_keepalive_time`.
    pub namespace: Option<String>,
    /// Its value.
    pub value: Option<String>,
}

/// A line of `/etc/hosts`.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:HostEntry")]
pub struct HostEntry {
    /// The name.
    pub hostname: String,
    /// The address.
    pub ip_address: String,
}

/// How to log in to a private registry.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:RepositoryCredentials")]
pub struct RepositoryCredentials {
    /// The ARN of the secret in Secrets Manager with the user name and the password.
    pub credentials_parameter: String,
}

wired! {
    EnvironmentFile = types::EnvironmentFile {
        value set_value,
        r#type set_type,
    }
    MountPoint = types::MountPoint {
        source_volume set_source_volume,
        container_path set_container_path,
        read_only set_read_only,
    }
    VolumeFrom = types::VolumeFrom {
        source_container set_source_container,
        read_only set_read_only,
    }
    FirelensConfiguration = types::FirelensConfiguration {
        r#type set_type,
        options set_options,
    }
    SystemControl = types::SystemControl {
        namespace set_namespace,
        value set_value,
    }
    HostEntry = types::HostEntry {
        hostname set_hostname,
        ip_address set_ip_address,
    }
    RepositoryCredentials = types::RepositoryCredentials {
        credentials_parameter set_credentials_parameter,
    }
}

wired_choices! {
    EnvironmentFileType = types::EnvironmentFileType,
    FirelensConfigurationType = types::FirelensConfigurationType,
}
