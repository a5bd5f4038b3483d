//! Inputs of a type: right, nearly right, and absurd.

use framework::{
    property::Rule,
    value::{Archive, Asset, AssetContent, Map, OutputValue, Reference, ReferenceId, Urn, Value},
};
use proptest::{collection, option, prelude::*, sample::select};
use serde_json::Value as Json;

use crate::{
    kinds::{Kind, resolve, samples},
    oddities, telltale,
};

/// Inputs of that type.
pub fn of(kind: &'static Kind) -> BoxedStrategy<Map> {
    let sane = prop_oneof![2 => chosen(kind, false), 2 => based_on_a_sample(kind)];
    prop_oneof![3 => sane, 2 => chosen(kind, true), 1 => with_strangers(kind)].boxed()
}

/// Some of the inputs, those that are required more often.
fn chosen(kind: &'static Kind, wild: bool) -> BoxedStrategy<Map> {
    let properties: Vec<_> = kind
        .properties()
        .map(|(name, node)| {
            let required = kind.input(name).is_some_and(|field| field.required);
            let likely = if required { 0.97 } else { 0.25 };
            option::weighted(likely, property(kind, name, node, wild)).prop_map(move |value| (name, value)).boxed()
        })
        .collect();
    properties
        .prop_map(|all| all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())
        .boxed()
}

/// Inputs that are right as a whole, of which some are changed.
fn based_on_a_sample(kind: &'static Kind) -> BoxedStrategy<Map> {
    let listed = samples()[kind.member.token].as_array();
    let whole: Vec<Map> = listed.into_iter().flatten().map(map_of).collect();
    if whole.is_empty() {
        return chosen(kind, false);
    }
    let changes: Vec<_> = kind.properties().collect();
    let changes = collection::vec(
        select(changes).prop_flat_map(move |(name, node)| (Just(name), property(kind, name, node, false))),
        0..3,
    );
    let changed = (select(whole), changes).prop_map(|(mut whole, changes)| {
        for (name, value) in changes {
            // Only what is there: another input may not go with it.
            whole.entry(name.to_owned()).and_modify(|there| *there = value);
        }
        whole
    });
    changed.boxed()
}

fn map_of(document: &Json) -> Map {
    match value_of(document) {
        Value::Map(map) => map,
        other => panic!("samples.json needs objects, not {other:?}"),
    }
}

/// The inputs with keys that there are not.
fn with_strangers(kind: &'static Kind) -> BoxedStrategy<Map> {
    let key = prop_oneof![
        oddities::text(),
        Just("__owner".to_owned()),
        Just("__defaults".to_owned()),
        Just("id".to_owned()),
        "[a-z]{3,6}Id"
    ];
    (chosen(kind, false), collection::btree_map(key, anything(kind.member.is_component), 1..3))
        .prop_map(|(mut inputs, strangers)| {
            inputs.extend(strangers);
            inputs
        })
        .boxed()
}

/// A value of an input, with marks and without.
fn property(kind: &'static Kind, name: &'static str, node: &'static Json, wild: bool) -> BoxedStrategy<Value> {
    let right = by_name(kind, name).or_else(|| by_rule(kind, name));
    let right = match right {
        Some(values) => prop_oneof![3 => select(values), 1 => by_type(node)].boxed(),
        None => by_type(node),
    };
    let odd = if wild { 4 } else { 0 };
    // Only components are sent these.
    let output_odds = if kind.member.is_component { 2 } else { 0 };
    prop_oneof![
        12 => right.clone(),
        2 => right.clone().prop_map(Value::into_secret),
        2 => telltale::of_type(resolve(node)).prop_map(Value::into_secret),
        1 => Just(Value::Unknown),
        1 => Just(Value::Unknown.into_secret()),
        odd => anything(kind.member.is_component),
        output_odds => output(right),
        odd => Just(Value::Null),
    ]
    .boxed()
}

fn by_name(kind: &Kind, name: &str) -> Option<Vec<Value>> {
    let own = samples().get(format!("{} {name}", kind.member.token));
    let listed = own.or_else(|| samples().get(name))?;
    Some(listed.as_array()?.iter().map(value_of).collect())
}

#[allow(clippy::cast_precision_loss, reason = "limits are small")]
fn by_rule(kind: &Kind, name: &str) -> Option<Vec<Value>> {
    kind.input(name)?.rules.iter().find_map(|rule| match rule {
        Rule::OneOf(numbers) => Some(numbers.iter().map(|number| Value::Number(*number as f64)).collect()),
        Rule::Range(least, most) => Some(vec![Value::Number(*least as f64), Value::Number(*most as f64)]),
        _ => None,
    })
}

