//! A load balancer as AWS shows it, in the program's words.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    error::Kind,
    property::{Choice as _, Properties},
};

use super::{
    IpAddressType, LoadBalancer, LoadBalancerType, MinimumLoadBalancerCapacity, OnOff, Scheme, SubnetMapping, fields,
    full_name,
};
use crate::{
    aws::{Result, Tags, answered, limits::load_balancing::OF_LOAD_BALANCERS, unless_gone},
    resources::load_balancing::attributes::{self, Shown},
};

/// Nobody has said anything yet: it is being imported.
fn is_imported(said: &Properties<'_, LoadBalancer>) -> bool {
    !said.has(fields::name)
}

/// Whether a reservation of capacity is the program's word; after an import it may have to be.
pub(super) fn names_capacity(said: &Properties<'_, LoadBalancer>) -> bool {
    is_imported(said) || said.has(fields::minimum_load_balancer_capacity)
}

/// What is reserved. Not every Region and type has such reservations: an import is none the worse for it.
pub(super) fn capacity(asked: Result<Option<i32>>, said: &Properties<'_, LoadBalancer>) -> Result<Option<i32>> {
    match asked {
        Err(error) if error.kind() == Kind::Invalid && !said.has(fields::minimum_load_balancer_capacity) => Ok(None),
        asked => Ok(unless_gone(asked)?.flatten()),
    }
}

pub(super) fn seen(
    found: types::LoadBalancer,
    tags: Tags,
    attributes: Shown,
    capacity: Option<i32>,
    said: &Properties<'_, LoadBalancer>,
) -> Result<LoadBalancer> {
    let kind = found.r#type().and_then(|kind| LoadBalancerType::from_text(kind.as_str()));
    let kind = kind.unwrap_or(LoadBalancerType::Application);
    let named = said.get(fields::load_balancer_attributes).filter(|_| !is_imported(said));
    let (subnets, subnet_mappings) = places(found.availability_zones(), said);
    let arn = answered(found.load_balancer_arn, "loadBalancerArn")?;
    let name = answered(found.load_balancer_name, "loadBalancerName")?;
    let scheme = found.scheme.and_then(|scheme| Scheme::from_text(scheme.as_str()));
    let address_type = found.ip_address_type.and_then(|kind| IpAddressType::from_text(kind.as_str()));
    let enforced = found.enforce_security_group_inbound_rules_on_private_link_traffic;
    let prefix = found.enable_prefix_for_ipv6_source_nat;
    Ok(LoadBalancer {
        r#type: kind,
        // What it is unless somebody says otherwise: then the program needn't, either.
        scheme: scheme.filter(|scheme| *scheme != Scheme::InternetFacing || said.has(fields::scheme)),
        subnets,
        subnet_mappings,
        security_groups: found.security_groups.filter(|_| kind != LoadBalancerType::Gateway),
        ip_address_type: address_type.unwrap_or(IpAddressType::Ipv4),
        load_balancer_attributes: attributes::read(attributes, named.as_deref(), OF_LOAD_BALANCERS, kind.of()),
        enforce_security_group_inbound_rules_on_private_link_traffic: enforced.and_then(|on| OnOff::from_text(&on)),
        enable_prefix_for_ipv6_source_nat: prefix.and_then(|on| OnOff::from_text(on.as_str())),
        ipv4_ipam_pool_id: found.ipam_pools.and_then(|pools| pools.ipv4_ipam_pool_id),
        minimum_load_balancer_capacity: capacity.map(|capacity_units| MinimumLoadBalancerCapacity { capacity_units }),
        enable_capacity_reservation_provision_stabilize: None,
        tags,
        load_balancer_full_name: full_name(&arn)?,
        load_balancer_arn: arn,
        load_balancer_name: name.clone(),
        name,
        dns_name: answered(found.dns_name, "dnsName")?,
        canonical_hosted_zone_id: found.canonical_hosted_zone_id,
        vpc_id: found.vpc_id,
        state: found.state.and_then(|state| state.code).map(|code| code.to_string()).unwrap_or_default(),
    })
}

/// The subnets, in the one of both ways in which the program says them.
fn places(zones: &[types::AvailabilityZone], said: &Properties<'_, LoadBalancer>) -> (Vec<String>, Vec<SubnetMapping>) {
    let mapped: Vec<_> = zones.iter().filter_map(mapping).collect();
    let given = said.get(fields::subnet_mappings).unwrap_or_default();
    let by_mapping = match is_imported(said) {
        true => mapped.iter().any(|mapping| mapping.allocation_id.is_some() || mapping.private_ipv4_address.is_some()),
        false => !given.is_empty(),
    };
    if !by_mapping {
        return (mapped.into_iter().map(|mapping| mapping.subnet_id).collect(), Vec::new());
    }
    let in_words =
        mapped.into_iter().map(|mapping| match given.iter().find(|given| given.subnet_id == mapping.subnet_id) {
            Some(given) => as_given(mapping, given),
            None => mapping,
        });
    (Vec::new(), in_words.collect())
}

fn mapping(zone: &types::AvailabilityZone) -> Option<SubnetMapping> {
    let addresses = zone.load_balancer_addresses();
    let first = |of: fn(&types::LoadBalancerAddress) -> Option<&str>| addresses.iter().find_map(of).map(str::to_owned);
    Some(SubnetMapping {
        subnet_id: zone.subnet_id()?.to_owned(),
        allocation_id: first(types::LoadBalancerAddress::allocation_id),
        private_ipv4_address: first(types::LoadBalancerAddress::private_ipv4_address),
        ipv6_address: first(types::LoadBalancerAddress::ipv6_address),
        source_nat_ipv6_prefix: zone.source_nat_ipv6_prefixes().first().cloned(),
    })
}

/// Without what AWS chose where the program says nothing.
fn as_given(shown: SubnetMapping, given: &SubnetMapping) -> SubnetMapping {
    let chosen = given.source_nat_ipv6_prefix.as_ref().filter(|prefix| *prefix == "auto_assigned").cloned();
    SubnetMapping {
        subnet_id: shown.subnet_id,
        allocation_id: shown.allocation_id.filter(|_| given.allocation_id.is_some()),
        private_ipv4_address: shown.private_ipv4_address.filter(|_| given.private_ipv4_address.is_some()),
        ipv6_address: shown.ipv6_address.filter(|_| given.ipv6_address.is_some()),
        source_nat_ipv6_prefix: chosen
            .or(shown.source_nat_ipv6_prefix.filter(|_| given.source_nat_ipv6_prefix.is_some())),
    }
}
