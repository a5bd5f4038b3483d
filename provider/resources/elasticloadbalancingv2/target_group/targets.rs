//! The targets of a group, and who uses it.

use aws_sdk_elasticloadbalancingv2::types::{self, TargetHealthStateEnum as State};

use super::TargetDescription;
use crate::{
    aws::{Cx, Result, unless_gone},
    resources::load_balancing::calls,
};

/// The targets that are registered; those that are on their way out aren't.
pub(super) async fn registered(cx: &Cx, group: &str) -> Result<Vec<TargetDescription>> {
    let answer = cx.elb().describe_target_health().target_group_arn(group).send().await?;
    let stays = |shown: &types::TargetHealthDescription| {
        shown.target_health().and_then(types::TargetHealth::state) != Some(&State::Draining)
    };
    let shown = answer.target_health_descriptions.unwrap_or_default().into_iter().filter(stays);
    Ok(shown.filter_map(|shown| seen(shown.target?)).collect())
}

fn seen(shown: types::TargetDescription) -> Option<TargetDescription> {
    Some(TargetDescription {
        id: shown.id?,
        port: shown.port,
        availability_zone: shown.availability_zone,
        quic_server_id: shown.quic_server_id,
    })
}

impl TargetDescription {
    /// Whether both are the same target, where targets without a port have that one.
    fn is(&self, other: &Self, port: Option<i32>) -> bool {
        self.id == other.id && self.port.or(port) == other.port.or(port)
    }

    fn to_aws(&self) -> types::TargetDescription {
        types::TargetDescription::builder()
            .id(&self.id)
            .set_port(self.port)
            .set_availability_zone(self.availability_zone.clone())
            .set_quic_server_id(self.quic_server_id.clone())
            .build()
    }
}

/// The targets that are there, those that the program names in its words.
pub(super) fn in_the_words_of(
    said: &[TargetDescription],
    shown: Vec<TargetDescription>,
    port: Option<i32>,
) -> Vec<TargetDescription> {
    let worded = shown.into_iter().map(|shown| match said.iter().find(|said| said.is(&shown, port)) {
        Some(said) => said.clone(),
        None => shown,
    });
    worded.collect()
}

/// Registers what is missing, and takes away what isn't wanted.
pub(super) async fn register(cx: &Cx, group: &str, port: Option<i32>, wanted: &[TargetDescription]) -> Result<()> {
    let there = registered(cx, group).await?;
    let without = |of: &[TargetDescription], those: &[TargetDescription]| {
        let rest = of.iter().filter(|one| !those.iter().any(|other| one.is(other, port)));
        rest.cloned().collect::<Vec<_>>()
    };
    let missing = without(wanted, &there);
    if !missing.is_empty() {
        let targets = missing.iter().map(TargetDescription::to_aws).collect();
        cx.elb().register_targets().target_group_arn(group).set_targets(Some(targets)).send().await?;
    }
    deregister(cx, group, &without(&there, wanted)).await
}

/// Takes targets away.
pub(super) async fn deregister(cx: &Cx, group: &str, targets: &[TargetDescription]) -> Result<()> {
    if targets.is_empty() {
        return Ok(());
    }
    let targets = targets.iter().map(TargetDescription::to_aws).collect();
    cx.elb().deregister_targets().target_group_arn(group).set_targets(Some(targets)).send().await?;
    Ok(())
}

/// The listeners and rules that pass something on to the group.
pub(super) async fn users(cx: &Cx, group: &str) -> Result<Vec<String>> {
    let Some(found) = cx.find::<types::TargetGroup>(group).await? else { return Ok(Vec::new()) };
    let mut users = Vec::new();
    for balancer in found.load_balancer_arns() {
        for listener in unless_gone(calls::listeners(cx, balancer).await)?.unwrap_or_default() {
            let Some(arn) = listener.listener_arn() else { continue };
            let rules = unless_gone(calls::rules(cx, arn).await)?.unwrap_or_default();
            let using = rules.iter().filter(|rule| uses(rule.actions(), group));
            users.extend(using.filter_map(|rule| match rule.is_default() {
                Some(true) => Some(arn.to_owned()),
                _ => rule.rule_arn().map(str::to_owned),
            }));
        }
    }
    Ok(users)
}

fn uses(actions: &[types::Action], group: &str) -> bool {
    let forwards = |action: &types::Action| {
        let groups = action.forward_config().map(types::ForwardActionConfig::target_groups).unwrap_or_default();
        action.target_group_arn() == Some(group) || groups.iter().any(|tuple| tuple.target_group_arn() == Some(group))
    };
    actions.iter().any(forwards)
}
