//! What calls about certificates have in common: looking at one, and saying what it waits for.

use std::time::UNIX_EPOCH;

use aws_sdk_acm::types::{CertificateDetail, DomainStatus};
use framework::resource::{Look, Owner};

use crate::aws::{Cx, Result, unless_gone};

/// What ACM knows a repeated request by: up to 32 letters and digits. Nothing where there is no owner.
///
/// The time is part of it: ACM answers a token that it has seen within the hour with the certificate of that time.
#[must_use]
pub fn idempotency_token(owner: &Owner) -> Option<String> {
    let asked = owner.asked().duration_since(UNIX_EPOCH).unwrap_or_default();
    let token: String = owner.token().chars().take(20).collect();
    (!owner.is_nobody()).then(|| format!("{token}{:012x}", asked.as_millis()))
}

/// The certificate, or nothing when it is gone.
///
/// # Errors
///
/// What the call fails with, unless it says that the certificate is gone.
pub async fn find(cx: &Cx, arn: &str) -> Result<Option<CertificateDetail>> {
    let found = unless_gone(cx.acm().describe_certificate().certificate_arn(arn).send().await)?;
    Ok(found.and_then(|found| found.certificate))
}

/// A certificate that was requested just now may not be there for all of ACM.
#[must_use]
pub fn not_yet<T>() -> Look<T> {
    Look::Pending("not to be seen yet".to_owned())
}

/// What ACM says of a certificate, with the reason where it failed.
#[must_use]
pub fn state(found: &CertificateDetail) -> String {
    let status = found.status().map(ToString::to_string).unwrap_or_default();
    let reason = found.failure_reason().map(|reason| format!(" ({reason})"));
    format!("{status}{}", reason.unwrap_or_default())
}

/// The records that ACM hasn't seen yet, in words: `_x.example.com CNAME _y.acm-validations.aws.`.
#[must_use]
pub fn missing(found: &CertificateDetail) -> Vec<String> {
    let options = found.domain_validation_options().iter();
    let open = options.filter(|option| option.validation_status() != Some(&DomainStatus::Success));
    let mut missing: Vec<_> = open
        .map(|option| match option.resource_record() {
            Some(record) => format!("{} {} {}", record.name, record.r#type, record.value),
            None => format!("the approval of {}", option.domain_name),
        })
        .collect();
    missing.sort();
    missing.dedup();
    missing
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_token_is_as_acm_takes_it_and_another_at_each_asking() {
        let token =
            |of: &str, at| idempotency_token(&Owner::new(of.to_owned(), UNIX_EPOCH + Duration::from_millis(at)));
        let one = token(&"a1".repeat(16), 1_700_000_000_000).unwrap();
        assert!(one.len() <= 32 && one.chars().all(|sign| sign.is_ascii_alphanumeric()), "{one}");
        assert_ne!(Some(&one), token(&"a1".repeat(16), 1_700_000_000_001).as_ref());
        assert_ne!(Some(&one), token(&"b2".repeat(16), 1_700_000_000_000).as_ref());
        assert_eq!(token("", 0), None);
    }
}
