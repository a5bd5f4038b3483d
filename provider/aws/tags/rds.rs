//! Tags of databases and what belongs to them. Amazon RDS knows them by ARN.

use aws_sdk_rds::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of something that is being made, for its create call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> Vec<Tag> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags among those that RDS shows.
#[must_use]
pub fn tags(seen: &[Tag]) -> Tags {
    Tags::from_aws(seen.iter().map(|tag| (tag.key.clone(), tag.value.clone())))
}

/// Whose something is, by the owner tag among those that RDS shows.
#[must_use]
pub fn owner_among(seen: &[Tag]) -> Option<Owner> {
    let own = seen.iter().find(|tag| tag.key() == Some(owner::KEY));
    own.and_then(Tag::value).and_then(owner::parse)
}

/// All tags of what isn't described with them.
///
/// # Errors
///
/// What the call fails with; that the thing is gone among them.
pub async fn listed(session: &Session, arn: &str) -> Result<Vec<Tag>> {
    let answer = session.rds().list_tags_for_resource().resource_name(arn).send().await?;
    Ok(answer.tag_list.unwrap_or_default())
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect();
        session.rds().add_tags_to_resource().resource_name(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        let call = session.rds().remove_tags_from_resource().resource_name(arn);
        call.set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}
