//! The provider behind its server, in this process, with a clock that doesn't run.

use std::sync::{Arc, Mutex, PoisonError};

use framework::{
    cloud::Identity,
    engine::{Log, Severity},
    provider::Provider,
    value::{Map, Urn, Value},
};
use proptest::test_runner::TestCaseError;
use prost_types::Struct;
use tenantstack::{
    aws::Aws,
    protocol::{
        codec::{Accepts, decode, encode},
        engine_log::EngineLog,
        server::Server,
        trace,
    },
};
use tokio::runtime::{Builder, Runtime};
use tonic::Status;

/// Nobody listens there.
pub const NOWHERE: &str = "127.0.0.1:1";

/// A provider and its server.
pub struct Stage {
    runtime: Runtime,
    pub provider: Arc<Provider<Aws>>,
    pub server: Server<Aws>,
    heard: Heard,
}

/// Everything that the provider said to people.
#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Log for Heard {
    fn log(&self, _: Severity, urn: &Urn, message: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{urn}: {message}"));
    }

    fn status(&self, urn: &Urn, message: String) {
        self.log(Severity::Info, urn, message);
    }
}

impl Stage {
    /// A provider that wasn't configured yet.
    pub fn unconfigured() -> Self {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        let (provider, heard) = (Arc::new(tenantstack::provider()), Heard::default());
        provider.connect(Arc::new(heard.clone()));
        trace::forward_to(heard.clone());
        let server = runtime.block_on(async { Server::new(provider.clone(), EngineLog::start()) });
        Stage { runtime, provider, server, heard }
    }

    /// A provider with keys of nobody's, whose every call goes nowhere.
    pub fn configured() -> Self {
        let stage = Stage::unconfigured();
        let endpoint = format!("http://{NOWHERE}");
        let config = [
            ("region", "eu-west-1"),
            ("accessKey", "AKIAIOSFODNN7EXAMPLE"),
            ("secretKey", "none"),
            ("endpoint", &endpoint),
            ("maxAttempts", "2"),
        ];
        let config = config.map(|(name, value)| (name.to_owned(), Value::from(value)));
        let identity = Identity {
            urn: Urn::new("urn:pulumi:dev::shop::pulumi:providers:tenantstack::p"),
            id: Some("6f1c2a52-0000-4000-8000-000000000001".to_owned()),
        };
        stage.runtime.block_on(stage.provider.configure(Map::from(config), identity)).unwrap();
        stage
    }

    /// Waits for an answer. The clock jumps wherever that waits.
    pub fn wait<T>(&self, answer: impl Future<Output = T>) -> T {
        self.runtime.block_on(answer)
    }

    /// What was said to people since this was asked the last time.
    pub fn heard(&self) -> Vec<String> {
        std::mem::take(&mut *self.heard.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// That an error isn't the provider's own fault.
///
/// # Errors
///
/// The fault.
pub fn no_bug(status: &Status) -> Result<(), TestCaseError> {
    match status.message().contains("a bug in the provider") {
        true => Err(TestCaseError::fail(status.message().to_owned())),
        false => Ok(()),
    }
}

/// The properties for a request.
pub fn sent(map: &Map) -> Option<Struct> {
    Some(encode(map, Accepts::REGISTRATION).unwrap())
}

/// The properties of an answer.
pub fn received(wire: Option<Struct>) -> Map {
    decode(wire).unwrap()
}
