//! The attributes of load balancers, target groups and listeners, as AWS documents them.

/// What an attribute is an attribute of, as far as that decides whether there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// An Application Load Balancer, or what belongs to one.
    Application,
    /// What belongs to an Application Load Balancer, and is a Lambda function.
    Lambda,
    /// A Network Load Balancer, or what belongs to one.
    Network,
    /// A Gateway Load Balancer, or what belongs to one.
    Gateway,
}

/// What the values of an attribute are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Values {
    /// `true` or `false`.
    Flag,
    /// A whole number from the one to the other.
    Number(i64, i64),
    /// Zero, or a whole number from the one to the other.
    ZeroOr(i64, i64),
    /// `off`, or a whole number from the one to the other.
    OffOr(i64, i64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// Any text.
    Text,
}

/// An attribute that AWS knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attribute {
    /// Its name.
    pub key: &'static str,
    /// What it is as long as nobody sets it; nothing where that depends on more than the kind.
    pub default: Option<&'static str>,
    /// What it may be.
    pub values: Values,
    /// What it is an attribute of.
    pub of: &'static [Of],
}

const fn row(key: &'static str, default: Option<&'static str>, values: Values, of: &'static [Of]) -> Attribute {
    Attribute { key, default, values, of }
}

use Of::{Application, Gateway, Lambda, Network};
use Values::{Flag, Number, OffOr, OneOf, Text, ZeroOr};

/// The attribute without which nothing can be deleted.
pub const DELETION_PROTECTION: &str = "deletion_protection.enabled";

/// Source: `LoadBalancerAttribute`, Elastic Load Balancing API Reference 2015-12-01.
pub const OF_LOAD_BALANCERS: &[Attribute] = &[
    row("deletion_protection.enabled", Some("false"), Flag, &[Application, Network, Gateway]),
    row("load_balancing.cross_zone.enabled", Some("true"), Flag, &[Application]),
    row("load_balancing.cross_zone.enabled", Some("false"), Flag, &[Network, Gateway]),
    row("access_logs.s3.enabled", Some("false"), Flag, &[Application, Network]),
    row("access_logs.s3.bucket", Some(""), Text, &[Application, Network]),
    row("access_logs.s3.prefix", Some(""), Text, &[Application, Network]),
    row("ipv6.deny_all_igw_traffic", None, Flag, &[Application, Network]),
    row("zonal_shift.config.enabled", Some("false"), Flag, &[Application, Network]),
    row("idle_timeout.timeout_seconds", Some("60"), Number(1, 4_000), &[Application]),
    row("client_keep_alive.seconds", Some("3600"), Number(60, 604_800), &[Application]),
    row("connection_logs.s3.enabled", Some("false"), Flag, &[Application]),
    row("connection_logs.s3.bucket", Some(""), Text, &[Application]),
    row("connection_logs.s3.prefix", Some(""), Text, &[Application]),
    row("health_check_logs.s3.enabled", Some("false"), Flag, &[Application]),
    row("health_check_logs.s3.bucket", Some(""), Text, &[Application]),
    row("health_check_logs.s3.prefix", Some(""), Text, &[Application]),
    row(
        "routing.http.desync_mitigation_mode",
        Some("defensive"),
        OneOf(&["monitor", "defensive", "strictest"]),
        &[Application],
    ),
    row("routing.http.drop_invalid_header_fields.enabled", Some("false"), Flag, &[Application]),
    row("routing.http.preserve_host_header.enabled", Some("false"), Flag, &[Application]),
    row("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", Some("false"), Flag, &[Application]),
    row("routing.http.xff_client_port.enabled", Some("false"), Flag, &[Application]),
    row(
        "routing.http.xff_header_processing.mode",
        Some("append"),
        OneOf(&["append", "preserve", "remove"]),
        &[Application],
    ),
    row("routing.http2.enabled", Some("true"), Flag, &[Application]),
    row("waf.fail_open.enabled", Some("false"), Flag, &[Application]),
    row(
        "dns_record.client_routing_policy",
        Some("any_availability_zone"),
        OneOf(&["availability_zone_affinity", "partial_availability_zone_affinity", "any_availability_zone"]),
        &[Network],
    ),
    row("secondary_ips.auto_assigned.per_subnet", Some("0"), Number(0, 7), &[Network]),
];

