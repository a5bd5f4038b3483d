//! Tags of repositories of images. Amazon ECR knows them by ARN.

use aws_sdk_ecr::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of a repository that is being made, for its create call.
///
/// # Errors
///
/// Never: keys and values are always given.
pub fn for_create(tags: &Tags, owner: &Owner) -> Result<Vec<Tag>> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags of a repository.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, arn: &str) -> Result<Tags> {
    let seen = all(session, arn).await?;
    Ok(Tags::from_aws(seen.into_iter().map(|tag| (Some(tag.key), Some(tag.value)))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect::<Result<_>>()?;
        session.ecr().tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        session.ecr().untag_resource().resource_arn(arn).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Whose a repository is, by its owner tag.
///
/// # Errors
///
/// What the call fails with; that the repository is gone among them.
pub async fn owner_of(session: &Session, arn: &str) -> Result<Option<Owner>> {
    let seen = all(session, arn).await?;
    Ok(seen.iter().find(|tag| tag.key == owner::KEY).and_then(|tag| owner::parse(&tag.value)))
}

async fn all(session: &Session, arn: &str) -> Result<Vec<Tag>> {
    let answer = session.ecr().list_tags_for_resource().resource_arn(arn).send().await?;
    Ok(answer.tags.unwrap_or_default())
}

fn tag(key: &str, value: &str) -> Result<Tag> {
    Ok(Tag::builder().key(key).value(value).build()?)
}
