//! Why there are no credentials, for somebody who thought that there were.

use aws_credential_types::provider::error::CredentialsError;
use framework::error::{Error, Kind};

use super::answer::root_cause;

/// Where AWS's usual chain looks, in its order.
const CHAIN: &str = "AWS_ACCESS_KEY_ID in the environment, the profile in ~/.aws (keys, SSO, process, role), \
     a web identity token, the container's role, the instance's role";

/// The error in words that say what to do. Sources of credentials name themselves, never what they hold.
#[must_use]
pub fn explained(error: &CredentialsError) -> Error {
    let cause = root_cause(error);
    match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            Error::new(Kind::Unauthenticated, format!("no AWS credentials were found; looked at {CHAIN}"))
                .with_advice("Log in (`aws sso login`, `aws configure`), set AWS_PROFILE, or run `pulumi config set tenantstack:profile <name>`")
        }
        CredentialsError::ProviderTimedOut(_) => {
            Error::new(Kind::Unauthenticated, "the source of the AWS credentials didn't answer in time")
                .with_advice("Run it by hand (`aws sts get-caller-identity`) and see what it waits for")
        }
        CredentialsError::InvalidConfiguration(_) => {
            Error::new(Kind::Unauthenticated, format!("the AWS credentials are configured wrongly: {cause}"))
                .with_advice("Look at ~/.aws/config, ~/.aws/credentials, AWS_PROFILE and tenantstack:profile")
        }
        _ => Error::new(Kind::Unauthenticated, format!("the AWS credentials couldn't be had: {cause}"))
            .with_advice("An SSO session may have ended (`aws sso login`), or the role may not be assumed by these credentials (tenantstack:assumeRole)"),
    }
}
