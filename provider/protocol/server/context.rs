//! What all calls share.

use std::sync::Arc;

use framework::{cloud::Cloud, provider::Provider};

use crate::protocol::{calls::Calls, engine_log::EngineLog, monitor::Monitors};

/// What all calls share.
pub struct Context<C: Cloud> {
    /// The provider itself.
    pub provider: Arc<Provider<C>>,
    /// The engine's log.
    pub log: EngineLog,
    /// The calls that are being answered.
    pub calls: Arc<Calls>,
    /// Connections to monitors.
    pub monitors: Monitors,
}

impl<C: Cloud> Context<C> {
    /// For calls to that provider.
    pub fn new(provider: Arc<Provider<C>>, log: EngineLog) -> Self {
        Context { provider, calls: Arc::new(Calls::new(log.clone())), log, monitors: Monitors::default() }
    }
}
