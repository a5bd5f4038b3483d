//! Limits of Amazon ElastiCache that no single property has.

/// The stage that a secret's current version has.
///
/// Source: "GetSecretValue", AWS Secrets Manager API Reference.
pub const CURRENT: &str = "AWSCURRENT";

/// How long a password is.
const TOKEN: std::ops::RangeInclusive<usize> = 16..=128;

/// What a password may have beside letters and digits.
const SIGNS: &str = "!&#$^<>-";

/// Why a text can't be a password; in words that don't tell it.
///
/// Source: `AuthToken` of `CreateReplicationGroup`, Amazon ElastiCache API Reference.
#[must_use]
pub fn unfit_as_token(text: &str) -> Option<&'static str> {
    if !TOKEN.contains(&text.chars().count()) {
        return Some("must have 16 to 128 characters");
    }
    let fits = text.chars().all(|letter| letter.is_ascii_alphanumeric() || SIGNS.contains(letter));
    (!fits).then_some("has other characters than letters, digits and any of !&#$^<>-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_have_laws() {
        assert_eq!(unfit_as_token("0123456789-ABCdef"), None);
        assert!(unfit_as_token("0123456789abcde").is_some_and(|reason| reason.contains("16 to 128")));
        assert!(unfit_as_token("0123456789abcde@").is_some_and(|reason| reason.contains("characters")));
    }
}
