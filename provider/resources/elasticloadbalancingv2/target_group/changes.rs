//! Making and changing a target group.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    property::Choice as _,
    resource::{Change, Owner},
};

use super::{Matcher, TargetGroup, TargetGroupInputs, fields, seen::balancer, targets};
use crate::{
    aws::{Cx, Result, answered, limits::load_balancing::OF_TARGET_GROUPS, tags::elb as tagging},
    resources::load_balancing::attributes::{self, Attribute, Shown},
};

/// Says on a call how health is checked.
macro_rules! checked {
    ($call:expr, $want:expr) => {
        $call
            .set_health_check_enabled($want.health_check_enabled)
            .set_health_check_protocol($want.health_check_protocol.map(|protocol| protocol.text().into()))
            .set_health_check_port($want.health_check_port.clone())
            .set_health_check_path($want.health_check_path.clone())
            .set_health_check_interval_seconds($want.health_check_interval_seconds)
            .set_health_check_timeout_seconds($want.health_check_timeout_seconds)
            .set_healthy_threshold_count($want.healthy_threshold_count)
            .set_unhealthy_threshold_count($want.unhealthy_threshold_count)
            .set_matcher($want.matcher.as_ref().map(matcher))
    };
}

pub(super) async fn make(cx: &Cx, want: &TargetGroupInputs, owner: &Owner) -> Result<String> {
    let call = cx
        .elb()
        .create_target_group()
        .name(&want.name)
        .target_type(want.target_type.text().into())
        .set_protocol(want.protocol.map(|protocol| protocol.text().into()))
        .set_protocol_version(want.protocol_version.map(|version| version.text().to_owned()))
        .set_port(want.port)
        .set_vpc_id(want.vpc_id.clone())
        .set_ip_address_type(want.ip_address_type.map(|kind| kind.text().into()))
        .set_target_control_port(want.target_control_port)
        .set_tags(Some(tagging::for_create(&want.tags, owner)));
    let made = checked!(call, want).send().await?;
    let made = made.target_groups.unwrap_or_default().into_iter().next();
    answered(made.and_then(|group| group.target_group_arn), "targetGroupArn")
}

/// Gives a group what the create call has no word for, as far as it lacks it.
pub(super) async fn complete(cx: &Cx, arn: &str, want: &TargetGroupInputs) -> Result<()> {
    if !want.target_group_attributes.is_empty() {
        let shown = attributes(cx, arn).await?;
        set(cx, arn, attributes::to_set(&shown, &want.target_group_attributes)).await?;
    }
    match &want.targets {
        Some(wanted) => targets::register(cx, arn, want.port, wanted).await,
        None => Ok(()),
    }
}

pub(super) async fn change(cx: &Cx, arn: &str, change: &Change<TargetGroup>) -> Result<()> {
    let want = change.wanted();
    let other = [
        change.to(fields::health_check_enabled).is_some(),
        change.to(fields::health_check_protocol).is_some(),
        change.to(fields::health_check_port).is_some(),
        change.to(fields::health_check_path).is_some(),
        change.to(fields::health_check_interval_seconds).is_some(),
        change.to(fields::health_check_timeout_seconds).is_some(),
        change.to(fields::healthy_threshold_count).is_some(),
        change.to(fields::unhealthy_threshold_count).is_some(),
        change.to(fields::matcher).is_some(),
    ];
    // All of them: each has to fit the others.
    if other.contains(&true) {
        checked!(cx.elb().modify_target_group().target_group_arn(arn), want).send().await?;
    }
    if let Some(was) = change.was().get(fields::targets).flatten()
        && want.targets.is_none()
    {
        targets::deregister(cx, arn, &was).await?;
    }
    let was = change.was().get(fields::target_group_attributes).unwrap_or_default();
    let of = balancer(want.target_type, want.protocol);
    set(cx, arn, attributes::to_reset(&was, &want.target_group_attributes, OF_TARGET_GROUPS, of)).await
}

/// All attributes, by key.
pub(super) async fn attributes(cx: &Cx, arn: &str) -> Result<Shown> {
    let answer = cx.elb().describe_target_group_attributes().target_group_arn(arn).send().await?;
    let pairs = answer.attributes.unwrap_or_default().into_iter();
    Ok(attributes::shown(pairs.map(|attribute| (attribute.key, attribute.value))))
}

async fn set(cx: &Cx, arn: &str, wanted: Vec<Attribute>) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let pair = |Attribute { key, value }| types::TargetGroupAttribute::builder().key(key).value(value).build();
    let call = cx.elb().modify_target_group_attributes().target_group_arn(arn);
    call.set_attributes(Some(wanted.into_iter().map(pair).collect())).send().await?;
    Ok(())
}

fn matcher(wanted: &Matcher) -> types::Matcher {
    types::Matcher::builder().set_http_code(wanted.http_code.clone()).set_grpc_code(wanted.grpc_code.clone()).build()
}
