//! A container of a task definition, with what is its alone.

use crate::resources::{
    collections::{Flag, Ordered, Texts, Unordered},
    ecs::{
        ContainerDependency, ContainerLogConfiguration, ContainerRestartPolicy, ContainerSecret, EnvironmentFile,
        FirelensConfiguration, HealthCheck, HostEntry, LinuxParameters, MountPoint, PortMapping, RepositoryCredentials,
        ResourceRequirement, SystemControl, Ulimit, VolumeFrom,
    },
    wire::{wired, wired_choices},
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// One container of a task: its image, what it may use, and how it is started.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ContainerDefinition")]
pub struct ContainerDefinition {
    /// The container's name, by which load balancers, logs and other containers know it. Unique in the task
    /// definition.
    #[field(length(1, 255), pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores"))]
    pub name: String,
    /// The image, with its registry, tag or digest, such as
    /// `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1.8`.
    #[field(length(1, 4096))]
    pub image: String,
    /// How many CPU units are reserved for the container; 1024 are a vCPU. The containers of a task share what is
    /// left. On Linux, 0 stands for 2 (Amazon ECS API Reference, "ContainerDefinition").
    #[field(default = 0, range(0, 2147483647))]
    pub cpu: i32,
    /// How many MiB of memory the container may use; it is killed when it wants more. On Fargate the task's own
    /// limit holds when this is absent.
    #[field(range(4, 2147483647))]
    pub memory: Option<i32>,
    /// How many MiB of memory are kept free for the container. It may use more, where there is more.
    #[field(range(4, 2147483647))]
    pub memory_reservation: Option<i32>,
    /// Whether the whole task stops when this container does. At least one container must be essential.
    #[field(default = true)]
    pub essential: bool,
    /// What the container runs, in place of the image's `CMD`.
    #[field(default)]
    pub command: Ordered<String>,
    /// What the container begins with, in place of the image's `ENTRYPOINT`.
    #[field(default)]
    pub entry_point: Ordered<String>,
    /// The folder in which commands run.
    pub working_directory: Option<String>,
    /// The user that the container runs as: `user`, `user:group`, `uid`, `uid:gid` and their mixtures.
    pub user: Option<String>,
    /// Environment variables. Everybody who may describe the task definition sees them: give what is secret under
    /// `secrets`.
    #[field(default)]
    pub environment: Unordered<KeyValuePair>,
    /// Files in S3 with environment variables, up to 10. Those of `environment` win.
    #[field(default)]
    pub environment_files: Ordered<EnvironmentFile>,
    /// Environment variables whose values come from Secrets Manager or the Parameter Store when the container
    /// starts. The task's execution role reads them.
    #[field(default)]
    pub secrets: Unordered<ContainerSecret>,
    /// The ports that the container listens at.
    #[field(default)]
    pub port_mappings: Unordered<PortMapping>,
    /// Where the task's volumes are in the container.
    #[field(default)]
    pub mount_points: Unordered<MountPoint>,
    /// Other containers whose volumes this one sees too.
    #[field(default)]
    pub volumes_from: Unordered<VolumeFrom>,
    /// Where what the container writes to its standard outputs goes.
    pub log_configuration: Option<ContainerLogConfiguration>,
    /// That this container routes the logs of the others (FireLens), and how.
    pub firelens_configuration: Option<FirelensConfiguration>,
    /// How Amazon ECS finds out whether the container works.
    pub health_check: Option<HealthCheck>,
    /// Containers of the task that this one waits for.
    #[field(default)]
    pub depends_on: Unordered<ContainerDependency>,
    /// How many seconds to wait for the containers that this one depends on: 2 to 120 on Fargate, where 180 is
    /// the default elsewhere.
    #[field(range(2, 120))]
    pub start_timeout: Option<i32>,
    /// How many seconds the container gets to end by itself before it is killed: 30 when absent, at most 120 on
    /// Fargate (Amazon ECS API Reference, "ContainerDefinition").
    #[field(range(2, 2147483647))]
    pub stop_timeout: Option<i32>,
    /// Whether the container is started again when it ends, without a new task.
    pub restart_policy: Option<ContainerRestartPolicy>,
    /// What Linux allows the container.
    pub linux_parameters: Option<LinuxParameters>,
    /// Limits of Linux for the container's processes. Fargate sets `nofile` to 65535 when nothing is said.
    #[field(default)]
    pub ulimits: Unordered<Ulimit>,
    /// Kernel parameters, as `docker run --sysctl` takes them.
    #[field(default)]
    pub system_controls: Unordered<SystemControl>,
    /// Accelerators that the container needs, such as GPUs.
    #[field(default)]
    pub resource_requirements: Unordered<ResourceRequirement>,
    /// Whether the container has the rights of its host's root. Not on Fargate.
    #[field(default)]
    pub privileged: Flag,
    /// Whether the container can't write to its own file system.
    #[field(default)]
    pub readonly_root_filesystem: Flag,
    /// Whether standard input stays open, as `docker run --interactive`.
    #[field(default)]
    pub interactive: Flag,
    /// Whether there is a terminal, as `docker run --tty`.
    #[field(default)]
    pub pseudo_terminal: Flag,
    /// Whether the container has no network at all. Not on Fargate.
    #[field(default)]
    pub disable_networking: Flag,
    /// The container's host name. Not with the network mode `awsvpc`.
    pub hostname: Option<String>,
    /// Containers that this one reaches by name, with the network mode `bridge` alone.
    #[field(default)]
    pub links: Unordered<String>,
    /// Names and addresses for `/etc/hosts`. Not with the network mode `awsvpc`.
    #[field(default)]
    pub extra_hosts: Unordered<HostEntry>,
    /// The name servers of the container. Not on Fargate.
    #[field(default)]
    pub dns_servers: Ordered<String>,
    /// The domains in which short names are looked up. Not on Fargate.
    #[field(default)]
    pub dns_search_domains: Ordered<String>,
    /// Docker's labels.
    #[field(default)]
    pub docker_labels: Texts,
    /// Options of SELinux, AppArmor or credential specifications. Not on Fargate.
    #[field(default)]
    pub docker_security_options: Unordered<String>,
    /// The ARNs of credential specifications for Active Directory, each behind `credentialspec:` or
    /// `credentialspecdomainless:`.
    #[field(default)]
    pub credential_specs: Ordered<String>,
    /// How to log in to a private registry that isn't Amazon ECR.
    pub repository_credentials: Option<RepositoryCredentials>,
    /// Whether Amazon ECS keeps to the image's digest that it found when the deployment began, whatever becomes
    /// of the tag.
    #[field(default = VersionConsistency::Enabled)]
    pub version_consistency: VersionConsistency,
}

/// Whether the tasks of one deployment all have the same image.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:VersionConsistency")]
pub enum VersionConsistency {
    /// The tag is resolved once for each deployment.
    #[default]
    #[choice("enabled")]
    Enabled,
    /// Each task takes what the tag means then.
    #[choice("disabled")]
    Disabled,
}

/// A name and a value.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:KeyValuePair")]
pub struct KeyValuePair {
    /// The name.
    pub name: Option<String>,
    /// The value.
    pub value: Option<String>,
}

wired! {
    ContainerDefinition = types::ContainerDefinition {
        name set_name,
        image set_image,
        cpu set_cpu,
        memory set_memory,
        memory_reservation set_memory_reservation,
        essential set_essential,
        command set_command,
        entry_point set_entry_point,
        working_directory set_working_directory,
        user set_user,
        environment set_environment,
        environment_files set_environment_files,
        secrets set_secrets,
        port_mappings set_port_mappings,
        mount_points set_mount_points,
        volumes_from set_volumes_from,
        log_configuration set_log_configuration,
        firelens_configuration set_firelens_configuration,
        health_check set_health_check,
        depends_on set_depends_on,
        start_timeout set_start_timeout,
        stop_timeout set_stop_timeout,
        restart_policy set_restart_policy,
        linux_parameters set_linux_parameters,
        ulimits set_ulimits,
        system_controls set_system_controls,
        resource_requirements set_resource_requirements,
        privileged set_privileged,
        readonly_root_filesystem set_readonly_root_filesystem,
        interactive set_interactive,
        pseudo_terminal set_pseudo_terminal,
        disable_networking set_disable_networking,
        hostname set_hostname,
        links set_links,
        extra_hosts set_extra_hosts,
        dns_servers set_dns_servers,
        dns_search_domains set_dns_search_domains,
        docker_labels set_docker_labels,
        docker_security_options set_docker_security_options,
        credential_specs set_credential_specs,
        repository_credentials set_repository_credentials,
        version_consistency set_version_consistency,
    }
    KeyValuePair = types::KeyValuePair {
        name set_name,
        value set_value,
    }
}

wired_choices! {
    VersionConsistency = types::VersionConsistency,
}
