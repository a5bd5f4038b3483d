//! The engine's monitor, doubled: it answers registrations as it is told to and writes them down.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

use framework::{
    engine::{Monitor, Refused, Registered, Registration},
    value::{Map, OutputValue, Urn, Value},
};
use futures::future::BoxFuture;
use tokio::sync::Semaphore;

/// What the engine makes of a registration.
#[derive(Clone)]
pub enum Answer {
    /// It is made, with these outputs beside its inputs.
    Made(Map),
    /// This is a preview: no id, and these outputs beside its inputs.
    Planned(Map),
    /// It failed or was passed over, while the deployment goes on.
    Skipped,
    /// The deployment is over.
    Refused(&'static str),
}

#[derive(Default)]
struct Seen {
    /// Every call, as it began and as it ended.
    events: Vec<String>,
    registrations: BTreeMap<String, Registration>,
    outputs: Vec<(String, Map)>,
    running: BTreeSet<String>,
}

/// The double.
#[derive(Default)]
pub struct Double {
    seen: Mutex<Seen>,
    answers: HashMap<&'static str, Answer>,
    gates: HashMap<&'static str, Arc<Semaphore>>,
    known: BTreeMap<Urn, Map>,
    preview: bool,
}

impl Double {
    /// An engine that makes whatever it is asked for.
    pub fn new() -> Self {
        Double::default()
    }

    /// An engine that previews.
    pub fn previewing() -> Self {
        Double { preview: true, ..Double::default() }
    }

    /// Answers that registration so.
    #[must_use]
    pub fn answering(mut self, name: &'static str, answer: Answer) -> Self {
        self.answers.insert(name, answer);
        self
    }

    /// Holds the answer to that registration back until it is let go.
    #[must_use]
    pub fn holding(mut self, name: &'static str) -> Self {
        self.gates.insert(name, Arc::new(Semaphore::new(0)));
        self
    }

    /// Knows the outputs of a component that the program made before.
    #[must_use]
    pub fn knowing(mut self, urn: Urn, outputs: Map) -> Self {
        self.known.insert(urn, outputs);
        self
    }

    /// Lets an answer go.
    pub fn let_go(&self, name: &str) {
        self.gates[name].add_permits(1);
    }

    /// Everything that was asked and answered, in order.
    pub fn events(&self) -> Vec<String> {
        self.seen.lock().unwrap().events.clone()
    }

    /// The names of everything that was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        self.events().iter().filter_map(|event| event.strip_prefix("asked ").map(str::to_owned)).collect()
    }

    /// What waits for its answer.
    pub fn running(&self) -> Vec<String> {
        self.seen.lock().unwrap().running.iter().cloned().collect()
    }

    pub fn registration(&self, name: &str) -> Registration {
        self.seen.lock().unwrap().registrations.get(name).cloned().unwrap_or_else(|| panic!("{name} was not asked for"))
    }

    /// The registered outputs of each component, in order.
    pub fn outputs(&self) -> Vec<(String, Map)> {
        self.seen.lock().unwrap().outputs.clone()
    }

    fn note(&self, event: String) {
        self.seen.lock().unwrap().events.push(event);
    }

    fn answer(&self, wanted: &Registration) -> Result<Registered, Refused> {
        let urn = urn_of(wanted);
        let default = if self.preview { Answer::Planned(Map::new()) } else { Answer::Made(usual(wanted)) };
        let (id, more) = match self.answers.get(wanted.name.as_str()).cloned().unwrap_or(default) {
            Answer::Made(more) => (format!("{}-id", wanted.name), more),
            Answer::Planned(more) => (String::new(), more),
            Answer::Skipped => return Ok(Registered { urn, skipped: true, ..Registered::default() }),
            Answer::Refused(why) => return Err(Refused(why.to_owned())),
        };
        if !wanted.custom {
            return Ok(Registered { urn, ..Registered::default() });
        }
        let mut outputs = wanted.inputs.clone();
        outputs.extend(more);
        Ok(Registered { urn, id, outputs, skipped: false })
    }
}

/// What the cloud says of each kind.
fn usual(wanted: &Registration) -> Map {
    let text = |text: String| Value::String(text);
    match wanted.kind.as_str() {
        "fake:compute:Machine" => Map::from([
            ("machineId".to_owned(), text(format!("{}-id", wanted.name))),
            ("address".to_owned(), text(format!("{}.fake", wanted.name))),
        ]),
        "fake:compute:Link" => Map::from([("linkId".to_owned(), text(format!("{}-id", wanted.name)))]),
        _ => Map::new(),
    }
}

/// The URN that the engine gives.
pub fn urn_of(wanted: &Registration) -> Urn {
    let chain = match wanted.parent.kind() {
        "" | "pulumi:pulumi:Stack" => wanted.kind.clone(),
        _ => format!("{}${}", wanted.parent.type_chain(), wanted.kind),
    };
    Urn::new(format!("urn:pulumi:dev::shop::{chain}::{}", wanted.name))
}

impl Monitor for Double {
    fn register(&self, wanted: Registration) -> BoxFuture<'_, Result<Registered, Refused>> {
        Box::pin(async move {
            let name = wanted.name.clone();
            {
                let mut seen = self.seen.lock().unwrap();
                seen.events.push(format!("asked {name}"));
                seen.running.insert(name.clone());
                let before = seen.registrations.insert(name.clone(), wanted.clone());
                assert!(before.is_none(), "{name} was asked for twice");
            }
            if let Some(gate) = self.gates.get(name.as_str()) {
                gate.acquire().await.unwrap().forget();
            }
            self.seen.lock().unwrap().running.remove(&name);
            self.note(format!("answered {name}"));
            self.answer(&wanted)
        })
    }

    fn register_outputs(&self, urn: Urn, outputs: Map) -> BoxFuture<'_, Result<(), Refused>> {
        Box::pin(async move {
            self.note(format!("outputs of {}", urn.name()));
            self.seen.lock().unwrap().outputs.push((urn.name().to_owned(), outputs));
            Ok(())
        })
    }

    fn outputs_of(&self, urn: Urn) -> BoxFuture<'_, Result<Map, Refused>> {
        Box::pin(async move { self.known.get(&urn).cloned().ok_or_else(|| Refused(format!("there is no {urn}"))) })
    }
}

/// An output value as the wire carries it.
pub fn output(value: Option<Value>, secret: bool, dependencies: &[&Urn]) -> Value {
    let dependencies = dependencies.iter().map(|urn| (*urn).clone()).collect();
    Value::Output(Box::new(OutputValue { value, secret, dependencies }))
}
