//! The provider as a whole: every verb that a wire protocol can ask for.

mod config;
mod registry;
mod request;
mod verbs;

use std::{
    sync::{Arc, Mutex, RwLock},
    time::Duration,
};

pub use registry::Registry;
pub use request::{
    CheckRequest, ConstructFailure, ConstructRequest, Constructed, CreateRequest, DeleteRequest, DiffRequest,
    ReadRequest, UpdateRequest,
};
use tokio_util::sync::CancellationToken;

use crate::{
    cloud::{Cloud, Identity},
    engine::{Log, Severity},
    error::{Error, Kind, Result},
    property::Record,
    resource::{Adoption, AnyResource, Cx, Operation},
    schema::{Package, PackageInfo},
    value::{Map, Urn},
};

/// A provider: its package, its types, and its cloud once it is configured.
pub struct Provider<C: Cloud> {
    package: PackageInfo,
    registry: Registry<C>,
    configured: RwLock<Option<Arc<Configured<C>>>>,
    log: RwLock<Arc<dyn Log>>,
    cancel: Mutex<CancellationToken>,
}

/// A cloud, the provider resource that it was configured for, and what was learnt since. In attach
/// mode each deployment configures the same process anew, and begins with nothing learnt.
struct Configured<C: Cloud> {
    cloud: Arc<C>,
    identity: Identity,
    adoption: Adoption<C>,
}

/// The log of a provider that no engine listens to.
struct Silence;

impl Log for Silence {
    fn log(&self, _: Severity, _: &Urn, _: String) {}

    fn status(&self, _: &Urn, _: String) {}
}

impl<C: Cloud> Provider<C> {
    /// A provider of these types.
    #[must_use]
    pub fn new(package: PackageInfo, registry: Registry<C>) -> Self {
        Provider {
            package,
            registry,
            configured: RwLock::default(),
            log: RwLock::new(Arc::new(Silence)),
            cancel: Mutex::default(),
        }
    }

    /// The package's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.package.name
    }

    /// The package's version.
    #[must_use]
    pub fn version(&self) -> &str {
        self.package.version
    }

    /// The package's schema.
    #[must_use]
    pub fn schema(&self) -> String {
        Package { info: &self.package, config: C::Config::FIELDS, members: self.registry.members() }.schema()
    }

    /// The types that the provider offers.
    #[must_use]
    pub fn registry(&self) -> &Registry<C> {
        &self.registry
    }

    /// Takes the engine's log.
    pub fn connect(&self, log: Arc<dyn Log>) {
        if let Ok(mut slot) = self.log.write() {
            *slot = log;
        }
    }

    /// Everything that waits now stops waiting. What begins later is not concerned: in attach mode
    /// the same process serves the next deployment.
    pub fn cancel(&self) {
        if let Ok(mut token) = self.cancel.lock() {
            std::mem::take(&mut *token).cancel();
        }
    }

    fn configured(&self) -> Result<Arc<Configured<C>>> {
        let configured = self.configured.read().ok().and_then(|configured| configured.clone());
        configured.ok_or_else(|| Error::new(Kind::Internal, "the provider is used before it is configured"))
    }

    fn resource(&self, urn: &Urn) -> Result<&dyn AnyResource<C>> {
        self.registry.resource(urn.kind(), self.package.name).ok_or_else(|| {
            Error::new(Kind::Invalid, format!("{} has no resource type {}", self.package.name, urn.kind()))
        })
    }

    fn operation(&self, urn: &Urn, timeout: Duration) -> Arc<Operation> {
        let log = self.log.read().map_or_else(|_| Arc::new(Silence) as Arc<dyn Log>, |log| log.clone());
        let cancel = self.cancel.lock().map(|token| token.clone()).unwrap_or_default();
        Arc::new(Operation::begin(urn.clone(), log, cancel, timeout))
    }

    /// What a resource of which that is recorded is worked on with.
    fn cx(&self, urn: &Urn, recorded: Map, timeout: Duration) -> Result<Cx<C>> {
        let session = self.configured()?.cloud.session(&recorded)?;
        Ok(Cx::new(session, self.operation(urn, timeout), recorded))
    }
}
