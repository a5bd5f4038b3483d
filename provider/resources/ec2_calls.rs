//! What EC2's calls have in common: filters by id, and client tokens.

use std::time::UNIX_EPOCH;

use aws_sdk_ec2::types::Filter;
use framework::resource::Owner;

/// The filter of a describe call that finds things whose attribute has one of these values.
#[must_use]
pub fn filter(attribute: &str, values: Vec<String>) -> Filter {
    Filter::builder().name(attribute).set_values(Some(values)).build()
}

/// What AWS knows a repeated create call by; nothing where there is no owner, so that the SDK makes one up.
///
/// The time is part of it: AWS answers a token that it has seen with the thing that it made then, even if
/// that was deleted since. What an earlier process made is found by its owner tag.
#[must_use]
pub fn client_token(owner: &Owner) -> Option<String> {
    let asked = owner.asked().duration_since(UNIX_EPOCH).unwrap_or_default();
    (!owner.is_nobody()).then(|| format!("{}-{}", owner.token(), asked.as_secs()))
}
