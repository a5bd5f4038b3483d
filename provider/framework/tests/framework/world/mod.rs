//! A cloud in memory: what stands there, what it was asked, and how it misbehaves.

pub mod badge;
pub mod cluster;
pub mod link;
pub mod machine;
pub mod outlook;
pub mod plot;
pub mod seat;
pub mod sticker;
pub mod vault;

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use framework::{
    Object,
    cloud::{Cloud, Owned},
    error::{Error, Kind, Result},
    problem::Problems,
    property::{Field, Properties, Record},
    resource::{Cx, Look, Owner, Wait},
    value::{Map, Path, Value},
};

/// One thing that stands in the world.
#[derive(Clone, Default)]
pub struct Thing {
    pub kind: &'static str,
    pub properties: Map,
    pub owner: Option<(String, SystemTime)>,
    /// How many more looks find it not ready.
    pub pending: u32,
    /// How many more looks find it still there after its deletion.
    pub leaving: Option<u32>,
    /// What is said to have gone wrong with it.
    pub broken: Option<&'static str>,
}

/// How a call goes wrong.
#[derive(Clone)]
pub enum Fault {
    /// It is refused; nothing is done.
    Refused(Kind),
    /// It is done, and the answer never comes.
    AnswerLost,
}

#[derive(Default)]
struct State {
    things: BTreeMap<String, Thing>,
    calls: Vec<String>,
    faults: HashMap<&'static str, VecDeque<Fault>>,
    pending: u32,
    leaving: u32,
    broken: Option<&'static str>,
    made: u32,
    says_yes_twice: bool,
    takes: Duration,
    ground: Option<String>,
    now: Option<SystemTime>,
}

/// The world, which outlives the providers that work on it.
#[derive(Default)]
pub struct World {
    state: Mutex<State>,
}

/// Each world by the number that the configuration names.
static WORLDS: Mutex<Vec<Arc<World>>> = Mutex::new(Vec::new());

impl World {
    /// A new world and its name.
    pub fn begin() -> (Arc<World>, String) {
        let mut worlds = WORLDS.lock().unwrap();
        worlds.push(Arc::default());
        (worlds.last().unwrap().clone(), (worlds.len() - 1).to_string())
    }

    fn called(name: &str) -> Arc<World> {
        WORLDS.lock().unwrap()[name.parse::<usize>().unwrap()].clone()
    }

    /// The next such calls go wrong, in this order.
    pub fn fault(&self, call: &'static str, faults: impl IntoIterator<Item = Fault>) {
        self.state.lock().unwrap().faults.entry(call).or_default().extend(faults);
    }

    /// Things that are made from now on are ready only at the look after so many.
    pub fn ready_after(&self, looks: u32) {
        self.state.lock().unwrap().pending = looks;
    }

    /// Things that are deleted from now on are seen so many times more.
    pub fn gone_after(&self, looks: u32) {
        self.state.lock().unwrap().leaving = looks;
    }

    /// Things that are made from now on fail, for that reason.
    pub fn breaks(&self, reason: &'static str) {
        self.state.lock().unwrap().broken = Some(reason);
    }

    /// Calls that take their time take so long from now on, and are done at the end of it.
    pub fn takes(&self, time: Duration) {
        self.state.lock().unwrap().takes = time;
    }

    /// The time that a call takes.
    async fn in_its_time(&self) {
        let time = self.state.lock().unwrap().takes;
        tokio::time::sleep(time).await;
    }

    /// A create of what is there already is answered as if it had made it.
    pub fn says_yes_twice(&self) {
        self.state.lock().unwrap().says_yes_twice = true;
    }

    /// Whose the ground is that everything without a tag stands on.
    pub fn stands_on(&self, token: &str) {
        self.state.lock().unwrap().ground = Some(token.to_owned());
    }

    /// The owner of that ground.
    pub fn ground(&self) -> Option<Owner> {
        let token = self.state.lock().unwrap().ground.clone();
        token.map(|token| Owner::new(token, self.now()))
    }

