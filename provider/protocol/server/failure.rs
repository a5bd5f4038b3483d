//! Errors as the engine understands them.
//!
//! `Internal` and `Unknown` tell it that the state may be wrong, any other code that nothing
//! happened. What must survive a failure travels in the status's details.

use framework::{
    error::{Error, Kind},
    problem::{Problem, Problems},
    resource::Failure,
};
use prost::Message;
use prost_types::{Any, Struct};
use tonic::{Code, Status};

use crate::protocol::{
    codec::{self, Accepts, Malformed},
    wire::{
        google::rpc,
        pulumirpc::{
            CheckFailure, ErrorResourceInitFailed, InputPropertiesError, input_properties_error::PropertyError,
        },
    },
};

/// What an error says to the engine.
pub fn status(error: &Error) -> Status {
    Status::new(code(error.kind()), error.to_string())
}

fn code(kind: Kind) -> Code {
    match kind {
        Kind::Gone => Code::NotFound,
        Kind::Forbidden => Code::PermissionDenied,
        Kind::Unauthenticated => Code::Unauthenticated,
        Kind::Throttled | Kind::Quota => Code::ResourceExhausted,
        Kind::Exists => Code::AlreadyExists,
        Kind::Conflict => Code::FailedPrecondition,
        Kind::Invalid => Code::InvalidArgument,
        Kind::Unavailable => Code::Unavailable,
        Kind::Failed => Code::Aborted,
        Kind::TimedOut => Code::DeadlineExceeded,
        Kind::Cancelled => Code::Cancelled,
        Kind::Lost => Code::Unknown,
        Kind::Internal => Code::Internal,
    }
}

/// What a failed verb says to the engine. The inputs are those of a resource that was being read.
pub fn failed(failure: Failure, inputs: Option<Struct>) -> Status {
    match failure {
        Failure::Whole(error) => status(&error),
        Failure::Partial { id, properties, error } => {
            let known = codec::encode(&properties, Accepts::FACTS).unwrap_or_default();
            unfinished(&error, id, known, inputs)
        }
    }
}

/// The resource exists, and isn't as it should be: the engine keeps it, and asks for an update next time.
fn unfinished(error: &Error, id: String, properties: Struct, inputs: Option<Struct>) -> Status {
    let detail = ErrorResourceInitFailed {
        id,
        properties: Some(properties),
        reasons: vec![error.to_string()],
        inputs,
        refresh_before_update: false,
    };
    detailed(code(error.kind()), error.to_string(), "ErrorResourceInitFailed", &detail)
}

/// A resource was made, and the answer that says so can't be sent: it must not be forgotten.
pub fn unspeakable(id: String, bad: &Malformed) -> Status {
    let error = Error::new(Kind::Internal, format!("a bug in the provider: an output that can't be sent: {bad}"));
    unfinished(&error, id, Struct::default(), None)
}

/// A component's inputs are wrong: shown property by property.
pub fn wrong_inputs(problems: &Problems) -> Status {
    let errors = problems
        .iter()
        .map(|problem| PropertyError { property_path: problem.path.to_string(), reason: problem.reason.clone() });
    let detail = InputPropertiesError { errors: errors.collect() };
    detailed(Code::InvalidArgument, "invalid inputs".to_owned(), "InputPropertiesError", &detail)
}

/// The provider's configuration is wrong.
pub fn wrong_configuration(problems: &Problems) -> Status {
    let lines: Vec<_> = problems.iter().map(line).collect();
    Status::invalid_argument(format!("the provider's configuration is invalid: {}", lines.join("; ")))
}

fn line(problem: &Problem) -> String {
    match problem.path.property() {
        Some(_) => format!("{}: {}", problem.path, problem.reason),
        None => problem.reason.clone(),
    }
}

/// What is wrong with the inputs, where an answer has room for it.
pub fn check_failures(problems: Problems) -> Vec<CheckFailure> {
    let failures = problems.into_iter();
    failures.map(|problem| CheckFailure { property: problem.path.to_string(), reason: problem.reason }).collect()
}

/// The engine sent something that it shouldn't have.
pub fn malformed(bad: &Malformed) -> Status {
    Status::invalid_argument(format!("malformed request: {bad}"))
}

/// We were about to send something that we shouldn't.
pub fn unsendable(bad: &Malformed) -> Status {
    Status::internal(format!("a bug in the provider: a value that can't be sent: {bad}"))
}

fn detailed(code: Code, message: String, name: &str, detail: &impl Message) -> Status {
    let detail = Any { type_url: format!("type.googleapis.com/pulumirpc.{name}"), value: detail.encode_to_vec() };
    let whole = rpc::Status { code: code.into(), message: message.clone(), details: vec![detail] };
    Status::with_details(code, message, whole.encode_to_vec().into())
}
