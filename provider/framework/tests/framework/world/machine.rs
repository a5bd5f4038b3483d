//! A machine: every law that a field can be under.

use std::collections::BTreeMap;

use framework::{
    Choice, Object, Resource,
    error::Result,
    problem::Problems,
    property::{Cidr, Encode, EncodeRecord, FieldOf, Json, Properties},
    resource::{Carried, Change, Cx, Managed, Owner},
    value::{Map, Value},
};

use super::{Fake, until_ready};

/// How a machine is paid for.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "compute:Billing")]
pub enum Billing {
    /// By the hour.
    #[choice("hourly")]
    Hourly,
    /// By the month.
    #[choice("monthly")]
    Monthly,
}

/// A machine's disk.
#[derive(Object, Clone, Debug)]
#[object(token = "compute:Disk")]
pub struct Disk {
    /// Its size in GB.
    #[field(range(1, 1000))]
    size: i64,
    /// Where it is seen.
    #[field(pattern("/[a-z]+", "a path with one part in small letters"))]
    mount: Option<String>,
    /// What it is for.
    labels: Option<BTreeMap<String, String>>,
    /// Who may use it.
    #[field(set)]
    users: Option<Vec<String>>,
}

/// A machine that computes.
///
/// Has every law that a field can be under:
/// - this is a list
#[derive(Resource)]
#[resource(token = "compute:Machine", model = "Fake::Compute::Machine", id = "machine_id")]
pub struct Machine {
    /// The physical name: letters, digits and dashes, no more than 24. Made up when absent.
    #[input(named(24), replaces, length(1, 24), pattern("[a-zA-Z0-9-]+", "letters, digits and dashes"))]
    name: Option<String>,
    /// The zone that it stands in.
    #[input(replaces)]
    zone: String,
    /// Its addresses. The cloud chooses when absent.
    #[input(replaces, computed)]
    block: Option<Cidr>,
    /// How big it is, between 1 and 64. The cloud chooses when absent.
    #[input(computed, range(1, 64))]
    size: Option<i64>,
    /// The cores of which a whole number is to be had.
    #[input(one_of(1, 2, 4))]
    cores: Option<i64>,
    /// Whether it is watched.
    #[input(default = false)]
    watched: bool,
    /// A few words.
    #[input(length(2, 12), pattern("[a-z ]*", "small letters and spaces"))]
    note: Option<String>,
    /// Open ports.
    #[input(set, items(1, 3), each(range(1, 65535)))]
    ports: Option<Vec<i64>>,
    /// Commands, in their order.
    #[input(each(length(1, 9), pattern("[a-z]+", "small letters")))]
    commands: Option<Vec<String>>,
    /// How it is paid for.
    #[input]
    billing: Option<Billing>,
    /// Its disk.
    #[input]
    disk: Option<Disk>,
    /// What it may do.
    #[input]
    policy: Option<Json>,
    /// What opens it.
    #[input(secret, length(4, 16), pattern("[a-z0-9]+", "small letters and digits"))]
    password: Option<String>,
    /// What it is started with. Never told back.
    #[input(write_only)]
    startup: Option<String>,
    /// Tags.
    #[input(default)]
    tags: BTreeMap<String, String>,

    #[output(stable)]
    machine_id: String,
    /// Where it is found.
    #[output(follows(size, watched))]
    address: String,
    /// What proves that it is the one.
    #[output(secret, stable)]
    fingerprint: String,
    /// Where its log is, which the cloud doesn't remember.
    log_url: Option<String>,
}

impl Managed for Machine {
    type Cloud = Fake;

