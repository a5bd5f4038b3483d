//! AWS as the framework's cloud.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::SystemTime,
};

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use framework::{
    cloud::{Cloud, Owned},
    problem::Problems,
    property::{Field, Properties},
    resource::{Owner, Wait},
    value::{Map, Value},
};

use super::{
    access,
    account::Account,
    config::{self, Config},
    error::Error,
    governor::Governor,
    limits::{calls, waits},
    lock::locked,
    region::{self, Region},
    seats::Seats,
    session::{Session, Shared},
    tags,
};

/// AWS, configured.
pub struct Aws {
    shared: Arc<Shared>,
    region: Option<Region>,
    sessions: Mutex<HashMap<Region, Arc<Session>>>,
    seats: Seats,
}

impl Aws {
    /// AWS with this configuration, through these connections. Reads local files, makes no call.
    pub async fn through(http: SharedHttpClient, config: Config) -> Self {
        let region = Region::of(&config).await;
        let sdk = access::prepare(&config, region.as_ref(), http).await;
        let account = Arc::new(Account::allowed(config.allowed_account_ids.clone().unwrap_or_default()));
        let shared = Shared { config, sdk, account, everywhere: Arc::new(Governor::default()) };
        Aws { shared: Arc::new(shared), region, sessions: Mutex::default(), seats: Seats::default() }
    }

    /// What defaults are chosen for.
    #[must_use]
    pub fn mode(&self) -> config::Mode {
        self.shared.config.mode
    }

    /// The places that were taken in this run.
    #[must_use]
    pub fn seats(&self) -> &Seats {
        &self.seats
    }

    fn session_in(&self, region: Region) -> Arc<Session> {
        let open = |region: &Region| Arc::new(Session::open(self.shared.clone(), region.clone()));
        locked(&self.sessions).entry(region).or_insert_with_key(open).clone()
    }
}

impl Cloud for Aws {
    type Config = Config;
    type Session = Session;
    type Error = Error;

    const COMMON: &'static [Field] = &[region::FIELD];

    const CONSISTENT: &'static Wait = &waits::VISIBLE;

    const REFERENCES_KNOWN: &'static Wait = &waits::REFERENCES_KNOWN;

    const REAPPEARS: &'static Wait = &waits::REAPPEARS;

    const DELETED: &'static Wait = &waits::UNUSED;

    async fn configure(config: Config) -> std::result::Result<Self, Problems> {
        Ok(Aws::through(access::http(), config).await)
    }

    fn rules(config: &Properties<'_, Config>, problems: &mut Problems) {
        config::rules(config, problems);
    }

    fn unreachable_after(old: &Config, new: &Config) -> Vec<&'static str> {
        config::unreachable_after(old, new)
    }

    fn complete(&self, fields: &[&'static Field], inputs: &mut Map) {
        if let Some(defaults) = self.shared.config.default_tags.as_ref().filter(|_| has_tags(fields))
            && let Some(merged) = tags::merge(inputs.remove("tags"), defaults)
        {
            inputs.insert("tags".to_owned(), merged);
        }
        if let Some(region) = &self.region
            && inputs.get(region::REGION).is_none_or(Value::is_null)
        {
            inputs.insert(region::REGION.to_owned(), Value::String(region.name().to_owned()));
        }
    }

    fn session(&self, properties: &Map) -> framework::error::Result<Arc<Session>> {
        let region = Region::said_by(properties).or_else(|| self.region.clone()).ok_or_else(region::unknown)?;
        Ok(self.session_in(region))
    }

    fn place(session: &Session) -> Map {
        Map::from([(region::REGION.to_owned(), Value::String(session.region().to_owned()))])
    }

    async fn owned(session: &Session, kind: &'static str) -> framework::error::Result<BTreeMap<String, Owned>> {
        Ok(tags::carriers::owned(session, kind).await?)
    }

    async fn retire(session: &Session, kind: &'static str, id: &str) -> framework::error::Result<()> {
        Ok(tags::carriers::disown(session, kind, id).await?)
    }

    async fn own(session: &Session, kind: &'static str, id: &str, owner: &Owner) -> framework::error::Result<()> {
        Ok(tags::carriers::own(session, kind, id, owner).await?)
    }

    fn adopts_any(session: &Session) -> bool {
        session.config().adopt_interrupted
    }

    fn adopts(session: &Session, made: SystemTime) -> bool {
        Self::now(session).duration_since(made).unwrap_or_default() <= calls::ADOPTABLE
    }

    fn now(_: &Session) -> SystemTime {
        SystemTime::now()
    }
}

fn has_tags(fields: &[&'static Field]) -> bool {
    fields.iter().any(|field| field.name == "tags" && field.role == framework::property::Role::Input)
}
