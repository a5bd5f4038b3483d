//! Components with whatever inputs: nothing breaks, no secret gets out, and every child is right.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use framework::{
    engine::{Monitor, Refused, Registered, Registration},
    provider::{CheckRequest, ConstructFailure, ConstructRequest},
    value::{Map, OutputValue, Urn, Value},
};
use futures::future::{BoxFuture, FutureExt, ready};
use proptest::{prelude::*, sample::select};
use serde_json::Value as Json;

use crate::{
    bags,
    kinds::{self, Kind},
    oddities, paths,
    runner::always,
    stage::Stage,
    telltale::{still_marked, untold},
};

/// Refusals of values that a component can't see before it is made.
const LATE: &[&str] = &[
    "isn't covered by the certificate",
    "has no certificate",
    "sidecars: ",
    "secrets.",
    "links[",
    "what was made of secret inputs",
];

/// An engine that registers everything, and knows the ids in a real run alone.
struct Engine {
    preview: bool,
    asked: Mutex<Vec<Registration>>,
    told: Mutex<Vec<Map>>,
}

fn locked<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Engine {
    fn answer(&self, wanted: Registration) -> Registered {
        let urn = Urn::new(format!("urn:pulumi:dev::shop::{}::{}", wanted.kind, wanted.name));
        let id = if self.preview || !wanted.custom { String::new() } else { format!("{}-1", wanted.name) };
        let mut outputs = wanted.inputs.clone();
        if let (Some(kind), false) = (kinds::resources().iter().find(|kind| kind.token() == wanted.kind), self.preview)
        {
            let lacking =
                kind.member.outputs.iter().filter(|field| field.always && !wanted.inputs.contains_key(field.name));
            outputs.extend(lacking.map(|field| (field.name.to_owned(), made_up(kind, field.name, &wanted.inputs))));
        }
        locked(&self.asked).push(wanted);
        Registered { urn, id, outputs, skipped: false }
    }
}

/// What AWS might have said.
fn made_up(kind: &Kind, name: &str, inputs: &Map) -> Value {
    if name == "domainValidationOptions" {
        return validations(inputs);
    }
    if kind.member.token == "secretsmanager:Secret" && name == "arn" {
        return Value::from("arn:aws:secretsmanager:eu-west-1:123456789012:secret:made-up");
    }
    of_schema(&kind.schema["properties"][name], name)
}

/// A record for each name of a certificate, as AWS tells them.
fn validations(inputs: &Map) -> Value {
    let names = |property: &str| match inputs.get(property).map(Value::plain) {
        Some(Value::List(names)) => names,
        name => name.into_iter().collect(),
    };
    let all = [names("domainName"), names("subjectAlternativeNames")].concat();
    let option = |name: Value| {
        let record = [
            ("resourceRecordName", "_1.example.com"),
            ("resourceRecordType", "CNAME"),
            ("resourceRecordValue", "_2.aws"),
        ];
        let record = record.map(|(name, text)| (name.to_owned(), Value::from(text)));
        Value::Map(record.into_iter().chain([("domainName".to_owned(), name)]).collect())
    };
    Value::List(all.into_iter().map(option).collect())
}

fn of_schema(node: &'static Json, name: &str) -> Value {
    let node = kinds::resolve(node);
    match node["type"].as_str() {
        Some("object") => {
            let properties = node["properties"].as_object().into_iter().flatten();
            Value::Map(properties.map(|(name, node)| (name.clone(), of_schema(node, name))).collect())
        }
        Some("array") if node["items"]["$ref"].is_string() => Value::List(vec![of_schema(&node["items"], name)]),
        Some("array") => Value::List(["eu-west-1a", "eu-west-1b", "eu-west-1c"].map(Value::from).to_vec()),
        Some("integer" | "number") => Value::Number(3.0),
        Some("boolean") => Value::Bool(true),
        _ if name == "hostedZoneId" => Value::from("Z0123456789ABCDEFGHIJ"),
        _ if name.ends_with("rn") => Value::String(format!("arn:aws:ec2:eu-west-1:123456789012:{name}/1")),
        _ => Value::from("made-up"),
    }
}

impl Monitor for Engine {
    fn register(&self, wanted: Registration) -> BoxFuture<'_, Result<Registered, Refused>> {
        ready(Ok(self.answer(wanted))).boxed()
    }

    fn register_outputs(&self, _: Urn, outputs: Map) -> BoxFuture<'_, Result<(), Refused>> {
        locked(&self.told).push(outputs);
        ready(Ok(())).boxed()
    }

    fn outputs_of(&self, _: Urn) -> BoxFuture<'_, Result<Map, Refused>> {
        ready(Ok(Map::new())).boxed()
    }
}

