//! The secondary addresses of a NAT gateway: what it has, and how it gets others.
//!
//! A public gateway has Elastic IP addresses, each with a private one; a private gateway has private ones
//! alone. AWS has a pair of calls for either.

use std::collections::BTreeSet;

use aws_sdk_ec2::types::{self, NatGatewayAddress as Address, NatGatewayAddressStatus as Status};
use framework::resource::Look;

use super::ec2::{ConnectivityType, NatGatewayInputs};
use crate::aws::{Cx, Result};

/// The secondary addresses that a gateway has, or is about to have.
pub fn secondary(gateway: &types::NatGateway) -> impl Iterator<Item = &Address> {
    let zonal = gateway.availability_mode() != Some(&types::AvailabilityMode::Regional);
    gateway.nat_gateway_addresses().iter().filter(move |address| {
        let stays = !matches!(address.status(), Some(Status::Disassociating | Status::Unassigning | Status::Failed));
        zonal && stays && address.is_primary() == Some(false)
    })
}

/// Whether all changes of addresses are done.
#[must_use]
pub fn settled(gateway: Option<types::NatGateway>) -> Look<()> {
    let addresses = gateway.and_then(|gateway| gateway.nat_gateway_addresses).unwrap_or_default();
    let under_way = addresses.iter().find_map(|address| match address.status() {
        Some(Status::Failed) => Some(Look::Failed(address.failure_message().unwrap_or_default().to_owned())),
        Some(Status::Succeeded) | None => None,
        Some(status) => Some(Look::Pending(format!("{status} {}", name(address)))),
    });
    under_way.unwrap_or(Look::Ready(()))
}

/// Asks for those that lack, and for the end of those that are too many.
///
/// # Errors
///
/// What the calls fail with.
pub async fn change(cx: &Cx, id: &str, want: &NatGatewayInputs) -> Result<()> {
    let Some(gateway) = cx.find::<types::NatGateway>(id).await? else { return Ok(()) };
    let present: Vec<&Address> = secondary(&gateway).collect();
    match want.connectivity_type {
        ConnectivityType::Public => change_public(cx, id, want, &present).await,
        ConnectivityType::Private => change_private(cx, id, want, &present).await,
    }
}

async fn change_public(cx: &Cx, id: &str, want: &NatGatewayInputs, present: &[&Address]) -> Result<()> {
    let excess = present.iter().filter(|address| !has(&want.secondary_allocation_ids, address.allocation_id()));
    let excess: Vec<String> = excess.filter_map(|address| address.association_id.clone()).collect();
    if !excess.is_empty() {
        let asked = cx.ec2().disassociate_nat_gateway_address().nat_gateway_id(id).set_association_ids(Some(excess));
        asked.set_max_drain_duration_seconds(want.max_drain_duration_seconds).send().await?;
    }
    let lacking = without(&want.secondary_allocation_ids, present.iter().map(|address| address.allocation_id()));
    if !lacking.is_empty() {
        let private = want.secondary_private_ip_addresses.as_deref().unwrap_or_default();
        let private = without(private, present.iter().map(|address| address.private_ip()));
        let asked = cx.ec2().associate_nat_gateway_address().nat_gateway_id(id).set_allocation_ids(Some(lacking));
        asked.set_private_ip_addresses(some(private)).send().await?;
    }
    Ok(())
}

async fn change_private(cx: &Cx, id: &str, want: &NatGatewayInputs, present: &[&Address]) -> Result<()> {
    let present: Vec<&str> = present.iter().filter_map(|address| address.private_ip()).collect();
    let (lacking, more, excess) = match &want.secondary_private_ip_addresses {
        Some(wanted) => {
            let excess = present.iter().filter(|address| !has(wanted, Some(**address)));
            (without(wanted, present.iter().map(|address| Some(*address))), None, owned(excess))
        }
        None => {
            let count = want.secondary_private_ip_address_count.unwrap_or_default();
            let more = count - i32::try_from(present.len()).unwrap_or(i32::MAX);
            let kept = usize::try_from(count).unwrap_or_default();
            (Vec::new(), Some(more).filter(|more| *more > 0), owned(present.iter().skip(kept)))
        }
    };
    if !excess.is_empty() {
        let asked = cx.ec2().unassign_private_nat_gateway_address().nat_gateway_id(id);
        let asked = asked.set_private_ip_addresses(Some(excess));
        asked.set_max_drain_duration_seconds(want.max_drain_duration_seconds).send().await?;
    }
    if !lacking.is_empty() || more.is_some() {
        let asked = cx.ec2().assign_private_nat_gateway_address().nat_gateway_id(id);
        asked.set_private_ip_addresses(some(lacking)).set_private_ip_address_count(more).send().await?;
    }
    Ok(())
}

fn name(address: &Address) -> &str {
    address.public_ip().or(address.private_ip()).or(address.allocation_id()).unwrap_or_default()
}

fn has(wanted: &[String], one: Option<&str>) -> bool {
    wanted.iter().any(|wanted| Some(wanted.as_str()) == one)
}

fn without<'a>(wanted: &[String], present: impl Iterator<Item = Option<&'a str>>) -> Vec<String> {
    let present: BTreeSet<&str> = present.flatten().collect();
    wanted.iter().filter(|wanted| !present.contains(wanted.as_str())).cloned().collect()
}

fn owned<'a>(texts: impl Iterator<Item = &'a &'a str>) -> Vec<String> {
    texts.map(|text| (*text).to_owned()).collect()
}

fn some(list: Vec<String>) -> Option<Vec<String>> {
    Some(list).filter(|list| !list.is_empty())
}
