//! What a tenant's stack consists of, decided from plain values before anything is described.

use framework::{
    component::{Forwarded, Given, Scope},
    problem::Problems,
    value::{Output, Path},
};
use futures::FutureExt as _;

use super::{
    inputs::{TenantStackInputs, Tier},
    parts::TenantService,
    rules,
};
use crate::{
    aws::Aws,
    components::{
        Alb, Cluster, Dns, Edge, Network, Vpc, Zone, alias,
        given::{self, Shared},
    },
    resources::domain_name::DomainName,
};

/// A tenant's stack, decided.
pub struct Plan {
    /// The network.
    pub network: Ground,
    /// The cluster.
    pub cluster: Cells,
    /// The balancer, if anything is reached through one.
    pub balancer: Option<Door>,
    /// The zone of its names.
    pub zone: Option<Shared<Dns, Zone>>,
    /// All names by which it is reached.
    pub hosts: Vec<String>,
    /// Those that are made in the zone.
    pub names: Vec<DomainName>,
}

/// Where the network comes from.
pub enum Ground {
    /// It was given.
    Given(Shared<Vpc, Network>),
    /// The cluster has it.
    OfCluster(Given<Cluster>),
    /// The balancer has it.
    OfBalancer(Shared<Alb, Edge>),
    /// The tenant has one of its own.
    Own,
}

/// Where the services run.
pub enum Cells {
    /// In a cluster of the program.
    Given(Given<Cluster>),
    /// In one of another stack.
    Named(Output<String>),
    /// In one of the tenant's own.
    Own,
}

/// What requests come through.
pub enum Door {
    /// A balancer that was given.
    Given(Shared<Alb, Edge>),
    /// One of the tenant's own.
    Own,
}

impl Plan {
    /// Decides on a stack. What is wrong with the inputs is noted, and taken for what it could be.
    pub fn new(want: &TenantStackInputs, problems: &mut Problems) -> Self {
        let given_network = given::NETWORK.either(want.vpc.as_ref(), want.network.as_ref(), problems);
        let given_balancer = given::BALANCER.either(want.load_balancer.as_ref(), want.edge.as_ref(), problems);
        let network = match (given_network, &want.cluster, &given_balancer) {
            (Some(network), ..) => Ground::Given(network),
            (None, Some(cluster), _) => Ground::OfCluster(cluster.clone()),
            (None, None, Some(balancer)) => Ground::OfBalancer(balancer.clone()),
            (None, None, None) => Ground::Own,
        };
        let cluster = match (&want.cluster, &want.cluster_arn) {
            (Some(cluster), _) => Cells::Given(cluster.clone()),
            (None, Some(arn)) => Cells::Named(arn.clone()),
            (None, None) => Cells::Own,
        };
        let balancer = is_reached(want).then(|| given_balancer.map_or(Door::Own, Door::Given));
        let zone = given::ZONE.either(want.dns.as_ref(), want.zone.as_ref(), problems);
        let hosts = hosts(want);
        let names = if zone.is_some() && balancer.is_some() { names(want, &hosts) } else { Vec::new() };
        let plan = Plan { network, cluster, balancer, zone, hosts, names };
        if want.tier == Tier::Bridge {
            rules::bridge(&plan, want, problems);
        }
        plan
    }

    /// Takes its names and hosts for this tenant.
    pub fn take_names(&self, scope: &Scope<Aws>, want: &TenantStackInputs, problems: &mut Problems) {
        let has_domain = want.domain.is_some();
        let Some(door) = &self.balancer else { return };
        if let Some(zone) = &self.zone {
            for name in self.names.iter().filter(|name| !alias::take(scope, zone, name)) {
                let reason = format!("gives the name {name}, which another component of this program makes already");
                problems.add(Path::of("domain"), reason);
            }
        }
        let Door::Given(balancer) = door else { return };
        let Some(place) = place(balancer) else { return };
        for (index, host) in self.hosts.iter().enumerate() {
            if !scope.cloud().seats().take(&format!("the host {host} of {place}"), scope.name(), 1) {
                let own = usize::from(has_domain);
                let at = if index < own { Path::of("tenant") } else { Path::of("hosts").index(index - own) };
                problems.add(
                    at,
                    format!("gives the host {host}, which another tenant of this program has on this balancer"),
                );
            }
        }
    }
}

/// The balancer as far as it is known already.
fn place(balancer: &Shared<Alb, Edge>) -> Option<String> {
    match balancer {
        Shared::Object(alb) => Some(alb.urn().as_str().to_owned()),
        Shared::Data(edge) => Some(edge.resolve().now_or_never()?.value?.load_balancer_arn),
    }
}

/// Whether any service has a port.
pub fn is_reached(want: &TenantStackInputs) -> bool {
    services(want).iter().any(|service| service.service.port.is_some())
}

/// The services.
pub fn services(want: &TenantStackInputs) -> &[Forwarded<TenantService>] {
    want.services.as_deref().unwrap_or_default()
}

fn hosts(want: &TenantStackInputs) -> Vec<String> {
    let own = want.domain.as_ref().map(|domain| format!("{}.{domain}", want.tenant));
    own.into_iter().chain(want.hosts.iter().flatten().cloned()).collect()
}

/// The hosts that lie below the tenant's domain, and so in its zone.
fn names(want: &TenantStackInputs, hosts: &[String]) -> Vec<DomainName> {
    let Some(domain) = &want.domain else { return Vec::new() };
    let below = format!(".{domain}");
    hosts.iter().filter(|host| host.ends_with(&below)).map(|host| DomainName::told(host)).collect()
}
