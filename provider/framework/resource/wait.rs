//! Waiting for the cloud: what for, how long, how often, and what people see meanwhile.

use std::time::Duration;

use tokio::time::Instant;

use super::{Operation, pause::Pauses};
use crate::error::{Error, Kind};

/// Something to wait for. Each is a row of a provider's table of limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// What is waited for: "the NAT gateway is available".
    pub what: &'static str,
    /// How long it takes as a rule.
    pub usual: Duration,
    /// The longest time between two looks.
    pub every: Duration,
    /// After which time it is given up, unless the user says otherwise.
    pub at_most: Duration,
}

/// What a look at the cloud showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look<T> {
    /// It is ready.
    Ready(T),
    /// Not yet; what the cloud says of it.
    Pending(String),
    /// It won't be; the cloud's reason.
    Failed(String),
}

/// A wait that is over before people look needs no words.
const WORTH_TELLING: Duration = Duration::from_secs(1);

/// Looks until it is ready; Cancel drops a look that is under way.
pub(super) async fn until<T, E, F, L>(operation: &Operation, wait: &Wait, id: &str, mut look: F) -> Result<T, E>
where
    E: From<Error> + Send,
    F: FnMut() -> L + Send,
    L: Future<Output = Result<Look<T>, E>> + Send,
{
    asking_until(operation, wait, id, || operation.unless_cancelled(wait.what, look())).await
}

/// Asks until it is done; a request that is under way gets its answer whatever happens.
pub(super) async fn asking_until<T, E, F, L>(operation: &Operation, wait: &Wait, id: &str, mut ask: F) -> Result<T, E>
where
    E: From<Error> + Send,
    F: FnMut() -> L + Send,
    L: Future<Output = Result<Look<T>, E>> + Send,
{
    let begun = Instant::now();
    let mut pauses = Pauses::until(operation.deadline().unwrap_or(begun + wait.at_most), wait.every);
    loop {
        let seen = match ask().await? {
            Look::Ready(ready) => return Ok(ready),
            Look::Failed(reason) => return Err(Error::new(Kind::Failed, format!("{id} failed: {reason}")).into()),
            Look::Pending(seen) => seen,
        };
        let waited = begun.elapsed();
        if pauses.are_over() {
            return Err(timed_out(wait, id, waited, &seen).into());
        }
        if waited >= WORTH_TELLING {
            operation.status(format!("waiting until {} ({id}: {seen}), {}", wait.what, told(waited, wait.usual)));
        }
        pauses.pass(operation, wait.what).await?;
    }
}

fn timed_out(wait: &Wait, id: &str, waited: Duration, seen: &str) -> Error {
    Error::new(
        Kind::TimedOut,
        format!("waited {} until {}, in vain: {id} is still {seen}", seconds(waited), wait.what),
    )
    .with_advice("It is kept in the state: run `pulumi up` again to go on waiting, or give it more time with the resource option `customTimeouts`")
}

fn told(waited: Duration, usual: Duration) -> String {
    format!("{} so far, usually {}", seconds(waited), seconds(usual))
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        short @ 0..120 => format!("{short} s"),
        long => format!("{} min", long / 60),
    }
}
