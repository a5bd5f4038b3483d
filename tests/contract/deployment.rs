//! What the engine does with a program and a state, as far as a provider can tell the difference.
//!
//! Every step is in the state as soon as the provider has answered, and not before: what a plugin that was
//! killed has made is unknown here, as it is to the engine.

use framework::value::{Map, Value};
use tenantstack::protocol::wire::pulumirpc::{self as rpc, diff_response::DiffChanges};
use tonic::transport::Channel;

use crate::{
    plugin::{Failure, failure, sent, taken},
    program::{Declared, Program},
};

type Client = rpc::resource_provider_client::ResourceProviderClient<Channel>;

/// A resource in the state.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub name: String,
    pub token: String,
    pub id: String,
    pub inputs: Map,
    pub outputs: Map,
    /// Whether its last change failed half-way.
    unfinished: bool,
    /// Whether it was replaced, and waits for its end.
    replaced: bool,
}

/// The resources in the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct State(pub Vec<Kept>);

/// What was done to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Created,
    Updated,
    Replaced,
    Deleted,
}

/// What was done, in order.
pub type Steps = Vec<(String, Step)>;

/// What a refresh found of a resource that isn't as the state has it.
#[derive(Debug)]
pub enum Drift {
    Gone(String),
    Changed(String, String),
}

/// One run of the engine.
pub struct Run<'a> {
    pub client: Client,
    pub state: &'a mut State,
    /// Seconds that each create, update and delete may take; zero for the provider's own choice.
    pub timeout: f64,
}

impl State {
    /// The resource of that name.
    pub fn get(&self, name: &str) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.name == name && !kept.replaced)
    }

    /// Forgets a resource, as `pulumi state delete` does, and an engine that was killed.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|kept| kept.name != name || kept.replaced);
    }

    /// The inputs with the outputs that they refer to.
    pub fn resolved(&self, inputs: &Map) -> Map {
        inputs.iter().map(|(name, value)| (name.clone(), self.resolve(value))).collect()
    }

    fn resolve(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.referred(text),
            Value::List(items) => Value::List(items.iter().map(|item| self.resolve(item)).collect()),
            Value::Map(map) => Value::Map(self.resolved(map)),
            Value::Secret(inner) => Value::Secret(Box::new(self.resolve(inner))),
            other => other.clone(),
        }
    }

    /// `${name.property}`, alone or in the middle of a text, and `${name.property.part}`; `$${` stands for itself.
    fn referred(&self, text: &str) -> Value {
        if text.contains("$${") {
            return Value::String(text.replace("$${", "${"));
        }
        let Some((before, rest)) = text.split_once("${") else { return Value::from(text) };
        let (reference, after) = rest.split_once('}').expect("a closing brace");
        let (name, property) = reference.split_once('.').expect("a name and a property");
        let kept = self.get(name).unwrap_or_else(|| panic!("{name} isn't made before it is referred to"));
        let value = part(&Value::Map(kept.outputs.clone()), property);
        let value = value.unwrap_or_else(|| panic!("{name} has no {property}"));
        match (before, after, value.as_str()) {
            ("", "", _) => value,
            (_, _, Some(part)) => self.referred(&format!("{before}{part}{after}")),
            _ => panic!("{reference} isn't a text"),
        }
    }
}

/// A value within another, by the names that lead to it.
fn part(of: &Value, names: &str) -> Option<Value> {
    let (name, rest) = names.split_once('.').map_or((names, None), |(name, rest)| (name, Some(rest)));
    let Value::Map(map) = of.plain() else { return None };
    let found = map.get(name)?;
    rest.map_or_else(|| Some(found.plain()), |rest| part(found, rest))
}

/// The URN of a resource; the engine writes it the same way.
pub fn urn(token: &str, name: &str) -> String {
    format!("urn:pulumi:contract::contract::tenantstack:{token}::{name}")
}

impl Kept {
    fn urn(&self) -> String {
        urn(&self.token, &self.name)
    }
}

