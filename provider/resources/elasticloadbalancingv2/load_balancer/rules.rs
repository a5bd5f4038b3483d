//! What the properties of a load balancer must keep between each other.

use framework::{
    problem::Problems,
    property::{Choice as _, Properties},
    value::Path,
};

use super::{IpAddressType, LoadBalancer, LoadBalancerType, fields};
use crate::{
    aws::limits::load_balancing::{OF_LOAD_BALANCERS, Of},
    resources::load_balancing::attributes,
};

pub(super) fn check(want: &Properties<'_, LoadBalancer>, problems: &mut Problems) {
    subnets(want, problems);
    if let Some(kind) = want.get(fields::r#type) {
        of_the_type(kind, want, problems);
    }
    if let Some(given) = want.get(fields::load_balancer_attributes) {
        let kind = want.get(fields::r#type);
        let whose =
            kind.map_or("a load balancer".to_owned(), |kind| format!("a load balancer of type {}", kind.text()));
        let at = want.path(fields::load_balancer_attributes);
        attributes::check(&given, OF_LOAD_BALANCERS, kind.map(LoadBalancerType::of), &whose, &at, problems);
    }
    if let Some(tags) = want.get(fields::tags) {
        tags.plain_only(&want.path(fields::tags), problems);
    }
}

/// Either subnets or mappings, and for an application balancer two of them.
fn subnets(want: &Properties<'_, LoadBalancer>, problems: &mut Problems) {
    let subnets = want.get(fields::subnets).map(|subnets| subnets.len());
    let mappings = want.get(fields::subnet_mappings).map(|mappings| mappings.len());
    match (subnets, mappings) {
        (Some(0), Some(0)) => problems.add(Path::root(), "needs one of subnets, subnetMappings"),
        (None | Some(1..), None | Some(1..)) => {
            problems.add(want.path(fields::subnet_mappings), "can't be given together with subnets");
        }
        _ => {}
    }
    if want.get(fields::r#type) != Some(LoadBalancerType::Application) {
        return;
    }
    let few = "must be of two Availability Zones at least for a load balancer of type application";
    if subnets == Some(1) {
        problems.add(want.path(fields::subnets), few);
    }
    if mappings == Some(1) {
        problems.add(want.path(fields::subnet_mappings), few);
    }
}

fn of_the_type(kind: LoadBalancerType, want: &Properties<'_, LoadBalancer>, problems: &mut Problems) {
    use LoadBalancerType::{Application, Gateway, Network};
    let is = |wrong: &[LoadBalancerType]| wrong.contains(&kind);
    let mut refuse = |wrong: bool, at: Path, given: bool| {
        if wrong && given {
            problems.add(at, format!("can't be given for a load balancer of type {}", kind.text()));
        }
    };
    refuse(is(&[Gateway]), want.path(fields::scheme), want.has(fields::scheme));
    refuse(is(&[Gateway]), want.path(fields::security_groups), want.has(fields::security_groups));
    let pool = fields::ipv4_ipam_pool_id;
    refuse(is(&[Network, Gateway]), want.path(pool), want.has(pool));
    let enforce = fields::enforce_security_group_inbound_rules_on_private_link_traffic;
    refuse(is(&[Application, Gateway]), want.path(enforce), want.has(enforce));
    let prefix = fields::enable_prefix_for_ipv6_source_nat;
    refuse(is(&[Application, Gateway]), want.path(prefix), want.has(prefix));
    if kind != Application && want.get(fields::ip_address_type) == Some(IpAddressType::DualstackWithoutPublicIpv4) {
        problems.add(want.path(fields::ip_address_type), "can be that only for a load balancer of type application");
    }
    if kind != Network {
        addresses(want, problems);
    }
}

/// Only nodes of network balancers have addresses of the program's choice.
fn addresses(want: &Properties<'_, LoadBalancer>, problems: &mut Problems) {
    for (index, mapping) in want.get(fields::subnet_mappings).unwrap_or_default().iter().enumerate() {
        let chosen = [
            mapping.allocation_id.is_some(),
            mapping.private_ipv4_address.is_some(),
            mapping.ipv6_address.is_some(),
            mapping.source_nat_ipv6_prefix.is_some(),
        ];
        if chosen.contains(&true) {
            let reason = "must name the subnet alone, unless the load balancer is of type network";
            problems.add(want.path(fields::subnet_mappings).index(index), reason);
        }
    }
}

impl LoadBalancerType {
    /// Whose attributes it has.
    pub(super) fn of(self) -> Of {
        match self {
            LoadBalancerType::Application => Of::Application,
            LoadBalancerType::Network => Of::Network,
            LoadBalancerType::Gateway => Of::Gateway,
        }
    }
}
