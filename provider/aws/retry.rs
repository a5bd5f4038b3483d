//! When a call is sent again.
//!
//! The SDK repeats what is worth repeating: throttled, unavailable, unanswered. This interceptor
//! takes back its permission where that would be wrong:
//!
//! - a call that makes something, without a token by which AWS would know it again, is repeated only
//!   after an answer, or a failure to connect, that proves that AWS did nothing;
//! - a used-up quota stays used up, though AWS's code for it looks like throttling;
//! - an endpoint that can't be reached a few times in a row is a wrong one;
//! - nothing is tried again for an operation that was cancelled.
//!
//! It also tells the governor of each throttled call, and puts the endpoint's name into the error.

use std::sync::Arc;

use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        interceptors::{
            Intercept,
            context::{
                BeforeTransmitInterceptorContextMut, BeforeTransmitInterceptorContextRef,
                FinalizerInterceptorContextMut,
            },
            dyn_dispatch_hint,
        },
        orchestrator::{Metadata, OrchestratorError},
        result::ConnectorError,
        retries::RequestAttempts,
        runtime_components::RuntimeComponents,
    },
};
use aws_smithy_types::{
    config_bag::{ConfigBag, Storable, StoreReplace},
    retry::RetryConfig,
};
use framework::{error::Kind, resource::cancel::is_cancelled};

use super::{
    answer::{Ending, NoAnswer},
    call::Call,
    classify,
    governor::Governor,
    limits::{calls, codes::Meaning},
};

/// Looks after the attempts of every call of a session.
#[derive(Debug)]
pub struct Attempts {
    governor: Arc<Governor>,
}

/// Where an attempt goes.
#[derive(Clone, Debug)]
struct Endpoint(String);

impl Storable for Endpoint {
    type Storer = StoreReplace<Self>;
}

impl Attempts {
    /// For the calls that this governor lets go.
    #[must_use]
    pub fn new(governor: Arc<Governor>) -> Self {
        Attempts { governor }
    }
}

#[dyn_dispatch_hint]
impl Intercept for Attempts {
    fn name(&self) -> &'static str {
        "Attempts"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.request().body().bytes().unwrap_or_default();
        if let Some(call) = config.load::<Metadata>().map(|metadata| Call::sent(metadata, body)) {
            config.interceptor_state().store_put(call);
        }
        Ok(())
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        config.interceptor_state().store_put(Endpoint(origin(context.request().uri())));
        Ok(())
    }

    fn modify_before_attempt_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(call) = config.load::<Call>().cloned() else { return Ok(()) };
        let ending = Ending::of(context);
        if throttled(&ending) {
            self.governor.throttled(&call);
        }
        if is_cancelled() || is_final(&call, &ending, attempt(config)) {
            config.interceptor_state().store_put(RetryConfig::disabled());
        }
        name_the_endpoint(context, &ending, config);
        Ok(())
    }
}

fn attempt(config: &ConfigBag) -> u32 {
    config.load::<RequestAttempts>().map_or(1, RequestAttempts::attempts)
}

/// Whether a call must not be sent again, whatever the SDK thinks.
fn is_final(call: &Call, ending: &Ending, attempt: u32) -> bool {
    match ending {
        Ending::Done | Ending::Failed => false,
        Ending::Unsent { .. } => attempt >= calls::ATTEMPTS_TO_CONNECT,
        Ending::Unanswered { .. } => call.doubles(),
        Ending::Answered { code, status } => match classify::meaning(code.as_deref(), *status) {
            Meaning::Unsure => call.doubles(),
            Meaning::Refused(kind) => kind == Kind::Quota,
        },
    }
}

fn throttled(ending: &Ending) -> bool {
    matches!(ending, Ending::Answered { code, status }
        if classify::meaning(code.as_deref(), *status) == Meaning::Refused(Kind::Throttled))
}

/// Puts the endpoint's name into an error that hasn't got an answer.
fn name_the_endpoint(context: &mut FinalizerInterceptorContextMut<'_>, ending: &Ending, config: &ConfigBag) {
    let (sent, cause) = match ending {
        Ending::Unsent { cause } => (false, cause.clone()),
        Ending::Unanswered { cause } if context.response().is_none() => (true, cause.clone()),
        _ => return,
    };
    let endpoint = config.load::<Endpoint>().map(|endpoint| endpoint.0.clone()).unwrap_or_default();
    if let Some(outcome) = context.output_or_error_mut() {
        let error = ConnectorError::io(Box::new(NoAnswer { endpoint, sent, cause }));
        *outcome = Err(OrchestratorError::connector(error));
    }
}

/// The scheme and host of an address: paths and queries may hold what isn't ours to show.
fn origin(uri: &str) -> String {
    let (scheme, rest) = uri.split_once("://").unwrap_or(("https", uri));
    let host = rest.split(['/', '?']).next().unwrap_or(rest);
    format!("{scheme}://{host}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(operation: &str, tokened: bool) -> Call {
        Call { service: "ec2".into(), operation: operation.into(), global: false, tokened }
    }

    fn answered(code: &str, status: u16) -> Ending {
        Ending::Answered { code: Some(code.into()), status }
    }

    fn lost() -> Ending {
        Ending::Unanswered { cause: "connection reset".into() }
    }

    #[test]
    fn a_create_without_a_token_isnt_repeated_after_a_lost_answer() {
        assert!(is_final(&call("CreateSubnet", false), &lost(), 1));
        assert!(!is_final(&call("CreateNatGateway", true), &lost(), 1));
        assert!(!is_final(&call("DescribeSubnets", false), &lost(), 1));
        assert!(!is_final(&call("DeleteSubnet", false), &lost(), 1));
    }

    #[test]
    fn a_failure_of_awss_own_proves_nothing_and_throttling_does() {
        assert!(is_final(&call("CreateSubnet", false), &answered("InternalError", 500), 1));
        assert!(!is_final(&call("CreateSubnet", false), &answered("RequestLimitExceeded", 503), 1));
    }

    #[test]
    fn a_quota_is_not_waited_for() {
        assert!(is_final(&call("CreateLogGroup", false), &answered("LimitExceededException", 400), 1));
    }

    #[test]
    fn what_never_left_is_sent_again_a_few_times() {
        let refused = Ending::Unsent { cause: "connection refused".into() };
        assert!(!is_final(&call("CreateSubnet", false), &refused, 1));
        assert!(is_final(&call("CreateSubnet", false), &refused, calls::ATTEMPTS_TO_CONNECT));
    }

    #[test]
    fn an_endpoint_is_named_without_what_follows_its_host() {
        assert_eq!(origin("http://127.0.0.1:4566/a?b=secret"), "http://127.0.0.1:4566");
    }
}
