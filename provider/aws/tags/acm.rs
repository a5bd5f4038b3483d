//! Tags of certificates. ACM lists them one certificate at a time.

use std::collections::BTreeMap;

use aws_sdk_acm::types::{Filters, KeyAlgorithm, Tag};
use framework::{cloud::Owned, resource::Owner};

use super::{TagChange, Tags, carriers::note_latest, owner};
use crate::aws::{Result, Session, unless_gone};

/// The tags of a certificate that is being requested, for that call, which takes no empty list.
///
/// # Errors
///
/// Never: keys are always given.
pub fn for_create(tags: &Tags, owner: &Owner) -> Result<Option<Vec<Tag>>> {
    let all = owner::with_owner(tags, owner).map(|(key, value)| tag(key, Some(&value)));
    let all: Vec<_> = all.collect::<Result<_>>()?;
    Ok((!all.is_empty()).then_some(all))
}

/// The user's tags of a certificate.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, arn: &str) -> Result<Tags> {
    Ok(Tags::from_aws(all(session, arn).await?.into_iter().map(|tag| (Some(tag.key), tag.value))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, Some(value))).collect::<Result<_>>()?;
        session.acm().add_tags_to_certificate().certificate_arn(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        let tags = change.remove.iter().map(|key| tag(key, None)).collect::<Result<_>>()?;
        session.acm().remove_tags_from_certificate().certificate_arn(arn).set_tags(Some(tags)).send().await?;
    }
    Ok(())
}

/// Every certificate that carries one of our owner tags, by token.
///
/// # Errors
///
/// What the calls fail with.
pub(super) async fn owned(session: &Session) -> Result<BTreeMap<String, Owned>> {
    let mut pages = session.acm().list_certificates().includes(every_key()).into_paginator().items().send();
    let mut owned = BTreeMap::new();
    while let Some(certificate) = pages.next().await {
        let Some(arn) = certificate?.certificate_arn else { continue };
        if let Some(owner) = unless_gone(owner_of(session, &arn).await)?.flatten() {
            note_latest(&mut owned, owner.token(), Owned { id: arn, made: owner.asked() });
        }
    }
    Ok(owned)
}

/// Whose a certificate is, by its owner tag.
///
/// # Errors
///
/// What the call fails with; that the certificate is gone among them.
pub async fn owner_of(session: &Session, arn: &str) -> Result<Option<Owner>> {
    let tags = all(session, arn).await?;
    Ok(tags.iter().find(|tag| tag.key == owner::KEY).and_then(Tag::value).and_then(owner::parse))
}

pub(super) async fn own(session: &Session, arn: &str, owner: &Owner) -> Result<()> {
    let own = owner::value(owner).map(|value| tag(owner::KEY, Some(&value))).transpose()?;
    session.acm().add_tags_to_certificate().certificate_arn(arn).set_tags(own.map(|own| vec![own])).send().await?;
    Ok(())
}

pub(super) async fn disown(session: &Session, arn: &str) -> Result<()> {
    session.acm().remove_tags_from_certificate().certificate_arn(arn).tags(tag(owner::KEY, None)?).send().await?;
    Ok(())
}

async fn all(session: &Session, arn: &str) -> Result<Vec<Tag>> {
    let answer = session.acm().list_tags_for_certificate().certificate_arn(arn).send().await?;
    Ok(answer.tags.unwrap_or_default())
}

/// ACM lists certificates with keys of RSA up to 2048 bits alone, unless it is told which keys are meant.
fn every_key() -> Filters {
    let keys = KeyAlgorithm::values().iter().map(|name| KeyAlgorithm::from(*name)).collect();
    Filters::builder().set_key_types(Some(keys)).build()
}

fn tag(key: &str, value: Option<&str>) -> Result<Tag> {
    Ok(Tag::builder().key(key).set_value(value.map(ToOwned::to_owned)).build()?)
}
