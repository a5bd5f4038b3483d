//! Tags of hosted zones, and the caller reference, by which a zone is known from its first moment on.
//!
//! `CreateHostedZone` takes no tags, so the owner token travels in its caller reference, which Route 53 keeps
//! and lists. An owner tag wins over it: it says whose the zone is now.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_route53::types::{HostedZone, Tag, TagResourceType::Hostedzone};
use framework::{cloud::Owned, resource::Owner};

use super::{TagChange, Tags, carriers::note_latest, owner};
use crate::aws::{Result, Session, answered, limits::calls};

/// The value of an owner tag that takes away what the caller reference says.
const NOBODY: &str = "nobody";

/// The caller reference of a zone that is being made: no two requests have the same, as Route 53 takes each once.
#[must_use]
pub fn caller_reference(owner: &Owner) -> Option<String> {
    owner::value(owner)
}

/// A zone's id without what stands in front of it in Route 53's answers.
#[must_use]
pub fn bare(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// The user's tags of a zone.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, id: &str) -> Result<Tags> {
    Ok(Tags::from_aws(all(session, id).await?.into_iter().map(|tag| (tag.key, tag.value))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the call fails with.
pub async fn retag(session: &Session, id: &str, change: &TagChange) -> Result<()> {
    if change.is_empty() {
        return Ok(());
    }
    let add: Vec<_> = change.set.iter().map(|(key, value)| tag(key, value)).collect();
    let call = session.route53().change_tags_for_resource().resource_type(Hostedzone).resource_id(id);
    call.set_add_tags(some(add)).set_remove_tag_keys(some(change.remove.clone())).send().await?;
    Ok(())
}

/// Gives a zone the tags that it lacks or that differ: the user's, and the owner tag, which is copied from the
/// caller reference so that people see it.
///
/// # Errors
///
/// What the calls fail with.
pub async fn complete(session: &Session, id: &str, wanted: &Tags) -> Result<()> {
    let there = all(session, id).await?;
    let has_owner = there.iter().any(is_owner);
    let mut set = Tags::from_aws(there.into_iter().map(|tag| (tag.key, tag.value))).to(wanted).set;
    if !has_owner
        && let Some(value) = owner::parse(&zone(session, id).await?.caller_reference).as_ref().and_then(owner::value)
    {
        set.push((owner::KEY.to_owned(), value));
    }
    retag(session, id, &TagChange { set, remove: Vec::new() }).await
}

/// Every zone that carries one of our owner tokens, by token.
///
/// # Errors
///
/// What the calls fail with.
pub(super) async fn owned(session: &Session) -> Result<BTreeMap<String, Owned>> {
    let mut pages = session.route53().list_hosted_zones().into_paginator().items().send();
    let mut ours = HashMap::new();
    while let Some(zone) = pages.next().await {
        let zone = zone?;
        if let Some(owner) = owner::parse(&zone.caller_reference) {
            ours.insert(bare(&zone.id).to_owned(), owner);
        }
    }
    let tagged = tagged(session, ours.keys().cloned().collect()).await?;
    let mut owned = BTreeMap::new();
    for (id, referred) in ours {
        if let Some(owner) = tagged.get(&id).map_or(Some(referred), |tag| owner::parse(tag)) {
            note_latest(&mut owned, owner.token(), Owned { id, made: owner.asked() });
        }
    }
    Ok(owned)
}

/// The owner tags of zones, by id.
async fn tagged(session: &Session, ids: Vec<String>) -> Result<HashMap<String, String>> {
    let mut tagged = HashMap::new();
    for ids in ids.chunks(calls::ZONES_AT_ONCE) {
        let call = session.route53().list_tags_for_resources().resource_type(Hostedzone);
        for set in call.set_resource_ids(Some(ids.to_vec())).send().await?.resource_tag_sets {
            let owner = set.tags.unwrap_or_default().into_iter().find(is_owner).and_then(|tag| tag.value);
            tagged.extend(set.resource_id.zip(owner));
        }
    }
    Ok(tagged)
}

/// Whose a zone is: by its owner tag, or else by its caller reference.
///
/// # Errors
///
/// What the calls fail with; that the zone is gone among them.
pub async fn owner_of(session: &Session, id: &str) -> Result<Option<Owner>> {
    let tag = all(session, id).await?.into_iter().find(is_owner).and_then(|tag| tag.value);
    if let Some(tag) = tag {
        return Ok(owner::parse(&tag));
    }
    Ok(owner::parse(&zone(session, id).await?.caller_reference))
}

async fn zone(session: &Session, id: &str) -> Result<HostedZone> {
    answered(session.route53().get_hosted_zone().id(id).send().await?.hosted_zone, "HostedZone")
}

pub(super) async fn own(session: &Session, id: &str, owner: &Owner) -> Result<()> {
    put(session, id, &owner::value(owner).unwrap_or_else(|| NOBODY.to_owned())).await
}

/// The caller reference stays for life: the tag says that it no longer counts.
pub(super) async fn disown(session: &Session, id: &str) -> Result<()> {
    put(session, id, NOBODY).await
}

async fn put(session: &Session, id: &str, value: &str) -> Result<()> {
    let call = session.route53().change_tags_for_resource().resource_type(Hostedzone).resource_id(id);
    call.add_tags(tag(owner::KEY, value)).send().await?;
    Ok(())
}

async fn all(session: &Session, id: &str) -> Result<Vec<Tag>> {
    let call = session.route53().list_tags_for_resource().resource_type(Hostedzone).resource_id(id);
    Ok(call.send().await?.resource_tag_set.and_then(|set| set.tags).unwrap_or_default())
}

fn is_owner(tag: &Tag) -> bool {
    tag.key() == Some(owner::KEY)
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
