//! Tags of Amazon ElastiCache, which knows them by ARN.

use aws_sdk_elasticache::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tag that tells which version of a secret the auth token of a replication group was read from.
pub const TOKEN_VERSION: &str = "tenantstack:auth-token";

/// What is told by the tags of a thing.
#[derive(Debug, Default)]
pub struct Told {
    /// The user's tags.
    pub tags: Tags,
    /// Whose it is.
    pub owner: Option<Owner>,
    /// Which version of a secret its auth token was read from.
    pub token_version: Option<String>,
}

/// The tags of a thing that is being made, for its create call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> Vec<Tag> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The tag that notes which version of a secret an auth token was read from.
#[must_use]
pub fn of_token(version: &str) -> Tag {
    tag(TOKEN_VERSION, version)
}

/// What the tags of a thing tell.
///
/// # Errors
///
/// What the call fails with: that the thing is gone, or that it can't be asked while it is being changed, among them.
pub async fn told(session: &Session, arn: &str) -> Result<Told> {
    let answer = session.elasticache().list_tags_for_resource().resource_name(arn).send().await?;
    let all = answer.tag_list.unwrap_or_default();
    let value = |key: &str| all.iter().find(|tag| tag.key() == Some(key)).and_then(Tag::value);
    let owner = value(owner::KEY).and_then(owner::parse);
    let token_version = value(TOKEN_VERSION).map(ToOwned::to_owned);
    let users = all.into_iter().filter(|tag| tag.key() != Some(TOKEN_VERSION));
    Ok(Told { tags: Tags::from_aws(users.map(|tag| (tag.key, tag.value))), owner, token_version })
}

/// Changes what differs; the provider's own tags stay as they are.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        put(session, arn, change.set.iter().map(|(key, value)| tag(key, value)).collect()).await?;
    }
    if !change.remove.is_empty() {
        let call = session.elasticache().remove_tags_from_resource().resource_name(arn);
        call.set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Gives a thing these tags, beside those that it has.
///
/// # Errors
///
/// What the call fails with.
pub async fn put(session: &Session, arn: &str, tags: Vec<Tag>) -> Result<()> {
    session.elasticache().add_tags_to_resource().resource_name(arn).set_tags(Some(tags)).send().await?;
    Ok(())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}
