//! Tags of Amazon ECS: of clusters, services and task definitions alike, by ARN.

use aws_sdk_ecs::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of a thing that is being made, for its create call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> Vec<Tag> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags of what a describe call showed.
#[must_use]
pub fn tags(seen: &[Tag]) -> Tags {
    Tags::from_aws(seen.iter().map(|tag| (tag.key.clone(), tag.value.clone())))
}

/// Whose a thing is, by its owner tag.
#[must_use]
pub fn owner_of(seen: &[Tag]) -> Option<Owner> {
    seen.iter().find(|tag| tag.key() == Some(owner::KEY)).and_then(|tag| owner::parse(tag.value()?))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect();
        session.ecs().tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        session.ecs().untag_resource().resource_arn(arn).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}
