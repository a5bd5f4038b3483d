//! One verb on one resource, from the engine's request to the answer.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::cancel;
use crate::{
    engine::{Log, Severity},
    error::{Error, Kind, Result},
    value::{Map, Urn},
};

/// What is going on, for whom, and until when.
pub struct Operation {
    urn: Urn,
    log: Arc<dyn Log>,
    cancel: CancellationToken,
    deadline: Option<Instant>,
}

impl Operation {
    /// An operation that begins now. A timeout of zero means that each wait has its own.
    #[must_use]
    pub fn begin(urn: Urn, log: Arc<dyn Log>, cancel: CancellationToken, timeout: Duration) -> Self {
        let deadline = (!timeout.is_zero()).then(|| Instant::now() + timeout);
        Operation { urn, log, cancel, deadline }
    }

    /// The resource.
    #[must_use]
    pub fn urn(&self) -> &Urn {
        &self.urn
    }

    /// When the user wants it to be over.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Shows what is going on in the resource's line of the display.
    pub fn status(&self, message: String) {
        self.log.status(&self.urn, message);
    }

    /// Tells the user something that isn't an error.
    pub fn tell(&self, severity: Severity, message: String) {
        self.log.log(severity, &self.urn, message);
    }

    /// Does something as a part of this operation, so that what is below the cloud's calls hears of Cancel.
    pub async fn doing<T>(&self, task: impl Future<Output = T>) -> T {
        cancel::within(self.cancel.clone(), task).await
    }

    /// That the deployment was cancelled before a call was sent.
    #[must_use]
    pub fn unsent() -> Error {
        cancelled("the call was sent")
    }

    /// Runs something that only waits or looks, and drops it at once on Cancel.
    ///
    /// # Errors
    ///
    /// Its own errors, or that it was cancelled.
    pub async fn unless_cancelled<T, E: From<Error>>(
        &self,
        what: &str,
        task: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(cancelled(what).into()),
            done = task => done,
        }
    }

    /// That nothing new may begin once the deployment is cancelled.
    ///
    /// # Errors
    ///
    /// That it was cancelled.
    pub fn still_wanted(&self) -> Result<()> {
        if self.cancel.is_cancelled() { Err(cancelled("it began")) } else { Ok(()) }
    }
}

fn cancelled(what: &str) -> Error {
    Error::new(Kind::Cancelled, format!("the deployment was cancelled before {what}"))
        .with_advice("Run `pulumi up` again to go on")
}

/// A resource that was made, or changed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Made {
    /// Its id; empty in previews.
    pub id: String,
    /// Its inputs and outputs.
    pub properties: Map,
}

/// A resource as it was read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ReadBack {
    /// Its id.
    pub id: String,
    /// Its inputs, as a program would have to say them.
    pub inputs: Map,
    /// Its inputs and outputs.
    pub properties: Map,
}

/// Why a verb failed.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// It failed as a whole; what was before still holds.
    Whole(Error),
    /// The resource exists, and isn't as it should be: the state must keep it.
    Partial {
        /// Its id.
        id: String,
        /// What is known of it.
        properties: Map,
        /// What failed.
        error: Error,
    },
}

impl Failure {
    /// What failed.
    #[must_use]
    pub fn error(&self) -> &Error {
        let (Failure::Whole(error) | Failure::Partial { error, .. }) = self;
        error
    }

    /// Adds what to do next.
    #[must_use]
    pub fn with_advice(self, advice: String) -> Self {
        match self {
            Failure::Whole(error) => Failure::Whole(error.with_advice(advice)),
            Failure::Partial { id, properties, error } => {
                Failure::Partial { id, properties, error: error.with_advice(advice) }
            }
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Whole(error)
    }
}
