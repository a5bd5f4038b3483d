//! Tags of KMS keys. KMS lists them one key at a time.

use std::collections::BTreeMap;

use aws_sdk_kms::types::Tag;
use framework::{cloud::Owned, error::Kind, resource::Owner};
use futures::{StreamExt, TryStreamExt, stream};

use super::{TagChange, Tags, carriers::note_latest, owner};
use crate::aws::{Result, Session, limits::calls};

/// The tags of a key that is being made, for its create call.
///
/// # Errors
///
/// Never: keys and values are always given.
pub fn for_create(tags: &Tags, owner: &Owner) -> Result<Vec<Tag>> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags of a key.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, key: &str) -> Result<Tags> {
    let seen = all(session, key).await?;
    Ok(Tags::from_aws(seen.into_iter().map(|tag| (Some(tag.tag_key), Some(tag.tag_value)))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, key: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect::<Result<_>>()?;
        session.kms().tag_resource().key_id(key).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        session.kms().untag_resource().key_id(key).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Every key that carries one of our owner tags, by token.
///
/// # Errors
///
/// What the calls fail with.
pub(super) async fn owned(session: &Session) -> Result<BTreeMap<String, Owned>> {
    let pages = session.kms().list_keys().limit(calls::KEYS_PAGE).into_paginator().items().send();
    let keys: Vec<_> = pages.try_collect().await?;
    let ids = keys.into_iter().filter_map(|key| key.key_id);
    let looks = ids.map(|id| async move { Ok::<_, crate::aws::Error>((owner_if_told(session, &id).await?, id)) });
    let found: Vec<_> = stream::iter(looks).buffered(calls::KEYS_AT_ONCE).try_collect().await?;
    let mut owned = BTreeMap::new();
    for (owner, id) in found {
        if let Some(owner) = owner {
            note_latest(&mut owned, owner.token(), Owned { id, made: owner.asked() });
        }
    }
    Ok(owned)
}

/// A key's policy may keep its tags from us: then it isn't one that we have made.
async fn owner_if_told(session: &Session, key: &str) -> Result<Option<Owner>> {
    match owner_of(session, key).await {
        Err(error) if error.is_gone() || error.kind() == Kind::Forbidden => Ok(None),
        told => told,
    }
}

/// Whose a key is, by its owner tag.
///
/// # Errors
///
/// What the call fails with; that the key is gone among them.
pub async fn owner_of(session: &Session, key: &str) -> Result<Option<Owner>> {
    let tags = all(session, key).await?;
    Ok(tags.iter().find(|tag| tag.tag_key == owner::KEY).and_then(|tag| owner::parse(&tag.tag_value)))
}

pub(super) async fn own(session: &Session, key: &str, owner: &Owner) -> Result<()> {
    let own = owner::value(owner).map(|value| tag(owner::KEY, &value)).transpose()?;
    session.kms().tag_resource().key_id(key).set_tags(own.map(|own| vec![own])).send().await?;
    Ok(())
}

pub(super) async fn disown(session: &Session, key: &str) -> Result<()> {
    session.kms().untag_resource().key_id(key).tag_keys(owner::KEY).send().await?;
    Ok(())
}

async fn all(session: &Session, key: &str) -> Result<Vec<Tag>> {
    Ok(session.kms().list_resource_tags().key_id(key).into_paginator().items().send().try_collect().await?)
}

fn tag(key: &str, value: &str) -> Result<Tag> {
    Ok(Tag::builder().tag_key(key).tag_value(value).build()?)
}
