//! What a service consists of, decided from plain values before anything is described.

use framework::{
    component::{Given, Scope},
    problem::Problems,
    value::{Output, Path},
};

use super::{
    inputs::FargateServiceInputs,
    parts::{Build, Deployment, HealthCheck, Scaling},
    rules,
};
use crate::{
    aws::{Aws, Mode},
    components::{
        Alb, Cluster, Dns, Edge, Network, Vpc, Zone, alias,
        given::{self, Shared},
        log_retention,
    },
    resources::domain_name::DomainName,
};

/// A service, decided.
pub struct Plan {
    /// Where it runs.
    pub cluster: Home,
    /// The network that was named, if one was.
    pub network: Option<Shared<Vpc, Network>>,
    /// Where its image comes from.
    pub source: Source,
    /// The balancer in front of it, if there is one.
    pub balancer: Option<Balancer>,
    /// How that sees whether a task is well.
    pub health: HealthCheck,
    /// The zone that its name is made in.
    pub zone: Option<Shared<Dns, Zone>>,
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
    Given(Given<Cluster>),
    /// One of another stack.
    Named(Output<String>),
    /// One of its own.
    Own,
}

/// Where the image of a service comes from.
pub enum Source {
    /// It is there.
    Named(Output<String>),
    /// It is built.
    Built(Output<Build>),
}

/// The balancer in front of a service.
pub enum Balancer {
    /// One that it shares with others.
    Shared(Shared<Alb, Edge>),
    /// One of its own.
    Own,
}

/// Where a request to a service comes from: its port, and the balancer in front of it.
pub struct Way<'a> {
    /// The container's port.
    pub port: i32,
    /// The balancer.
    pub balancer: &'a Balancer,
}

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
        let zone = given::ZONE.either(want.dns.as_ref(), want.zone.as_ref(), &mut problems);
        let shared = given::BALANCER.either(want.load_balancer.as_ref(), want.edge.as_ref(), &mut problems);
        let has_network = network.is_some() || matches!(cluster, Home::Given(_)) || shared.is_some();
        if !has_network && problems.is_empty() {
            let reason = "must be given, or network, or a cluster or loadBalancer, whose network is taken then";
            problems.add(Path::of("vpc"), reason);
        }
        let balancer = match shared {
            Some(shared) => Some(Balancer::Shared(shared)),
            None => (want.port.is_some() && want.public).then_some(Balancer::Own),
        };
        let deployment = want.deployment.clone().unwrap_or_else(usual_deployment);
        let health = want.health_check.clone().unwrap_or_else(usual_health);
        let desired_count = want.scaling.is_none().then(|| want.desired_count.unwrap_or(usual_count(mode)));
        rules::requests(want, balancer.as_ref(), &mut problems);
        rules::health(&health, &mut problems);
        rules::deployment(&deployment, least(desired_count, want.scaling.as_ref()), &mut problems);
        rules::scaling(want, balancer.is_some(), &mut problems);
        rules::task(want, &mut problems);
        let source = source(want, &mut problems);
        let Some(source) = source.filter(|_| problems.is_empty()) else { return Err(problems) };
        Ok(Plan {
            cluster,
            network,
            source,
            balancer,
            health,
            zone,
            desired_count,
            scaling: want.scaling.clone(),
            deployment,
            log_retention: want.log_retention_in_days.unwrap_or(log_retention::usual(mode)),
            exec: want.enable_execute_command.unwrap_or(mode == Mode::Development),
        })
    }

    /// The name on a shared balancer that the service makes, and its zone: not one that the balancer makes already.
    pub fn own_name<'a>(
        &'a self,
        scope: &Scope<Aws>,
        want: &'a FargateServiceInputs,
    ) -> Option<(&'a Shared<Dns, Zone>, &'a DomainName)> {
        let Some(Balancer::Shared(balancer)) = &self.balancer else { return None };
        let (zone, name) = self.zone.as_ref().zip(want.domain.as_ref())?;
        let is_there = matches!(balancer, Shared::Object(alb) if alias::is_made_by(scope, alb, zone, name));
        (!is_there).then_some((zone, name))
    }

    /// How requests come, if any do.
    pub fn way(&self, want: &FargateServiceInputs) -> Option<Way<'_>> {
        want.port.zip(self.balancer.as_ref()).map(|(port, balancer)| Way { port, balancer })
    }
}

/// The least number of tasks that there will be.
fn least(desired_count: Option<i32>, scaling: Option<&Scaling>) -> i32 {
    desired_count.or(scaling.map(|scaling| scaling.min)).unwrap_or(1)
}

fn usual_count(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 2,
        Mode::Development => 1,
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

fn usual_deployment() -> Deployment {
    Deployment {
        minimum_healthy_percent: 100,
        maximum_percent: 200,
        circuit_breaker: true,
        rollback: true,
        deregistration_delay_seconds: 30,
        stop_timeout_seconds: 30,
    }
}

fn source(want: &FargateServiceInputs, problems: &mut Problems) -> Option<Source> {
    match (&want.image, &want.build) {
        (Some(image), None) => Some(Source::Named(image.clone())),
        (None, Some(build)) => Some(Source::Built(build.clone())),
        (Some(_), Some(_)) => {
            problems.add(Path::of("build"), "can't be given beside image: which of the two runs?");
            None
        }
        (None, None) => {
            problems.add(Path::of("image"), "must be given, or build");
            None
        }
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
