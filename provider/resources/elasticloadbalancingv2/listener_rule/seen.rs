//! A rule as AWS shows it, in the program's words.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    error::Kind,
    property::{Choice as _, Properties},
};

use super::{ListenerRule, Rewrite, RewriteConfig, Transform, TransformType, conditions, fields, priority};
use crate::{
    aws::{Error, Result, Tags},
    resources::load_balancing::actions,
};

pub(super) fn seen(
    id: &str,
    found: types::Rule,
    tags: Tags,
    said: &Properties<'_, ListenerRule>,
) -> Result<ListenerRule> {
    if found.is_default() == Some(true) {
        let told = format!("{id} is the default rule of its listener");
        return Err(Error::new(Kind::Invalid, told).with_advice("It is the listener's defaultActions"));
    }
    let acts = actions::seen(found.actions());
    Ok(ListenerRule {
        listener_arn: listener_of(id)?,
        priority: priority::priority_of(&found),
        conditions: conditions::in_the_words_of(said.get(fields::conditions), found.conditions()),
        actions: actions::in_the_words_of(said.get(fields::actions), acts),
        transforms: found.transforms().iter().filter_map(transform).collect(),
        tags,
        rule_arn: id.to_owned(),
        is_default: false,
    })
}

/// The ARN of the listener that a rule is of: the rule's own, without its last part.
pub(super) fn listener_of(rule: &str) -> Result<String> {
    let wrong = || Error::new(Kind::Invalid, format!("{rule:?} must be the ARN of a listener's rule"));
    let (listener, _) = rule.rsplit_once('/').filter(|_| rule.contains(":listener-rule/")).ok_or_else(wrong)?;
    Ok(listener.replacen(":listener-rule/", ":listener/", 1))
}

fn transform(shown: &types::RuleTransform) -> Option<Transform> {
    Some(Transform {
        r#type: TransformType::from_text(shown.r#type()?.as_str())?,
        host_header_rewrite_config: shown.host_header_rewrite_config().map(|config| rewrites(config.rewrites())),
        url_rewrite_config: shown.url_rewrite_config().map(|config| rewrites(config.rewrites())),
    })
}

fn rewrites(shown: &[types::RewriteConfig]) -> RewriteConfig {
    let rewrite = |shown: &types::RewriteConfig| Rewrite {
        regex: shown.regex().unwrap_or_default().to_owned(),
        replace: shown.replace().unwrap_or_default().to_owned(),
    };
    RewriteConfig { rewrites: shown.iter().map(rewrite).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_tells_its_listener() {
        let rule = "arn:aws:elasticloadbalancing:eu-west-1:1:listener-rule/app/web/50dc/0467/9683";
        let listener = "arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/web/50dc/0467";
        assert_eq!(listener_of(rule).ok().as_deref(), Some(listener));
        assert!(listener_of(listener).is_err());
        assert!(listener_of("rule").is_err());
    }
}
