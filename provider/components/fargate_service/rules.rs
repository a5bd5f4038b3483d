//! What has to hold between the inputs of a service. All that is wrong is noted, each with its path.

use framework::{
    component::Scope,
    problem::Problems,
    value::{Output, Path},
};
use futures::FutureExt;

use super::{
    inputs::FargateServiceInputs,
    parts::{Deployment, HealthCheck, Scaling},
    plan::{Balancer, Plan},
};
use crate::{
    aws::{
        Aws,
        limits::{
            fargate,
            quotas::{CONDITION_VALUE, CONDITION_VALUES_PER_RULE, TARGET_GROUPS_PER_BALANCER, WILDCARDS_PER_RULE},
        },
    },
    components::{Edge, alias},
};

/// Which requests come here, on a balancer that others have too or on the service's own.
pub fn requests(want: &FargateServiceInputs, balancer: Option<&Balancer>, problems: &mut Problems) {
    if want.port.is_none() {
        meaningless(want, "means nothing without a port: nobody reaches the service", problems);
        return;
    }
    match balancer {
        None => meaningless(want, "means nothing with public: false and no balancer: nothing is sent here", problems),
        Some(Balancer::Own) if want.domain.is_some() == (want.dns.is_some() || want.zone.is_some()) => {}
        Some(Balancer::Own) if want.domain.is_some() => {
            let reason = "needs dns or zone, in which the name is made; for a name that you make yourself, give hosts";
            problems.add(Path::of("domain"), reason);
        }
        Some(_) if want.domain.is_none() && (want.dns.is_some() || want.zone.is_some()) => {
            let reason = "must be given with dns or zone: the name in it that leads here, such as app.example.com";
            problems.add(Path::of("domain"), reason);
        }
        Some(Balancer::Shared(_)) if !want.public => {
            problems
                .add(Path::of("public"), "can't be false with a balancer, which makes the service as public as it is");
        }
        Some(_) => {}
    }
    if want.deletion_protection.is_some() && !matches!(balancer, Some(Balancer::Own)) {
        let reason = "is that of a balancer of the service's own: say it where this one is made";
        problems.add(Path::of("deletionProtection"), reason);
    }
    conditions(want, matches!(balancer, Some(Balancer::Shared(_))), problems);
}

/// Notes what says something of requests, where there are none.
fn meaningless(want: &FargateServiceInputs, reason: &str, problems: &mut Problems) {
    let about_requests = [
        ("loadBalancer", want.load_balancer.is_some()),
        ("edge", want.edge.is_some()),
        ("hosts", want.hosts.is_some()),
        ("paths", want.paths.is_some()),
        ("headers", want.headers.is_some()),
        ("priority", want.priority.is_some()),
        ("dns", want.dns.is_some()),
        ("zone", want.zone.is_some()),
        ("domain", want.domain.is_some()),
        ("deletionProtection", want.deletion_protection.is_some()),
        ("healthCheck", want.health_check.is_some()),
    ];
    for (name, _) in about_requests.into_iter().filter(|(_, is_given)| *is_given) {
        problems.add(Path::of(name), reason);
    }
}

/// That the balancer still has a place for the service, and its name isn't another one's, as far as this program goes.
///
/// # Errors
///
/// That it hasn't, or is.
pub fn beside_others(scope: &Scope<Aws>, plan: &Plan, want: &FargateServiceInputs) -> Result<(), Problems> {
    let mut problems = Problems::none();
    room(scope, want, &mut problems);
    if plan.own_name(scope, want).is_some_and(|(zone, name)| !alias::take(scope, zone, name)) {
        let reason = "is a name that another component of this program makes already: leave out dns or zone here, and \
                      give the name in hosts";
        problems.add(Path::of("domain"), reason);
    }
    problems.into_result()
}

fn room(scope: &Scope<Aws>, want: &FargateServiceInputs, problems: &mut Problems) {
    let listener = |edge: &Output<Edge>| edge.resolve().now_or_never()?.value.map(|edge| edge.load_balancer_arn);
    let object = want.load_balancer.as_ref().map(|balancer| ("loadBalancer", balancer.urn().as_str().to_owned()));
    let data = want.edge.as_ref().and_then(listener).map(|arn| ("edge", arn));
    for (property, balancer) in object.into_iter().chain(data).filter(|_| want.port.is_some()) {
        if !scope.cloud().seats().take(&balancer, scope.name(), TARGET_GROUPS_PER_BALANCER) {
            let reason = format!(
                "has no room for another service: an Application Load Balancer has {TARGET_GROUPS_PER_BALANCER} target \
                 groups, which can't be raised (Elastic Load Balancing, \"Quotas for your Application Load Balancers\"); \
                 take another balancer for some of them"
            );
            problems.add(Path::of(property), reason);
        }
    }
}

