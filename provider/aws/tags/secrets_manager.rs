//! Tags of secrets. Secrets Manager tells them with the secret itself, and takes them by its ARN.

use aws_sdk_secretsmanager::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of a secret that is being made, for its create call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> Vec<Tag> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags among those of a secret.
#[must_use]
pub fn tags(of: &[Tag]) -> Tags {
    Tags::from_aws(of.iter().map(|tag| (tag.key.clone(), tag.value.clone())))
}

/// Whose a secret is, by its tags.
#[must_use]
pub fn owner_of(of: &[Tag]) -> Option<Owner> {
    of.iter().find(|tag| tag.key() == Some(owner::KEY)).and_then(Tag::value).and_then(owner::parse)
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect();
        session.secrets_manager().tag_resource().secret_id(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        let keys = Some(change.remove.clone());
        session.secrets_manager().untag_resource().secret_id(arn).set_tag_keys(keys).send().await?;
    }
    Ok(())
}

/// Puts an owner's tag on a secret, in place of the one that it has.
///
/// # Errors
///
/// What the call fails with.
pub async fn own(session: &Session, arn: &str, owner: &Owner) -> Result<()> {
    let own = owner::value(owner).map(|value| vec![tag(owner::KEY, &value)]);
    session.secrets_manager().tag_resource().secret_id(arn).set_tags(own).send().await?;
    Ok(())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}
