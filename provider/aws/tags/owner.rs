//! The tag by which the provider knows what it made: whose it is, and when it was asked for.

use std::time::{Duration, UNIX_EPOCH};

use framework::resource::Owner;

use super::Tags;

/// The tag's key.
pub const KEY: &str = "tenantstack:owner";

/// The tag's value: `<token>@<seconds since 1970>`; none for a thing that is nobody's.
#[must_use]
pub fn value(owner: &Owner) -> Option<String> {
    let asked = owner.asked().duration_since(UNIX_EPOCH).unwrap_or_default();
    (!owner.is_nobody()).then(|| format!("{}@{}", owner.token(), asked.as_secs()))
}

/// The tags of a thing that is being made: the user's, and the owner tag.
pub(super) fn with_owner<'a>(tags: &'a Tags, owner: &Owner) -> impl Iterator<Item = (&'a str, String)> {
    let own = tags.iter().map(|(key, value)| (key, value.to_owned()));
    own.chain(value(owner).map(|value| (KEY, value)))
}

/// The owner that a tag's value names.
#[must_use]
pub fn parse(value: &str) -> Option<Owner> {
    let (token, seconds) = value.split_once('@')?;
    let asked = UNIX_EPOCH.checked_add(Duration::from_secs(seconds.parse().ok()?))?;
    (!token.is_empty()).then(|| Owner::new(token.to_owned(), asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let asked = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let owner = Owner::new("abc".to_owned(), asked);
        let written = value(&owner);
        assert_eq!(written.as_deref(), Some("abc@1700000000"));
        assert_eq!(written.as_deref().and_then(parse), Some(owner));
    }

    #[test]
    fn what_others_wrote_isnt_ours() {
        for foreign in ["", "abc", "@1", "abc@yesterday", "abc@99999999999999999999"] {
            assert_eq!(parse(foreign), None, "{foreign}");
        }
    }
}
