//! What the containers of a task definition are made of: ports, logs, health, limits, devices.

use crate::{
    aws::Result,
    resources::{
        collections::{Texts, Unordered},
        wire::{Slot, Wire, wired, wired_choices},
    },
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// A port that a container listens at.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:PortMapping")]
pub struct PortMapping {
    /// The port in the container.
    #[field(range(0, 65535))]
    pub container_port: Option<i32>,
    /// The port outside. With the network modes `awsvpc` and `host` it is the container's own; with `bridge`, 0
    /// or none lets Amazon ECS choose one.
    #[field(range(0, 65535))]
    pub host_port: Option<i32>,
    /// The protocol.
    #[field(default = TransportProtocol::Tcp)]
    pub protocol: TransportProtocol,
    /// A name by which Service Connect and VPC Lattice know the port.
    #[field(
        length(1, 64),
        pattern("[a-z0-9_][a-z0-9_-]*", "small letters, digits, dashes and underscores, without a dash in front")
    )]
    pub name: Option<String>,
    /// What Service Connect understands of the traffic. It is plain TCP when absent.
    pub app_protocol: Option<ApplicationProtocol>,
    /// A range of ports in place of one, such as `8000-8010`.
    pub container_port_range: Option<String>,
}

/// A protocol of ports.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:TransportProtocol")]
pub enum TransportProtocol {
    /// TCP.
    #[default]
    #[choice("tcp")]
    Tcp,
    /// UDP.
    #[choice("udp")]
    Udp,
}

/// What a proxy understands of the traffic.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ApplicationProtocol")]
pub enum ApplicationProtocol {
    /// HTTP.
    #[default]
    #[choice("http")]
    Http,
    /// HTTP/2.
    #[choice("http2")]
    Http2,
    /// gRPC.
    #[choice("grpc")]
    Grpc,
}

/// A name, and where its secret value is.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ContainerSecret")]
pub struct ContainerSecret {
    /// The name of the environment variable, or of the log driver's option.
    pub name: String,
    /// The ARN of a secret in Secrets Manager, which may go on with `:key:stage:version` to take one key of its
    /// JSON, or the ARN or name of a parameter in the Parameter Store.
    pub value_from: String,
}

/// Where a container's output goes.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ContainerLogConfiguration")]
pub struct ContainerLogConfiguration {
    /// The log driver: `awslogs`, `awsfirelens` and `splunk` on Fargate; elsewhere also `fluentd`, `gelf`,
    /// `journald`, `json-file`, `logentries`, `syslog`, `none`.
    pub log_driver: String,
    /// The driver's options, such as `awslogs-group`, `awslogs-region`, `awslogs-stream-prefix` and `mode`.
    #[field(default)]
    pub options: Texts,
    /// Options of the driver whose values are secret.
    #[field(default)]
    pub secret_options: Unordered<ContainerSecret>,
}

/// How Amazon ECS finds out whether a container works: by a command that runs in it.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:HealthCheck")]
pub struct HealthCheck {
    /// The command: `CMD` and its words, or `CMD-SHELL` and one line for the image's shell. It must end with 0.
    #[field(items(1, 1000))]
    pub command: Vec<String>,
    /// How many seconds lie between two checks.
    #[field(default = 30, range(5, 300))]
    pub interval: i32,
    /// How many seconds a check may take.
    #[field(default = 5, range(2, 60))]
    pub timeout: i32,
    /// How many failures in a row make the container unhealthy.
    #[field(default = 3, range(1, 10))]
    pub retries: i32,
    /// For how many seconds after the start failures don't count. None when absent.
    #[field(range(0, 300))]
    pub start_period: Option<i32>,
}

/// A container that another one waits for.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ContainerDependency")]
pub struct ContainerDependency {
    /// Its name.
    pub container_name: String,
    /// How far it must have come.
    pub condition: ContainerCondition,
}

/// How far a container has come.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ContainerCondition")]
pub enum ContainerCondition {
    /// It has been started.
    #[default]
    #[choice("START")]
    Start,
    /// It has ended.
    #[choice("COMPLETE")]
    Complete,
    /// It has ended with the exit code 0.
    #[choice("SUCCESS")]
    Success,
    /// Its health check has passed.
    #[choice("HEALTHY")]
    Healthy,
}

/// Whether a container is started again when it ends.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ContainerRestartPolicy")]
pub struct ContainerRestartPolicy {
    /// Whether it is.
    pub enabled: bool,
    /// Exit codes after which it isn't, up to 50.
    #[field(default, items(0, 50))]
    pub ignored_exit_codes: Unordered<i32>,
    /// How many seconds a container must have run before it is started again, 60 to 1800; 300 when absent.
    #[field(range(60, 1800))]
    pub restart_attempt_period: Option<i32>,
}

impl Wire for ContainerLogConfiguration {
    type Aws = types::LogConfiguration;

    fn to_aws(&self) -> Result<types::LogConfiguration> {
        Ok(types::LogConfiguration::builder()
            .log_driver(self.log_driver.as_str().into())
            .set_options(self.options.put()?)
            .set_secret_options(self.secret_options.put()?)
            .build()?)
    }

    fn from_aws(aws: types::LogConfiguration) -> Option<Self> {
        Some(ContainerLogConfiguration {
            log_driver: aws.log_driver.as_str().to_owned(),
            options: Slot::take(aws.options),
            secret_options: Slot::take(aws.secret_options),
        })
    }
}

wired! {
    PortMapping = types::PortMapping {
        container_port set_container_port,
        host_port set_host_port,
        protocol set_protocol,
        name set_name,
        app_protocol set_app_protocol,
        container_port_range set_container_port_range,
    }
    ContainerSecret = types::Secret {
        name set_name,
        value_from set_value_from,
    }
    HealthCheck = types::HealthCheck {
        command set_command,
        interval set_interval,
        timeout set_timeout,
        retries set_retries,
        start_period set_start_period,
    }
    ContainerDependency = types::ContainerDependency {
        container_name set_container_name,
        condition set_condition,
    }
    ContainerRestartPolicy = types::ContainerRestartPolicy {
        enabled set_enabled,
        ignored_exit_codes set_ignored_exit_codes,
        restart_attempt_period set_restart_attempt_period,
    }
}

wired_choices! {
    TransportProtocol = types::TransportProtocol,
    ApplicationProtocol = types::ApplicationProtocol,
    ContainerCondition = types::ContainerCondition,
}
