//! What all calls share.

use std::sync::Arc;

use framework::{cloud::Cloud, provider::Provider};
use tokio::sync::Semaphore;

use crate::protocol::{calls::Calls, engine_log::EngineLog, monitor::Monitors};

/// How many components are made at once; the others wait for their turn. Each takes half a megabyte or more until all of
/// its children are there, and the engine works on four resources for each processor at a time, unless `--parallel` says
/// more (Pulumi CLI, `pulumi up`). None waits for one that comes later: the engine asks for a component when all that it
/// uses is there, and parts of a component aren't asked for by themselves.
pub const COMPONENTS: usize = 64;

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
    /// The turns of components.
    pub components: Semaphore,
}

impl<C: Cloud> Context<C> {
    /// For calls to that provider.
    pub fn new(provider: Arc<Provider<C>>, log: EngineLog) -> Self {
        let (calls, components) = (Arc::new(Calls::new(log.clone())), Semaphore::new(COMPONENTS));
        Context { provider, calls, log, monitors: Monitors::default(), components }
    }
}
