//! What a task definition says of the task as a whole: where it runs, its network and its storage.

use aws_sdk_ecs::types;
use framework::{Choice, Object};

use crate::{
    aws::Result,
    resources::{
        collections::Unordered,
        ecs::KeyValuePair,
        wire::{Slot, Wire, wired, wired_choices},
    },
};

/// The network of a task's containers.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:NetworkMode")]
pub enum NetworkMode {
    /// The task has a network interface and security groups of its own. Fargate knows no other.
    #[default]
    #[choice("awsvpc")]
    Awsvpc,
    /// Docker's own network on the host.
    #[choice("bridge")]
    Bridge,
    /// The host's network.
    #[choice("host")]
    Host,
    /// No network.
    #[choice("none")]
    None,
}

/// Where tasks can run.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:Compatibility")]
pub enum Compatibility {
    /// On AWS Fargate, without servers of yours.
    #[default]
    #[choice("FARGATE")]
    Fargate,
    /// On Amazon EC2 instances of yours.
    #[choice("EC2")]
    Ec2,
    /// On servers outside of AWS.
    #[choice("EXTERNAL")]
    External,
    /// On instances that Amazon ECS manages.
    #[choice("MANAGED_INSTANCES")]
    ManagedInstances,
}

/// Whose processes a container sees.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:PidMode")]
pub enum PidMode {
    /// Those of all containers of the task.
    #[default]
    #[choice("task")]
    Task,
    /// Those of the host. Not on Fargate.
    #[choice("host")]
    Host,
}

/// Whose shared memory a container sees.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:IpcMode")]
pub enum IpcMode {
    /// That of all containers of the task.
    #[default]
    #[choice("task")]
    Task,
    /// That of the host.
    #[choice("host")]
    Host,
    /// Its own.
    #[choice("none")]
    None,
}

/// The processor and the operating system that images are built for.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:RuntimePlatform")]
pub struct RuntimePlatform {
    /// The processor. An image for another one ends with `exec format error`.
    #[field(default = CpuArchitecture::X86)]
    pub cpu_architecture: CpuArchitecture,
    /// The operating system.
    #[field(default = OperatingSystemFamily::Linux)]
    pub operating_system_family: OperatingSystemFamily,
}

/// A processor's architecture.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:CpuArchitecture")]
pub enum CpuArchitecture {
    /// 64-bit x86.
    #[default]
    #[choice("X86_64")]
    X86,
    /// 64-bit ARM: AWS Graviton.
    #[choice("ARM64")]
    Arm,
}

/// An operating system.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:OperatingSystemFamily")]
pub enum OperatingSystemFamily {
    /// Linux.
    #[default]
    #[choice("LINUX")]
    Linux,
    /// Windows Server 2016 Full.
    #[choice("WINDOWS_SERVER_2016_FULL")]
    WindowsServer2016Full,
    /// Windows Server 2019 Core.
    #[choice("WINDOWS_SERVER_2019_CORE")]
    WindowsServer2019Core,
    /// Windows Server 2019 Full.
    #[choice("WINDOWS_SERVER_2019_FULL")]
    WindowsServer2019Full,
    /// Windows Server 2004 Core.
    #[choice("WINDOWS_SERVER_2004_CORE")]
    WindowsServer2004Core,
    /// Windows Server 20H2 Core.
    #[choice("WINDOWS_SERVER_20H2_CORE")]
    WindowsServer20H2Core,
    /// Windows Server 2022 Core.
    #[choice("WINDOWS_SERVER_2022_CORE")]
    WindowsServer2022Core,
    /// Windows Server 2022 Full.
    #[choice("WINDOWS_SERVER_2022_FULL")]
    WindowsServer2022Full,
    /// Windows Server 2025 Core.
    #[choice("WINDOWS_SERVER_2025_CORE")]
    WindowsServer2025Core,
    /// Windows Server 2025 Full.
    #[choice("WINDOWS_SERVER_2025_FULL")]
    WindowsServer2025Full,
}

/// Storage that lives as long as the task.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:EphemeralStorage")]
pub struct EphemeralStorage {
    /// Its size in GiB. 20 are there without it.
    #[field(range(21, 200))]
    pub size_in_gib: i32,
}

/// On which instances tasks may be placed.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:TaskPlacementConstraint")]
pub struct TaskPlacementConstraint {
    /// The kind of constraint.
    #[field(default = TaskPlacementConstraintType::MemberOf)]
    pub r#type: TaskPlacementConstraintType,
    /// An expression of the cluster query language, such as `attribute:ecs.instance-type =~ g2.*`.
    pub expression: Option<String>,
}

/// A kind of constraint.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:TaskPlacementConstraintType")]
pub enum TaskPlacementConstraintType {
    /// Instances for which the expression is true.
    #[default]
    #[choice("memberOf")]
    MemberOf,
}

/// A proxy of App Mesh.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ProxyConfiguration")]
pub struct ProxyConfiguration {
    /// The container that is the proxy.
    pub container_name: String,
    /// The kind of proxy.
    #[field(default = ProxyConfigurationType::Appmesh)]
    pub r#type: ProxyConfigurationType,
    /// The proxy's settings, such as `IgnoredUID` and `ProxyIngressPort`.
    #[field(default)]
    pub proxy_configuration_properties: Unordered<KeyValuePair>,
}

/// A kind of proxy.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ProxyConfigurationType")]
pub enum ProxyConfigurationType {
    /// App Mesh.
    #[default]
    #[choice("APPMESH")]
    Appmesh,
}

impl Wire for ProxyConfiguration {
    type Aws = types::ProxyConfiguration;

    fn to_aws(&self) -> Result<types::ProxyConfiguration> {
        Ok(types::ProxyConfiguration::builder()
            .container_name(&self.container_name)
            .set_type(self.r#type.put()?)
            .set_properties(self.proxy_configuration_properties.put()?)
            .build()?)
    }

    fn from_aws(aws: types::ProxyConfiguration) -> Option<Self> {
        Some(ProxyConfiguration {
            container_name: aws.container_name,
            r#type: Slot::take(aws.r#type),
            proxy_configuration_properties: Slot::take(aws.properties),
        })
    }
}

wired! {
    RuntimePlatform = types::RuntimePlatform {
        cpu_architecture set_cpu_architecture,
        operating_system_family set_operating_system_family,
    }
    EphemeralStorage = types::EphemeralStorage {
        size_in_gib set_size_in_gib,
    }
    TaskPlacementConstraint = types::TaskDefinitionPlacementConstraint {
        r#type set_type,
        expression set_expression,
    }
}

wired_choices! {
    NetworkMode = types::NetworkMode,
    Compatibility = types::Compatibility,
    PidMode = types::PidMode,
    IpcMode = types::IpcMode,
    CpuArchitecture = types::CpuArchitecture,
    OperatingSystemFamily = types::OsFamily,
    TaskPlacementConstraintType = types::TaskDefinitionPlacementConstraintType,
    ProxyConfigurationType = types::ProxyConfigurationType,
}
