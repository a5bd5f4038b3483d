//! A cloud in which one kind of thing can be, and whose name says what becomes of it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use framework::{
    Component, Inputs, Object, Outputs, Resource,
    cloud::{Cloud, Owned},
    component::{Component, Scope},
    error::{Error, Kind, Result},
    problem::Problems,
    property::{Field, Properties},
    provider::{Provider, Registry},
    resource::{Carried, Change, Cx, Look, Managed, Owner, Wait},
    schema::PackageInfo,
    value::{Map, Output, Path},
};

/// What there is, by id.
type Things = Mutex<BTreeMap<String, ThingInputs>>;

/// The cloud.
pub struct World(Arc<Things>);

/// The cloud's configuration.
#[derive(Object, Clone, Default)]
#[object(token = "index:Config")]
pub struct Config {
    /// Where things are.
    #[field(length(2, 9))]
    pub region: Option<String>,
}

const SOON: Wait = Wait {
    what: "it is ready",
    usual: Duration::ZERO,
    every: Duration::from_secs(9),
    at_most: Duration::from_secs(999),
};

impl Cloud for World {
    type Config = Config;
    type Session = Arc<Things>;
    type Error = Error;

    const COMMON: &'static [Field] = &[];
    const CONSISTENT: &'static Wait = &SOON;
    const REAPPEARS: &'static Wait = &SOON;

    const REFERENCES_KNOWN: &'static Wait = &SOON;
    const DELETED: &'static Wait = &SOON;

    async fn configure(_: Config) -> Result<Self, Problems> {
        Ok(World(Arc::default()))
    }

    fn rules(_: &Properties<'_, Config>, _: &mut Problems) {}

    fn unreachable_after(old: &Config, new: &Config) -> Vec<&'static str> {
        if old.region == new.region { Vec::new() } else { vec!["region"] }
    }

    fn complete(&self, _: &[&'static Field], _: &mut Map) {}

    fn session(&self, _: &Map) -> Result<Arc<Self::Session>> {
        Ok(Arc::new(self.0.clone()))
    }

    fn place(_: &Self::Session) -> Map {
        Map::new()
    }

    async fn owned(_: &Self::Session, _: &'static str) -> Result<BTreeMap<String, Owned>> {
        Ok(BTreeMap::new())
    }

    fn adopts(_: &Self::Session, _: SystemTime) -> bool {
        false
    }

    fn now(_: &Self::Session) -> SystemTime {
        SystemTime::UNIX_EPOCH
    }
}

/// A thing: it `panics` when it is made, `breaks` afterwards, or `waits` for ever.
#[derive(Resource)]
#[resource(token = "index:Thing", model = "", id = "thing_id")]
pub struct Thing {
    /// What becomes of it.
    #[input(replaces)]
    fate: String,
    /// What it is told; nobody else may know.
    #[input(secret)]
    word: Option<String>,
    /// Its id.
    #[output(stable)]
    thing_id: String,
}

fn locked(things: &Things) -> std::sync::MutexGuard<'_, BTreeMap<String, ThingInputs>> {
    things.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Managed for Thing {
    type Cloud = World;

    const OWNER: Carried = Carried::Identity;

    #[allow(clippy::panic, reason = "a mistake to be caught")]
    async fn create(cx: &Cx<World>, want: &ThingInputs, _: &Owner) -> Result<String> {
        assert!(want.fate != "panics", "it panics");
        let id = format!("id-{}", want.fate);
        locked(cx).insert(id.clone(), want.clone());
        Ok(id)
    }

    async fn settle(cx: &Cx<World>, id: &str, want: &ThingInputs) -> Result<()> {
        match want.fate.as_str() {
            "breaks" => Err(Error::new(Kind::Failed, "it broke")),
            "waits" => cx.until(&SOON, id, || async { Ok(Look::Pending("as ever".to_owned())) }).await,
            _ => Ok(()),
        }
    }

    async fn read(cx: &Cx<World>, id: &str) -> Result<Option<Thing>> {
        let found = locked(cx).get(id).cloned();
        Ok(found.map(|found| Thing { fate: found.fate, word: found.word, thing_id: id.to_owned() }))
    }

    async fn update(cx: &Cx<World>, id: &str, change: &Change<Self>) -> Result<()> {
        locked(cx).insert(id.to_owned(), change.wanted().clone());
        Ok(())
    }

    async fn delete(cx: &Cx<World>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        locked(cx).remove(id);
        Ok(())
    }
}

/// What a pair is made of.
#[derive(Inputs, Clone)]
pub struct PairInputs {
    /// The fate of both.
    pub fate: String,
}

/// What a pair is.
#[derive(Outputs, Clone)]
pub struct PairOutputs {
    /// The first one's id.
    pub first_id: Output<String>,
}

/// Two things.
#[derive(Component)]
#[component(token = "index:Pair")]
pub struct Pair;

impl Component for Pair {
    type Inputs = PairInputs;
    type Outputs = PairOutputs;
    type Cloud = World;

    fn build(scope: &Scope<World>, want: PairInputs) -> Result<PairOutputs, Problems> {
        if want.fate == "is wrong" {
            return Err(Problems::one(Path::of("fate"), "is wrong"));
        }
        let first = scope.child("first", ThingArgs { fate: want.fate.clone().into(), ..Default::default() });
        scope.child("second", ThingArgs { fate: first.id().into(), ..Default::default() });
        Ok(PairOutputs { first_id: first.id() })
    }
}

/// The provider of all this.
pub fn provider() -> Provider<World> {
    let about = serde_json::json!({ "name": "world", "version": "" });
    let registry = Registry::new().resource_type::<Thing>().component_type::<Pair>();
    Provider::new(PackageInfo { name: "world", version: "1.2.3", about }, registry)
}
