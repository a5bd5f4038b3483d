//! A target group as AWS shows it, in the program's words.

use aws_sdk_elasticloadbalancingv2::types;
use framework::property::{Choice as _, Properties};

use super::{
    Matcher, ProtocolVersion, TargetDescription, TargetGroup, TargetGroupIpAddressType, TargetType, fields, targets,
};
use crate::{
    aws::{
        Result, Tags, answered,
        limits::load_balancing::{OF_TARGET_GROUPS, Of},
    },
    resources::load_balancing::{
        attributes::{self, Shown},
        protocol::Protocol,
    },
};

pub(super) fn seen(
    found: types::TargetGroup,
    tags: Tags,
    attributes: Shown,
    registered: Option<Vec<TargetDescription>>,
    said: &Properties<'_, TargetGroup>,
) -> Result<TargetGroup> {
    let imported = !said.has(fields::name);
    let named = said.get(fields::target_group_attributes).filter(|_| !imported);
    let protocol = |protocol: Option<types::ProtocolEnum>| protocol.and_then(|it| Protocol::of(it.as_str()));
    let own = protocol(found.protocol);
    let target_type = found.target_type.and_then(|kind| TargetType::from_text(kind.as_str()));
    let target_type = target_type.unwrap_or(TargetType::Instance);
    let version = found.protocol_version.and_then(|version| ProtocolVersion::from_text(&version));
    let address_type = found.ip_address_type.and_then(|kind| TargetGroupIpAddressType::from_text(kind.as_str()));
    let said_targets = said.get(fields::targets).flatten().unwrap_or_default();
    let arn = answered(found.target_group_arn, "targetGroupArn")?;
    let name = answered(found.target_group_name, "targetGroupName")?;
    Ok(TargetGroup {
        target_type,
        protocol: own,
        // What they are unless somebody says otherwise: then the program needn't, either.
        protocol_version: version
            .filter(|version| *version != ProtocolVersion::Http1 || said.has(fields::protocol_version)),
        ip_address_type: address_type
            .filter(|kind| *kind != TargetGroupIpAddressType::Ipv4 || said.has(fields::ip_address_type)),
        port: found.port,
        vpc_id: found.vpc_id,
        target_control_port: found.target_control_port,
        health_check_enabled: found.health_check_enabled,
        health_check_protocol: protocol(found.health_check_protocol),
        health_check_port: found.health_check_port,
        health_check_path: found.health_check_path,
        health_check_interval_seconds: found.health_check_interval_seconds,
        health_check_timeout_seconds: found.health_check_timeout_seconds,
        healthy_threshold_count: found.healthy_threshold_count,
        unhealthy_threshold_count: found.unhealthy_threshold_count,
        matcher: found
            .matcher
            .map(|matcher| Matcher { http_code: matcher.http_code, grpc_code: matcher.grpc_code })
            .filter(|matcher| matcher.http_code.is_some() || matcher.grpc_code.is_some()),
        target_group_attributes: attributes::read(
            attributes,
            named.as_deref(),
            OF_TARGET_GROUPS,
            balancer(target_type, own),
        ),
        targets: registered.map(|shown| targets::in_the_words_of(&said_targets, shown, found.port)),
        tags,
        target_group_full_name: full_name(&arn)?,
        target_group_arn: arn,
        target_group_name: name.clone(),
        name,
    })
}

/// The kind of balancer that the group is for, as far as that decides which attributes it has.
pub(super) fn balancer(target_type: TargetType, protocol: Option<Protocol>) -> Of {
    match (target_type, protocol) {
        (TargetType::Lambda, _) | (_, None) => Of::Lambda,
        (_, Some(protocol)) => protocol.balancer(),
    }
}

/// The ARN's part by which metrics know something.
fn full_name(arn: &str) -> Result<String> {
    let name = arn.split_once(":targetgroup/").map(|(_, name)| format!("targetgroup/{name}"));
    answered(name, "targetGroupArn")
}