/// Source: `TargetGroupAttribute`, Elastic Load Balancing API Reference 2015-12-01.
pub const OF_TARGET_GROUPS: &[Attribute] = &[
    row("deregistration_delay.timeout_seconds", Some("300"), Number(0, 3_600), &[Application, Network, Gateway]),
    row("stickiness.enabled", Some("false"), Flag, &[Application, Network, Gateway]),
    row("stickiness.type", Some("lb_cookie"), OneOf(&["lb_cookie", "app_cookie"]), &[Application]),
    row("stickiness.type", Some("source_ip"), OneOf(&["source_ip"]), &[Network]),
    row("stickiness.type", None, OneOf(&["source_ip_dest_ip", "source_ip_dest_ip_proto"]), &[Gateway]),
    row(
        "load_balancing.cross_zone.enabled",
        Some("use_load_balancer_configuration"),
        OneOf(&["true", "false", "use_load_balancer_configuration"]),
        &[Application, Lambda, Network],
    ),
    row(
        "target_group_health.dns_failover.minimum_healthy_targets.count",
        Some("1"),
        OffOr(1, 1_000_000),
        &[Application, Lambda, Network],
    ),
    row(
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
        Some("off"),
        OffOr(1, 100),
        &[Application, Lambda, Network],
    ),
    row(
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        Some("1"),
        Number(1, 1_000_000),
        &[Application, Lambda, Network],
    ),
    row(
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        Some("off"),
        OffOr(1, 100),
        &[Application, Lambda, Network],
    ),
    row(
        "load_balancing.algorithm.type",
        Some("round_robin"),
        OneOf(&["round_robin", "least_outstanding_requests", "weighted_random"]),
        &[Application],
    ),
    row("load_balancing.algorithm.anomaly_mitigation", Some("off"), OneOf(&["on", "off"]), &[Application]),
    row("slow_start.duration_seconds", Some("0"), ZeroOr(30, 900), &[Application]),
    row("stickiness.app_cookie.cookie_name", Some(""), Text, &[Application]),
    row("stickiness.app_cookie.duration_seconds", Some("86400"), Number(1, 604_800), &[Application]),
    row("stickiness.lb_cookie.duration_seconds", Some("86400"), Number(1, 604_800), &[Application]),
    row("lambda.multi_value_headers.enabled", Some("false"), Flag, &[Lambda]),
    row("deregistration_delay.connection_termination.enabled", None, Flag, &[Network]),
    row("preserve_client_ip.enabled", None, Flag, &[Network]),
    row("proxy_protocol_v2.enabled", Some("false"), Flag, &[Network]),
    row("target_health_state.unhealthy.connection_termination.enabled", None, Flag, &[Network]),
    row("target_health_state.unhealthy.draining_interval_seconds", Some("0"), Number(0, 360_000), &[Network]),
    row("target_failover.on_deregistration", Some("no_rebalance"), OneOf(&["rebalance", "no_rebalance"]), &[Gateway]),
    row("target_failover.on_unhealthy", Some("no_rebalance"), OneOf(&["rebalance", "no_rebalance"]), &[Gateway]),
    row("send_tcp_reset.on_unhealthy.enabled", Some("false"), Flag, &[Gateway]),
    row("send_tcp_reset.on_deregistration.enabled", Some("false"), Flag, &[Gateway]),
];

/// Source: `ListenerAttribute`, Elastic Load Balancing API Reference 2015-12-01.
pub const OF_LISTENERS: &[Attribute] = &[
    row("tcp.idle_timeout.seconds", Some("350"), Number(60, 6_000), &[Network, Gateway]),
    row("send_tcp_reset.on_idle_timeout.enabled", Some("false"), Flag, &[Gateway]),
    row("routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_mtls_clientcert_issuer.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_mtls_clientcert_subject.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_mtls_clientcert_validity.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_mtls_clientcert_leaf.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_mtls_clientcert.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_tls_version.header_name", None, Text, &[Application]),
    row("routing.http.request.x_amzn_tls_cipher_suite.header_name", None, Text, &[Application]),
    row("routing.http.response.server.enabled", Some("true"), Flag, &[Application]),
    row("routing.http.response.strict_transport_security.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_allow_origin.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_allow_methods.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_allow_headers.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_allow_credentials.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_expose_headers.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.access_control_max_age.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.content_security_policy.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.x_content_type_options.header_value", Some(""), Text, &[Application]),
    row("routing.http.response.x_frame_options.header_value", Some(""), Text, &[Application]),
];
