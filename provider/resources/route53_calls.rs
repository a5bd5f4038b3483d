//! What calls about hosted zones and their records have in common: zones by name, changes one after the other.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

use aws_sdk_route53::types::{
    Change, ChangeAction, ChangeBatch, ChangeStatus, HostedZone, ResourceRecordSet, RrType, VpcRegion,
};
use framework::{error::Kind, resource::Look};

use crate::{
    aws::{
        Cx, Error, Result, answered,
        limits::{codes::change_batches as codes, waits},
        lock::locked,
        tags::route53::bare,
        unless_gone,
    },
    resources::{domain_name::DomainName, route53::HostedZoneInputs},
};

/// The caller reference of a zone that nobody owns: Route 53 takes each once.
#[must_use]
pub fn reference_of_nobody() -> String {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos().to_string()
}

/// The id of the zone that was made with that caller reference.
///
/// # Errors
///
/// What the call fails with.
pub async fn zone_made_by(cx: &Cx, reference: &str) -> Result<Option<String>> {
    let mut zones = cx.route53().list_hosted_zones().into_paginator().items().send();
    while let Some(zone) = zones.next().await {
        let zone = zone?;
        if zone.caller_reference == reference {
            return Ok(Some(bare(&zone.id).to_owned()));
        }
    }
    Ok(None)
}

