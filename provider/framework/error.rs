//! What went wrong at the cloud, in words for the person who deploys.

use std::fmt;

/// What an error means for what happens next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The thing doesn't exist.
    Gone,
    /// The credentials may not do this.
    Forbidden,
    /// There are no usable credentials.
    Unauthenticated,
    /// Too many calls; nothing was done.
    Throttled,
    /// Something of that name exists already.
    Exists,
    /// Something else still uses it, or it is in a state that doesn't allow the call.
    Conflict,
    /// The request is wrong and will stay so.
    Invalid,
    /// A quota is used up.
    Quota,
    /// The cloud can't answer now; nothing was done.
    Unavailable,
    /// No answer came: it may or may not have been done.
    Lost,
    /// The cloud accepted, and it failed later.
    Failed,
    /// The time for it ran out.
    TimedOut,
    /// Somebody pressed Ctrl-C.
    Cancelled,
    /// A mistake of the provider's.
    Internal,
}

/// An error with everything that a person needs to act on it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: Kind,
    message: String,
    call: Option<String>,
    code: Option<String>,
    request_id: Option<String>,
    advice: Option<String>,
}

/// What most calls return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of that kind; the message says what was wrong.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        let message = message.into();
        Error(Box::new(Details { kind, message, call: None, code: None, request_id: None, advice: None }))
    }

    /// Says that it means something else, where the code alone doesn't tell.
    #[must_use]
    pub fn of_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Adds the call that failed: `ec2:CreateSubnet`.
    #[must_use]
    pub fn in_call(mut self, call: impl Into<String>) -> Self {
        self.0.call.get_or_insert_with(|| call.into());
        self
    }

    /// Adds the cloud's own code of the error.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// Adds the id under which the cloud knows the request.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.0.request_id = Some(id.into());
        self
    }

    /// Adds what to do next.
    #[must_use]
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.0.advice = Some(advice.into());
        self
    }

    /// Says what was being done, in front of the message.
    #[must_use]
    pub fn context(mut self, doing: impl fmt::Display) -> Self {
        self.0.message = format!("{doing}: {}", self.0.message);
        self
    }

    /// What the error means for what happens next.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// The cloud's own code of the error.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Whether the thing doesn't exist.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.kind() == Kind::Gone
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details { message, call, code, request_id, advice, .. } = self.0.as_ref();
        if let Some(call) = call {
            write!(f, "{call}: ")?;
        }
        f.write_str(message.trim_end_matches('.'))?;
        match (code, request_id) {
            (Some(code), Some(id)) => write!(f, " ({code}, request {id})")?,
            (Some(code), None) => write!(f, " ({code})")?,
            (None, Some(id)) => write!(f, " (request {id})")?,
            (None, None) => {}
        }
        if let Some(advice) = advice {
            write!(f, ". {}", advice.trim_end_matches('.'))?;
        }
        Ok(())
    }
}

/// The thing is gone: nothing. Any other error stays one.
///
/// # Errors
///
/// Those that say something else than that the thing is gone.
pub fn unless_gone<T>(result: Result<T>) -> Result<Option<T>> {
    match result {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.is_gone() => Ok(None),
        Err(error) => Err(error),
    }
}
