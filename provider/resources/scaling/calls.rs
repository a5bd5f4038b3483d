//! Calls that Application Auto Scaling refuses for a moment.

use framework::resource::Look;

use crate::aws::{
    Cx, Error, Result,
    limits::{codes, waits},
};

/// Makes a call as soon as AWS takes it: one change of a target or a policy has to be done before the next is
/// taken, and what it needs of other services may be asked for too often just now. Nothing was done before that.
///
/// # Errors
///
/// What else the call fails with, or that AWS doesn't take it for too long.
pub async fn once_free<T, F>(cx: &Cx, id: &str, call: impl Fn() -> F + Sync) -> Result<T>
where
    T: Send,
    F: Future<Output = Result<T>> + Send,
{
    cx.until(&waits::SCALING_FREE, id, || async {
        match call().await {
            Err(error) if passes(&error) => Ok(Look::Pending(error.to_string())),
            made => made.map(Look::Ready),
        }
    })
    .await
}

fn passes(error: &Error) -> bool {
    let asked_too_often = error.code() == Some(codes::FAILED_RESOURCE_ACCESS)
        && error.to_string().contains(codes::RESOURCES_ASKED_TOO_OFTEN);
    error.code() == Some(codes::CONCURRENT_UPDATE) || asked_too_often
}
