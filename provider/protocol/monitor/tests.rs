//! What a monitor is asked, and what its answers mean.

use std::collections::{BTreeMap, BTreeSet};

use framework::{
    engine::{Alias, AliasParent, Hooks, Monitor, Options, Refused, Registered, Registration, Timeouts},
    value::{Map, OutputValue, Urn, Value},
};

use super::*;
use crate::protocol::{
    codec::{UNKNOWN, decode, encode},
    doubles::{Registry, TestResult, kept, serve},
    wire::pulumirpc::{
        CheckFailure, RegisterResourceResponse, Result as Outcome, alias, alias::spec,
        resource_monitor_server::ResourceMonitorServer,
    },
};

fn own() -> Own {
    Own { package: "tenantstack".to_owned(), version: "1.2.3".to_owned() }
}

async fn monitor(registry: &Registry) -> Result<EngineMonitor, Box<dyn std::error::Error>> {
    let address = serve(ResourceMonitorServer::new(registry.clone())).await?;
    Ok(EngineMonitor::new(Monitors::default().channel(&address)?, own(), "handle".to_owned()))
}

fn map(value: Value) -> Map {
    Map::from([("x".to_owned(), value)])
}

fn child() -> Registration {
    Registration {
        kind: "tenantstack:ec2:Vpc".to_owned(),
        name: "a-vpc".to_owned(),
        custom: true,
        ..Default::default()
    }
}

fn made(id: &str) -> RegisterResourceResponse {
    RegisterResourceResponse { urn: "urn:made".to_owned(), id: id.to_owned(), ..Default::default() }
}

