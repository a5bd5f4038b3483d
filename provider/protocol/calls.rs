//! Calls that are being answered: each by itself, and all of them counted.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::FutureExt;
use tokio::sync::watch;
use tonic::{Code, Status};

use super::engine_log::EngineLog;

/// The calls that are being answered.
///
/// A call runs as a task of its own, so that it ends neither with the connection that asked (an
/// engine that was killed must not stop a create between two requests to the cloud) nor with a
/// panic in another one. One that has its answer without waiting for anything, such as Check and
/// Diff, is spared the way to another thread and back.
#[derive(Debug)]
pub struct Calls {
    log: EngineLog,
    running: watch::Sender<()>,
}

impl Calls {
    /// No call yet.
    #[must_use]
    pub fn new(log: EngineLog) -> Self {
        Calls { log, running: watch::Sender::new(()) }
    }

    /// Answers a call, after everything that was logged on the way.
    ///
    /// # Errors
    ///
    /// The call's own, or that it panicked.
    pub async fn answer<A: Send + 'static>(
        &self,
        call: impl Future<Output = Result<A, Status>> + Send + 'static,
    ) -> Result<A, Status> {
        let (log, running) = (self.log.clone(), self.running.subscribe());
        let mut call = Box::pin(async move {
            let answer = call.await;
            log.flushed().await;
            drop(running);
            answer
        });
        // A future may be polled again by another task: what it waits for wakes the last one that asked.
        match catch_unwind(AssertUnwindSafe(|| call.as_mut().now_or_never())) {
            Ok(Some(answer)) => answer,
            Ok(None) => tokio::spawn(call).await.unwrap_or_else(|error| Err(bug(error.try_into_panic().ok()))),
            Err(panic) => Err(bug(Some(panic))),
        }
    }

    /// Waits until no call is being answered.
    pub async fn ended(&self) {
        self.running.closed().await;
    }
}

fn bug(panic: Option<Box<dyn Any + Send>>) -> Status {
    let said = panic.as_ref().and_then(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
    });
    Status::new(Code::Internal, format!("a bug in the provider: {}", said.unwrap_or("it stopped without a word")))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::sync::oneshot;

    use super::*;

    fn calls() -> Arc<Calls> {
        Arc::new(Calls::new(EngineLog::start()))
    }

    #[tokio::test]
    #[allow(clippy::panic, reason = "the point of the test")]
    async fn a_panic_is_an_error_of_its_call() {
        let calls = calls();
        let answer: Result<(), Status> = calls.answer(async { panic!("no {}", "way") }).await;
        let status = answer.err().unwrap_or_else(|| Status::ok(""));
        assert_eq!((status.code(), status.message()), (Code::Internal, "a bug in the provider: no way"));
        assert!(calls.answer(async { Ok(1) }).await.is_ok());
        calls.ended().await;
    }

    #[tokio::test]
    async fn a_call_goes_on_when_nobody_waits_for_it() -> Result<(), oneshot::error::RecvError> {
        let calls = calls();
        let (begin, begun) = oneshot::channel();
        let (go_on, may_go_on) = oneshot::channel::<()>();
        let (finish, finished) = oneshot::channel();
        let asked = tokio::spawn({
            let calls = calls.clone();
            async move {
                let call = async move {
                    let _ = begin.send(());
                    let _ = may_go_on.await;
                    let _ = finish.send(());
                    Ok(())
                };
                calls.answer(call).await
            }
        });
        begun.await?;
        asked.abort();
        let _ = asked.await;
        let _ = go_on.send(());
        finished.await?;
        calls.ended().await;
        Ok(())
    }
}