    /// Every call since the last time that somebody asked.
    pub fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().calls)
    }

    /// The ids of what stands there.
    pub fn ids(&self) -> Vec<String> {
        self.state.lock().unwrap().things.keys().cloned().collect()
    }

    pub fn thing(&self, id: &str) -> Thing {
        self.state.lock().unwrap().things.get(id).cloned().unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// Somebody makes or changes a thing behind the provider's back.
    pub fn put(&self, id: &str, thing: Thing) {
        self.state.lock().unwrap().things.insert(id.to_owned(), thing);
    }

    /// Somebody changes a property behind the provider's back; null takes it away.
    pub fn drift(&self, id: &str, property: &str, value: impl Into<Value>) {
        let mut thing = self.thing(id);
        match value.into() {
            Value::Null => thing.properties.remove(property),
            value => thing.properties.insert(property.to_owned(), value),
        };
        self.put(id, thing);
    }

    /// Somebody deletes a thing behind the provider's back.
    pub fn vanish(&self, id: &str) {
        self.state.lock().unwrap().things.remove(id);
    }

    pub fn now(&self) -> SystemTime {
        self.state.lock().unwrap().now.unwrap_or(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))
    }

    /// So much time goes by on the cloud's clock.
    pub fn pass(&self, time: Duration) {
        let later = self.now() + time;
        self.state.lock().unwrap().now = Some(later);
    }

    /// A call: written down, perhaps with a fault, perhaps done.
    fn call<T>(&self, call: &'static str, of: &str, act: impl FnOnce(&mut State) -> Result<T>) -> Result<T> {
        let mut state = self.state.lock().unwrap();
        state.calls.push(if of.is_empty() { call.to_owned() } else { format!("{call} {of}") });
        match state.faults.get_mut(call).and_then(VecDeque::pop_front) {
            Some(Fault::Refused(kind)) => Err(Error::new(kind, "the cloud says no").in_call(call).with_code("No")),
            Some(Fault::AnswerLost) => {
                drop(act(&mut state));
                Err(Error::new(Kind::Lost, "no answer").in_call(call))
            }
            None => act(&mut state),
        }
    }

    /// Makes a thing under an id, or one of the world's own choice.
    fn make(
        &self,
        call: &'static str,
        kind: &'static str,
        id: Option<String>,
        properties: Map,
        owner: Option<&Owner>,
    ) -> Result<String> {
        self.call(call, id.as_deref().unwrap_or_default(), |state| {
            state.made += 1;
            let id = id.clone().unwrap_or_else(|| format!("{kind}-{}", state.made));
            if state.things.contains_key(&id) {
                if state.says_yes_twice {
                    return Ok(id);
                }
                return Err(Error::new(Kind::Exists, format!("{id} exists")).in_call(call).with_code("Exists"));
            }
            let owner = owner.filter(|owner| !owner.is_nobody()).map(|owner| (owner.token().to_owned(), owner.asked()));
            let (pending, broken) = (state.pending, state.broken);
            state.things.insert(id.clone(), Thing { kind, properties, owner, pending, broken, leaving: None });
            Ok(id)
        })
    }

    /// Makes a thing, of whose kind no two may have the same value of a property.
    fn make_apart(
        &self,
        call: &'static str,
        kind: &'static str,
        (apart, refusal): (&str, Kind),
        properties: Map,
        owner: Option<&Owner>,
    ) -> Result<String> {
        let taken = |thing: &Thing| thing.kind == kind && thing.properties.get(apart) == properties.get(apart);
        if self.state.lock().unwrap().things.values().any(taken) {
            return self.call(call, "", |_| Err(Error::new(refusal, format!("the {apart} is taken")).in_call(call)));
        }
        self.make(call, kind, None, properties, owner)
    }

    /// The id of the thing of a kind that has such a property.
    fn find(&self, call: &'static str, kind: &'static str, property: &str, value: &str) -> Result<Option<String>> {
        self.call(call, value, |state| {
            let fits = |thing: &Thing| thing.kind == kind && thing.properties.get(property) == Some(&value.into());
            Ok(state.things.iter().find(|(_, thing)| fits(thing)).map(|(id, _)| id.clone()))
        })
    }

    /// What stands under an id; things that are being deleted fade with each look.
    fn look(&self, call: &'static str, id: &str) -> Result<Option<Thing>> {
        self.call(call, id, |state| {
            if let Some(left) = state.things.get_mut(id).and_then(|thing| thing.leaving.as_mut()) {
                if *left == 0 {
                    state.things.remove(id);
                } else {
                    *left -= 1;
                }
            }
            Ok(state.things.get(id).cloned())
        })
    }

    fn change(&self, call: &'static str, id: &str, what: &str, to: Map) -> Result<()> {
        self.call(call, &format!("{id} {what}"), |state| {
            let thing = state.things.get_mut(id).ok_or_else(|| Error::new(Kind::Gone, format!("{id} is gone")))?;
            for (key, value) in to {
                if value.is_null() {
                    thing.properties.remove(&key);
                } else {
                    thing.properties.insert(key, value);
                }
            }
            Ok(())
        })
    }

    fn delete(&self, call: &'static str, id: &str) -> Result<()> {
        self.call(call, id, |state| {
            let leaving = state.leaving;
            let thing = state.things.get_mut(id).ok_or_else(|| Error::new(Kind::Gone, format!("{id} is gone")))?;
            thing.leaving = Some(leaving);
            Ok(())
        })
    }

    /// Looks whether a thing is ready.
    fn readiness(&self, call: &'static str, id: &str) -> Result<Look<()>> {
        self.call(call, id, |state| {
            let thing = state.things.get_mut(id).ok_or_else(|| Error::new(Kind::Gone, format!("{id} is gone")))?;
            if let Some(reason) = thing.broken {
                return Ok(Look::Failed(reason.to_owned()));
            }
            if thing.pending == 0 {
                return Ok(Look::Ready(()));
            }
            thing.pending -= 1;
            Ok(Look::Pending("starting".to_owned()))
        })
    }
}