/// The zone that Route 53 wouldn't have another one beside: of the same name, for the same VPC or with the same
/// delegation set.
///
/// # Errors
///
/// What the calls fail with.
pub async fn zone_in_the_way(cx: &Cx, want: &HostedZoneInputs) -> Result<Option<String>> {
    for vpc in &want.vpcs {
        let call = cx.route53().list_hosted_zones_by_vpc().vpc_id(&vpc.vpc_id);
        let zones = call.vpc_region(VpcRegion::from(vpc.vpc_region.as_str())).send().await?.hosted_zone_summaries;
        if let Some(zone) = zones.into_iter().find(|zone| DomainName::told(&zone.name) == want.name) {
            return Ok(Some(bare(&zone.hosted_zone_id).to_owned()));
        }
    }
    if want.delegation_set_id.is_none() {
        return Ok(None);
    }
    for zone in zones_named(cx, &want.name).await? {
        let id = bare(&zone.id).to_owned();
        let set = cx.route53().get_hosted_zone().id(&id).send().await?.delegation_set;
        if set.and_then(|set| set.id).as_deref().map(bare) == want.delegation_set_id.as_deref() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// All zones of that name.
async fn zones_named(cx: &Cx, name: &DomainName) -> Result<Vec<HostedZone>> {
    let found = cx.route53().list_hosted_zones_by_name().dns_name(name.absolute()).send().await?.hosted_zones;
    Ok(found.into_iter().filter(|zone| DomainName::told(&zone.name) == *name).collect())
}

/// The id of the only zone of that name.
///
/// # Errors
///
/// What the call fails with; that there is none, or more than one.
pub async fn zone_named(cx: &Cx, name: &DomainName) -> Result<String> {
    let zones = zones_named(cx, name).await?;
    match zones.as_slice() {
        [zone] => Ok(bare(&zone.id).to_owned()),
        [] => Err(Error::new(Kind::Gone, format!("this account has no hosted zone {name}"))),
        several => {
            let ids: Vec<_> = several.iter().map(|zone| bare(&zone.id)).collect();
            let told = format!("this account has {} hosted zones {name}: {}", ids.len(), ids.join(", "));
            Err(Error::new(Kind::Invalid, told).with_advice("Say which one is meant with hostedZoneId"))
        }
    }
}

/// The first records of a zone, in Route 53's order.
///
/// # Errors
///
/// What the call fails with.
pub async fn records_of(cx: &Cx, zone: &str) -> Result<Vec<ResourceRecordSet>> {
    Ok(cx.route53().list_resource_record_sets().hosted_zone_id(zone).send().await?.resource_record_sets)
}

/// The records of a zone at one name.
///
/// # Errors
///
/// What the call fails with; that the zone is gone among them.
pub async fn records_at(cx: &Cx, zone: &str, name: &DomainName) -> Result<Vec<ResourceRecordSet>> {
    let call = cx.route53().list_resource_record_sets().hosted_zone_id(zone);
    let found = call.start_record_name(name.absolute()).send().await?.resource_record_sets;
    Ok(found.into_iter().filter(|record| DomainName::told(&record.name) == *name).collect())
}

/// Whether Route 53 made a record with its zone, and deletes it with it.
#[must_use]
pub fn is_of_the_zone_itself(record: &ResourceRecordSet, apex: &DomainName) -> bool {
    matches!(record.r#type, RrType::Ns | RrType::Soa) && DomainName::told(&record.name) == *apex
}

/// A record in words: `www.example.com A`.
#[must_use]
pub fn told(record: &ResourceRecordSet) -> String {
    let set = record.set_identifier().map(|set| format!(" ({set})")).unwrap_or_default();
    format!("{} {}{set}", DomainName::told(&record.name), record.r#type)
}

/// Changes that name servers don't know yet, by zone and record, and who changes a zone now.
#[derive(Default)]
struct Changes {
    turns: HashMap<String, Arc<tokio::sync::Mutex<()>>>,
    pending: HashMap<String, String>,
}

static CHANGES: LazyLock<Mutex<Changes>> = LazyLock::new(Mutex::default);

fn with_changes<T>(doing: impl FnOnce(&mut Changes) -> T) -> T {
    doing(&mut locked(&CHANGES))
}

/// Changes a record. Route 53 takes one change of a zone after the other, so they wait for their turn here.
///
/// # Errors
///
/// What Route 53 says: that it exists, is gone, or can't be there.
pub async fn change(
    cx: &Cx,
    (zone, record): (&str, &str),
    action: ChangeAction,
    set: ResourceRecordSet,
    comment: Option<String>,
) -> Result<()> {
    let turn = with_changes(|changes| changes.turns.entry(zone.to_owned()).or_default().clone());
    let _turn = turn.lock().await;
    let stays = action != ChangeAction::Delete;
    let change = Change::builder().action(action).resource_record_set(set).build()?;
    let batch = ChangeBatch::builder().changes(change).set_comment(comment).build()?;
    let call = cx.route53().change_resource_record_sets().hosted_zone_id(zone).change_batch(batch);
    let made = call.send().await.map_err(|error| meant(error.into()))?;
    if let Some(made) = made.change_info.filter(|_| stays) {
        with_changes(|changes| changes.pending.insert(record.to_owned(), made.id));
    }
    Ok(())
}

/// What a refused change means: Route 53 has one code for everything.
fn meant(error: Error) -> Error {
    if error.code() != Some(codes::CODE) {
        return error;
    }
    let told = error.to_string();
    let says = |text: &str| told.contains(text);
    let kind = if says(codes::EXISTS) || says(codes::CONFLICTS) {
        Kind::Exists
    } else if says(codes::NOT_FOUND) {
        Kind::Gone
    } else if says(codes::DIFFERS) {
        Kind::Conflict
    } else {
        return error;
    };
    error.of_kind(kind)
}

/// Waits until all name servers know what this process has changed of a record last. A change whose answer was lost
/// isn't waited for: only the answer says what it is called.
///
/// # Errors
///
/// What the call fails with, or that time ran out.
pub async fn in_sync(cx: &Cx, record: &str) -> Result<()> {
    let Some(id) = with_changes(|changes| changes.pending.remove(record)) else { return Ok(()) };
    let look = || async {
        let Some(found) = unless_gone(cx.route53().get_change().id(bare(&id)).send().await)? else {
            return Ok(Look::Ready(()));
        };
        let change = answered(found.change_info, "ChangeInfo")?;
        Ok(match change.status {
            ChangeStatus::Insync => Look::Ready(()),
            other => Look::Pending(other.to_string()),
        })
    };
    cx.until(&waits::ROUTE53_IN_SYNC, record, look).await
}
