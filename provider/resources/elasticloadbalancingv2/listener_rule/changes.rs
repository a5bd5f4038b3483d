//! Making and changing a rule.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    error::Kind,
    property::Choice as _,
    resource::{Change, Owner},
};

use super::{
    ListenerRule, ListenerRuleInputs, RewriteConfig, Transform, conditions, fields, priority, rank::rank, seen,
};
use crate::{
    aws::{Cx, Error, Result, answered, limits::quotas, tags::elb as tagging},
    resources::load_balancing::{actions, calls},
};

pub(super) async fn make(cx: &Cx, want: &ListenerRuleInputs, priority: i32, owner: &Owner) -> Result<String> {
    let made = cx
        .elb()
        .create_rule()
        .listener_arn(&want.listener_arn)
        .priority(priority)
        .set_conditions(Some(conditions::to_aws(&want.conditions)))
        .set_actions(Some(actions::to_aws(&want.actions)))
        .set_transforms((!want.transforms.is_empty()).then(|| transforms(&want.transforms)))
        .set_tags(Some(tagging::for_create(&want.tags, owner)))
        .send()
        .await?;
    let made = made.rules.unwrap_or_default().into_iter().next();
    answered(made.and_then(|rule| rule.rule_arn), "ruleArn")
}

/// Makes the rule at the first of its priorities that is free, however often somebody else is faster.
pub(super) async fn make_at_a_free_one(
    cx: &Cx,
    want: &ListenerRuleInputs,
    owner: &Owner,
    mut found: Vec<types::Rule>,
) -> Result<String> {
    let mut tries = quotas::PRIORITIES_TO_TRY;
    loop {
        let none = || Error::new(Kind::Quota, format!("no priority is free at {}", want.listener_arn));
        let chosen = priority::free(owner.token(), rank(&want.conditions), &found).ok_or_else(none)?;
        tries -= 1;
        match make(cx, want, chosen, owner).await {
            Err(taken) if taken.kind() == Kind::Exists && tries > 0 => {
                found = calls::rules(cx, &want.listener_arn).await?;
            }
            made => return made,
        }
    }
}

pub(super) async fn change(cx: &Cx, arn: &str, change: &Change<ListenerRule>) -> Result<()> {
    let (wanted, acts) = (change.to(fields::conditions), change.to(fields::actions));
    let rewrites = change.to(fields::transforms);
    if wanted.is_some() || acts.is_some() || rewrites.is_some() {
        let none = rewrites.as_ref().is_some_and(Vec::is_empty);
        cx.elb()
            .modify_rule()
            .rule_arn(arn)
            .set_conditions(wanted.map(|wanted| conditions::to_aws(&wanted)))
            .set_actions(acts.map(|acts| actions::to_aws(&acts)))
            .set_reset_transforms(none.then_some(true))
            .set_transforms(rewrites.filter(|rewrites| !rewrites.is_empty()).map(|rewrites| transforms(&rewrites)))
            .send()
            .await?;
    }
    match change.to(fields::priority).flatten() {
        Some(priority) => move_to(cx, arn, priority).await,
        None => keep_rank(cx, arn, change).await,
    }
}

/// Moves a rule whose conditions have become more particular or less, if its priority was chosen by that.
async fn keep_rank(cx: &Cx, arn: &str, change: &Change<ListenerRule>) -> Result<()> {
    let Some(wanted) = change.to(fields::conditions) else { return Ok(()) };
    let Some((before, now)) = change.was().get(fields::conditions).map(|was| (rank(&was), rank(&wanted))) else {
        return Ok(());
    };
    if before == now {
        return Ok(());
    }
    // The token that its priority was chosen by. What was imported has none, and stays where it is.
    let Some(owner) = tagging::owner_of(cx, arn).await? else { return Ok(()) };
    let found = calls::rules(cx, &seen::listener_of(arn)?).await?;
    let own = found.iter().find(|rule| rule.rule_arn() == Some(arn)).and_then(priority::priority_of);
    if !own.is_some_and(|own| priority::is_chosen(own, owner.token(), before)) {
        return Ok(());
    }
    match priority::free(owner.token(), now, &found) {
        Some(chosen) => move_to(cx, arn, chosen).await,
        None => Ok(()),
    }
}

async fn move_to(cx: &Cx, arn: &str, priority: i32) -> Result<()> {
    let pair = types::RulePriorityPair::builder().rule_arn(arn).priority(priority).build();
    let Err(error) = cx.elb().set_rule_priorities().rule_priorities(pair).send().await else { return Ok(()) };
    let error = Error::from(error);
    if error.kind() != Kind::Exists {
        return Err(error);
    }
    let others = calls::rules(cx, &seen::listener_of(arn)?).await.unwrap_or_default();
    match priority::holder(&others, priority) {
        // An update that was cut off had come so far.
        Some(itself) if itself == arn => Ok(()),
        Some(other) => Err(error.with_advice(format!("{other} has that priority: choose another one, or none"))),
        None => Err(error),
    }
}

fn transforms(wanted: &[Transform]) -> Vec<types::RuleTransform> {
    let transform = |wanted: &Transform| {
        let host = wanted
            .host_header_rewrite_config
            .as_ref()
            .map(|config| types::HostHeaderRewriteConfig::builder().set_rewrites(Some(rewrites(config))).build());
        let url = wanted
            .url_rewrite_config
            .as_ref()
            .map(|config| types::UrlRewriteConfig::builder().set_rewrites(Some(rewrites(config))).build());
        types::RuleTransform::builder()
            .r#type(wanted.r#type.text().into())
            .set_host_header_rewrite_config(host)
            .set_url_rewrite_config(url)
            .build()
    };
    wanted.iter().map(transform).collect()
}

fn rewrites(config: &RewriteConfig) -> Vec<types::RewriteConfig> {
    let rewrite = |rewrite: &super::Rewrite| {
        types::RewriteConfig::builder().regex(&rewrite.regex).replace(&rewrite.replace).build()
    };
    config.rewrites.iter().map(rewrite).collect()
}
