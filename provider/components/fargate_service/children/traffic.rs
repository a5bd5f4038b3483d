//! How requests come to a service: its target group, its rule on a balancer, its name.

use framework::{problem::Problems, value::Output};

use super::site::Site;
use crate::{
    components::{
        Alb, Edge,
        alb::AlbInputs,
        alias::alias,
        fargate_service::plan::{Balancer, Way},
        given::zone_of,
    },
    resources::{
        ec2::{SecurityGroupHandle, SecurityGroupIngressArgs},
        elasticloadbalancingv2::{
            ConditionField, HostHeaderConfig, HttpHeaderConfig, ListenerRuleArgs, ListenerRuleHandle, Matcher,
            PathPatternConfig, RuleCondition, TargetGroupArgs, TargetGroupHandle, TargetType,
        },
        load_balancing::{
            actions::{Action, ActionType},
            attributes::Attribute,
            protocol::Protocol,
        },
        security_group_rule::Protocol as IpProtocol,
    },
};

/// Containers say their own port, so a group's means nothing; as it can't be changed in place, it is always this one.
const PORT_OF_GROUP: i32 = 80;

/// How requests come.
pub struct Traffic {
    /// The container's port.
    pub port: i32,
    /// The target group.
    pub target_group_arn: Output<String>,
    /// By which names scaling knows how many requests there are: the balancer's and the target group's.
    pub label: Output<String>,
    /// Where the service answers.
    pub url: Output<String>,
    /// Known when requests would reach a task.
    pub ready: Output<()>,
}

/// The way of requests, if there is one.
pub fn describe(site: &Site<'_>, guard: &SecurityGroupHandle) -> Result<Option<Traffic>, Problems> {
    let Some(way) = site.plan.way(site.want) else { return Ok(None) };
    let edge = edge(site, &way)?;
    let door = door(site, &way, &edge, guard);
    let targets = target_group(site);
    let rule = rule(site, &edge, &targets);
    let url = url(site, &way, &edge);
    let label = edge.join(&targets.target_group_full_name()).map(|(edge, group)| {
        let balancer = edge.load_balancer_arn.split_once(":loadbalancer/").map_or("", |(_, name)| name).to_owned();
        format!("{balancer}/{group}")
    });
    let ready = rule.rule_arn().join(&door).map(|_| ());
    Ok(Some(Traffic { port: way.port, target_group_arn: targets.target_group_arn(), label, url, ready }))
}

/// The balancer: the shared one, or one that is made here.
fn edge(site: &Site<'_>, way: &Way<'_>) -> Result<Output<Edge>, Problems> {
    match (way.balancer, &site.shared) {
        (Balancer::Shared(_), Some(edge)) => Ok(edge.clone()),
        (Balancer::Shared(_) | Balancer::Own, _) => {
            let inputs = AlbInputs {
                vpc: None,
                network: Some(site.network.clone()),
                internal: false,
                dns: site.want.dns.clone(),
                zone: site.want.zone.clone(),
                domain: site.want.domain.clone(),
                certificate_arns: None,
                ssl_policy: AlbInputs::SSL_POLICY.to_owned(),
                allowed_cidrs: None,
                idle_timeout_seconds: AlbInputs::IDLE_TIMEOUT_SECONDS,
                deletion_protection: site.want.deletion_protection,
                access_logs: None,
                mode: site.want.mode,
                tags: site.want.tags.clone(),
            };
            Ok(site.scope.component::<Alb>("load-balancer", inputs)?.edge)
        }
    }
}

/// The rule that lets the balancer in.
fn door(site: &Site<'_>, way: &Way<'_>, edge: &Output<Edge>, guard: &SecurityGroupHandle) -> Output<String> {
    let role = "from-load-balancer";
    let rule = site.child(
        role,
        SecurityGroupIngressArgs {
            group_id: guard.group_id().into(),
            ip_protocol: IpProtocol::tcp().into(),
            from_port: way.port.into(),
            to_port: way.port.into(),
            source_security_group_id: edge.map(|edge| edge.security_group_id).into(),
            description: "The load balancer".into(),
            tags: site.tags.of(role).into(),
            ..SecurityGroupIngressArgs::default()
        },
    );
    rule.security_group_rule_id()
}

