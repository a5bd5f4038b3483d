//! Tags of everything that EC2 calls its own.

use std::collections::BTreeMap;

use aws_sdk_ec2::types::{Filter, Tag, TagSpecification};
use framework::{
    cloud::Owned,
    resource::{Managed, Owner},
};

use super::{TagChange, Tags, carriers::note_latest, owner};
use crate::aws::{Result, Session, limits::calls};

/// The tags of an `R` that is being made, for its create call.
#[must_use]
pub fn tag_specification<R: Managed>(tags: &Tags, owner: &Owner) -> TagSpecification {
    const { assert!(R::OWNER.kind().is_some(), "EC2 tags what says Carried::Tag") };
    let all = owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect();
    TagSpecification::builder().set_resource_type(R::OWNER.kind().map(Into::into)).set_tags(Some(all)).build()
}

/// The user's tags among those that EC2 shows.
#[must_use]
pub fn tags(seen: &[Tag]) -> Tags {
    Tags::from_aws(seen.iter().map(|tag| (tag.key.clone(), tag.value.clone())))
}

/// Whose a thing is, by its owner tag.
#[must_use]
pub fn owner_of(seen: &[Tag]) -> Option<Owner> {
    seen.iter().find(|tag| tag.key() == Some(owner::KEY)).and_then(Tag::value).and_then(owner::parse)
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, id: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect();
        session.ec2().create_tags().resources(id).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        let keys = change.remove.iter().map(|key| Tag::builder().key(key).build()).collect();
        session.ec2().delete_tags().resources(id).set_tags(Some(keys)).send().await?;
    }
    Ok(())
}

/// Everything of a kind that carries one of our owner tags, by token; of several, the one that was made last.
///
/// EC2 shows the tags of some things for a while after their end: whoever adopts one has to read it first.
///
/// # Errors
///
/// What the call fails with.
pub async fn owned(session: &Session, kind: &str) -> Result<BTreeMap<String, Owned>> {
    let mut pages = session
        .ec2()
        .describe_tags()
        .filters(filter("key", owner::KEY))
        .filters(filter("resource-type", kind))
        .max_results(calls::PAGE)
        .into_paginator()
        .items()
        .send();
    let mut owned = BTreeMap::new();
    while let Some(tag) = pages.next().await {
        let tag = tag?;
        if let (Some(id), Some(owner)) = (tag.resource_id, tag.value.as_deref().and_then(owner::parse)) {
            note_latest(&mut owned, owner.token(), Owned { id, made: owner.asked() });
        }
    }
    Ok(owned)
}

/// Puts an owner tag on a thing, in place of the one that it has.
///
/// # Errors
///
/// What the call fails with.
pub async fn own(session: &Session, id: &str, owner: &Owner) -> Result<()> {
    let tags = owner::value(owner).map(|value| tag(owner::KEY, &value));
    session.ec2().create_tags().resources(id).set_tags(Some(tags.into_iter().collect())).send().await?;
    Ok(())
}

/// Takes the owner tag off a thing.
///
/// # Errors
///
/// What the call fails with.
pub async fn disown(session: &Session, id: &str) -> Result<()> {
    session.ec2().delete_tags().resources(id).tags(Tag::builder().key(owner::KEY).build()).send().await?;
    Ok(())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}

fn filter(name: &str, value: &str) -> Filter {
    Filter::builder().name(name).values(value).build()
}