    const OWNER: Carried = Carried::Tag { kind: "machine" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let small = want.get(fields::size).flatten().is_some_and(|size| size < 4);
        if small && want.get(fields::watched) == Some(true) {
            problems.add(want.path(fields::watched), "needs a size of at least 4");
        }
    }

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::address).as_deref() == Some("the scrapyard")
    }

    async fn foresee(cx: &Cx<Fake>, want: &MachineInputs) -> Result<Option<Self>> {
        if want.note.as_deref() != Some("foreseen") {
            return Ok(None);
        }
        let mut properties = want.encode_fields();
        properties.insert("size".to_owned(), Value::from(16.0));
        Ok(Some(machine(cx.world.look("foresee", "").map(|_| "foreseen")?, &properties)))
    }

    async fn create(cx: &Cx<Fake>, want: &MachineInputs, owner: &Owner) -> Result<String> {
        let mut properties = want.encode_fields();
        properties.remove("startup");
        properties.entry("size".to_owned()).or_insert(Value::from(2.0));
        properties.entry("block".to_owned()).or_insert(Value::from("10.9.0.0/24"));
        cx.world.make("createMachine", "machine", None, properties, Some(owner))
    }

    async fn settle(cx: &Cx<Fake>, id: &str, _: &MachineInputs) -> Result<()> {
        until_ready(cx, id).await
    }

    async fn read(cx: &Cx<Fake>, id: &str) -> Result<Option<Self>> {
        Ok(cx.world.look("describeMachine", id)?.map(|thing| Machine {
            address: thing.broken.map_or_else(|| format!("{id}.fake"), |_| "the scrapyard".to_owned()),
            log_url: cx.recorded::<Machine>().get(fields::log_url).flatten(),
            ..machine(id, &thing.properties)
        }))
    }

    async fn update(cx: &Cx<Fake>, id: &str, change: &Change<Self>) -> Result<()> {
        let mut to = Map::new();
        note(&mut to, change, fields::size);
        note(&mut to, change, fields::cores);
        note(&mut to, change, fields::watched);
        note(&mut to, change, fields::note);
        note(&mut to, change, fields::ports);
        note(&mut to, change, fields::commands);
        note(&mut to, change, fields::billing);
        note(&mut to, change, fields::disk);
        note(&mut to, change, fields::policy);
        note(&mut to, change, fields::password);
        note(&mut to, change, fields::tags);
        let changed: Vec<_> = to.keys().cloned().collect();
        if changed.is_empty() { Ok(()) } else { cx.world.change("changeMachine", id, &changed.join(" "), to) }
    }

    async fn delete(cx: &Cx<Fake>, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.world.delete("deleteMachine", id)
    }

    async fn blockers(_: &Cx<Fake>, _: &str) -> Result<Vec<String>> {
        Ok(vec!["a cable".to_owned(), "a cat".to_owned()])
    }
}

/// Notes a property's new value, if it is another.
fn note<T>(to: &mut Map, change: &Change<Machine>, field: FieldOf<Machine, T>)
where
    T: framework::property::Decode + Encode,
{
    if let Some(new) = change.to(field) {
        to.insert(field.name().to_owned(), new.encode());
    }
}

fn machine(id: &str, properties: &Map) -> Machine {
    let found = Properties::<Machine>::new(properties);
    Machine {
        name: found.get(fields::name).flatten(),
        zone: found.get(fields::zone).unwrap_or_default(),
        block: found.get(fields::block).flatten(),
        size: found.get(fields::size).flatten(),
        cores: found.get(fields::cores).flatten(),
        watched: found.get(fields::watched).unwrap_or_default(),
        note: found.get(fields::note).flatten(),
        ports: found.get(fields::ports).flatten(),
        commands: found.get(fields::commands).flatten(),
        billing: found.get(fields::billing).flatten(),
        disk: found.get(fields::disk).flatten(),
        policy: found.get(fields::policy).flatten(),
        password: found.get(fields::password).flatten(),
        startup: None,
        tags: found.get(fields::tags).unwrap_or_default(),
        machine_id: id.to_owned(),
        address: format!("{id}.fake"),
        fingerprint: format!("print of {id}"),
        log_url: None,
    }
}
