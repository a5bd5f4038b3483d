//! A task definition's volumes.

use aws_sdk_ecs::types;
use framework::{Choice, Object, property::Choice as _};

use crate::{
    aws::Result,
    resources::{
        collections::{Flag, Texts},
        wire::{Slot, Wire, wired, wired_choices},
    },
};

/// A volume that containers of a task can share.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:Volume")]
pub struct Volume {
    /// The volume's name, which mount points refer to.
    #[field(length(1, 255), pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores"))]
    pub name: String,
    /// A folder of the host. Without any other kind of volume it lives as long as the task.
    pub host: Option<HostVolumeProperties>,
    /// A file system of Amazon EFS.
    pub efs_volume_configuration: Option<EfsVolumeConfiguration>,
    /// A file system of Amazon FSx for Windows File Server.
    pub fsx_windows_file_server_volume_configuration: Option<FsxWindowsFileServerVolumeConfiguration>,
    /// A file system of Amazon S3 Files.
    pub s3_files_volume_configuration: Option<S3FilesVolumeConfiguration>,
    /// A volume of Docker. Not on Fargate.
    pub docker_volume_configuration: Option<DockerVolumeConfiguration>,
    /// Whether a service says what the volume is (`volumeConfigurations`): a volume of Amazon EBS for each task.
    #[field(default)]
    pub configured_at_launch: Flag,
}

/// A folder of the host.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:HostVolumeProperties")]
pub struct HostVolumeProperties {
    /// Its path; Docker chooses one when absent. Not on Fargate.
    pub source_path: Option<String>,
}

/// A file system of Amazon EFS.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:EfsVolumeConfiguration")]
pub struct EfsVolumeConfiguration {
    /// The file system's id.
    pub filesystem_id: String,
    /// The folder that is the volume's root; leave it out with an access point.
    #[field(default = "/")]
    pub root_directory: String,
    /// Whether traffic to the file system is encrypted.
    #[field(default = EfsSwitch::Disabled)]
    pub transit_encryption: EfsSwitch,
    /// The port for encrypted traffic.
    #[field(range(1, 65535))]
    pub transit_encryption_port: Option<i32>,
    /// Who the task is to the file system.
    pub authorization_config: Option<EfsAuthorizationConfig>,
}

/// Who a task is to a file system of Amazon EFS.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:EfsAuthorizationConfig")]
pub struct EfsAuthorizationConfig {
    /// The access point through which the file system is seen.
    pub access_point_id: Option<String>,
    /// Whether the task role decides. Needs encryption in transit.
    #[field(default = EfsSwitch::Disabled)]
    pub iam: EfsSwitch,
}

/// Whether it is on.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:EfsSwitch")]
pub enum EfsSwitch {
    /// It is off.
    #[default]
    #[choice("DISABLED")]
    Disabled,
    /// It is on.
    #[choice("ENABLED")]
    Enabled,
}

/// A file system of Amazon FSx for Windows File Server.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:FsxWindowsFileServerVolumeConfiguration")]
pub struct FsxWindowsFileServerVolumeConfiguration {
    /// The file system's id.
    pub file_system_id: String,
    /// The folder that is the volume's root.
    pub root_directory: String,
    /// How to log in to it.
    pub authorization_config: FsxAuthorizationConfig,
}

/// How to log in to a file system of Amazon FSx.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:FsxAuthorizationConfig")]
pub struct FsxAuthorizationConfig {
    /// The ARN of the secret or parameter with the user name and the password.
    pub credentials_parameter: String,
    /// The domain of Active Directory.
    pub domain: String,
}

/// A file system of Amazon S3 Files.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:S3FilesVolumeConfiguration")]
pub struct S3FilesVolumeConfiguration {
    /// The file system's ARN.
    pub file_system_arn: String,
    /// The folder that is the volume's root.
    pub root_directory: Option<String>,
    /// The port for encrypted traffic.
    #[field(range(1, 65535))]
    pub transit_encryption_port: Option<i32>,
    /// The ARN of the access point through which the file system is seen.
    pub access_point_arn: Option<String>,
}

/// A volume of Docker.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:DockerVolumeConfiguration")]
pub struct DockerVolumeConfiguration {
    /// How long it lives.
    #[field(default = DockerVolumeScope::Task)]
    pub scope: DockerVolumeScope,
    /// Whether a shared volume is made when it isn't there.
    #[field(default)]
    pub autoprovision: Flag,
    /// Docker's volume driver.
    #[field(default = "local")]
    pub driver: String,
    /// The driver's options.
    #[field(default)]
    pub driver_opts: Texts,
    /// Docker's labels.
    #[field(default)]
    pub labels: Texts,
}

