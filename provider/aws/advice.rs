//! What to do about an error of AWS's, in a sentence.

use framework::error::Kind;

use super::{
    call::Call,
    limits::{codes, quotas::QUOTAS},
};

/// The advice for an error of that kind.
#[must_use]
pub fn advice(kind: Kind, code: Option<&str>, call: Option<&Call>) -> Option<String> {
    let action = call.map_or_else(|| "this call".to_owned(), ToString::to_string);
    Some(match (kind, code) {
        (_, Some("OptInRequired" | "SubscriptionRequiredException")) => {
            "The account isn't ready for this service or region: enable it in the AWS console".to_owned()
        }
        (_, Some("PendingVerification")) => "AWS is still verifying the account: try again in a few hours".to_owned(),
        (_, Some("AuthFailure")) => {
            "The credentials aren't valid here: they are wrong, or the region isn't enabled for the account".to_owned()
        }
        (_, Some(codes::FAILED_RESOURCE_ACCESS)) => {
            "Application Auto Scaling couldn't look at the policy's CloudWatch alarms: let the scalable target's role call cloudwatch:DescribeAlarms, or register the target without a role, so that its service-linked role is used".to_owned()
        }
        (Kind::Forbidden, _) => {
            format!("Allow the IAM action {action} to whoever deploys; a permissions boundary or an organization's policy may forbid it too")
        }
        (Kind::Unauthenticated, Some(code)) if code.contains("Expired") => {
            "The credentials have expired: renew them (`aws sso login`, or whatever made them) and run `pulumi up` again".to_owned()
        }
        (Kind::Unauthenticated, _) => "The credentials aren't valid: check where they come from".to_owned(),
        (Kind::Quota, Some(code)) if quota(code).is_some() => quota(code).unwrap_or_default().to_owned(),
        (Kind::Quota, _) => "Free some, or ask for more in the Service Quotas console of this region".to_owned(),
        (Kind::Throttled, _) => "The account makes too many such calls: run `pulumi up` again, or raise tenantstack:maxAttempts".to_owned(),
        (Kind::Lost, _) => "It may or may not have been done: the next `pulumi up` finds out".to_owned(),
        (Kind::Unavailable, _) => "AWS can't do this now: run `pulumi up` again later".to_owned(),
        _ => return None,
    })
}

/// The advice where no connection came about, by what was said of that.
#[must_use]
pub fn unreachable(cause: &str) -> &'static str {
    if cause.contains("certificate") {
        "This machine doesn't trust who answers: install its root certificates (on Linux the package ca-certificates), or name a file of them in SSL_CERT_FILE; a proxy that looks into TLS has one of its own"
    } else {
        "Check the network, the proxy, the region's name, and tenantstack:endpoint or AWS_ENDPOINT_URL"
    }
}

/// What the quota is that a code tells of.
fn quota(code: &str) -> Option<&'static str> {
    QUOTAS.iter().find(|(of, _)| *of == code).map(|(_, quota)| *quota)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_that_isnt_trusted_has_advice_of_its_own() {
        assert!(unreachable("invalid peer certificate: UnknownIssuer").contains("SSL_CERT_FILE"));
        assert!(unreachable("connection refused").contains("tenantstack:endpoint"));
    }

    #[test]
    fn a_quota_is_named() {
        let told = advice(Kind::Quota, Some("TooManyRules"), None).unwrap_or_default();
        assert!(told.contains("100 rules"), "{told}");
        let any = advice(Kind::Quota, Some("SecurityGroupLimitExceeded"), None).unwrap_or_default();
        assert!(any.contains("Service Quotas"), "{any}");
    }
}
