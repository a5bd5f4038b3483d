//! What has to hold between the inputs of a tenant's stack. All that is wrong is noted, each with its path.

use std::collections::BTreeSet;

use framework::{problem::Problems, value::Path};

use super::{
    inputs::{TenantStackInputs, Tier},
    plan::{Cells, Door, Ground, Plan, is_reached, services},
};

/// What the stack calls its own parts, so that no service can be called so.
const PARTS: [&str; 7] = ["alb", "cache", "cluster", "database", "name", "secrets", "vpc"];

/// Notes what doesn't fit together.
pub fn check(want: &TenantStackInputs, problems: &mut Problems) {
    tier(want, problems);
    if want.cluster.is_some() && want.cluster_arn.is_some() {
        problems.add(Path::of("clusterArn"), "can't be given beside cluster: both are the same thing");
    }
    if (want.dns.is_some() || want.zone.is_some()) && want.domain.is_none() {
        let reason = "must be given with dns or zone: <tenant>.<domain> is made there";
        problems.add(Path::of("domain"), reason);
    }
    if want.domain.is_some() && want.tenant.ends_with('-') {
        problems.add(Path::of("tenant"), "must not end with a dash: it is a part of a name in DNS");
    }
    if want.certificate_arns.is_some() && !is_reached(want) {
        problems.add(Path::of("certificateArns"), "means nothing: no service has a port");
    }
    names(want, problems);
    requests(want, problems);
}

fn tier(want: &TenantStackInputs, problems: &mut Problems) {
    match want.tier {
        Tier::Pool => {
            let reason = "pool isn't there yet: bridge shares the network, the cluster and the balancer, and gives each \
                          tenant a database of its own";
            problems.add(Path::of("tier"), reason);
        }
        Tier::Bridge if want.cidr_block.is_some() => {
            problems.add(Path::of("cidrBlock"), "is that of a silo's own network: with bridge the network is given");
        }
        Tier::Silo if want.cidr_block.is_some() && has_network(want) => {
            problems.add(Path::of("cidrBlock"), "means nothing where the network is given");
        }
        Tier::Bridge | Tier::Silo => {}
    }
}

fn has_network(want: &TenantStackInputs) -> bool {
    let given = [want.vpc.is_some(), want.network.is_some(), want.cluster.is_some()];
    given.contains(&true) || want.load_balancer.is_some() || want.edge.is_some()
}

/// What a tenant that shares has to be given: all that is missing is one problem.
pub fn bridge(plan: &Plan, want: &TenantStackInputs, problems: &mut Problems) {
    let needs_cluster = matches!(plan.cluster, Cells::Own) && !services(want).is_empty();
    let needs_balancer = matches!(plan.balancer, Some(Door::Own));
    // Both of the others know the network.
    let needs_network = matches!(plan.network, Ground::Own) && !needs_balancer && !needs_cluster;
    let missing: Vec<_> = [
        (needs_cluster, "cluster (or clusterArn)"),
        (needs_balancer, "loadBalancer (or edge)"),
        (needs_network, "vpc (or network)"),
    ]
    .into_iter()
    .filter_map(|(is_missing, what)| is_missing.then_some(what))
    .collect();
    if !missing.is_empty() {
        let reason = format!(
            "bridge shares what it is given, and lacks {}: give what is missing, or take silo, which makes its own",
            missing.join(" and ")
        );
        problems.add(Path::of("tier"), reason);
    }
    if plan.balancer.is_some() && plan.hosts.is_empty() {
        let reason = "must be given, or hosts: which requests to the shared balancer are this tenant's?";
        problems.add(Path::of("domain"), reason);
    }
}

/// What services are called.
fn names(want: &TenantStackInputs, problems: &mut Problems) {
    let mut taken = BTreeSet::new();
    for (index, service) in services(want).iter().enumerate() {
        let at = Path::of("services").index(index).key("name");
        if PARTS.contains(&service.name.as_str()) {
            problems.add(at, "is what the stack calls a part of its own: choose another name");
        } else if !taken.insert(&service.name) {
            problems.add(at, "is the name of another service of the tenant");
        }
    }
}

/// That no two services ask for the same requests: which of them got them would be left to chance.
fn requests(want: &TenantStackInputs, problems: &mut Problems) {
    let mut asked = Vec::new();
    for (index, service) in services(want).iter().enumerate().filter(|(_, service)| service.service.port.is_some()) {
        let wanted = &service.service;
        let what = (&wanted.hosts, &wanted.paths, &wanted.headers);
        if let Some((other, _)) = asked.iter().find(|(_, other)| *other == what) {
            let reason = format!(
                "must be given, or be others: services[{other}] asks for the same requests; the paths of one of them, such \
                 as /api/*, tell which are whose"
            );
            problems.add(Path::of("services").index(index).key("paths"), reason);
        }
        asked.push((index, what));
    }
}
