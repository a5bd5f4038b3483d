//! How the images of a repository are encrypted.

use aws_sdk_ecr::types;
use framework::{Choice, Object, problem::Problems, property::Choice as _, value::Path};

use crate::aws::{Error, Result};

/// How the images of a repository are encrypted.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "ecr:EncryptionConfiguration")]
pub struct EncryptionConfiguration {
    /// With whose keys.
    pub encryption_type: EncryptionType,
    /// The KMS key, by its id, its alias or its ARN; it must be in the same Region. AWS's own key for Amazon ECR
    /// (`alias/aws/ecr`) when absent.
    #[field(length(1, 2048))]
    pub kms_key: Option<String>,
}

/// With whose keys images are encrypted.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ecr:EncryptionType")]
pub enum EncryptionType {
    /// With keys of Amazon S3's own.
    #[choice("AES256")]
    Aes256,
    /// With a KMS key.
    #[choice("KMS")]
    Kms,
    /// Twice, with a KMS key.
    #[choice("KMS_DSSE")]
    KmsDsse,
}

impl EncryptionConfiguration {
    /// A key is for the kinds of encryption that use KMS.
    pub(super) fn check(&self, at: &Path, problems: &mut Problems) {
        if self.encryption_type == EncryptionType::Aes256 && self.kms_key.is_some() {
            problems.add(at.key("kmsKey"), "can't be given when encryptionType is AES256, which uses no KMS key");
        }
    }
}

/// What ECR shows; nothing where the program says nothing, and it is as it always is then.
pub(super) fn seen(
    found: &types::Repository,
    said: Option<&EncryptionConfiguration>,
) -> Option<EncryptionConfiguration> {
    let found = found.encryption_configuration()?;
    let encryption_type = EncryptionType::from_text(found.encryption_type().as_str())?;
    let kms_key = found.kms_key().map(ToOwned::to_owned);
    match said {
        None => Some(EncryptionConfiguration { encryption_type, kms_key })
            .filter(|seen| seen.encryption_type != EncryptionType::Aes256),
        Some(said) => Some(EncryptionConfiguration { encryption_type, kms_key: in_the_words_of(said, kms_key) }),
    }
}

/// ECR shows the ARN of a key, be it AWS's own or named by its id or alias. It never changes, so the program's
/// word for it holds.
fn in_the_words_of(said: &EncryptionConfiguration, found: Option<String>) -> Option<String> {
    match said.kms_key.as_deref() {
        Some(arn) if arn.contains(":key/") => found,
        other => other.map(ToOwned::to_owned),
    }
}

impl TryFrom<&EncryptionConfiguration> for types::EncryptionConfiguration {
    type Error = Error;

    fn try_from(want: &EncryptionConfiguration) -> Result<Self> {
        Ok(types::EncryptionConfiguration::builder()
            .encryption_type(want.encryption_type.text().into())
            .set_kms_key(want.kms_key.clone())
            .build()?)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    const ARN: &str = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0000-4000-8000-000000000001";

    fn shown(key: Option<&str>) -> types::Repository {
        let kind = if key.is_some() { types::EncryptionType::Kms } else { types::EncryptionType::Aes256 };
        let encryption = types::EncryptionConfiguration::builder()
            .encryption_type(kind)
            .set_kms_key(key.map(ToOwned::to_owned))
            .build()
            .unwrap();
        types::Repository::builder().encryption_configuration(encryption).build()
    }

    fn with(kms_key: Option<&str>) -> EncryptionConfiguration {
        EncryptionConfiguration { encryption_type: EncryptionType::Kms, kms_key: kms_key.map(ToOwned::to_owned) }
    }

    #[test]
    fn the_programs_word_for_a_key_holds() {
        for said in [None, Some("alias/images"), Some("0a1b2c3d-0000-4000-8000-000000000001"), Some(ARN)] {
            assert_eq!(seen(&shown(Some(ARN)), Some(&with(said))), Some(with(said)));
        }
        let other = ARN.replace("0a1b", "0b1b");
        assert_eq!(seen(&shown(Some(ARN)), Some(&with(Some(&other)))), Some(with(Some(ARN))));
    }

    #[test]
    fn what_nobody_said_is_shown_unless_it_is_as_always() {
        assert_eq!(seen(&shown(None), None), None);
        assert_eq!(seen(&shown(Some(ARN)), None), Some(with(Some(ARN))));
    }
}
