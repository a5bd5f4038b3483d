//! Whether the operation that is going on is still wanted, for code below the cloud's calls, which no
//! operation is handed to: a queue of calls, a pause before a retry.

pub use tokio_util::sync::CancellationToken;

tokio::task_local! {
    static CURRENT: CancellationToken;
}

/// Does something as a part of an operation.
pub(super) async fn within<T>(cancel: CancellationToken, task: impl Future<Output = T>) -> T {
    CURRENT.scope(cancel, task).await
}

/// Waits until the present operation is cancelled; for ever outside of one.
pub async fn cancelled() {
    match CURRENT.try_with(CancellationToken::clone) {
        Ok(cancel) => cancel.cancelled().await,
        Err(_) => std::future::pending().await,
    }
}

/// Whether the present operation is cancelled.
#[must_use]
pub fn is_cancelled() -> bool {
    CURRENT.try_with(CancellationToken::is_cancelled).unwrap_or_default()
}
