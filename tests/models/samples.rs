//! Inputs that are right, found by trying: values follow from a property's name (`samples.json`) and type, and
//! `Check` says which of them go together.

use std::{collections::BTreeSet, sync::OnceLock};

use framework::{
    property::{Field, Rule},
    value::{Map, Value},
};
use serde_json::Value as Json;

use crate::ours::{Type, types};

/// How many inputs are tried beside those that must be there.
const COMPANIONS: usize = 3;

fn listed() -> &'static Json {
    static LISTED: OnceLock<Json> = OnceLock::new();
    LISTED.get_or_init(|| serde_json::from_str(include_str!("samples.json")).unwrap())
}

/// A document as a value.
pub fn value(document: &Json) -> Value {
    match document {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(map) => Value::Map(map.iter().map(|(key, item)| (key.clone(), value(item))).collect()),
    }
}

/// Right inputs among which is this one, and as many others as go with it; nothing if none are known, which
/// [`right_inputs_are_known_for_every_input`] tells.
pub fn with(of: &Type, name: &str) -> Option<Map> {
    let found = listed_whole(of, name).or_else(|| found(of, name));
    found.map(|found| grown(of, found))
}

/// The whole inputs of the list that have this one.
pub fn listed_with(of: &Type, name: &str) -> Vec<Map> {
    let listed = listed().get(of.token).and_then(Json::as_array).into_iter().flatten();
    listed.map(|inputs| whole(of, inputs)).filter(|inputs| inputs.contains_key(name)).collect()
}

/// Right inputs that differ in this one alone, the absence of it included where that is right.
pub fn variants(of: &Type, name: &str) -> Vec<Map> {
    let Some(base) = with(of, name) else { return Vec::new() };
    let field = of.input(name).expect("an input");
    let given = values(of, field).into_iter().map(|value| {
        let mut variant = base.clone();
        variant.insert(name.to_owned(), value);
        variant
    });
    let given: Vec<_> = given.collect();
    let mut without = base.clone();
    without.remove(name);
    let right: Vec<_> = given.iter().chain([&without]).filter(|variant| of.accepts(variant)).cloned().collect();
    let differing: BTreeSet<_> = right.iter().map(|variant| format!("{:?}", of.check(variant).0.get(name))).collect();
    // Some never change alone, such as what decides which others may be given. What a change means is plain all the same.
    if differing.len() > 1 { right } else { given }
}

#[test]
fn right_inputs_are_known_for_every_input() {
    let mut unknown = Vec::new();
    for of in types() {
        for field in &of.inputs {
            if with(&of, field.name).is_none() {
                unknown.push(format!("{} {}: {}", of.token, field.name, why(&of, field.name)));
            }
        }
    }
    assert!(unknown.is_empty(), "say in tests/models/samples.json what is right:\n  {}", unknown.join("\n  "));
}

/// Whole inputs of the list: those with this input, or the first to which a value of it can be added.
fn listed_whole(of: &Type, name: &str) -> Option<Map> {
    let whole: Vec<_> = listed().get(of.token)?.as_array()?.iter().map(|inputs| whole(of, inputs)).collect();
    let having = whole.iter().find(|inputs| inputs.contains_key(name)).cloned();
    having.or_else(|| whole.into_iter().find_map(|inputs| added(of, inputs, name)))
}

fn whole(of: &Type, inputs: &Json) -> Map {
    let Value::Map(inputs) = value(inputs) else { panic!("samples.json: {} needs objects", of.token) };
    let (_, problems) = of.check(&inputs);
    assert!(problems.is_empty(), "samples.json: {} is wrong: {problems:?}", of.token);
    inputs
}

/// The same inputs with the first value of another one that is right there.
fn added(of: &Type, inputs: Map, name: &str) -> Option<Map> {
    values(of, of.input(name)?).into_iter().find_map(|value| {
        let mut more = inputs.clone();
        more.insert(name.to_owned(), value);
        of.accepts(&more).then_some(more)
    })
}

fn found(of: &Type, name: &str) -> Option<Map> {
    let needed: BTreeSet<_> =
        of.inputs.iter().filter(|field| field.required || field.name == name).map(|field| field.name).collect();
    let others: Vec<_> = of.inputs.iter().map(|field| field.name).filter(|other| !needed.contains(other)).collect();
    (0..=COMPANIONS).find_map(|count| {
        combinations(&others, count).into_iter().find_map(|companions| {
            let names: Vec<_> = needed.iter().copied().chain(companions).collect();
            assembled(of, &names, name)
        })
    })
}

