//! What a container may use of its host: limits, devices, accelerators.

use crate::{
    aws::Result,
    resources::{
        collections::{Flag, Ordered, Unordered},
        wire::{Wire, wired, wired_choices},
    },
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// A limit of Linux for processes.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:Ulimit")]
pub struct Ulimit {
    /// What is limited.
    pub name: UlimitName,
    /// The limit that holds.
    pub soft_limit: i32,
    /// The limit to which a process may raise it.
    pub hard_limit: i32,
}

/// What Linux limits.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:UlimitName")]
pub enum UlimitName {
    /// Open files.
    #[default]
    #[choice("nofile")]
    Nofile,
    /// The size of core dumps.
    #[choice("core")]
    Core,
    /// Seconds of CPU time.
    #[choice("cpu")]
    Cpu,
    /// The data segment.
    #[choice("data")]
    Data,
    /// The size of files.
    #[choice("fsize")]
    Fsize,
    /// File locks.
    #[choice("locks")]
    Locks,
    /// Locked memory.
    #[choice("memlock")]
    Memlock,
    /// Message queues.
    #[choice("msgqueue")]
    Msgqueue,
    /// The nice value.
    #[choice("nice")]
    Nice,
    /// Processes.
    #[choice("nproc")]
    Nproc,
    /// Resident memory.
    #[choice("rss")]
    Rss,
    /// The real-time priority.
    #[choice("rtprio")]
    Rtprio,
    /// Real-time CPU time.
    #[choice("rttime")]
    Rttime,
    /// Pending signals.
    #[choice("sigpending")]
    Sigpending,
    /// The stack.
    #[choice("stack")]
    Stack,
}

/// What Linux allows a container.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:LinuxParameters")]
pub struct LinuxParameters {
    /// Whether an init process reaps children and passes on signals. `ECS Exec` works best with it.
    #[field(default)]
    pub init_process_enabled: Flag,
    /// Capabilities beyond Docker's usual ones, and without some of them.
    pub capabilities: Option<KernelCapabilities>,
    /// Devices of the host. Not on Fargate.
    #[field(default)]
    pub devices: Ordered<Device>,
    /// The size of `/dev/shm` in MiB. Not on Fargate.
    #[field(range(0, 2147483647))]
    pub shared_memory_size: Option<i32>,
    /// File systems in memory. Not on Fargate.
    #[field(default)]
    pub tmpfs: Ordered<Tmpfs>,
    /// How many MiB the container may swap. Not on Fargate.
    #[field(range(0, 2147483647))]
    pub max_swap: Option<i32>,
    /// How readily it swaps, 0 to 100. Not on Fargate.
    #[field(range(0, 100))]
    pub swappiness: Option<i32>,
}

/// Capabilities of Linux.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:KernelCapabilities")]
pub struct KernelCapabilities {
    /// Those that the container gets, such as `SYS_PTRACE`, the only one on Fargate.
    #[field(default)]
    pub add: Unordered<String>,
    /// Those that are taken from it.
    #[field(default)]
    pub drop: Unordered<String>,
}

/// A device of the host.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:Device")]
pub struct Device {
    /// Its path on the host.
    pub host_path: String,
    /// Its path in the container.
    pub container_path: Option<String>,
    /// What the container may do with it: all when absent.
    #[field(default)]
    pub permissions: Unordered<DeviceCgroupPermission>,
}

/// What a container may do with a device.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:DeviceCgroupPermission")]
pub enum DeviceCgroupPermission {
    /// Read.
    #[default]
    #[choice("read")]
    Read,
    /// Write.
    #[choice("write")]
    Write,
    /// Make device files.
    #[choice("mknod")]
    Mknod,
}

/// A file system in memory.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:Tmpfs")]
pub struct Tmpfs {
    /// Where it is in the container.
    pub container_path: String,
    /// Its size in MiB.
    #[field(range(1, 2147483647))]
    pub size: i32,
    /// Options of `mount`, such as `noexec`.
    #[field(default)]
    pub mount_options: Ordered<String>,
}

/// Accelerators that a container needs.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ResourceRequirement")]
pub struct ResourceRequirement {
    /// What it needs.
    pub r#type: ResourceType,
    /// How many GPUs, or the name of the inference accelerator.
    pub value: String,
    /// How a GPU is shared with other containers.
    pub sharing_strategy: Option<SharingStrategy>,
}

/// A sort of accelerator.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ResourceType")]
pub enum ResourceType {
    /// GPUs.
    #[default]
    #[choice("GPU")]
    Gpu,
    /// An Elastic Inference accelerator.
    #[choice("InferenceAccelerator")]
    InferenceAccelerator,
    /// AWS Neuron devices.
    #[choice("NeuronDevice")]
    NeuronDevice,
}

/// How a GPU is shared.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:SharingStrategy")]
pub struct SharingStrategy {
    /// By NVIDIA's Multi-Process Service.
    pub nvidia_mps: NvidiaMpsAllocation,
}

/// A container's part of a GPU.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:NvidiaMpsAllocation")]
pub struct NvidiaMpsAllocation {
    /// How many MiB of the GPU's memory.
    #[field(range(1, 2147483647))]
    pub memory: i32,
    /// How much of its computing power, in percent.
    #[field(range(1, 100))]
    pub max_compute_percent: Option<i32>,
}

impl Wire for SharingStrategy {
    type Aws = types::SharingStrategy;

    fn to_aws(&self) -> Result<types::SharingStrategy> {
        self.nvidia_mps.to_aws().map(types::SharingStrategy::NvidiaMps)
    }

    fn from_aws(aws: types::SharingStrategy) -> Option<Self> {
        match aws {
            types::SharingStrategy::NvidiaMps(nvidia) => {
                NvidiaMpsAllocation::from_aws(nvidia).map(|nvidia_mps| SharingStrategy { nvidia_mps })
            }
            _ => None,
        }
    }
}

wired! {
    Ulimit = types::Ulimit {
        name set_name,
        soft_limit set_soft_limit,
        hard_limit set_hard_limit,
    }
    LinuxParameters = types::LinuxParameters {
        init_process_enabled set_init_process_enabled,
        capabilities set_capabilities,
        devices set_devices,
        shared_memory_size set_shared_memory_size,
        tmpfs set_tmpfs,
        max_swap set_max_swap,
        swappiness set_swappiness,
    }
    KernelCapabilities = types::KernelCapabilities {
        add set_add,
        drop set_drop,
    }
    Device = types::Device {
        host_path set_host_path,
        container_path set_container_path,
        permissions set_permissions,
    }
    Tmpfs = types::Tmpfs {
        container_path set_container_path,
        size set_size,
        mount_options set_mount_options,
    }
    ResourceRequirement = types::ResourceRequirement {
        r#type set_type,
        value set_value,
        sharing_strategy set_sharing_strategy,
    }
    NvidiaMpsAllocation = types::NvidiaMpsAllocation {
        memory set_memory,
        max_compute_percent set_max_compute_percent,
    }
}

wired_choices! {
    UlimitName = types::UlimitName,
    DeviceCgroupPermission = types::DeviceCgroupPermission,
    ResourceType = types::ResourceType,
}