#[tokio::test]
async fn a_child_is_registered_with_all_that_is_known_of_it() -> TestResult {
    let registry = Registry { answer: Some(made("vpc-1")), ..Default::default() };
    let output = Value::Output(Box::new(OutputValue {
        value: None,
        secret: true,
        dependencies: BTreeSet::from([Urn::new("urn:other")]),
    }));
    let wanted = Registration {
        parent: Urn::new("urn:component"),
        inputs: map(output.clone()),
        property_dependencies: BTreeMap::from([("x".to_owned(), BTreeSet::from([Urn::new("urn:other")]))]),
        dependencies: BTreeSet::from([Urn::new("urn:other")]),
        providers: BTreeMap::from([("aws".to_owned(), "urn:aws::1".to_owned())]),
        ..child()
    };
    let registered = monitor(&registry).await?.register(wanted).await;
    assert_eq!(registered?, Registered { urn: Urn::new("urn:made"), id: "vpc-1".to_owned(), ..Default::default() });

    let asked = kept(&registry.registered).remove(0);
    assert_eq!((asked.r#type.as_str(), asked.name.as_str()), ("tenantstack:ec2:Vpc", "a-vpc"));
    assert_eq!((asked.parent.as_str(), asked.custom, asked.remote), ("urn:component", true, false));
    assert_eq!(decode(asked.object)?, map(output));
    assert_eq!(asked.dependencies, ["urn:other"]);
    assert_eq!(asked.property_dependencies["x"].urns, ["urn:other"]);
    assert_eq!(asked.providers["aws"], "urn:aws::1");
    assert_eq!(asked.parent_stack_trace_handle, "handle");
    assert!(asked.accept_secrets && asked.accept_resources && asked.accepts_byte_string);
    assert!(asked.supports_partial_values && asked.supports_result_reporting && asked.alias_specs);
    assert!(!asked.delete_before_replace_defined && asked.custom_timeouts.is_none() && asked.hooks.is_none());
    Ok(())
}

#[tokio::test]
async fn all_options_are_handed_on() -> TestResult {
    let registry = Registry { answer: Some(made("")), ..Default::default() };
    let spec = |parent| Alias::Spec {
        name: "n".to_owned(),
        kind: "k".to_owned(),
        stack: "s".to_owned(),
        project: "p".to_owned(),
        parent,
    };
    let options = Options {
        protect: Some(false),
        retain_on_delete: Some(true),
        delete_before_replace: Some(false),
        aliases: vec![Alias::Urn(Urn::new("urn:old")), spec(AliasParent::None), spec(AliasParent::Urn("urn:p".into()))],
        deleted_with: Urn::new("urn:with"),
        replace_with: vec![Urn::new("urn:replace")],
        replacement_trigger: Some(Value::Number(1.0)),
        ignore_changes: vec!["a".to_owned()],
        replace_on_changes: vec!["b".to_owned()],
        additional_secret_outputs: vec!["c".to_owned()],
        timeouts: Timeouts { create: "1m".to_owned(), ..Default::default() },
        hooks: Some(Hooks { after_delete: vec!["h".to_owned()], ..Default::default() }),
    };
    monitor(&registry).await?.register(Registration { options, ..child() }).await?;

    let asked = kept(&registry.registered).remove(0);
    assert_eq!((asked.protect, asked.retain_on_delete), (Some(false), Some(true)));
    assert_eq!((asked.delete_before_replace, asked.delete_before_replace_defined), (false, true));
    assert_eq!((asked.deleted_with.as_str(), asked.replace_with), ("urn:with", vec!["urn:replace".to_owned()]));
    assert!(asked.replacement_trigger.is_some());
    assert_eq!(
        [asked.ignore_changes, asked.replace_on_changes, asked.additional_secret_outputs].concat(),
        ["a", "b", "c"]
    );
    assert_eq!(asked.custom_timeouts.unwrap_or_default().create, "1m");
    assert_eq!(asked.hooks.unwrap_or_default().after_delete, ["h"]);
    let parents = asked.aliases.into_iter().filter_map(|alias| match alias.alias {
        Some(alias::Alias::Spec(spec)) => spec.parent,
        _ => None,
    });
    let parents: Vec<_> = parents.collect();
    assert_eq!(parents, [spec::Parent::NoParent(true), spec::Parent::ParentUrn("urn:p".to_owned())]);
    Ok(())
}

/// Which provider and version the monitor is told.
async fn provider_for(wanted: Registration) -> Result<(String, String), Box<dyn std::error::Error>> {
    let registry = Registry { answer: Some(made("")), ..Default::default() };
    monitor(&registry).await?.register(wanted).await?;
    let asked = kept(&registry.registered).remove(0);
    Ok((asked.provider, asked.version))
}

#[tokio::test]
async fn the_engine_finds_the_same_provider_again() -> TestResult {
    let none = || (String::new(), String::new());
    let known = Registration { provider: "urn:p::1".to_owned(), ..child() };
    assert_eq!(provider_for(known).await?, ("urn:p::1".to_owned(), String::new()));
    assert_eq!(provider_for(child()).await?, (String::new(), "1.2.3".to_owned()));
    let foreign = Registration { kind: "random:index:Id".to_owned(), ..child() };
    assert_eq!(provider_for(foreign).await?, none());
    let component = Registration { custom: false, ..child() };
    assert_eq!(provider_for(component).await?, none());
    Ok(())
}

async fn registered(answer: RegisterResourceResponse) -> Result<Registered, Box<dyn std::error::Error>> {
    let registry = Registry { answer: Some(answer), ..Default::default() };
    Ok(monitor(&registry).await?.register(child()).await?)
}

#[tokio::test]
async fn what_is_not_known_yet_stays_so() -> TestResult {
    let object = Some(encode(&map(Value::Unknown), Accepts::PLANS)?);
    let seen = registered(RegisterResourceResponse { object, ..made(UNKNOWN) }).await?;
    assert_eq!((seen.id.as_str(), seen.outputs, seen.skipped), ("", map(Value::Unknown), false));
    Ok(())
}

#[tokio::test]
async fn what_failed_or_was_passed_over_is_skipped() -> TestResult {
    assert!(registered(RegisterResourceResponse { unknown: true, ..made("") }).await?.skipped);
    for outcome in [Outcome::Fail, Outcome::Skip] {
        assert!(registered(RegisterResourceResponse { result: outcome.into(), ..made("x") }).await?.skipped);
    }
    Ok(())
}

#[tokio::test]
async fn a_refusal_says_what_the_engine_says() -> TestResult {
    let refused = monitor(&Registry::default()).await?.register(child()).await;
    assert_eq!(refused, Err(Refused("resource monitor shut down".to_owned())));
    Ok(())
}

#[tokio::test]
async fn a_components_outputs_are_registered() -> TestResult {
    let registry = Registry::default();
    let outputs = map(Value::Secret(Box::new(Value::Bool(true))));
    monitor(&registry).await?.register_outputs(Urn::new("urn:c"), outputs.clone()).await?;
    let asked = kept(&registry.outputs).remove(0);
    assert_eq!((asked.urn.as_str(), decode(asked.outputs)?), ("urn:c", outputs));
    Ok(())
}

#[tokio::test]
async fn another_resources_outputs_can_be_read() -> TestResult {
    let state = map(Value::Unknown);
    let found = Map::from([("urn".to_owned(), Value::from("urn:r")), ("state".to_owned(), Value::Map(state.clone()))]);
    let result = ResourceInvokeResponse { r#return: Some(encode(&found, Accepts::PLANS)?), ..Default::default() };
    let registry = Registry { result, ..Default::default() };
    assert_eq!(monitor(&registry).await?.outputs_of(Urn::new("urn:r")).await?, state);

    let asked = kept(&registry.invoked).remove(0);
    assert_eq!(asked.tok, "pulumi:pulumi:getResource");
    assert_eq!(decode(asked.args)?["urn"], Value::from("urn:r"));
    assert!(asked.accept_resources);
    assert_eq!(asked.parent_stack_trace_handle, "handle");

    let failures = vec![CheckFailure { property: "urn".to_owned(), reason: "no such resource".to_owned() }];
    let registry = Registry { result: ResourceInvokeResponse { failures, ..Default::default() }, ..Default::default() };
    let refused = monitor(&registry).await?.outputs_of(Urn::new("urn:r")).await;
    assert_eq!(refused, Err(Refused("reading urn:r: no such resource".to_owned())));
    Ok(())
}