pub static READY: Wait = Wait {
    what: "the machine is running",
    usual: Duration::from_secs(90),
    every: Duration::from_secs(5),
    at_most: Duration::from_secs(600),
};

/// Waits until a thing is ready.
async fn until_ready(cx: &Cx<Fake>, id: &str) -> Result<()> {
    cx.until(&READY, id, || async { cx.world.readiness("status", id) }).await
}

/// The configuration of the fake cloud's provider.
#[derive(Object, Clone)]
#[object(token = "index:Config")]
pub struct Config {
    /// Which of the worlds it is.
    #[field(replaces)]
    world: String,
    /// Where things are, unless they say so themselves.
    #[field(length(2, 8))]
    region: Option<String>,
    /// How often a call is tried.
    #[field(range(1, 9), default = 3i64)]
    attempts: i64,
    /// Whether to say more.
    chatty: Option<bool>,
    /// How things are paid for as a rule.
    billing: Option<machine::Billing>,
    /// Accounts that may be worked on.
    accounts: Option<Vec<String>>,
    /// Tags of everything.
    default_tags: Option<BTreeMap<String, String>>,
    /// What opens the door.
    #[field(secret)]
    password: Option<String>,
}

/// The inputs that every resource has.
#[derive(Object, Clone)]
#[object(token = "index:Common")]
struct Common {
    /// Where the resource is.
    #[field(replaces, computed)]
    #[allow(dead_code, reason = "only its row in the table is looked at")]
    region: Option<String>,
}

/// The cloud, configured.
pub struct Fake {
    region: String,
    tags: BTreeMap<String, String>,
    sessions: Mutex<BTreeMap<String, Arc<Session>>>,
    world: Arc<World>,
}

/// A region of a world.
pub struct Session {
    pub world: Arc<World>,
    pub region: String,
}

pub mod config {
    use super::Config;
    use framework::property::FieldOf;

    pub const REGION: FieldOf<Config, Option<String>> = FieldOf::new("region");
    pub const CHATTY: FieldOf<Config, Option<bool>> = FieldOf::new("chatty");
}

impl Cloud for Fake {
    type Config = Config;
    type Session = Session;
    type Error = Error;

