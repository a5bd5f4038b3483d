//! The provider's own configuration, in its own types and as JSON in texts.

use framework::{
    schema::Member,
    value::{Map, Value},
};
use proptest::prelude::*;
use serde_json::Value as Json;
use tenantstack::protocol::wire::pulumirpc::{
    CheckRequest, ConfigureRequest, DiffRequest, diff_response::DiffChanges, resource_provider_server::ResourceProvider,
};
use tonic::Request;

use crate::{
    bags,
    kinds::{self, Kind},
    paths,
    runner::always,
    stage::{Stage, no_bug, received, sent},
    telltale::{still_marked, untold},
};

/// The configuration, as if it were a type like others.
pub fn kind() -> &'static Kind {
    static KIND: std::sync::OnceLock<Kind> = std::sync::OnceLock::new();
    KIND.get_or_init(|| {
        let (inputs, outputs) = Default::default();
        let member = Member { token: "pulumi:providers", model: "", doc: "", is_component: false, inputs, outputs };
        Kind { member, schema: &kinds::schema()["provider"] }
    })
}

/// A configuration, parts of which are JSON in texts, as stacks and some SDKs write them.
fn config() -> impl Strategy<Value = Map> {
    let texts = prop::collection::vec(prop::bool::weighted(0.3), 16);
    let one = (bags::of(kind()), texts, prop::option::weighted(0.1, bags::json())).prop_map(|(config, texts, odd)| {
        let mut config: Map = config
            .into_iter()
            .zip(texts.into_iter().cycle())
            .map(|((name, value), text)| (name, if text { as_text(value) } else { value }))
            .collect();
        config.extend(odd.map(|odd| ("defaultTags".to_owned(), Value::String(odd))));
        config
    });
    one.boxed()
}

/// The value as JSON in a text; the mark of a secret stays outside.
fn as_text(value: Value) -> Value {
    match value {
        Value::Secret(inner) => as_text(*inner).into_secret(),
        Value::Unknown | Value::String(_) => value,
        other => Value::String(json(&other).to_string()),
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Bool(value) => Json::from(*value),
        Value::Number(number) => Json::from(*number),
        Value::String(text) => Json::from(text.as_str()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Map(map) => Json::Object(map.iter().map(|(key, value)| (key.clone(), json(value))).collect()),
        _ => Json::Null,
    }
}

#[test]
fn a_configuration_is_checked_without_telling_it() {
    let stage = Stage::unconfigured();
    always(800, config(), |news| {
        let request = CheckRequest { news: sent(&news), ..Default::default() };
        let answer = match stage.wait(stage.server.check_config(Request::new(request))) {
            Ok(answer) => answer.into_inner(),
            // JSON in a text can hold what no answer can.
            Err(status) if status.message().starts_with("malformed request: news.") => return Ok(()),
            Err(status) => return Err(TestCaseError::fail(status.to_string())),
        };
        untold(&[&news], answer.failures.iter().flat_map(|failure| [&*failure.property, &*failure.reason]))?;
        let inputs = received(answer.inputs);
        still_marked(&[&news], &inputs)?;
        for failure in &answer.failures {
            let (place, reason) = (&failure.property, &failure.reason);
            let is_there = [&news, &inputs].iter().any(|config| paths::is_plausible(place, config, kind()));
            prop_assert!(is_there, "{place} is nowhere: {reason}");
        }
        Ok(())
    });
}

#[test]
fn an_equal_configuration_does_not_differ() {
    let stage = Stage::unconfigured();
    always(800, config(), |config| {
        let request = DiffRequest { old_inputs: sent(&config), news: sent(&config), ..Default::default() };
        let answer = stage.wait(stage.server.diff_config(Request::new(request)));
        let answer = answer.map_err(|status| TestCaseError::fail(status.to_string()))?.into_inner();
        let unknown = Value::Map(config.clone()).has_unknown();
        prop_assert!(unknown || answer.changes() == DiffChanges::DiffNone, "{answer:?} of {:?}", sent(&config));
        Ok(())
    });
}

#[test]
fn a_configuration_is_taken_or_refused_without_telling_it() {
    let stage = Stage::unconfigured();
    always(300, config(), |config| {
        let request = ConfigureRequest { args: sent(&config), ..Default::default() };
        if let Err(status) = stage.wait(stage.server.configure(Request::new(request))) {
            no_bug(&status)?;
            untold(&[&config], [status.message()])?;
        }
        untold(&[&config], stage.heard().iter().map(String::as_str))
    });
}
