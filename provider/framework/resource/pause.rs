//! The pauses between two looks, or two requests: each twice as long as the last one, up to a bound.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::Operation;
use crate::error::{Error, Result};

/// The time before the second look.
const FIRST: Duration = Duration::from_millis(200);

/// Pauses that grow, until an end.
pub(super) struct Pauses {
    next: Duration,
    longest: Duration,
    end: Instant,
}

impl Pauses {
    pub(super) fn until(end: Instant, longest: Duration) -> Self {
        Pauses { next: FIRST, longest, end }
    }

    /// Whether the end has come.
    pub(super) fn are_over(&self) -> bool {
        Instant::now() >= self.end
    }

    /// Lets the next pause pass, or what is left until the end.
    ///
    /// # Errors
    ///
    /// That the deployment was cancelled before `what`.
    pub(super) async fn pass(&mut self, operation: &Operation, what: &str) -> Result<()> {
        let over = self.end.min(Instant::now() + self.next);
        self.next = (self.next * 2).min(self.longest);
        let paused = async {
            sleep_until(over).await;
            Ok::<(), Error>(())
        };
        operation.unless_cancelled(what, paused).await
    }
}
