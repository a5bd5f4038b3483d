//! Making and changing a load balancer.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    property::Choice as _,
    resource::{Change, Look, Owner},
};

use super::{LoadBalancer, LoadBalancerInputs, SubnetMapping, fields};
use crate::{
    aws::{Cx, Result, answered, limits::load_balancing::OF_LOAD_BALANCERS, limits::waits, tags::elb as tagging},
    resources::load_balancing::attributes::{self, Attribute, Shown},
};

pub(super) async fn make(cx: &Cx, want: &LoadBalancerInputs, owner: &Owner) -> Result<String> {
    let made = cx
        .elb()
        .create_load_balancer()
        .name(&want.name)
        .r#type(want.r#type.text().into())
        .set_scheme(want.scheme.map(|scheme| scheme.text().into()))
        .set_subnets(some(&want.subnets))
        .set_subnet_mappings(mappings(&want.subnet_mappings))
        .set_security_groups(want.security_groups.clone())
        .ip_address_type(want.ip_address_type.text().into())
        .set_enable_prefix_for_ipv6_source_nat(want.enable_prefix_for_ipv6_source_nat.map(|on| on.text().into()))
        .set_ipam_pools(want.ipv4_ipam_pool_id.as_deref().map(pool))
        .set_tags(Some(tagging::for_create(&want.tags, owner)))
        .send()
        .await?;
    let made = made.load_balancers.unwrap_or_default().into_iter().next();
    answered(made.and_then(|balancer| balancer.load_balancer_arn), "loadBalancerArn")
}

/// Gives an active balancer what the create call has no word for, as far as it lacks it.
pub(super) async fn complete(cx: &Cx, arn: &str, want: &LoadBalancerInputs, found: &types::LoadBalancer) -> Result<()> {
    if !want.load_balancer_attributes.is_empty() {
        let shown = attributes(cx, arn).await?;
        set(cx, arn, attributes::to_set(&shown, &want.load_balancer_attributes)).await?;
    }
    let enforced = found.enforce_security_group_inbound_rules_on_private_link_traffic();
    if let Some(on) = want.enforce_security_group_inbound_rules_on_private_link_traffic
        && enforced != Some(on.text())
    {
        let groups = want.security_groups.clone().or_else(|| found.security_groups.clone());
        let call = cx.elb().set_security_groups().load_balancer_arn(arn).set_security_groups(groups);
        call.enforce_security_group_inbound_rules_on_private_link_traffic(on.text().into()).send().await?;
    }
    reserve(cx, arn, want).await
}

async fn reserve(cx: &Cx, arn: &str, want: &LoadBalancerInputs) -> Result<()> {
    let Some(wanted) = want.minimum_load_balancer_capacity.map(|capacity| capacity.capacity_units) else {
        return Ok(());
    };
    if capacity(cx, arn).await? != Some(wanted) {
        let units = types::MinimumLoadBalancerCapacity::builder().capacity_units(wanted).build();
        let call = cx.elb().modify_capacity_reservation().load_balancer_arn(arn);
        call.minimum_load_balancer_capacity(units).send().await?;
    }
    match want.enable_capacity_reservation_provision_stabilize {
        Some(true) => cx.until(&waits::CAPACITY_RESERVED, arn, || reserved(cx, arn)).await,
        _ => Ok(()),
    }
}

/// Whether each zone has its part of the capacity.
async fn reserved(cx: &Cx, arn: &str) -> Result<Look<()>> {
    use types::CapacityReservationStateEnum as State;
    let answer = cx.elb().describe_capacity_reservation().load_balancer_arn(arn).send().await?;
    let states = answer.capacity_reservation_state.unwrap_or_default();
    let states: Vec<_> = states.iter().filter_map(|zone| zone.state()).collect();
    let failed = states.iter().find(|state| state.code() == Some(&State::Failed));
    if let Some(failed) = failed {
        return Ok(Look::Failed(failed.reason().unwrap_or("the reservation failed").to_owned()));
    }
    let pending = states.iter().filter_map(|state| state.code()).find(|code| **code != State::Provisioned);
    Ok(pending.map_or(Look::Ready(()), |code| Look::Pending(code.to_string())))
}

