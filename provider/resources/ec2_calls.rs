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
    // To the nanosecond, as a thing may be made, deleted and made again in one second: 52 of 64 characters (Amazon EC2
    // API Reference, "Ensuring idempotency").
    (!owner.is_nobody()).then(|| format!("{}-{}", owner.token(), asked.as_nanos()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn what_is_asked_for_anew_has_another_token_however_soon() {
        let asked = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_416_732);
        let token = |asked| client_token(&Owner::new("0123456789abcdef0123456789abcdef".to_owned(), asked)).unwrap();
        assert_ne!(token(asked), token(asked + Duration::from_millis(1)));
        assert_eq!(token(asked), token(asked));
        assert!(token(asked).len() <= 64);
    }
}
