//! Wrong inputs: all at once, and before anything is registered.

use framework::{
    provider::{ConstructFailure, ConstructRequest, Constructed},
    value::{Map, Reference, ReferenceId, Urn, Value},
};

use super::{constructed, failure, in_preview, request};
use crate::{
    monitor::{Double, output},
    stage::{Stage, map, secret, told},
};

/// The problems of a construction, of which the engine must not have heard.
async fn problems(inputs: Map) -> Vec<String> {
    let monitor = std::sync::Arc::new(Double::new());
    let result = super::construct(request(inputs), &monitor).await;
    assert_eq!(monitor.events(), Vec::<String>::new());
    match result {
        Err(ConstructFailure::Inputs(problems)) => told(&problems),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_construction_that_failed_leaves_nothing_behind() {
    for inputs in [map! { "store" => "paper" }, map! { "machines" => 4.0 }, map! { "store" => "oak" }] {
        let monitor = std::sync::Arc::new(Double::new().answering("c", crate::monitor::Answer::Refused("no")));
        super::construct(request(inputs), &monitor).await.unwrap_err();
        assert_eq!(std::sync::Arc::strong_count(&monitor), 1);
    }
}

#[tokio::test]
async fn single_inputs_are_all_checked() {
    let told = problems(map! {
        "machine" => 1.0,
        "machines" => 9.0,
        "zone" => output(Some(4.0.into()), false, &[]),
        "purpose" => "World peace",
        "inTurn" => "maybe",
        "sharedStore" => "store",
    })
    .await;
    assert_eq!(
        told,
        [
            "machine: is not a property here; did you mean machines?",
            "machines: must be between 0 and 5, not 9",
            "zone: must be a string, not a number",
            "purpose: must be small letters, not \"World peace\"",
            "sharedStore: must be a Store component: pass the object itself",
            "inTurn: must be true or false, not a string",
        ]
    );
}

#[tokio::test]
async fn what_the_component_itself_finds_comes_together() {
    assert_eq!(
        problems(map! { "machines" => 4.0, "purpose" => "mischief" }).await,
        ["machines: must not be 4: it is unlucky", "purpose: must be good"]
    );
    assert_eq!(problems(map! { "store" => "paper" }).await, ["door: must be harder than paper"], "a nested one's too");
}

#[tokio::test]
async fn a_secret_is_not_shown_in_a_reason() {
    assert_eq!(problems(map! { "purpose" => secret("Hunter2") }).await, ["purpose: must be small letters"]);
    assert_eq!(
        problems(map! { "password" => output(Some(4.0.into()), true, &[]) }).await,
        ["password: must be a string"],
        "not even its kind"
    );
}

fn reference(urn: &str) -> Value {
    let urn = Urn::new(urn);
    Value::Reference(Reference { urn, id: ReferenceId::Component, package_version: String::new() })
}

#[tokio::test]
async fn another_kind_of_resource_is_not_what_was_asked_for() {
    assert_eq!(
        problems(map! { "sharedStore" => reference("urn:pulumi:dev::shop::fake:index:Cluster::other") }).await,
        ["sharedStore: must be a Store, not a fake:index:Cluster"]
    );
}

#[tokio::test]
async fn a_component_that_was_given_is_read_through_the_engine() {
    let urn = Urn::new("urn:pulumi:dev::shop::fake:index:Store::s");
    let inputs = || map! { "sharedStore" => reference(urn.as_str()) };
    let knowing = Double::new().knowing(urn.clone(), map! { "vault" => secret("family") });
    let (made, monitor) = constructed(request(inputs()), knowing).await;
    let vault = super::of(&made, "vault");
    assert_eq!((vault.value, vault.secret), (Some("family".into()), true));
    assert_eq!(vault.dependencies, [super::cluster(), urn.clone()].into());
    assert_eq!(monitor.registration("c").inputs, inputs(), "verbatim");

    let (made, _) = constructed(in_preview(inputs()), Double::previewing().knowing(urn, Map::new())).await;
    assert_eq!(super::of(&made, "vault").value, None, "it isn't there yet");
}

#[tokio::test]
async fn a_component_that_the_engine_does_not_know_ends_it() {
    let inputs = map! { "sharedStore" => reference("urn:pulumi:dev::shop::fake:index:Store::s") };
    let monitor = std::sync::Arc::new(Double::new());
    let message = failure(super::construct(request(inputs), &monitor).await);
    assert_eq!(message, "there is no urn:pulumi:dev::shop::fake:index:Store::s");
    assert!(!monitor.asked().contains(&"c-tie".to_owned()), "what uses it is not registered");
}

#[tokio::test]
async fn a_type_that_does_not_exist_is_named() {
    let request = ConstructRequest { kind: "fake:index:Toaster".to_owned(), ..request(Map::new()) };
    let result: Result<Constructed, _> =
        Stage::set().await.provider.construct(request, std::sync::Arc::new(Double::new())).await;
    assert_eq!(failure(result), "fake has no component type fake:index:Toaster");
}