pub(super) async fn change(cx: &Cx, arn: &str, change: &Change<LoadBalancer>) -> Result<()> {
    let want = change.wanted();
    let elb = cx.elb();
    let prefix = change.to(fields::enable_prefix_for_ipv6_source_nat).flatten();
    let moves = change.to(fields::subnets).is_some() || change.to(fields::subnet_mappings).is_some();
    let readdressed = change.to(fields::ip_address_type).is_some();
    if moves || prefix.is_some() {
        let call = elb.set_subnets().load_balancer_arn(arn).ip_address_type(want.ip_address_type.text().into());
        let call = call.set_subnets(some(&want.subnets)).set_subnet_mappings(mappings(&want.subnet_mappings));
        call.set_enable_prefix_for_ipv6_source_nat(prefix.map(|on| on.text().into())).send().await?;
    } else if readdressed {
        let call = elb.set_ip_address_type().load_balancer_arn(arn);
        call.ip_address_type(want.ip_address_type.text().into()).send().await?;
    }
    if let Some(groups) = change.to(fields::security_groups).flatten() {
        elb.set_security_groups().load_balancer_arn(arn).set_security_groups(Some(groups)).send().await?;
    }
    if let Some(id) = change.to(fields::ipv4_ipam_pool_id) {
        let call = elb.modify_ip_pools().load_balancer_arn(arn).set_ipam_pools(id.as_deref().map(pool));
        let call = if id.is_none() { call.remove_ipam_pools(types::RemoveIpamPoolEnum::Ipv4) } else { call };
        call.send().await?;
    }
    if change.to(fields::minimum_load_balancer_capacity) == Some(None) {
        elb.modify_capacity_reservation().load_balancer_arn(arn).reset_capacity_reservation(true).send().await?;
    }
    let was = change.was().get(fields::load_balancer_attributes).unwrap_or_default();
    let reset = attributes::to_reset(&was, &want.load_balancer_attributes, OF_LOAD_BALANCERS, want.r#type.of());
    set(cx, arn, reset).await
}

/// All attributes, by key.
pub(super) async fn attributes(cx: &Cx, arn: &str) -> Result<Shown> {
    let answer = cx.elb().describe_load_balancer_attributes().load_balancer_arn(arn).send().await?;
    let pairs = answer.attributes.unwrap_or_default().into_iter();
    Ok(attributes::shown(pairs.map(|attribute| (attribute.key, attribute.value))))
}

async fn set(cx: &Cx, arn: &str, wanted: Vec<Attribute>) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let pair = |Attribute { key, value }| types::LoadBalancerAttribute::builder().key(key).value(value).build();
    let call = cx.elb().modify_load_balancer_attributes().load_balancer_arn(arn);
    call.set_attributes(Some(wanted.into_iter().map(pair).collect())).send().await?;
    Ok(())
}

/// The capacity units that are reserved.
pub(super) async fn capacity(cx: &Cx, arn: &str) -> Result<Option<i32>> {
    let answer = cx.elb().describe_capacity_reservation().load_balancer_arn(arn).send().await?;
    let units = answer.minimum_load_balancer_capacity.and_then(|capacity| capacity.capacity_units);
    Ok(units.filter(|units| *units > 0))
}

fn pool(id: &str) -> types::IpamPools {
    types::IpamPools::builder().ipv4_ipam_pool_id(id).build()
}

fn some(list: &[String]) -> Option<Vec<String>> {
    (!list.is_empty()).then(|| list.to_vec())
}

fn mappings(wanted: &[SubnetMapping]) -> Option<Vec<types::SubnetMapping>> {
    let mapping = |wanted: &SubnetMapping| {
        types::SubnetMapping::builder()
            .subnet_id(&wanted.subnet_id)
            .set_allocation_id(wanted.allocation_id.clone())
            .set_private_ipv4_address(wanted.private_ipv4_address.clone())
            .set_ipv6_address(wanted.ipv6_address.clone())
            .set_source_nat_ipv6_prefix(wanted.source_nat_ipv6_prefix.clone())
            .build()
    };
    (!wanted.is_empty()).then(|| wanted.iter().map(mapping).collect())
}
