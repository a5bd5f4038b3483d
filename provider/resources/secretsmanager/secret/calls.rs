//! Looking at a secret, and what the answer means. The value itself is never looked at.

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;

use crate::resources::kms_key;
pub(super) use crate::resources::secret_calls::{find, is_ending};

/// The key that encrypts secrets for which nobody says one.
///
/// Source: `KmsKeyId` of `CreateSecret`, AWS Secrets Manager API Reference.
const USUAL_KEY: &str = "alias/aws/secretsmanager";

/// The label of the version that everybody gets who doesn't ask for another.
///
/// Source: "What's in a Secrets Manager secret?", AWS Secrets Manager User Guide.
const CURRENT: &str = "AWSCURRENT";

pub(super) fn current_version(found: &DescribeSecretOutput) -> Option<String> {
    let versions = found.version_ids_to_stages()?;
    let current = versions.iter().find(|(_, stages)| stages.iter().any(|stage| stage == CURRENT));
    current.map(|(version, _)| version.clone())
}

/// The key as the program says it. Secrets Manager names its own key here and there, and is silent elsewhere.
pub(super) fn key(said: Option<String>, seen: Option<String>) -> Option<String> {
    let is_usual = |key: &String| key.is_empty() || kms_key::is_same(USUAL_KEY, key);
    match seen.filter(|seen| !is_usual(seen)) {
        None => said.filter(is_usual),
        seen => kms_key::as_said(said, seen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_own_key_is_the_same_as_none() {
        let text = |name: &str| Some(name.to_owned());
        let arn = "arn:aws:kms:eu-west-1:123456789012:alias/aws/secretsmanager";
        for seen in [None, text(""), text(USUAL_KEY), text(arn)] {
            assert_eq!(key(None, seen.clone()), None);
            assert_eq!(key(text(USUAL_KEY), seen.clone()), text(USUAL_KEY));
            assert_eq!(key(text("alias/own"), seen), None);
        }
        assert_eq!(key(None, text("alias/own")), text("alias/own"));
    }
}