fn request() -> impl Strategy<Value = (&'static Kind, ConstructRequest)> {
    let kind = select(kinds::components());
    let inputs = kind.prop_flat_map(|kind| (Just(kind), bags::of(kind)));
    let urns = prop::collection::btree_set(oddities::text().prop_map(Urn::new), 0..3);
    let dependencies = prop::option::weighted(0.2, (select(&["cidrBlock", "tags", "nat", "no such"][..]), urns));
    (inputs, dependencies, oddities::text(), any::<bool>()).prop_map(|((kind, inputs), dependencies, name, preview)| {
        let input_dependencies: BTreeMap<String, BTreeSet<Urn>> =
            dependencies.into_iter().map(|(input, urns)| (input.to_owned(), urns)).collect();
        let request =
            ConstructRequest { kind: kind.token(), name, inputs, input_dependencies, preview, ..Default::default() };
        (kind, request)
    })
}

#[test]
fn components_break_on_nothing_and_tell_no_secret() {
    let stage = Stage::configured();
    always(800, request(), |(kind, request)| {
        let inputs = request.inputs.clone();
        let engine = Arc::new(Engine { preview: request.preview, asked: Mutex::default(), told: Mutex::default() });
        let answer = stage.wait(stage.provider.construct(request, engine.clone()));
        match answer {
            Ok(made) => still_marked(&[&inputs], &made.outputs)?,
            Err(ConstructFailure::Inputs(problems)) => {
                for problem in problems.iter() {
                    let path = problem.path.to_string();
                    prop_assert!(paths::is_plausible(&path, &inputs, kind), "{path} is nowhere: {}", problem.reason);
                    untold(&[&inputs], [path.as_str(), problem.reason.as_str()])?;
                }
                prop_assert!(locked(&engine.asked).is_empty(), "something was registered");
            }
            Err(ConstructFailure::Failed(message)) if LATE.iter().any(|known| message.contains(known)) => {
                untold(&[&inputs], [message.as_str()])?;
            }
            Err(ConstructFailure::Failed(message)) => return Err(TestCaseError::fail(message)),
        }
        for outputs in locked(&engine.told).iter() {
            still_marked(&[&inputs], outputs)?;
        }
        for child in locked(&engine.asked).iter().filter(|child| child.custom) {
            still_marked(&[&inputs], &child.inputs)?;
            // A service hands on much that is known late, and is found wrong at the child then.
            if kind.member.token != "index:FargateService" {
                is_right(&stage, child)?;
            }
        }
        Ok(())
    });
}

/// That the inputs which a component gives to a child are taken, as the engine sends them on.
fn is_right(stage: &Stage, child: &Registration) -> Result<(), TestCaseError> {
    let urn = Urn::new(format!("urn:pulumi:dev::shop::{}::{}", child.kind, child.name));
    let news = child.inputs.iter().map(|(name, value)| (name.clone(), flat(value))).collect();
    let request = CheckRequest { urn, news, ..CheckRequest::default() };
    let (_, problems) = stage.provider.check(request).map_err(|error| TestCaseError::fail(error.to_string()))?;
    // A component can't see tags that come later, and hands them on with a name added: too many, too long or strange
    // ones are found at the child.
    let wrong = problems.iter().find(|problem| problem.path.property() != Some("tags"));
    prop_assert!(wrong.is_none(), "{} {:?}: {wrong:?}", child.kind, child.inputs);
    Ok(())
}

/// The value without its history, as the engine hands it to Check.
fn flat(value: &Value) -> Value {
    match value {
        Value::Output(output) => {
            let OutputValue { value, secret, .. } = output.as_ref();
            let value = value.as_ref().map_or(Value::Unknown, flat);
            if *secret { value.into_secret() } else { value }
        }
        Value::Secret(inner) => flat(inner).into_secret(),
        Value::List(items) => Value::List(items.iter().map(flat).collect()),
        Value::Map(map) => Value::Map(map.iter().map(|(key, value)| (key.clone(), flat(value))).collect()),
        other => other.clone(),
    }
}

#[test]
fn what_is_wrong_with_a_secret_structure_tells_it_to_nobody() {
    let stage = Stage::configured();
    let dns = kinds::components().into_iter().find(|kind| kind.member.token == "index:Dns").unwrap();
    let reason_for = |domain: Value| {
        let elsewhere = Value::List(vec!["app.example.org".into()]);
        let inputs = [("domain".to_owned(), domain), ("alternativeNames".to_owned(), elsewhere)].into();
        let request = ConstructRequest { kind: dns.token(), name: "dns".to_owned(), inputs, ..Default::default() };
        let engine = Engine { preview: true, asked: Mutex::default(), told: Mutex::default() };
        match stage.wait(stage.provider.construct(request, Arc::new(engine))) {
            Err(ConstructFailure::Inputs(problems)) => problems.iter().map(|problem| problem.reason.clone()).collect(),
            other => panic!("{other:?}"),
        }
    };
    let open: Vec<String> = reason_for("Hunter2.com".into());
    assert!(open[0].contains("must be in hunter2.com"), "{open:?}");
    let hidden: Vec<String> = reason_for(Value::from("Hunter2.com").into_secret());
    assert!(hidden[0].contains("would tell a secret"), "{hidden:?}");
    assert!(!hidden[0].contains("hunter2"), "{hidden:?}");
}
