//! How a service is reached through gateways, and how often its metrics are taken.

use crate::{
    aws::Result,
    resources::{
        collections::Unordered,
        wire::{Wire, wired, wired_choices},
    },
};
use aws_sdk_ecs::types;
use framework::{Choice, Object, property::Choice as _};

/// How a service is reached through a gateway.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:GatewayConnector")]
pub struct GatewayConnector {
    /// The name of the port mapping.
    pub port_name: String,
    /// Which gateways.
    pub filters: Option<GatewayConnectorFilters>,
    /// How the gateway finds out whether tasks work.
    pub health_check: Option<GatewayConnectorHealthCheck>,
}

/// Which gateways a service is reached through.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:GatewayConnectorFilters")]
pub struct GatewayConnectorFilters {
    /// Those with such access.
    #[field(default, items(0, 2))]
    pub access_types: Unordered<GatewayAccessType>,
}

/// Who reaches a gateway.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:GatewayAccessType")]
pub enum GatewayAccessType {
    /// The internet.
    #[default]
    #[choice("PUBLIC")]
    Public,
    /// The VPC.
    #[choice("PRIVATE")]
    Private,
}

/// How a gateway finds out whether tasks work.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:GatewayConnectorHealthCheck")]
pub struct GatewayConnectorHealthCheck {
    /// The protocol.
    pub health_check_protocol: Option<GatewayHealthCheckProtocol>,
    /// The path.
    pub health_check_path: Option<String>,
    /// The port.
    #[field(range(1, 65535))]
    pub health_check_port: Option<i32>,
    /// How many seconds lie between two checks.
    #[field(range(5, 300))]
    pub health_check_interval_seconds: Option<i32>,
    /// How many seconds a check may take.
    #[field(range(2, 120))]
    pub health_check_timeout_seconds: Option<i32>,
    /// How many successes make a task healthy.
    #[field(range(2, 10))]
    pub healthy_threshold_count: Option<i32>,
    /// How many failures make it unhealthy.
    #[field(range(2, 10))]
    pub unhealthy_threshold_count: Option<i32>,
    /// Which answers are successes.
    pub matcher: Option<GatewayConnectorHealthCheckMatcher>,
}

/// Which answers are successes.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:GatewayConnectorHealthCheckMatcher")]
pub struct GatewayConnectorHealthCheckMatcher {
    /// HTTP codes, such as `200-299`.
    pub http_code: Option<String>,
    /// gRPC codes.
    pub grpc_code: Option<String>,
}

/// The protocol of a check.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:GatewayHealthCheckProtocol")]
pub enum GatewayHealthCheckProtocol {
    /// HTTP.
    #[default]
    #[choice("HTTP")]
    Http,
    /// HTTPS.
    #[choice("HTTPS")]
    Https,
}

/// How often metrics of the service are taken.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:MonitoringConfiguration")]
pub struct MonitoringConfiguration {
    /// The metrics.
    #[field(items(1, 2))]
    pub metric_configurations: Unordered<MetricConfiguration>,
}

/// How often metrics are taken.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:MetricConfiguration")]
pub struct MetricConfiguration {
    /// Which.
    #[field(items(1, 2))]
    pub metric_names: Unordered<ServiceMetric>,
    /// Every how many seconds: 20 or 60.
    #[field(one_of(20, 60))]
    pub resolution_seconds: i32,
}

/// A metric of a service.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ServiceMetric")]
pub enum ServiceMetric {
    /// How much of the CPU is used.
    #[default]
    #[choice("CPUUtilization")]
    CpuUtilization,
    /// How much of the memory is used.
    #[choice("MemoryUtilization")]
    MemoryUtilization,
}

impl Wire for ServiceMetric {
    type Aws = String;

    fn to_aws(&self) -> Result<String> {
        Ok(self.text().to_owned())
    }

    fn from_aws(aws: String) -> Option<Self> {
        Self::from_text(&aws)
    }
}

wired! {
    GatewayConnector = types::GatewayConnector {
        port_name set_port_name,
        filters set_filters,
        health_check set_health_check,
    }
    GatewayConnectorFilters = types::GatewayConnectorFilters {
        access_types set_access_types,
    }
    GatewayConnectorHealthCheck = types::GatewayConnectorHealthCheck {
        health_check_protocol set_health_check_protocol,
        health_check_path set_health_check_path,
        health_check_port set_health_check_port,
        health_check_interval_seconds set_health_check_interval_seconds,
        health_check_timeout_seconds set_health_check_timeout_seconds,
        healthy_threshold_count set_healthy_threshold_count,
        unhealthy_threshold_count set_unhealthy_threshold_count,
        matcher set_matcher,
    }
    GatewayConnectorHealthCheckMatcher = types::GatewayConnectorHealthCheckMatcher {
        http_code set_http_code,
        grpc_code set_grpc_code,
    }
    MonitoringConfiguration = types::MonitoringConfiguration {
        metric_configurations set_metric_configurations,
    }
    MetricConfiguration = types::MetricConfiguration {
        metric_names set_metric_names,
        resolution_seconds set_resolution_seconds,
    }
}

wired_choices! {
    GatewayAccessType = types::AccessType,
    GatewayHealthCheckProtocol = types::GatewayConnectorHealthCheckProtocol,
}
