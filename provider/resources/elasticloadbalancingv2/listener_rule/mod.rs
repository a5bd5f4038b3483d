//! A rule of a listener: what is done with requests of one kind.

mod changes;
mod conditions;
mod moves;
mod priority;
mod rank;
mod rules;
mod seen;

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    Choice, Object, Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, TagChange, Tags, tags::elb as tagging, unless_gone},
    resources::load_balancing::{actions::Action, calls},
};

pub use conditions::{
    ConditionField, HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig, PathPatternConfig, QueryStringConfig,
    QueryStringKeyValue, RuleCondition, SourceIpAddressType, SourceIpConfig,
};

/// A rule of a listener: what is done with the requests that meet its conditions.
///
/// Rules are tried in the order of their priorities, the least first; requests that meet none get the listener's
/// `defaultActions`. An Application Load Balancer takes 100 rules over all of its listeners unless you ask for more
/// (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").
#[derive(Resource)]
#[resource(
    token = "elasticloadbalancingv2:ListenerRule",
    model = "AWS::ElasticLoadBalancingV2::ListenerRule",
    id = "rule_arn"
)]
pub struct ListenerRule {
    /// The listener.
    #[input(replaces)]
    listener_arn: String,
    /// Where it comes among the listener's rules, the least first; no two have the same. One between 10001 and 40000
    /// is chosen when absent, by how particular the conditions are, and by the resource's name and stack: a host that is
    /// named comes before a pattern of hosts, and this before none; among these the deeper path comes first. It doesn't
    /// depend on other rules unless it is taken, and stays the same from then on, whatever rules come and go.
    #[input(computed, range(1, 50000))]
    priority: Option<i32>,
    /// What a request must be like: all of these, at least one. They have five values together at most, and five
    /// wildcards (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").
    #[input]
    conditions: Vec<RuleCondition>,
    /// What is done with such requests.
    #[input]
    actions: Vec<Action>,
    /// What is changed in such requests before targets get them.
    #[input(default, items(0, 2))]
    transforms: Vec<Transform>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The rule's ARN.
    #[output(stable)]
    rule_arn: String,
    /// Whether it is the listener's default rule, which it isn't: that one is the listener's `defaultActions`.
    #[output(stable)]
    is_default: bool,
}

/// What is changed in requests before targets get them.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:Transform")]
pub struct Transform {
    /// What is changed; each once.
    pub r#type: TransformType,
    /// How the host header is changed, for the type `host-header-rewrite`.
    pub host_header_rewrite_config: Option<RewriteConfig>,
    /// How the path and query are changed, for the type `url-rewrite`.
    pub url_rewrite_config: Option<RewriteConfig>,
}

/// What is changed in requests.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:TransformType")]
pub enum TransformType {
    /// The host header.
    #[choice("host-header-rewrite")]
    HostHeaderRewrite,
    /// The path and query.
    #[choice("url-rewrite")]
    UrlRewrite,
}

/// How something is rewritten.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:RewriteConfig")]
pub struct RewriteConfig {
    /// What takes the place of what: one.
    #[field(items(1, 1))]
    pub rewrites: Vec<Rewrite>,
}

/// What takes the place of what.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:Rewrite")]
pub struct Rewrite {
    /// A regular expression for what goes.
    #[field(length(1, 1024))]
    pub regex: String,
    /// What comes; `$1` and its like are groups of the expression.
    #[field(length(0, 1024))]
    pub replace: String,
}

impl Managed for ListenerRule {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        moves::takes_groups_along(was, want)
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        rules::check(want, problems);
    }

    /// What this resource's own create made before, whatever its priority was then; or else what has the priority.
    async fn occupant(cx: &Cx, want: &ListenerRuleInputs) -> Result<Option<String>> {
        let found = unless_gone(calls::rules(cx, &want.listener_arn).await)?.unwrap_or_default();
        match own(cx, &found).await? {
            Some(own) => Ok(Some(own)),
            None => Ok(want.priority.and_then(|priority| priority::holder(&found, priority))),
        }
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        tagging::owner_of(cx, id).await
    }

    /// A chosen priority may differ from the one that an earlier create has chosen: what that one made is known by
    /// its tag alone.
    async fn create(cx: &Cx, want: &ListenerRuleInputs, owner: &Owner) -> Result<String> {
        let found = calls::rules(cx, &want.listener_arn).await?;
        if let Some(own) = own(cx, &found).await? {
            return Err(Error::new(Kind::Exists, format!("an interrupted run has made {own}")));
        }
        match want.priority {
            Some(given) => match priority::holder(&found, given) {
                Some(there) => Err(Error::new(Kind::Exists, format!("the priority is that of {there}"))),
                None => changes::make(cx, want, given, owner).await,
            },
            None => changes::make_at_a_free_one(cx, want, owner, found).await,
        }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ListenerRule>> {
        let Some(found) = cx.find::<types::Rule>(id).await? else { return Ok(None) };
        let Some(tags) = tagging::tags(cx, id).await? else { return Ok(None) };
        seen::seen(id, found, tags, &cx.recorded()).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        changes::change(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.elb().delete_rule().rule_arn(id).send().await?;
        Ok(())
    }
}

/// The rule among these that an earlier create of this resource has made.
async fn own(cx: &Cx, among: &[types::Rule]) -> Result<Option<String>> {
    let Some(owner) = cx.owner().filter(|owner| !owner.is_nobody()) else { return Ok(None) };
    let made = among.iter().filter(|rule| rule.is_default() != Some(true));
    tagging::owned_among(cx, made.filter_map(|rule| rule.rule_arn.clone()).collect(), owner).await
}
