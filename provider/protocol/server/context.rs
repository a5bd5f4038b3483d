//! What all calls share.

use std::sync::{Arc, Mutex, PoisonError};

use framework::provider::Provider;

use crate::protocol::{calls::Calls, engine_log::EngineLog, monitor::Monitors};

/// What all calls share.
pub struct Context<C> {
    /// The provider itself.
    pub provider: Arc<Provider<C>>,
    /// The engine's log.
    pub log: EngineLog,
    /// The calls that are being answered.
    pub calls: Arc<Calls>,
    /// Connections to monitors.
    pub monitors: Monitors,
    own_reference: Mutex<String>,
}

impl<C> Context<C> {
    /// For calls to that provider.
    pub fn new(provider: Arc<Provider<C>>, log: EngineLog) -> Self {
        Context {
            provider,
            calls: Arc::new(Calls::new(log.clone())),
            log,
            monitors: Monitors::default(),
            own_reference: Mutex::default(),
        }
    }

    /// Notes by which name the engine knows the provider resource that this process serves, if it
    /// is one that only the wire has a form for.
    pub fn called(&self, reference: String) {
        *self.own_reference.lock().unwrap_or_else(PoisonError::into_inner) = reference;
    }

    /// By which name the engine knows this provider.
    pub fn reference(&self) -> String {
        self.own_reference.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
