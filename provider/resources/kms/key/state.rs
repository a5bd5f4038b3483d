//! Whether a key can be used, and its rotation, which only a key that can be used takes.

use aws_sdk_kms::types::{KeyMetadata, KeyState as State};
use framework::resource::Look;

use super::{KeyInputs, rotation};
use crate::{
    aws::{Cx, Result, limits::waits},
    resources::kms_calls as calls,
};

/// Whether a key can be used; nothing where it never could yet, as it waits for its material.
pub(super) fn is_enabled(key: &KeyMetadata) -> Option<bool> {
    match key.key_state() {
        Some(State::PendingImport) => None,
        _ => Some(key.enabled),
    }
}

/// Brings a key to what is wanted: enabled first and disabled last, as a disabled key's rotation can't be changed.
pub(super) async fn bring(cx: &Cx, id: &str, want: &KeyInputs) -> Result<()> {
    let key = cx.until(&waits::KEY_STATE_KNOWN, id, || settled(cx, id)).await?;
    let Some(enabled) = is_enabled(&key) else { return Ok(()) };
    if want.enabled && !enabled {
        cx.kms().enable_key().key_id(id).send().await?;
    }
    rotation::bring(cx, &key, want).await?;
    if !want.enabled && enabled {
        cx.kms().disable_key().key_id(id).send().await?;
    }
    if want.enabled == enabled {
        return Ok(());
    }
    cx.until(&waits::KEY_STATE_KNOWN, id, || async {
        let key = calls::find(cx, id).await?;
        Ok(match key.filter(|key| is_enabled(key) == Some(want.enabled)) {
            Some(_) => Look::Ready(()),
            None => Look::Pending(if want.enabled { "disabled" } else { "enabled" }.to_owned()),
        })
    })
    .await
}

/// A key that was made or changed just now may not be there for all of KMS.
async fn settled(cx: &Cx, id: &str) -> Result<Look<KeyMetadata>> {
    let Some(key) = calls::find(cx, id).await? else { return Ok(Look::Pending("not to be seen yet".to_owned())) };
    Ok(match key.key_state() {
        Some(state @ (State::Creating | State::Updating)) => Look::Pending(state.to_string()),
        _ => Look::Ready(key),
    })
}