impl Run<'_> {
    /// Brings everything to what the program says, as `pulumi up` does.
    ///
    /// Stops at the first failure, which comes back.
    pub async fn up(&mut self, program: &Program) -> Result<Steps, String> {
        let mut steps = Steps::new();
        for declared in program {
            let step = self.bring(declared).await.map_err(|failure| format!("{}: {failure}", declared.name))?;
            steps.extend(step.map(|step| (declared.name.clone(), step)));
        }
        steps.extend(self.end(|kept| !program.iter().any(|declared| declared.name == kept.name)).await?);
        Ok(steps)
    }

    /// What an `up` would do.
    pub async fn preview(&mut self, declared: &Declared) -> Result<Option<Step>, String> {
        let Some(old) = self.state.get(&declared.name).cloned() else { return Ok(Some(Step::Created)) };
        let inputs = self.check(declared, &old.inputs).await?;
        Ok(self.diff(&old, &inputs).await?.0)
    }

    /// Ends everything, as `pulumi destroy` does.
    pub async fn destroy(&mut self) -> Result<Steps, String> {
        self.end(|_| true).await
    }

    /// Takes over what stands in the cloud, as `pulumi refresh` does, and says what was different.
    pub async fn refresh(&mut self) -> Result<Vec<Drift>, String> {
        self.refresh_of(|_| true).await
    }

    /// The same for some alone, by their names.
    pub async fn refresh_of(&mut self, which: impl Fn(&str) -> bool) -> Result<Vec<Drift>, String> {
        let mut drifts = Vec::new();
        for old in self.state.0.clone().into_iter().filter(|old| which(&old.name)) {
            match self.read(&old).await? {
                None => {
                    self.state.forget(&old.name);
                    drifts.push(Drift::Gone(old.name));
                }
                Some(new) => {
                    if (&new.inputs, &new.outputs) != (&old.inputs, &old.outputs) {
                        drifts.push(Drift::Changed(old.name.clone(), different(&old, &new)));
                    }
                    self.keep(new);
                }
            }
        }
        Ok(drifts)
    }

    async fn bring(&mut self, declared: &Declared) -> Result<Option<Step>, String> {
        let Some(old) = self.state.get(&declared.name).cloned() else {
            let inputs = self.check(declared, &Map::new()).await?;
            self.create(declared, inputs).await?;
            return Ok(Some(Step::Created));
        };
        let inputs = self.check(declared, &old.inputs).await?;
        match self.diff(&old, &inputs).await? {
            (Some(Step::Replaced), delete_first) => self.replace(declared, old, delete_first).await.map(Some),
            (Some(_), _) => self.update(&old, inputs).await.map(Some),
            (None, _) if old.unfinished => self.update(&old, inputs).await.map(Some),
            (None, _) => {
                self.keep(Kept { inputs, ..old });
                Ok(None)
            }
        }
    }

    async fn replace(&mut self, declared: &Declared, old: Kept, delete_first: bool) -> Result<Step, String> {
        let inputs = self.check(declared, &Map::new()).await?;
        if delete_first {
            self.delete(&old).await?;
            self.create(declared, inputs).await?;
            return Ok(Step::Replaced);
        }
        // From the moment that the new one exists the old one only waits for its end.
        let made = self.make(declared, inputs).await;
        if let Ok((new, _)) = &made {
            let replaced = self.state.0.iter_mut().find(|kept| kept.id == old.id && kept.name == old.name);
            replaced.into_iter().for_each(|kept| kept.replaced = true);
            self.state.0.push(new.clone());
        }
        made?.1.map_or(Ok(Step::Replaced), Err)
    }

    async fn end(&mut self, what: impl Fn(&Kept) -> bool) -> Result<Steps, String> {
        let mut steps = Steps::new();
        for kept in self.state.0.clone().into_iter().rev().filter(|kept| kept.replaced || what(kept)) {
            self.delete(&kept).await.map_err(|failure| format!("{}: {failure}", kept.name))?;
            if !kept.replaced {
                steps.push((kept.name, Step::Deleted));
            }
        }
        Ok(steps)
    }

    async fn check(&mut self, declared: &Declared, olds: &Map) -> Result<Map, String> {
        let request = rpc::CheckRequest {
            urn: urn(&declared.token, &declared.name),
            olds: Some(sent(olds)),
            news: Some(sent(&self.state.resolved(&declared.inputs))),
            ..Default::default()
        };
        let checked = self.client.check(request).await.map_err(|status| status.to_string())?.into_inner();
        let failures: Vec<_> =
            checked.failures.iter().map(|wrong| format!("{} {}", wrong.property, wrong.reason)).collect();
        if failures.is_empty() { Ok(taken(checked.inputs)) } else { Err(failures.join("; ")) }
    }

    /// What would be done, and whether the old one would go first.
    async fn diff(&mut self, old: &Kept, inputs: &Map) -> Result<(Option<Step>, bool), String> {
        let request = rpc::DiffRequest {
            id: old.id.clone(),
            urn: old.urn(),
            olds: Some(sent(&old.outputs)),
            old_inputs: Some(sent(&old.inputs)),
            news: Some(sent(inputs)),
            ..Default::default()
        };
        let diff = self.client.diff(request).await.map_err(|status| status.to_string())?.into_inner();
        let step = match (diff.changes(), diff.replaces.is_empty()) {
            (DiffChanges::DiffNone, _) => None,
            (_, true) => Some(Step::Updated),
            (_, false) => Some(Step::Replaced),
        };
        Ok((step, diff.delete_before_replace))
    }

    async fn create(&mut self, declared: &Declared, inputs: Map) -> Result<(), String> {
        let (new, failed) = self.make(declared, inputs).await?;
        self.state.0.push(new);
        failed.map_or(Ok(()), Err)
    }

    /// A new resource, and what failed after it was there.
    async fn make(&mut self, declared: &Declared, inputs: Map) -> Result<(Kept, Option<String>), String> {
        let request = rpc::CreateRequest {
            urn: urn(&declared.token, &declared.name),
            properties: Some(sent(&inputs)),
            timeout: self.timeout,
            ..Default::default()
        };
        let (id, outputs, failed) = match self.client.create(request).await.map_err(failure) {
            Ok(made) => {
                let made = made.into_inner();
                (made.id, taken(made.properties), None)
            }
            Err(Failure::Partial { id, properties, reasons }) => (id, properties, Some(reasons)),
            Err(Failure::Whole(message)) => return Err(message),
        };
        let (name, token) = (declared.name.clone(), declared.token.clone());
        let unfinished = failed.is_some();
        Ok((Kept { name, token, id, inputs, outputs, unfinished, replaced: false }, failed))
    }

    async fn update(&mut self, old: &Kept, inputs: Map) -> Result<Step, String> {
        let request = rpc::UpdateRequest {
            id: old.id.clone(),
            urn: old.urn(),
            olds: Some(sent(&old.outputs)),
            old_inputs: Some(sent(&old.inputs)),
            news: Some(sent(&inputs)),
            timeout: self.timeout,
            ..Default::default()
        };
        match self.client.update(request).await.map_err(failure) {
            Ok(updated) => {
                let outputs = taken(updated.into_inner().properties);
                self.keep(Kept { inputs, outputs, unfinished: false, ..old.clone() });
                Ok(Step::Updated)
            }
            Err(Failure::Partial { properties, reasons, .. }) => {
                self.keep(Kept { inputs, outputs: properties, unfinished: true, ..old.clone() });
                Err(reasons)
            }
            Err(Failure::Whole(message)) => Err(message),
        }
    }

    /// Ends a resource; the state forgets it.
    pub async fn delete(&mut self, kept: &Kept) -> Result<(), String> {
        let request = rpc::DeleteRequest {
            id: kept.id.clone(),
            urn: kept.urn(),
            properties: Some(sent(&kept.outputs)),
            old_inputs: Some(sent(&kept.inputs)),
            timeout: self.timeout,
            ..Default::default()
        };
        self.client.delete(request).await.map_err(|status| failure(status).message().to_owned())?;
        let same = |other: &Kept| (&other.name, &other.id, other.replaced) == (&kept.name, &kept.id, kept.replaced);
        self.state.0.retain(|other| !same(other));
        Ok(())
    }

    async fn read(&mut self, old: &Kept) -> Result<Option<Kept>, String> {
        let request = rpc::ReadRequest {
            id: old.id.clone(),
            urn: old.urn(),
            properties: Some(sent(&old.outputs)),
            inputs: Some(sent(&old.inputs)),
            ..Default::default()
        };
        let found = self.client.read(request).await.map_err(|status| failure(status).message().to_owned())?;
        let found = found.into_inner();
        Ok((!found.id.is_empty()).then(|| Kept {
            id: found.id,
            inputs: taken(found.inputs),
            outputs: taken(found.properties),
            ..old.clone()
        }))
    }

    /// What a program would import: all that is known is the id.
    pub async fn import(&mut self, token: &str, name: &str, id: &str) -> Result<Option<Kept>, String> {
        let request = rpc::ReadRequest { id: id.to_owned(), urn: urn(token, name), ..Default::default() };
        let found = self.client.read(request).await.map_err(|status| failure(status).message().to_owned())?;
        let found = found.into_inner();
        Ok((!found.id.is_empty()).then(|| Kept {
            name: name.to_owned(),
            token: token.to_owned(),
            id: found.id,
            inputs: taken(found.inputs),
            outputs: taken(found.properties),
            unfinished: false,
            replaced: false,
        }))
    }

    fn keep(&mut self, kept: Kept) {
        let same =
            |other: &&mut Kept| (&other.name, &other.id, other.replaced) == (&kept.name, &kept.id, kept.replaced);
        if let Some(slot) = self.state.0.iter_mut().find(same) {
            *slot = kept;
        }
    }
}

/// The properties that differ, with both values.
fn different(old: &Kept, new: &Kept) -> String {
    let of = |what: &str, old: &Map, new: &Map| -> Vec<String> {
        let names: std::collections::BTreeSet<_> = old.keys().chain(new.keys()).cloned().collect();
        let differ = names.into_iter().filter(|name| old.get(name) != new.get(name));
        differ.map(|name| format!("{what} {name}: {:?} -> {:?}", old.get(&name), new.get(&name))).collect()
    };
    [of("input", &old.inputs, &new.inputs), of("output", &old.outputs, &new.outputs)].concat().join(", ")
}
