//! New key material at intervals.

use aws_sdk_kms::types::{KeyMetadata, KeySpec, OriginType};
use framework::resource::Look;

use super::KeyInputs;
use crate::aws::{
    Cx, Error, Result,
    limits::{codes, waits},
};

/// After how many days KMS rotates where nobody says it.
///
/// Source: `RotationPeriodInDays` of `EnableKeyRotation`, AWS KMS API Reference.
pub(super) const USUAL_PERIOD: i32 = 365;

/// The period of a key's rotation; none where it isn't rotated.
pub(super) async fn seen(cx: &Cx, key: &KeyMetadata) -> Result<Option<i32>> {
    if !can_rotate(key) {
        return Ok(None);
    }
    let found = cx.kms().get_key_rotation_status().key_id(&key.key_id).send().await?;
    Ok(found.key_rotation_enabled.then(|| found.rotation_period_in_days.unwrap_or(USUAL_PERIOD)))
}

/// KMS rotates no other keys, and fails when it is asked about some of them.
fn can_rotate(key: &KeyMetadata) -> bool {
    key.key_spec() == Some(&KeySpec::SymmetricDefault) && key.origin() == Some(&OriginType::AwsKms)
}

/// Brings a key's rotation to what is wanted.
pub(super) async fn bring(cx: &Cx, key: &KeyMetadata, want: &KeyInputs) -> Result<()> {
    let wanted = want.enable_key_rotation.then_some(want.rotation_period_in_days);
    if seen(cx, key).await? == wanted {
        return Ok(());
    }
    let id = &key.key_id;
    cx.until(&waits::KEY_STATE_KNOWN, id, || async {
        match set(cx, id, wanted).await {
            Ok(()) => Ok(Look::Ready(())),
            // It was enabled just now.
            Err(error) if error.code() == Some(codes::KEY_DISABLED) && want.enabled => {
                Ok(Look::Pending(error.to_string()))
            }
            Err(error) if error.code() == Some(codes::KEY_DISABLED) => {
                Err(error.with_advice("A disabled key's rotation can't be changed: set enabled: true with this change"))
            }
            Err(error) => Err(error),
        }
    })
    .await
}

async fn set(cx: &Cx, id: &str, period: Option<i32>) -> Result<(), Error> {
    match period {
        Some(days) => {
            cx.kms().enable_key_rotation().key_id(id).rotation_period_in_days(days).send().await?;
        }
        None => {
            cx.kms().disable_key_rotation().key_id(id).send().await?;
        }
    }
    Ok(())
}
