//! Tags of load balancers, target groups, listeners and rules. Elastic Load Balancing knows them by ARN.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex},
};

use aws_sdk_elasticloadbalancingv2::types::{Tag, TagDescription};
use framework::resource::Owner;

use super::{TagChange, Tags, owner};
use crate::aws::{Findable, Result, Session, limits::calls, lock::locked};

/// The tags of something that is being made, for its create call.
#[must_use]
pub fn for_create(tags: &Tags, owner: &Owner) -> Vec<Tag> {
    owner::with_owner(tags, owner).map(|(key, value)| tag(key, &value)).collect()
}

/// The user's tags; nothing when the thing is gone.
///
/// # Errors
///
/// What the call fails with.
pub async fn tags(session: &Session, arn: &str) -> Result<Option<Tags>> {
    let seen = session.find::<TagDescription>(arn).await?;
    let pairs = |seen: TagDescription| seen.tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value));
    Ok(seen.map(|seen| Tags::from_aws(pairs(seen))))
}

/// Changes what differs; the owner tag stays as it is.
///
/// # Errors
///
/// What the calls fail with.
pub async fn retag(session: &Session, arn: &str, change: &TagChange) -> Result<()> {
    if !change.set.is_empty() {
        let tags = change.set.iter().map(|(key, value)| tag(key, value)).collect();
        session.elb().add_tags().resource_arns(arn).set_tags(Some(tags)).send().await?;
    }
    if !change.remove.is_empty() {
        session.elb().remove_tags().resource_arns(arn).set_tag_keys(Some(change.remove.clone())).send().await?;
    }
    Ok(())
}

/// Whose something is, by its owner tag.
///
/// # Errors
///
/// What the call fails with.
pub async fn owner_of(session: &Session, arn: &str) -> Result<Option<Owner>> {
    Ok(session.find::<TagDescription>(arn).await?.as_ref().and_then(owner_among))
}

/// The first of these that carries a tag of that owner's.
///
/// Whose something is never changes, so each is looked at once in the life of the process: a listener has a hundred
/// rules, and each of them that is made looks at all others.
///
/// # Errors
///
/// What the calls fail with.
pub async fn owned_among(session: &Session, arns: Vec<String>, owner: &Owner) -> Result<Option<String>> {
    let unseen: Vec<_> = {
        let seen = locked(&SEEN);
        arns.iter().filter(|arn| !seen.contains_key(*arn)).cloned().collect()
    };
    let looks = unseen.iter().map(|arn| session.find::<TagDescription>(arn));
    let found = futures::future::try_join_all(looks).await?;
    let mut seen = locked(&SEEN);
    seen.extend(found.into_iter().flatten().filter_map(|found| {
        let token = owner_among(&found).map(|owner| owner.token().to_owned());
        Some((found.resource_arn?, token))
    }));
    let ours = |arn: &String| seen.get(arn).and_then(Option::as_deref).is_some_and(|token| owner.is(token));
    Ok(arns.into_iter().find(ours))
}

/// The owner token that each has; ARNs are never given to something else.
static SEEN: LazyLock<Mutex<HashMap<String, Option<String>>>> = LazyLock::new(Mutex::default);

fn owner_among(seen: &TagDescription) -> Option<Owner> {
    let own = seen.tags().iter().find(|tag| tag.key() == Some(owner::KEY));
    own.and_then(Tag::value).and_then(owner::parse)
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}

impl Findable for TagDescription {
    fn id(&self) -> Option<&str> {
        self.resource_arn()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for arns in ids.chunks(calls::BALANCING_ARNS_AT_ONCE) {
            let answer = session.elb().describe_tags().set_resource_arns(Some(arns.to_vec())).send().await?;
            all.extend(answer.tag_descriptions.unwrap_or_default());
        }
        Ok(all)
    }
}