/// Some requests, on a balancer that others have too, and not more conditions than AWS takes.
fn conditions(want: &FargateServiceInputs, is_shared: bool, problems: &mut Problems) {
    let hosts: Vec<&str> = match (&want.hosts, &want.domain) {
        (Some(hosts), _) => hosts.iter().map(String::as_str).collect(),
        (None, domain) => domain.iter().map(|domain| domain.as_str()).collect(),
    };
    let headers = want.headers.iter().flatten();
    let values = headers.clone().flat_map(|(_, values)| values).map(String::as_str);
    let all: Vec<&str> =
        hosts.into_iter().chain(want.paths.iter().flatten().map(String::as_str)).chain(values).collect();
    if is_shared && all.is_empty() {
        let reason = "must be given, or paths, headers or domain: on a shared balancer, which requests come here?";
        problems.add(Path::of("hosts"), reason);
    }
    if all.len() > CONDITION_VALUES_PER_RULE {
        let reason = format!(
            "must be {CONDITION_VALUES_PER_RULE} at most together with paths and the values of headers, not {} (Elastic \
             Load Balancing, \"Quotas for your Application Load Balancers\": condition values per rule)",
            all.len()
        );
        problems.add(Path::of("hosts"), reason);
    }
    let wildcards = all.iter().flat_map(|text| text.chars()).filter(|sign| matches!(sign, '*' | '?')).count();
    if wildcards > WILDCARDS_PER_RULE {
        let reason = format!(
            "must have {WILDCARDS_PER_RULE} wildcards at most together with paths and the values of headers, not \
             {wildcards} (Elastic Load Balancing, \"Quotas for your Application Load Balancers\": condition wildcards per \
             rule)"
        );
        problems.add(Path::of("hosts"), reason);
    }
    for (name, values) in headers {
        let fits = |value: &String| (1..=CONDITION_VALUE).contains(&value.chars().count());
        if values.is_empty() || !values.iter().all(fits) {
            let reason = format!("must have values, each of 1 to {CONDITION_VALUE} characters");
            problems.add(Path::of("headers").key(name), reason);
        }
    }
}

/// How a balancer sees whether a task is well.
pub fn health(health: &HealthCheck, problems: &mut Problems) {
    let at = Path::of("healthCheck");
    if health.timeout_seconds >= health.interval_seconds {
        problems.add(at.key("timeoutSeconds"), "must be less than intervalSeconds");
    }
    let first_well = health.interval_seconds.saturating_mul(health.healthy_threshold);
    if health.grace_period_seconds < first_well {
        let reason = format!(
            "must be {first_well} at least, which is intervalSeconds times healthyThreshold: else a task is ended before \
             it can be found well"
        );
        problems.add(at.key("gracePeriodSeconds"), reason);
    }
}

/// How a new version takes the place of an old one, of which so many tasks run.
pub fn deployment(deployment: &Deployment, tasks: i32, problems: &mut Problems) {
    const ALL: i64 = 100;
    let at = Path::of("deployment");
    let tasks = i64::from(tasks);
    // ECS rounds the least up and the most down ("DeploymentConfiguration", Amazon ECS API Reference).
    let least = (tasks * i64::from(deployment.minimum_healthy_percent) + ALL - 1) / ALL;
    let most = tasks * i64::from(deployment.maximum_percent) / ALL;
    if tasks > 0 && least >= tasks && most <= tasks {
        let reason = format!(
            "leaves no room to exchange a task: with {tasks} of them, at least {least} and at most {most} may run; give \
             more here, or less as minimumHealthyPercent"
        );
        problems.add(at.key("maximumPercent"), reason);
    }
    if deployment.rollback && !deployment.circuit_breaker {
        let reason = "needs circuitBreaker, which says that a version has failed: set both, or neither";
        problems.add(at.key("rollback"), reason);
    }
}

/// How many tasks there are.
pub fn scaling(want: &FargateServiceInputs, has_balancer: bool, problems: &mut Problems) {
    let Some(scaling) = &want.scaling else { return };
    let at = Path::of("scaling");
    if want.desired_count.is_some() {
        problems.add(Path::of("desiredCount"), "can't be given beside scaling, which moves it");
    }
    if scaling.min > scaling.max {
        problems.add(at.key("max"), "must not be less than min");
    }
    if scaling.requests_per_target.is_some() && !has_balancer {
        problems.add(at.key("requestsPerTarget"), "needs a balancer, which counts requests");
    }
    if measures(scaling).iter().all(Option::is_none) {
        problems.add(at, "must have cpuPercent, memoryPercent or requestsPerTarget: by what?");
    }
}

fn measures(scaling: &Scaling) -> [Option<i32>; 3] {
    [scaling.cpu_percent, scaling.memory_percent, scaling.requests_per_target]
}

/// What a task is.
pub fn task(want: &FargateServiceInputs, problems: &mut Problems) {
    // Other CPU units than there are were refused before.
    let sizes = u32::try_from(want.cpu).ok().and_then(fargate::memory_of);
    let memory = u32::try_from(want.memory).unwrap_or_default();
    if let Some(sizes) = sizes
        && !sizes.iter().any(|some| some.has(memory))
    {
        let reason = format!("must be one of {} MiB with {} CPU units", fargate::all_told(sizes), want.cpu);
        problems.add(Path::of("memory"), reason);
    }
    if is_secret(want) {
        let reason = "has a secret, which everybody would see who may describe the task definition: keep it in Secrets \
                      Manager or the Parameter Store, and name its ARN in secrets";
        problems.add(Path::of("environment"), reason);
    }
    if want.task_role_arn.is_some() && want.permissions.is_some() {
        let reason = "can't be given beside taskRoleArn: what that role may do is said where it is made";
        problems.add(Path::of("permissions"), reason);
    }
    let roles_are_given = want.task_role_arn.is_some() && want.execution_role_arn.is_some();
    if want.permissions_boundary_arn.is_some() && roles_are_given {
        let reason = "means nothing beside taskRoleArn and executionRoleArn: it bounds the roles that are made";
        problems.add(Path::of("permissionsBoundaryArn"), reason);
    }
}

/// Whether one of the variables is known to be a secret.
fn is_secret(want: &FargateServiceInputs) -> bool {
    let variables = want.environment.as_ref().and_then(|variables| variables.resolve().now_or_never());
    variables.is_some_and(|variables| variables.secret)
}