/// The first right inputs of exactly these names, trying each value of one of them.
fn assembled(of: &Type, names: &[&str], tried: &str) -> Option<Map> {
    let first = |name: &&str| Some(((*name).to_owned(), values(of, of.input(name)?).into_iter().next()?));
    added(of, names.iter().filter_map(first).collect(), tried)
}

fn grown(of: &Type, inputs: Map) -> Map {
    let others = of.inputs.iter().map(|field| field.name).filter(|name| *name != "region");
    others.fold(inputs, |inputs, name| match inputs.contains_key(name) {
        true => inputs,
        false => added(of, inputs.clone(), name).unwrap_or(inputs),
    })
}

fn combinations<'a>(of: &[&'a str], count: usize) -> Vec<Vec<&'a str>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let heads = of.iter().enumerate();
    heads
        .flat_map(|(at, head)| {
            let tails = combinations(&of[at + 1..], count - 1).into_iter();
            tails.map(move |tail| [&[*head], tail.as_slice()].concat())
        })
        .collect()
}

fn why(of: &Type, name: &str) -> String {
    let names: Vec<_> =
        of.inputs.iter().filter(|field| field.required || field.name == name).map(|field| field.name).collect();
    let inputs: Map = names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), values(of, of.input(name)?).into_iter().next()?)))
        .collect();
    format!("{:?} of {inputs:?}", of.check(&inputs).1)
}

/// Values of an input that may be right.
fn values(of: &Type, field: &Field) -> Vec<Value> {
    by_name(of, field.name)
        .or_else(|| by_rule(field.rules))
        .unwrap_or_else(|| by_type(of, &of.schema["inputProperties"][field.name]))
}

fn by_name(of: &Type, name: &str) -> Option<Vec<Value>> {
    let own = listed().get(format!("{} {name}", of.token));
    let listed = own.or_else(|| listed().get(name))?;
    Some(listed.as_array().expect("a list of values").iter().map(value).collect())
}

#[allow(clippy::cast_precision_loss, reason = "limits are small")]
fn by_rule(rules: &[Rule]) -> Option<Vec<Value>> {
    rules.iter().find_map(|rule| match rule {
        Rule::OneOf(numbers) => Some(numbers.iter().map(|number| Value::Number(*number as f64)).collect()),
        Rule::Range(least, most) => Some([least, most].map(|number| Value::Number(*number as f64)).to_vec()),
        Rule::Each(rules) => by_rule(rules).map(|items| lists(&items)),
        _ => None,
    })
}

fn by_type(of: &Type, node: &Json) -> Vec<Value> {
    let named = of.resolve(node);
    if let Some(choices) = named["enum"].as_array() {
        return choices.iter().map(|choice| value(&choice["value"])).collect();
    }
    match named["type"].as_str() {
        Some("boolean") => vec![Value::Bool(true), Value::Bool(false)],
        Some("integer" | "number") => vec![Value::Number(1.0), Value::Number(2.0)],
        Some("array") => lists(&by_type(of, &named["items"])),
        Some("object") if named.get("additionalProperties").is_some() => {
            maps(&by_type(of, &named["additionalProperties"]))
        }
        Some("object") => objects(of, &named),
        _ => ["sample-one", "sample-two"].map(Value::from).to_vec(),
    }
}

fn lists(items: &[Value]) -> Vec<Value> {
    (1..=items.len().min(2)).map(|count| Value::List(items[..count].to_vec())).collect()
}

fn maps(items: &[Value]) -> Vec<Value> {
    let entry = |key: &str, item: &Value| Value::Map(Map::from([(key.to_owned(), item.clone())]));
    items.iter().take(2).map(|item| entry("Key", item)).chain(items.first().map(|item| entry("Other", item))).collect()
}

/// An object of first values, and one of last values.
fn objects(of: &Type, named: &Json) -> Vec<Value> {
    let properties = named["properties"].as_object().unwrap();
    let of_values = |pick: fn(&[Value]) -> Option<&Value>| {
        let each = properties.iter().filter_map(|(name, node)| {
            let values = by_name(of, name).unwrap_or_else(|| by_type(of, node));
            Some((name.clone(), pick(&values)?.clone()))
        });
        Value::Map(each.collect())
    };
    vec![of_values(<[Value]>::first), of_values(<[Value]>::last)]
}
