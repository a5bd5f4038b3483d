//! A provider over a world of its own, and what an engine asks of it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use framework::{
    cloud::Identity,
    engine::{Log, Severity},
    error::{Error, Result},
    problem::Problems,
    provider::{
        CheckRequest, CreateRequest, DeleteRequest, DiffRequest, Provider, ReadRequest, Registry, UpdateRequest,
    },
    resource::{Difference, Failure, Made, ReadBack},
    schema::PackageInfo,
    value::{Map, Urn, Value},
};

use crate::world::{
    Fake, World,
    badge::Badge,
    cluster::{Cluster, Store},
    link::Link,
    machine::Machine,
    outlook::Outlook,
    plot::Plot,
    seat::Seat,
    sticker::Sticker,
    vault::Vault,
};

/// A map of values: `map! { "zone" => "a", "size" => 4.0 }`.
macro_rules! map {
    ($($key:literal => $value:expr),* $(,)?) => {
        ::framework::value::Map::from([$(($key.to_owned(), ::framework::value::Value::from($value))),*])
    };
}

/// A list of values.
macro_rules! list {
    ($($value:expr),* $(,)?) => { ::framework::value::Value::List(vec![$(::framework::value::Value::from($value)),*]) };
}

pub(crate) use {list, map};

/// A secret value.
pub fn secret(value: impl Into<Value>) -> Value {
    value.into().into_secret()
}

/// The problems as `path: reason` lines.
pub fn told(problems: &Problems) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.path, problem.reason)).collect()
}

/// The changes as `path: kind` lines; a `!` marks those that replace.
pub fn changed(difference: &Difference) -> Vec<String> {
    let mark = |replaces| if replaces { "!" } else { "" };
    difference
        .changes
        .iter()
        .map(|(path, change)| format!("{path}: {:?}{}", change.kind, mark(change.replaces)))
        .collect()
}

/// The map without what the framework hides in it.
pub fn shown(map: &Map) -> Map {
    map.iter().filter(|(key, _)| !key.starts_with("__")).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Everything that was logged.
#[derive(Default)]
pub struct Written {
    lines: Mutex<Vec<String>>,
}

impl Written {
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap().clone()
    }
}

impl Log for Written {
    fn log(&self, severity: Severity, urn: &Urn, message: String) {
        self.lines.lock().unwrap().push(format!("{severity:?} {}: {message}", urn.name()));
    }

    fn status(&self, urn: &Urn, message: String) {
        self.lines.lock().unwrap().push(format!("{}: {message}", urn.name()));
    }
}

/// The provider resource that the tests' provider serves.
pub fn identity() -> Identity {
    Identity { urn: Urn::new("urn:pulumi:dev::shop::pulumi:providers:fake::default"), id: Some("p-1".to_owned()) }
}

pub fn urn(kind: &str, name: &str) -> Urn {
    Urn::new(format!("urn:pulumi:dev::shop::fake:{kind}::{name}"))
}

pub fn machine(name: &str) -> Urn {
    urn("compute:Machine", name)
}

pub fn vault(name: &str) -> Urn {
    urn("storage:Vault", name)
}

pub fn link(name: &str) -> Urn {
    urn("compute:Link", name)
}

pub fn badge(name: &str) -> Urn {
    urn("people:Badge", name)
}

pub fn sticker(name: &str) -> Urn {
    urn("people:Sticker", name)
}

pub fn outlook(name: &str) -> Urn {
    urn("people:Outlook", name)
}

pub fn seat(name: &str) -> Urn {
    urn("people:Seat", name)
}

pub fn plot(name: &str) -> Urn {
    urn("land:Plot", name)
}

/// A provider process, and the world that it works on.
pub struct Stage {
    pub provider: Arc<Provider<Fake>>,
    pub world: Arc<World>,
    pub log: Arc<Written>,
    name: String,
}

/// A provider that isn't configured.
pub fn unconfigured() -> Provider<Fake> {
    let registry = Registry::new()
        .resource_type::<Machine>()
        .resource_type::<Vault>()
        .resource_type::<Link>()
        .resource_type::<Badge>()
        .resource_type::<Sticker>()
        .resource_type::<Outlook>()
        .resource_type::<Plot>()
        .resource_type::<Seat>()
        .component_type::<Cluster>()
        .component_type::<Store>();
    let about = serde_json::json!({ "description": "A cloud in memory." });
    Provider::new(PackageInfo { name: "fake", version: "1.2.3", about }, registry)
}

impl Stage {
    /// A provider over an empty world.
    pub async fn set() -> Stage {
        let (world, name) = World::begin();
        Stage::over(world, name, identity(), Map::new()).await
    }

    /// The same, where the provider resource isn't made yet.
    pub async fn before_the_first_run() -> Stage {
        let (world, name) = World::begin();
        Stage::over(world, name, Identity { id: None, ..identity() }, Map::new()).await
    }

    /// The same, with more configuration.
    pub async fn configured(config: Map) -> Stage {
        let (world, name) = World::begin();
        Stage::over(world, name, identity(), config).await
    }

    /// A new process over the same world.
    pub async fn restarted(&self) -> Stage {
        Stage::over(self.world.clone(), self.name.clone(), identity(), Map::new()).await
    }

    async fn over(world: Arc<World>, name: String, identity: Identity, config: Map) -> Stage {
        let provider = Arc::new(unconfigured());
        let log = Arc::new(Written::default());
        provider.connect(log.clone());
        let stage = Stage { provider, world, log, name };
        stage.configure(identity, config).await;
        let (ground, _) = stage.check(&machine("ground"), &Map::new(), Map::new());
        if let Some((_, token)) = ground.get("__owner").and_then(Value::as_str).and_then(|kept| kept.split_once('.')) {
            stage.world.stands_on(token);
        }
        stage
    }

