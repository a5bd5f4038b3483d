//! What a call to AWS fails with: the framework's error, made from the SDK's.
//!
//! An author of a resource writes `?` behind any call of the SDK, and gets AWS's words, its code and
//! request id, the call's name, and what to do.

use std::{error::Error as StdError, fmt};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_ec2::operation::RequestId;
use aws_smithy_runtime_api::client::{orchestrator::HttpResponse, result::SdkError};
use aws_smithy_types::error::{metadata::ProvideErrorMetadata, operation::BuildError};
use framework::error::{Error as Told, Kind};

use super::{
    advice::{self, advice},
    answer::{NoAnswer, find, root_cause},
    call::Call,
    classify, credentials,
};

/// A failure on the way to AWS, or AWS's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Told);

/// What most of our calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of that kind; the message says what was wrong.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Error(Told::new(kind, message))
    }

    /// Adds what to do next.
    #[must_use]
    pub fn with_advice(self, advice: impl Into<String>) -> Self {
        Error(self.0.with_advice(advice))
    }

    /// Says that it means something else, where AWS's code alone doesn't tell.
    #[must_use]
    pub fn of_kind(self, kind: Kind) -> Self {
        Error(self.0.of_kind(kind))
    }

    /// Says what was being done, in front of the message.
    #[must_use]
    pub fn context(self, doing: impl fmt::Display) -> Self {
        Error(self.0.context(doing))
    }

    /// What it means for what happens next.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind()
    }

    /// AWS's own code.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code()
    }

    /// Whether the thing doesn't exist.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.0.is_gone()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for Error {}

impl From<Told> for Error {
    fn from(error: Told) -> Self {
        Error(error)
    }
}

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        error.0
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Error::new(Kind::Internal, format!("a request couldn't be built: {error}"))
    }
}

impl<E> From<SdkError<E, HttpResponse>> for Error
where
    E: ProvideErrorMetadata + StdError + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        let call = Call::of_error(std::any::type_name::<E>());
        let told = match &error {
            SdkError::ServiceError(refusal) => refused(refusal.err(), refusal.raw(), call.as_ref()),
            SdkError::ResponseError(broken) => unusable(broken.raw(), &root_cause(&error), call.as_ref()),
            other => unanswered(other, call.as_ref()),
        };
        Error(match call {
            Some(call) => told.in_call(call.to_string()),
            None => told,
        })
    }
}

/// AWS answered with an error.
fn refused(error: &(impl ProvideErrorMetadata + StdError), answer: &HttpResponse, call: Option<&Call>) -> Told {
    let status = answer.status().as_u16();
    let kind = classify::kind(call, error.code(), status);
    let silent = || format!("AWS answered with the status {status}");
    let mut told = Told::new(kind, error.message().map_or_else(silent, shortened));
    if let Some(code) = error.code() {
        told = told.with_code(code);
    }
    with_advice(with_request_id(told, error.meta().request_id().or(answer.headers().request_id())), call)
}

/// AWS answered something that isn't an answer: cut off, or from something in between.
fn unusable(answer: &HttpResponse, cause: &str, call: Option<&Call>) -> Told {
    let status = answer.status().as_u16();
    let message = format!("the answer (status {status}) can't be read: {cause}");
    let told = Told::new(classify::unanswered(call), message);
    with_advice(with_request_id(told, answer.headers().request_id()), call)
}

/// No answer came, or nothing was sent.
fn unanswered(error: &(dyn StdError + 'static), call: Option<&Call>) -> Told {
    if let Some(told) = find::<Told>(error) {
        return told.clone();
    }
    if let Some(lacking) = find::<CredentialsError>(error) {
        return credentials::explained(lacking);
    }
    let cause = root_cause(error);
    let told = match find::<NoAnswer>(error) {
        Some(lost) if lost.sent => Told::new(classify::unanswered(call), lost.to_string()),
        Some(unreached) => return unreachable(unreached),
        None => Told::new(Kind::Internal, format!("the call couldn't be made: {cause}")),
    };
    with_advice(told, call)
}

fn unreachable(endpoint: &NoAnswer) -> Told {
    Told::new(Kind::Unavailable, endpoint.to_string()).with_advice(advice::unreachable(&endpoint.cause))
}

fn with_request_id(told: Told, id: Option<&str>) -> Told {
    match id {
        Some(id) => told.with_request_id(id),
        None => told,
    }
}

fn with_advice(told: Told, call: Option<&Call>) -> Told {
    match advice(told.kind(), told.code(), call) {
        Some(advice) => told.with_advice(advice),
        None => told,
    }
}

/// AWS's message without the encoded explanation, which only AWS can read.
fn shortened(message: &str) -> String {
    message.split(" Encoded authorization failure message").next().unwrap_or(message).to_owned()
}

/// The thing is gone: nothing. Any other error stays one.
///
/// # Errors
///
/// Those that say something else than that the thing is gone.
pub fn unless_gone<T>(result: Result<T, impl Into<Error>>) -> Result<Option<T>> {
    match result.map_err(Into::into) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_gone() => Ok(None),
        Err(error) => Err(error),
    }
}

/// What an answer must have, or an error that says what it lacks.
///
/// # Errors
///
/// That the answer lacks it.
pub fn answered<T>(part: Option<T>, name: &str) -> Result<T> {
    part.ok_or_else(|| Error::new(Kind::Internal, format!("AWS's answer lacks {name}")))
}
