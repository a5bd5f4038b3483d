//! What calls about KMS keys have in common: looking at one.

use aws_sdk_kms::types::{KeyMetadata, KeyState};

use crate::aws::{Cx, Result, unless_gone};

/// The key of an id, an ARN or an alias, or nothing when there is none.
///
/// # Errors
///
/// What the call fails with, unless it says that there is none.
pub async fn find(cx: &Cx, key: &str) -> Result<Option<KeyMetadata>> {
    let found = unless_gone(cx.kms().describe_key().key_id(key).send().await)?;
    Ok(found.and_then(|found| found.key_metadata))
}

/// Whether a key is on its way out, and of no use any more.
#[must_use]
pub fn is_ending(key: &KeyMetadata) -> bool {
    matches!(key.key_state(), Some(KeyState::PendingDeletion | KeyState::PendingReplicaDeletion))
}
