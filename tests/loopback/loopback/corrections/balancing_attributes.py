"""The attributes of load balancers, target groups and listeners, with what AWS gives new ones.

Source: `LoadBalancerAttribute`, `TargetGroupAttribute` and `ListenerAttribute`, Elastic Load Balancing API
Reference 2015-12-01. Each row is a key, the value, and the kinds of balancers that it is for.
"""

from __future__ import annotations

_LOAD_BALANCERS = (
    ("deletion_protection.enabled", "false", "application network gateway"),
    ("load_balancing.cross_zone.enabled", "true", "application"),
    ("load_balancing.cross_zone.enabled", "false", "network gateway"),
    ("access_logs.s3.enabled", "false", "application network"),
    ("access_logs.s3.bucket", "", "application network"),
    ("access_logs.s3.prefix", "", "application network"),
    ("ipv6.deny_all_igw_traffic", "false", "application network"),
    ("zonal_shift.config.enabled", "false", "application network"),
    ("idle_timeout.timeout_seconds", "60", "application"),
    ("client_keep_alive.seconds", "3600", "application"),
    ("connection_logs.s3.enabled", "false", "application"),
    ("connection_logs.s3.bucket", "", "application"),
    ("connection_logs.s3.prefix", "", "application"),
    ("health_check_logs.s3.enabled", "false", "application"),
    ("health_check_logs.s3.bucket", "", "application"),
    ("health_check_logs.s3.prefix", "", "application"),
    ("routing.http.desync_mitigation_mode", "defensive", "application"),
    ("routing.http.drop_invalid_header_fields.enabled", "false", "application"),
    ("routing.http.preserve_host_header.enabled", "false", "application"),
    ("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", "false", "application"),
    ("routing.http.xff_client_port.enabled", "false", "application"),
    ("routing.http.xff_header_processing.mode", "append", "application"),
    ("routing.http2.enabled", "true", "application"),
    ("waf.fail_open.enabled", "false", "application"),
    ("dns_record.client_routing_policy", "any_availability_zone", "network"),
    ("secondary_ips.auto_assigned.per_subnet", "0", "network"),
)

_TARGET_GROUPS = (
    ("deregistration_delay.timeout_seconds", "300", "application network gateway"),
    ("stickiness.enabled", "false", "application network gateway"),
    ("stickiness.type", "lb_cookie", "application"),
    ("stickiness.type", "source_ip", "network"),
    ("stickiness.type", "source_ip_dest_ip_proto", "gateway"),
    ("load_balancing.cross_zone.enabled", "use_load_balancer_configuration", "application lambda network"),
    ("target_group_health.dns_failover.minimum_healthy_targets.count", "1", "application lambda network"),
    ("target_group_health.dns_failover.minimum_healthy_targets.percentage", "off", "application lambda network"),
    ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", "1", "application lambda network"),
    ("target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off", "application lambda network"),
    ("load_balancing.algorithm.type", "round_robin", "application"),
    ("load_balancing.algorithm.anomaly_mitigation", "off", "application"),
    ("slow_start.duration_seconds", "0", "application"),
    ("stickiness.app_cookie.cookie_name", "", "application"),
    ("stickiness.app_cookie.duration_seconds", "86400", "application"),
    ("stickiness.lb_cookie.duration_seconds", "86400", "application"),
    ("lambda.multi_value_headers.enabled", "false", "lambda"),
    ("deregistration_delay.connection_termination.enabled", "false", "network"),
    ("preserve_client_ip.enabled", "true", "network"),
    ("proxy_protocol_v2.enabled", "false", "network"),
    ("target_health_state.unhealthy.connection_termination.enabled", "true", "network"),
    ("target_health_state.unhealthy.draining_interval_seconds", "0", "network"),
    ("target_failover.on_deregistration", "no_rebalance", "gateway"),
    ("target_failover.on_unhealthy", "no_rebalance", "gateway"),
    ("send_tcp_reset.on_unhealthy.enabled", "false", "gateway"),
    ("send_tcp_reset.on_deregistration.enabled", "false", "gateway"),
)

_LISTENERS = (
    ("tcp.idle_timeout.seconds", "350", "network gateway"),
    ("send_tcp_reset.on_idle_timeout.enabled", "false", "gateway"),
    ("routing.http.request.x_amzn_mtls_clientcert_serial_number.header_name", "X-Amzn-Mtls-Clientcert-Serial-Number", "application"),
    ("routing.http.request.x_amzn_mtls_clientcert_issuer.header_name", "X-Amzn-Mtls-Clientcert-Issuer", "application"),
    ("routing.http.request.x_amzn_mtls_clientcert_subject.header_name", "X-Amzn-Mtls-Clientcert-Subject", "application"),
    ("routing.http.request.x_amzn_mtls_clientcert_validity.header_name", "X-Amzn-Mtls-Clientcert-Validity", "application"),
    ("routing.http.request.x_amzn_mtls_clientcert_leaf.header_name", "X-Amzn-Mtls-Clientcert-Leaf", "application"),
    ("routing.http.request.x_amzn_mtls_clientcert.header_name", "X-Amzn-Mtls-Clientcert", "application"),
    ("routing.http.request.x_amzn_tls_version.header_name", "X-Amzn-Tls-Version", "application"),
    ("routing.http.request.x_amzn_tls_cipher_suite.header_name", "X-Amzn-Tls-Cipher-Suite", "application"),
    ("routing.http.response.server.enabled", "true", "application"),
    ("routing.http.response.strict_transport_security.header_value", "", "application"),
    ("routing.http.response.access_control_allow_origin.header_value", "", "application"),
    ("routing.http.response.access_control_allow_methods.header_value", "", "application"),
    ("routing.http.response.access_control_allow_headers.header_value", "", "application"),
    ("routing.http.response.access_control_allow_credentials.header_value", "", "application"),
    ("routing.http.response.access_control_expose_headers.header_value", "", "application"),
    ("routing.http.response.access_control_max_age.header_value", "", "application"),
    ("routing.http.response.content_security_policy.header_value", "", "application"),
    ("routing.http.response.x_content_type_options.header_value", "", "application"),
    ("routing.http.response.x_frame_options.header_value", "", "application"),
)


def of_load_balancer(kind: str) -> dict[str, str]:
    """The attributes of a new load balancer of that type."""
    return _of(_LOAD_BALANCERS, kind)


def of_target_group(protocol: str | None, target_type: str) -> dict[str, str]:
    """The attributes of a new target group."""
    kind = "lambda" if target_type == "lambda" else balancer_of(protocol)
    attributes = _of(_TARGET_GROUPS, kind)
    if kind == "network" and protocol in ("UDP", "TCP_UDP"):
        attributes["deregistration_delay.connection_termination.enabled"] = "true"
    if kind == "network" and protocol in ("TCP", "TLS") and target_type == "ip":
        attributes["preserve_client_ip.enabled"] = "false"
    return attributes


def of_listener(kind: str) -> dict[str, str]:
    """The attributes of a new listener of a load balancer of that type."""
    return _of(_LISTENERS, kind)


def balancer_of(protocol: str | None) -> str:
    """The type of load balancer that speaks a protocol."""
    if protocol in ("HTTP", "HTTPS"):
        return "application"
    return "gateway" if protocol == "GENEVE" else "network"


def _of(table: tuple[tuple[str, str, str], ...], kind: str) -> dict[str, str]:
    return {key: value for key, value, kinds in table if kind in kinds.split()}
