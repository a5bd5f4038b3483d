//! Tags of IAM roles.

use aws_sdk_iam::types::Tag;
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Result, Session};

/// The tags of a role that is being made, for its create call.
///
/// # Errors
///
/// Never: keys and values are always given.
pub fn for_create(tags: &Tags, owner: &Owner) -> Result<Vec<Tag>> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags among those that IAM shows.
#[must_use]
pub fn tags(seen: &[Tag]) -> Tags {
    Tags::from_aws(seen.iter().map(|tag| (Some(tag.key.clone()), Some(tag.value.clone()))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag_role(session: &Session, name: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect::<Result<_>>()?;
        session.iam().tag_role().role_name(name).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        session.iam().untag_role().role_name(name).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Whose a role is, by its owner tag.
///
/// IAM lists roles without their tags, so a role is looked up by its name instead, which is unique.
///
/// # Errors
///
/// What the call fails with; that the role is gone among them.
pub async fn owner_of_role(session: &Session, name: &str) -> Result<Option<Owner>> {
    let role = session.iam().get_role().role_name(name).send().await?.role;
    let tags = role.map(|role| role.tags().to_vec()).unwrap_or_default();
    Ok(tags.iter().find(|tag| tag.key == owner::KEY).and_then(|tag| owner::parse(&tag.value)))
}

fn tag(key: &str, value: &str) -> Result<Tag> {
    Ok(Tag::builder().key(key).value(value).build()?)
}
