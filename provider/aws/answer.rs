//! How an attempt ended, as the SDK's interceptors see it.

use std::{error::Error as StdError, fmt};

use aws_smithy_runtime_api::client::{
    interceptors::context::{Error, FinalizerInterceptorContextMut},
    orchestrator::{HttpResponse, OrchestratorError},
};

/// How an attempt to make a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It was done.
    Done,
    /// AWS answered with an error.
    Answered {
        /// AWS's code, where the answer has one.
        code: Option<String>,
        /// The HTTP status.
        status: u16,
    },
    /// The request didn't leave: nothing was done.
    Unsent {
        /// Why.
        cause: String,
    },
    /// The request left, and no usable answer came.
    Unanswered {
        /// Why.
        cause: String,
    },
    /// It failed before anything was tried.
    Failed,
}

impl Ending {
    /// How the attempt ended.
    #[must_use]
    pub fn of(context: &FinalizerInterceptorContextMut<'_>) -> Self {
        match context.output_or_error() {
            None => Ending::Failed,
            Some(Ok(_)) => Ending::Done,
            Some(Err(error)) => of_error(error, context.response()),
        }
    }
}

fn of_error(error: &OrchestratorError<Error>, response: Option<&HttpResponse>) -> Ending {
    if let Some(answer) = response.filter(|_| error.is_operation_error()) {
        return Ending::Answered { code: code_of(answer), status: answer.status().as_u16() };
    }
    let cause = root_cause(error);
    match error.as_connector_error() {
        Some(lost) if never_connected(lost) => Ending::Unsent { cause },
        Some(lost) if lost.is_user() => Ending::Failed,
        Some(_) => Ending::Unanswered { cause },
        None if error.is_response_error() || error.is_timeout_error() => Ending::Unanswered { cause },
        None => Ending::Failed,
    }
}

/// Whether the connection wasn't there yet when it failed: refused, unknown name, TLS not agreed.
fn never_connected(error: &(dyn StdError + 'static)) -> bool {
    find::<hyper_util::client::legacy::Error>(error).is_some_and(hyper_util::client::legacy::Error::is_connect)
}

/// The first error of a type in a chain of causes.
pub fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// What the chain of causes ends in; the words before it say less.
pub fn root_cause(error: &(dyn StdError + 'static)) -> String {
    std::iter::successors(Some(error), |&error| error.source()).last().map(ToString::to_string).unwrap_or_default()
}

/// AWS's code in an answer, in whichever protocol: `<Code>X</Code>`, `"__type": "a#X"`, `x-amzn-errortype: X:…`.
fn code_of(answer: &HttpResponse) -> Option<String> {
    let header = answer.headers().get("x-amzn-errortype").map(ToOwned::to_owned);
    let body = || String::from_utf8_lossy(answer.body().bytes().unwrap_or_default()).into_owned();
    header.or_else(|| code_in(&body())).map(|code| bare(&code).to_owned())
}

fn code_in(body: &str) -> Option<String> {
    let in_xml = || body.split_once("<Code>")?.1.split_once("</Code>").map(|(code, _)| code.to_owned());
    let in_json = || {
        let document: serde_json::Value = serde_json::from_str(body).ok()?;
        let code = document.get("__type").or_else(|| document.get("code"))?;
        code.as_str().map(ToOwned::to_owned)
    };
    in_xml().or_else(in_json)
}

fn bare(code: &str) -> &str {
    let end = code.split([':', ',']).next().unwrap_or(code);
    end.rsplit('#').next().unwrap_or(end).trim()
}

/// That no usable answer came from an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// The endpoint: `https://ec2.eu-west-1.amazonaws.com`.
    pub endpoint: String,
    /// Whether the request may have left.
    pub sent: bool,
    /// Why.
    pub cause: String,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.sent {
            true => write!(f, "no answer came from {}: {}", self.endpoint, self.cause),
            false => write!(f, "{} can't be reached: {}", self.endpoint, self.cause),
        }
    }
}

impl StdError for NoAnswer {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_every_protocol() {
        let xml = "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>x</Message></Error></Errors></Response>";
        assert_eq!(code_in(xml).as_deref(), Some("RequestLimitExceeded"));
        let json = r#"{"__type":"com.amazonaws#ThrottlingException","message":"Rate exceeded"}"#;
        assert_eq!(code_in(json).as_deref().map(bare), Some("ThrottlingException"));
        assert_eq!(bare("ResourceNotFoundException:http://internal"), "ResourceNotFoundException");
        assert_eq!(code_in("<html>bad gateway</html>"), None);
    }
}
