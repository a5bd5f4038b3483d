//! Programs: for each resource one that makes it with all that it needs, and changes of it.

use std::{collections::BTreeMap, fs};

use framework::value::{Map, Value};
use serde_json::Value as Json;

use crate::tools;

/// A resource that a program declares.
#[derive(Clone, Debug)]
pub struct Declared {
    pub name: String,
    /// The token without the package.
    pub token: String,
    /// The inputs; `${name.property}` in a text is another resource's output.
    pub inputs: Map,
}

/// What is declared, each after what it refers to.
pub type Program = Vec<Declared>;

/// A change of one input.
#[derive(Clone, Debug)]
pub struct Change {
    pub property: String,
    /// The resource's inputs before.
    pub from: Map,
    /// The resource's inputs after.
    pub to: Map,
}

/// A resource and what it can be tried with.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The token without the package.
    pub token: String,
    needs: Program,
    inputs: Map,
    pub changes: Vec<Change>,
    excused: BTreeMap<String, String>,
}

/// The name of the resource that it is about, in every program.
pub const SUBJECT: &str = "subject";

/// Every subject of `programs/`, by token.
pub fn subjects() -> Vec<Subject> {
    let folder = tools::root().join("tests/contract/programs");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| parse(&fs::read_to_string(file).unwrap(), &file.display().to_string())).collect()
}

impl Subject {
    /// Only what the resource needs.
    pub fn without(&self) -> Program {
        self.needs.clone()
    }

    /// The resource, with its usual inputs.
    pub fn with(&self) -> Program {
        self.having(&self.inputs)
    }

    /// The resource, with these inputs.
    pub fn having(&self, inputs: &Map) -> Program {
        let subject = Declared { name: SUBJECT.to_owned(), token: self.token.clone(), inputs: inputs.clone() };
        self.needs.iter().cloned().chain([subject]).collect()
    }

    /// Its usual inputs.
    pub fn inputs(&self) -> &Map {
        &self.inputs
    }

    /// Why a law doesn't hold for it, if it is excused.
    pub fn excuse(&self, law: &str) -> Option<&str> {
        self.excused.get(law).map(String::as_str)
    }
}

fn parse(text: &str, file: &str) -> Subject {
    let document: Json = serde_json::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
    let known = ["resource", "needs", "inputs", "changes", "excused"];
    let unknown = document.as_object().unwrap().keys().find(|key| !known.contains(&key.as_str()));
    assert!(unknown.is_none(), "{file}: what is {unknown:?}?");
    let inputs = map(&document["inputs"]);
    let needs = document["needs"].as_object().into_iter().flatten();
    let changes = document["changes"].as_object().into_iter().flatten();
    Subject {
        token: document["resource"].as_str().unwrap().to_owned(),
        needs: needs.map(|(name, declared)| needed(name, declared)).collect(),
        changes: changes.map(|(property, change)| changed(property, &inputs, change)).collect(),
        inputs,
        excused: document["excused"].as_object().map_or_else(BTreeMap::new, |excused| {
            excused.iter().map(|(law, reason)| (law.clone(), reason.as_str().unwrap().to_owned())).collect()
        }),
    }
}

fn needed(name: &str, declared: &Json) -> Declared {
    let (token, inputs) = (declared[0].as_str().unwrap(), &declared[1]);
    Declared { name: name.to_owned(), token: token.to_owned(), inputs: map(inputs) }
}

/// `{"from": {…}, "to": {…}}`, each over the usual inputs, or only the new value. A null takes an input away.
fn changed(property: &str, inputs: &Map, change: &Json) -> Change {
    let whole = change.as_object().is_some_and(|change| change.keys().eq(["from", "to"]));
    let (from, to) = match whole {
        true => (over(inputs, &change["from"]), over(inputs, &change["to"])),
        false => (inputs.clone(), over(inputs, &serde_json::json!({ property: change }))),
    };
    Change { property: property.to_owned(), from, to }
}

fn over(inputs: &Map, more: &Json) -> Map {
    let mut all = inputs.clone();
    for (name, document) in more.as_object().unwrap() {
        match value(document) {
            Value::Null => all.remove(name),
            given => all.insert(name.clone(), given),
        };
    }
    all
}

fn map(document: &Json) -> Map {
    match value(document) {
        Value::Map(map) => map,
        _ => Map::new(),
    }
}

fn value(document: &Json) -> Value {
    match document {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(map) => Value::Map(map.iter().map(|(key, item)| (key.clone(), value(item))).collect()),
    }
}