fn target_group(site: &Site<'_>) -> TargetGroupHandle {
    let role = "target-group";
    let health = &site.plan.health;
    let delay = site.plan.deployment.deregistration_delay_seconds;
    let attribute = Attribute { key: "deregistration_delay.timeout_seconds".to_owned(), value: delay.to_string() };
    site.child(
        role,
        TargetGroupArgs {
            target_type: TargetType::Ip.into(),
            protocol: Protocol::Http.into(),
            port: PORT_OF_GROUP.into(),
            vpc_id: site.network.map(|network| network.vpc_id).into(),
            health_check_path: health.path.clone().into(),
            health_check_interval_seconds: health.interval_seconds.into(),
            health_check_timeout_seconds: health.timeout_seconds.into(),
            healthy_threshold_count: health.healthy_threshold.into(),
            unhealthy_threshold_count: health.unhealthy_threshold.into(),
            matcher: Matcher { http_code: Some(health.matcher.clone()), grpc_code: None }.into(),
            target_group_attributes: vec![attribute].into(),
            tags: site.tags.of(role).into(),
            ..TargetGroupArgs::default()
        },
    )
}

fn rule(site: &Site<'_>, edge: &Output<Edge>, targets: &TargetGroupHandle) -> ListenerRuleHandle {
    let role = "rule";
    let forward = targets
        .target_group_arn()
        .map(|arn| vec![Action { target_group_arn: Some(arn), ..Action::of(ActionType::Forward) }]);
    site.child(
        role,
        ListenerRuleArgs {
            listener_arn: edge.map(|edge| edge.listener_arn).into(),
            priority: site.want.priority.into(),
            conditions: conditions(site).into(),
            actions: forward.into(),
            tags: site.tags.of(role).into(),
            ..ListenerRuleArgs::default()
        },
    )
}

/// Which requests come here: all of them, where nothing is said.
fn conditions(site: &Site<'_>) -> Vec<RuleCondition> {
    let want = site.want;
    let named = || want.domain.iter().map(ToString::to_string).collect::<Vec<_>>();
    // On a balancer of its own everything comes here, whatever name it was called by.
    let hosts = want.hosts.clone().unwrap_or_else(|| if site.shared.is_some() { named() } else { Vec::new() });
    let mut all = Vec::new();
    if !hosts.is_empty() {
        let config = HostHeaderConfig { values: Some(hosts), regex_values: None };
        all.push(RuleCondition { host_header_config: Some(config), ..RuleCondition::of(ConditionField::HostHeader) });
    }
    if let Some(paths) = &want.paths {
        all.push(of_paths(paths.clone()));
    }
    for (name, values) in want.headers.iter().flatten() {
        let config =
            HttpHeaderConfig { http_header_name: name.clone(), values: Some(values.clone()), regex_values: None };
        all.push(RuleCondition { http_header_config: Some(config), ..RuleCondition::of(ConditionField::HttpHeader) });
    }
    if all.is_empty() {
        all.push(of_paths(vec!["/*".to_owned()]));
    }
    all
}

fn of_paths(paths: Vec<String>) -> RuleCondition {
    let config = PathPatternConfig { values: Some(paths), regex_values: None };
    RuleCondition { path_pattern_config: Some(config), ..RuleCondition::of(ConditionField::PathPattern) }
}

/// Where the service answers, once its name leads there: on a shared balancer the first of its names that isn't a
/// pattern, or else the balancer's own.
fn url(site: &Site<'_>, way: &Way<'_>, edge: &Output<Edge>) -> Output<String> {
    let url = edge.map(|edge| edge.url);
    if matches!(way.balancer, Balancer::Own) {
        return url;
    }
    let want = site.want;
    let record = site.plan.own_name(site.scope, want).map(|(zone, name)| {
        let target = edge.map(|edge| (edge.dns_name, edge.canonical_hosted_zone_id));
        alias(site.scope, "name", &zone_of(site.scope, zone), name, &target).name()
    });
    let hosts = want.domain.iter().map(ToString::to_string).chain(want.hosts.iter().flatten().cloned());
    let host = hosts.into_iter().find(|host| !host.contains(['*', '?']));
    let url = url.map(move |url| match (host, url.split_once("://")) {
        (Some(host), Some((scheme, _))) => format!("{scheme}://{host}"),
        _ => url,
    });
    record.map_or_else(|| url.clone(), |record| url.after(&record))
}