    /// Configures the same process again, as in attach mode.
    pub async fn configure(&self, identity: Identity, mut config: Map) {
        config.insert("world".to_owned(), Value::from(self.name.as_str()));
        self.provider.configure(config, identity).await.unwrap();
    }

    pub fn check(&self, urn: &Urn, olds: &Map, news: Map) -> (Map, Problems) {
        let request = CheckRequest { urn: urn.clone(), olds: olds.clone(), news, ..CheckRequest::default() };
        self.provider.check(request).unwrap()
    }

    /// What is wrong with a new machine of these inputs.
    pub fn problems(&self, news: Map) -> Vec<String> {
        told(&self.check(&machine("m"), &Map::new(), news).1)
    }

    /// Checked inputs, in which nothing may be wrong.
    pub fn checked(&self, urn: &Urn, news: Map) -> Map {
        self.checked_after(urn, &Map::new(), news)
    }

    pub fn checked_after(&self, urn: &Urn, olds: &Map, news: Map) -> Map {
        let (checked, problems) = self.check(urn, olds, news);
        assert_eq!(told(&problems), Vec::<String>::new());
        checked
    }

    pub fn diff(&self, urn: &Urn, old_inputs: &Map, news: &Map) -> Result<Difference> {
        self.provider.diff(&DiffRequest {
            urn: urn.clone(),
            id: "some-id".to_owned(),
            olds: Map::new(),
            old_inputs: old_inputs.clone(),
            news: news.clone(),
        })
    }

    /// The changes between two programs' words for a machine, both checked.
    pub fn changes(&self, old: Map, new: Map) -> Vec<String> {
        let urn = machine("m");
        let old = self.checked(&urn, old);
        let new = self.checked_after(&urn, &old, new);
        changed(&self.diff(&urn, &old, &new).unwrap())
    }

    pub async fn create(&self, urn: &Urn, properties: &Map) -> Result<Made, Failure> {
        self.create_within(urn, properties, Duration::ZERO).await
    }

    pub async fn create_within(&self, urn: &Urn, properties: &Map, timeout: Duration) -> Result<Made, Failure> {
        let request = CreateRequest { urn: urn.clone(), properties: properties.clone(), timeout, preview: false };
        self.provider.create(request).await
    }

    pub async fn preview(&self, urn: &Urn, properties: &Map) -> Result<Made, Failure> {
        let request = CreateRequest {
            urn: urn.clone(),
            properties: properties.clone(),
            preview: true,
            ..CreateRequest::default()
        };
        self.provider.create(request).await
    }

    /// Checks and creates; the inputs and what came of them.
    pub async fn made(&self, urn: &Urn, news: Map) -> (Map, Made) {
        let inputs = self.checked(urn, news);
        let made = self.create(urn, &inputs).await.unwrap();
        (inputs, made)
    }

    /// Reads what the state knows.
    pub async fn refresh(&self, urn: &Urn, inputs: &Map, made: &Made) -> Result<Option<ReadBack>, Failure> {
        self.provider
            .read(ReadRequest {
                urn: urn.clone(),
                id: made.id.clone(),
                inputs: Some(inputs.clone()),
                properties: Some(made.properties.clone()),
                timeout: Duration::ZERO,
            })
            .await
    }

    pub async fn import(&self, urn: &Urn, id: &str) -> Result<Option<ReadBack>, Failure> {
        self.provider.read(ReadRequest { urn: urn.clone(), id: id.to_owned(), ..ReadRequest::default() }).await
    }

    pub fn update_of(&self, urn: &Urn, made: &Made, old_inputs: &Map, news: &Map) -> UpdateRequest {
        UpdateRequest {
            urn: urn.clone(),
            id: made.id.clone(),
            olds: made.properties.clone(),
            old_inputs: old_inputs.clone(),
            news: news.clone(),
            timeout: Duration::ZERO,
            preview: false,
        }
    }

    pub async fn update(&self, urn: &Urn, made: &Made, old_inputs: &Map, news: &Map) -> Result<Map, Failure> {
        self.provider.update(self.update_of(urn, made, old_inputs, news)).await
    }

    pub async fn delete(&self, urn: &Urn, inputs: &Map, made: &Made) -> Result<(), Failure> {
        self.provider
            .delete(DeleteRequest {
                urn: urn.clone(),
                id: made.id.clone(),
                properties: made.properties.clone(),
                old_inputs: inputs.clone(),
                timeout: Duration::ZERO,
            })
            .await
    }
}

/// The error of a verb that failed as a whole.
pub fn whole<T: std::fmt::Debug>(result: Result<T, Failure>) -> Error {
    match result {
        Err(Failure::Whole(error)) => error,
        other => panic!("not a failure as a whole: {other:?}"),
    }
}

/// The id, the properties and the error of a verb that failed half-way.
pub fn partial<T: std::fmt::Debug>(result: Result<T, Failure>) -> (String, Map, Error) {
    match result {
        Err(Failure::Partial { id, properties, error }) => (id, properties, error),
        other => panic!("not a partial failure: {other:?}"),
    }
}

/// Runs a future as far as it goes by itself: the paused clock moves only when nothing else can.
pub async fn until_idle<F: Future + Unpin>(future: &mut F) {
    tokio::select! {
        biased;
        _ = future => panic!("it was not to end yet"),
        () = tokio::time::sleep(Duration::from_nanos(1)) => {}
    }
}
