//! Tags of scalable targets. Application Auto Scaling knows them by ARN.

use std::collections::HashMap;

use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of a target that is being registered, for that call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> HashMap<String, String> {
    owner::with_owner(tags, owner).map(|(key, value)| (key.to_owned(), value)).collect()
}

/// The user's tags of a target.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, arn: &str) -> Result<Tags> {
    let seen = all(session, arn).await?;
    Ok(Tags::from_aws(seen.into_iter().map(|(key, value)| (Some(key), Some(value)))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    let scaling = session.application_autoscaling();
    if !change.set.is_empty() {
        let tags = change.set.iter().cloned().collect();
        scaling.tag_resource().resource_arn(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        scaling.untag_resource().resource_arn(arn).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Whose a target is, by its owner tag.
///
/// # Errors
///
/// What the call fails with; that the target is gone among them.
pub async fn owner_of(session: &Session, arn: &str) -> Result<Option<Owner>> {
    Ok(all(session, arn).await?.get(owner::KEY).and_then(|value| owner::parse(value)))
}

async fn all(session: &Session, arn: &str) -> Result<HashMap<String, String>> {
    let answer = session.application_autoscaling().list_tags_for_resource().resource_arn(arn).send().await?;
    Ok(answer.tags.unwrap_or_default())
}