/// How long a volume of Docker lives.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:DockerVolumeScope")]
pub enum DockerVolumeScope {
    /// As long as the task.
    #[default]
    #[choice("task")]
    Task,
    /// Beyond it.
    #[choice("shared")]
    Shared,
}

impl Wire for Volume {
    type Aws = types::Volume;

    fn to_aws(&self) -> Result<types::Volume> {
        Ok(types::Volume::builder()
            .name(&self.name)
            .set_host(self.host.put()?)
            .set_efs_volume_configuration(self.efs_volume_configuration.put()?)
            .set_fsx_windows_file_server_volume_configuration(self.fsx_windows_file_server_volume_configuration.put()?)
            .set_s3files_volume_configuration(self.s3_files_volume_configuration.put()?)
            .set_docker_volume_configuration(self.docker_volume_configuration.put()?)
            .set_configured_at_launch(self.configured_at_launch.put()?)
            .build())
    }

    fn from_aws(aws: types::Volume) -> Option<Self> {
        Some(Volume {
            name: Slot::take(aws.name),
            host: Slot::take(aws.host),
            efs_volume_configuration: Slot::take(aws.efs_volume_configuration),
            fsx_windows_file_server_volume_configuration: Slot::take(aws.fsx_windows_file_server_volume_configuration),
            s3_files_volume_configuration: Slot::take(aws.s3files_volume_configuration),
            docker_volume_configuration: Slot::take(aws.docker_volume_configuration),
            configured_at_launch: Slot::take(aws.configured_at_launch),
        })
    }
}

/// The SDK has two kinds of switch for what is one here.
impl Wire for EfsVolumeConfiguration {
    type Aws = types::EfsVolumeConfiguration;

    fn to_aws(&self) -> Result<types::EfsVolumeConfiguration> {
        let authorization = self.authorization_config.as_ref().map(|config| {
            let built = types::EfsAuthorizationConfig::builder().set_access_point_id(config.access_point_id.clone());
            built.iam(config.iam.text().into()).build()
        });
        Ok(types::EfsVolumeConfiguration::builder()
            .file_system_id(&self.filesystem_id)
            .root_directory(&self.root_directory)
            .transit_encryption(self.transit_encryption.text().into())
            .set_transit_encryption_port(self.transit_encryption_port)
            .set_authorization_config(authorization)
            .build()?)
    }

    fn from_aws(aws: types::EfsVolumeConfiguration) -> Option<Self> {
        let switch = |text: Option<&str>| text.and_then(EfsSwitch::from_text).unwrap_or_default();
        Some(EfsVolumeConfiguration {
            transit_encryption: switch(aws.transit_encryption.as_ref().map(types::EfsTransitEncryption::as_str)),
            authorization_config: aws.authorization_config.map(|config| EfsAuthorizationConfig {
                iam: switch(config.iam.as_ref().map(types::EfsAuthorizationConfigIam::as_str)),
                access_point_id: config.access_point_id,
            }),
            filesystem_id: aws.file_system_id,
            root_directory: aws.root_directory.unwrap_or_else(|| "/".to_owned()),
            transit_encryption_port: aws.transit_encryption_port,
        })
    }
}

wired! {
    HostVolumeProperties = types::HostVolumeProperties {
        source_path set_source_path,
    }
    FsxWindowsFileServerVolumeConfiguration = types::FSxWindowsFileServerVolumeConfiguration {
        file_system_id set_file_system_id,
        root_directory set_root_directory,
        authorization_config set_authorization_config,
    }
    FsxAuthorizationConfig = types::FSxWindowsFileServerAuthorizationConfig {
        credentials_parameter set_credentials_parameter,
        domain set_domain,
    }
    S3FilesVolumeConfiguration = types::S3FilesVolumeConfiguration {
        file_system_arn set_file_system_arn,
        root_directory set_root_directory,
        transit_encryption_port set_transit_encryption_port,
        access_point_arn set_access_point_arn,
    }
    DockerVolumeConfiguration = types::DockerVolumeConfiguration {
        scope set_scope,
        autoprovision set_autoprovision,
        driver set_driver,
        driver_opts set_driver_opts,
        labels set_labels,
    }
}

wired_choices! {
    DockerVolumeScope = types::Scope,
}
