//! The value of a secret: the program's, or one that AWS makes. It goes from here into a call and nowhere else.

use framework::resource::Change;

use super::{Secret, SecretInputs, fields};
use crate::aws::{Cx, Result};

/// The value that a new secret gets.
pub(super) async fn wanted(cx: &Cx, want: &SecretInputs) -> Result<Option<String>> {
    match (&want.secret_string, &want.generate_secret_string) {
        (Some(given), _) => Ok(Some(given.clone())),
        (None, Some(how)) => how.made(cx).await.map(Some),
        (None, None) => Ok(None),
    }
}

/// The value that a secret gets by a change; none where it keeps the one that it has.
pub(super) async fn changed(cx: &Cx, change: &Change<Secret>) -> Result<Option<String>> {
    if let Some(Some(given)) = change.to(fields::secret_string) {
        return Ok(Some(given));
    }
    match change.to(fields::generate_secret_string) {
        Some(Some(how)) => how.made(cx).await.map(Some),
        _ => Ok(None),
    }
}