    const COMMON: &'static [Field] = Common::FIELDS;
    const CONSISTENT: &'static Wait = &Wait {
        what: "every reader sees it",
        usual: Duration::from_secs(1),
        every: Duration::from_secs(2),
        at_most: Duration::from_secs(30),
    };
    const REAPPEARS: &'static Wait = &Wait {
        what: "what the unanswered call made is seen",
        usual: Duration::from_secs(30),
        every: Duration::from_secs(5),
        at_most: Duration::from_secs(300),
    };

    const REFERENCES_KNOWN: &'static Wait = &Wait {
        what: "what it refers to is known",
        usual: Duration::from_secs(30),
        every: Duration::from_secs(5),
        at_most: Duration::from_secs(300),
    };
    const DELETED: &'static Wait = &Wait {
        what: "it is deleted",
        usual: Duration::from_secs(30),
        every: Duration::from_secs(5),
        at_most: Duration::from_secs(300),
    };

    async fn configure(config: Config) -> Result<Self, Problems> {
        let region = config.region.unwrap_or_else(|| "north".to_owned());
        if region == "nowhere" {
            return Err(Problems::one(Path::of("region"), "is no place to be"));
        }
        Ok(Fake {
            region,
            tags: config.default_tags.unwrap_or_default(),
            sessions: Mutex::default(),
            world: World::called(&config.world),
        })
    }

    fn rules(config: &Properties<'_, Config>, problems: &mut Problems) {
        let quiet_place = config.get(config::REGION).flatten().as_deref() == Some("library");
        if quiet_place && config.get(config::CHATTY).flatten() == Some(true) {
            problems.add(config.path(config::CHATTY), "must not be true in a library");
        }
    }

    fn unreachable_after(old: &Config, new: &Config) -> Vec<&'static str> {
        if old.region == new.region { Vec::new() } else { vec!["region"] }
    }

    fn complete(&self, fields: &[&'static Field], inputs: &mut Map) {
        inputs.entry("region".to_owned()).or_insert_with(|| Value::from(self.region.as_str()));
        let takes_tags = fields.iter().any(|field| field.name == "tags");
        if let Some(Value::Map(tags)) = inputs.get_mut("tags").filter(|_| takes_tags) {
            for (key, value) in &self.tags {
                tags.entry(key.clone()).or_insert_with(|| Value::from(value.as_str()));
            }
        }
    }

    fn session(&self, properties: &Map) -> Result<Arc<Session>> {
        let region = properties.get("region").and_then(Value::as_str).unwrap_or(&self.region).to_owned();
        if region == "void" {
            return Err(Error::new(Kind::Unauthenticated, "there are no credentials for the void"));
        }
        let mut sessions = self.sessions.lock().unwrap();
        let session = || Arc::new(Session { world: self.world.clone(), region: region.clone() });
        Ok(sessions.entry(region.clone()).or_insert_with(session).clone())
    }

    fn place(session: &Session) -> Map {
        Map::from([("region".to_owned(), Value::from(session.region.as_str()))])
    }

    async fn owned(session: &Session, kind: &'static str) -> Result<BTreeMap<String, Owned>> {
        session.world.call("list", kind, |state| {
            let of_kind = state.things.iter().filter(|(_, thing)| thing.kind == kind);
            let mut owned: Vec<_> =
                of_kind.filter_map(|(id, thing)| thing.owner.clone().map(|owner| (owner, id.clone()))).collect();
            owned.sort_by_key(|((_, made), _)| *made);
            Ok(owned.into_iter().map(|((token, made), id)| (token, Owned { id, made })).collect())
        })
    }

    async fn retire(session: &Session, _: &'static str, id: &str) -> Result<()> {
        session.world.call("retire", id, |state| {
            if let Some(thing) = state.things.get_mut(id) {
                thing.owner = None;
            }
            Ok(())
        })
    }

    async fn own(session: &Session, _: &'static str, id: &str, owner: &Owner) -> Result<()> {
        session.world.call("own", id, |state| {
            if let Some(thing) = state.things.get_mut(id) {
                thing.owner = Some((owner.token().to_owned(), owner.asked()));
            }
            Ok(())
        })
    }

    fn adopts(session: &Session, made: SystemTime) -> bool {
        session.world.now().duration_since(made).is_ok_and(|age| age < Duration::from_secs(24 * 60 * 60))
    }

    fn now(session: &Session) -> SystemTime {
        session.world.now()
    }
}