/// Values of a type of the schema; their parts may have marks.
fn by_type(node: &'static Json) -> BoxedStrategy<Value> {
    let node = resolve(node);
    if let Some(choices) = node["enum"].as_array() {
        return select(choices.iter().map(|choice| value_of(&choice["value"])).collect::<Vec<_>>()).boxed();
    }
    match node["type"].as_str() {
        Some("boolean") => prop_oneof![any::<bool>().prop_map(Value::Bool), select(&["true", "false"][..]).prop_map(Value::from)].boxed(),
        Some("integer" | "number") => prop_oneof![
            (0..9_i32).prop_map(|number| Value::Number(number.into())),
            oddities::number().prop_map(Value::Number),
            (0..9_i32).prop_map(|number| Value::String(number.to_string())),
        ]
        .boxed(),
        Some("array") => collection::vec(part(by_type(&node["items"])), 0..4).prop_map(Value::List).boxed(),
        Some("object") => match node["properties"].as_object() {
            Some(properties) => {
                let properties: Vec<_> = properties
                    .iter()
                    .map(|(name, node)| {
                        option::of(part(by_type(node))).prop_map(move |value| (name.as_str(), value)).boxed()
                    })
                    .collect();
                properties.prop_map(|all| Value::Map(all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect())).boxed()
            }
            None => {
                let key = prop_oneof![4 => "[A-Za-z]{1,6}", 1 => oddities::text()];
                collection::btree_map(key, part(by_type(&node["additionalProperties"])), 0..4).prop_map(Value::Map).boxed()
            }
        },
        _ => prop_oneof![2 => "[a-z]{1,12}".prop_map(Value::String), 1 => json().prop_map(Value::String), 2 => oddities::text().prop_map(Value::String)].boxed(),
    }
}

fn part(right: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop_oneof![
        12 => right.clone(),
        1 => right.prop_map(Value::into_secret),
        1 => telltale::of_type(&Json::Null).prop_map(Value::into_secret),
        1 => Just(Value::Unknown),
    ]
    .boxed()
}

/// A text that is a JSON document, or nearly, such as no policy is.
pub fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        oddities::number().prop_map(Json::from),
        oddities::text().prop_map(Json::from),
    ];
    let document = leaf.prop_recursive(6, 24, 4, |inner| {
        prop_oneof![
            collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            collection::vec((oddities::text(), inner), 0..4)
                .prop_map(|entries| Json::Object(entries.into_iter().collect())),
        ]
    });
    prop_oneof![
        document.prop_map(|document| document.to_string()),
        "[0-9]{1,30}\\.[0-9]{1,30}(e-?[0-9]{1,3})?",
        (1..140_usize).prop_map(|depth| "[".repeat(depth) + &"]".repeat(depth)),
    ]
}

/// The value with a history, which only components get.
fn output(value: BoxedStrategy<Value>) -> impl Strategy<Value = Value> {
    let urns = collection::btree_set(oddities::text().prop_map(Urn::new), 0..3);
    let value = option::of(value.prop_filter("unknown is no value", |value| *value != Value::Unknown));
    // A telltale may be in a value that isn't secret only if nothing that is secret has it.
    (value, any::<bool>(), urns)
        .prop_map(|(value, secret, dependencies)| Value::Output(Box::new(OutputValue { value, secret, dependencies })))
}

/// Any value that can be sent, with histories or without.
pub fn anything(outputs: bool) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        Just(Value::Unknown),
        any::<bool>().prop_map(Value::Bool),
        oddities::number().prop_map(Value::Number),
        oddities::text().prop_map(Value::String),
        collection::vec(any::<u8>(), 0..9).prop_map(Value::Bytes),
        (oddities::text(), option::of(oddities::text()))
            .prop_map(|(hash, text)| { Value::Asset(Asset { hash, content: text.map(AssetContent::Text) }) }),
        oddities::text().prop_map(|hash| Value::Archive(Archive { hash, content: None })),
        (oddities::text(), option::of("[a-z]{1,4}")).prop_map(|(urn, id)| {
            let id = id.map_or(ReferenceId::Component, ReferenceId::Known);
            Value::Reference(Reference { urn: Urn::new(urn), id, package_version: String::new() })
        }),
    ];
    leaf.prop_recursive(12, 24, 3, move |inner| {
        prop_oneof![
            3 => collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            3 => collection::btree_map(oddities::text(), inner.clone(), 0..4).prop_map(Value::Map),
            3 => inner.clone().prop_map(|inner| Value::Secret(Box::new(inner))),
            u32::from(outputs) * 3 => output(inner.boxed()),
        ]
    })
    .boxed()
}

/// A document as a value.
fn value_of(document: &Json) -> Value {
    match document {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => Value::Number(number.as_f64().unwrap()),
        Json::String(text) => Value::String(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value_of).collect()),
        Json::Object(map) => Value::Map(map.iter().map(|(key, item)| (key.clone(), value_of(item))).collect()),
    }
}
