//! What a service consists of, decided from plain values before anything is described.

use framework::{
    problem::Problems,
    value::{Output, Path},
};

use super::{
    inputs::FargateServiceInputs,
    parts::{Deployment, HealthCheck, Scaling},
};
use crate::{
    aws::Mode,
    components::{
        Alb, Cluster, Dns, Edge, Network, Vpc, Zone,
        given::{self, Shared},
    },
    resources::domain_name::DomainName,
};

/// A service, decided.
pub struct Plan {
    /// Where it runs.
    pub cluster: Home,
    /// The network that was named, if one was.
    pub network: Option<Shared<Vpc, Network>>,
    /// How it is reached, if it is.
    pub traffic: Option<Traffic>,
    /// How many tasks run, unless that follows from what there is to do.
    pub desired_count: Option<i32>,
    /// How that follows.
    pub scaling: Option<Scaling>,
    /// How a new version takes the place of an old one.
    pub deployment: Deployment,
    /// How many days logs are kept.
    pub log_retention: i32,
    /// Whether a shell can be opened in a container.
    pub exec: bool,
}

/// The cluster of a service.
pub enum Home {
    /// One that the program made.
    Given(framework::component::Given<Cluster>),
    /// One of another stack.
    Named(Output<String>),
    /// One of its own.
    Own,
}

/// How a service is reached.
pub struct Traffic {
    /// The container's port.
    pub port: i32,
    /// The balancer in front of it; none when only others in the network call it.
    pub balancer: Option<Balancer>,
    /// How the balancer sees whether a task is well.
    pub health: HealthCheck,
}

/// The balancer in front of a service.
pub enum Balancer {
    /// One that it shares with others.
    Shared(Shared<Alb, Edge>),
    /// One of its own.
    Own,
}

/// The name of a service, and the zone that it stands in.
pub struct Named {
    /// The name.
    pub domain: DomainName,
    /// The zone.
    pub zone: Shared<Dns, Zone>,
}

/// How many values a rule's conditions may have: "Quotas for your Application Load Balancers", Elastic Load Balancing.
const CONDITION_VALUES: usize = 5;

impl Plan {
    /// Decides on a service.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the inputs, each with its path.
    pub fn new(want: &FargateServiceInputs, mode: Mode) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let cluster = home(want, &mut problems);
        let network = given::NETWORK.either(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        let traffic = traffic(want, &mut problems);
        let deployment = deployment(want, &mut problems);
        scaling_rules(want, traffic.as_ref().is_some_and(|traffic| traffic.balancer.is_some()), &mut problems);
        if want.image.is_none() {
            problems.add(Path::of("image"), "must be given");
        }
        problems.into_result()?;
        Ok(Plan {
            cluster,
            network,
            traffic,
            desired_count: want.scaling.is_none().then(|| want.desired_count.unwrap_or(usual_count(mode))),
            scaling: want.scaling.clone(),
            deployment,
            log_retention: want.log_retention_in_days.unwrap_or(usual_retention(mode)),
            exec: want.enable_execute_command.unwrap_or(mode == Mode::Development),
        })
    }
}

fn usual_count(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 2,
        Mode::Development => 1,
    }
}

fn usual_retention(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 90,
        Mode::Development => 30,
    }
}

fn home(want: &FargateServiceInputs, problems: &mut Problems) -> Home {
    match (&want.cluster, &want.cluster_arn) {
        (Some(_), Some(_)) => {
            problems.add(Path::of("clusterArn"), "can't be given beside cluster: both are the same thing");
            Home::Own
        }
        (Some(cluster), None) => Home::Given(cluster.clone()),
        (None, Some(arn)) => Home::Named(arn.clone()),
        (None, None) => Home::Own,
    }
}

/// How it is reached. What means nothing without a port, or without a balancer, is noted as a problem.
fn traffic(want: &FargateServiceInputs, problems: &mut Problems) -> Option<Traffic> {
    let shared = given::BALANCER.either(want.load_balancer.as_ref(), want.edge.as_ref(), problems);
    let Some(port) = want.port else {
        for (name, is_given) in about_requests(want) {
            if is_given {
                problems.add(Path::of(name), "means nothing without a port: nobody reaches the service");
            }
        }
        return None;
    };
    let balancer = match shared {
        Some(shared) => Some(Balancer::Shared(shared)),
        None => want.public.then_some(Balancer::Own),
    };
    conditions(want, matches!(balancer, Some(Balancer::Shared(_))), problems);
    let health = want.health_check.clone().unwrap_or_else(usual_health);
    health_rules(&health, problems);
    Some(Traffic { port, balancer, health })
}

fn about_requests(want: &FargateServiceInputs) -> [(&'static str, bool); 7] {
    [
        ("loadBalancer", want.load_balancer.is_some()),
        ("edge", want.edge.is_some()),
        ("hosts", want.hosts.is_some()),
        ("paths", want.paths.is_some()),
        ("headers", want.headers.is_some()),
        ("domain", want.domain.is_some()),
        ("healthCheck", want.health_check.is_some()),
    ]
}

/// Which requests come here: some of them, on a balancer that others have too, and not more conditions than AWS takes.
fn conditions(want: &FargateServiceInputs, is_shared: bool, problems: &mut Problems) {
    let hosts = want.hosts.as_ref().map_or(usize::from(want.domain.is_some()), Vec::len);
    let headers = want.headers.iter().flat_map(|headers| headers.values()).map(Vec::len).sum::<usize>();
    let all = hosts + want.paths.as_ref().map_or(0, Vec::len) + headers;
    if is_shared && all == 0 {
        let reason = "must be given, or paths, headers or domain: on a shared balancer, which requests come here?";
        problems.add(Path::of("hosts"), reason);
    }
    if all > CONDITION_VALUES {
        let reason = format!(
            "must be {CONDITION_VALUES} at most together with paths and the values of headers, not {all} (Elastic Load \
             Balancing, \"Quotas for your Application Load Balancers\": condition values per rule)"
        );
        problems.add(Path::of("hosts"), reason);
    }
}

fn usual_health() -> HealthCheck {
    HealthCheck {
        path: "/".to_owned(),
        interval_seconds: 15,
        timeout_seconds: 5,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
        matcher: "200-399".to_owned(),
        grace_period_seconds: 60,
    }
}

fn health_rules(health: &HealthCheck, problems: &mut Problems) {
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

fn deployment(want: &FargateServiceInputs, problems: &mut Problems) -> Deployment {
    let deployment = want.deployment.clone().unwrap_or(Deployment {
        minimum_healthy_percent: 100,
        maximum_percent: 200,
        circuit_breaker: true,
        rollback: true,
        deregistration_delay_seconds: 30,
        stop_timeout_seconds: 30,
    });
    let at = Path::of("deployment");
    if deployment.minimum_healthy_percent == deployment.maximum_percent {
        let reason = "must be more than minimumHealthyPercent: else no task can be exchanged for a new one";
        problems.add(at.key("maximumPercent"), reason);
    }
    if deployment.rollback && !deployment.circuit_breaker {
        let reason = "needs circuitBreaker, which says that a version has failed: set both, or neither";
        problems.add(at.key("rollback"), reason);
    }
    deployment
}

fn scaling_rules(want: &FargateServiceInputs, has_balancer: bool, problems: &mut Problems) {
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
    if [scaling.cpu_percent, scaling.memory_percent, scaling.requests_per_target].iter().all(Option::is_none) {
        problems.add(at, "must have cpuPercent, memoryPercent or requestsPerTarget: by what?");
    }
}
