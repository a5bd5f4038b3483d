//! The course of a construction: what waits for what, and how it ends. The clock is paused: it moves
//! only when nothing else can.

use std::{collections::BTreeMap, sync::Arc};

use framework::{
    cloud::Identity,
    engine::{Options, Timeouts},
    provider::{ConstructFailure, ConstructRequest, Constructed},
    value::{Map, UNKNOWN, Value},
};

use futures::future::BoxFuture;

use super::{child, cluster, constructed, failure, in_preview, of, request};
use crate::{
    monitor::{Answer, Double},
    stage::{Stage, identity, map, until_idle},
};

/// A construction that goes on.
type Running = BoxFuture<'static, Result<Constructed, ConstructFailure>>;

/// A construction with a monitor that holds something back, run as far as it goes.
async fn held(inputs: Map, monitor: Double) -> (Arc<Double>, Running) {
    let monitor = Arc::new(monitor);
    let stage = Stage::set().await;
    let engine = monitor.clone();
    let mut construction: Running = Box::pin(async move { stage.provider.construct(request(inputs), engine).await });
    until_idle(&mut construction).await;
    (monitor, construction)
}

#[tokio::test(start_paused = true)]
async fn the_component_comes_first_and_its_outputs_last_and_once() {
    let (made, monitor) = constructed(request(map! { "machines" => 2.0 }), Double::new()).await;
    let events = monitor.events();
    assert_eq!((events[0].as_str(), events[1].as_str()), ("asked c", "answered c"));
    assert_eq!(events.last().unwrap(), "outputs of c");
    assert_eq!(made.urn, cluster());
    assert_eq!(monitor.outputs(), [("c".to_owned(), made.outputs)]);
    let mut asked = monitor.asked();
    asked.sort();
    assert_eq!(asked, ["c", "c-hub", "c-link-0", "c-link-1", "c-machine-0", "c-machine-1"]);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_depend_on_each_other_is_registered_at_once() {
    let double = Double::new().holding("c-hub").holding("c-machine-0").holding("c-machine-1");
    let (monitor, construction) = held(map! { "machines" => 2.0 }, double).await;
    assert_eq!(monitor.running(), ["c-hub", "c-machine-0", "c-machine-1"], "the links wait");
    for name in ["c-machine-0", "c-hub", "c-machine-1"] {
        monitor.let_go(name);
    }
    construction.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_child_is_registered_as_soon_as_what_it_uses_is_known() {
    let double = Double::new().holding("c-hub").holding("c-machine-0").holding("c-machine-1");
    let (monitor, mut construction) = held(map! { "machines" => 2.0 }, double).await;
    monitor.let_go("c-hub");
    monitor.let_go("c-machine-1");
    until_idle(&mut construction).await;
    assert_eq!(monitor.running(), ["c-machine-0"]);
    assert!(monitor.asked().contains(&"c-link-1".to_owned()));
    assert!(!monitor.asked().contains(&"c-link-0".to_owned()));
    monitor.let_go("c-machine-0");
    construction.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_comes_after_something_waits_for_it_and_says_so() {
    let double = Double::new().holding("c-machine-0");
    let (monitor, construction) = held(map! { "machines" => 2.0, "inTurn" => true }, double).await;
    assert!(!monitor.asked().contains(&"c-machine-1".to_owned()));
    monitor.let_go("c-machine-0");
    construction.await.unwrap();
    let second = monitor.registration("c-machine-1");
    assert_eq!(second.dependencies, [child("compute:Machine", "machine-0")].into());
    assert!(second.property_dependencies.values().all(std::collections::BTreeSet::is_empty));
}

#[tokio::test(start_paused = true)]
async fn a_refused_child_ends_it_promptly_with_the_engines_words() {
    let double = Double::new()
        .holding("c-machine-0")
        .holding("c-hub")
        .answering("c-hub", Answer::Refused("resource monitor shut down"));
    let (monitor, construction) = held(map! { "machines" => 1.0 }, double).await;
    monitor.let_go("c-hub");
    // The machine is never answered.
    assert_eq!(failure(construction.await), "resource monitor shut down");
    assert!(!monitor.asked().contains(&"c-link-0".to_owned()));
    assert_eq!(monitor.outputs(), []);
}

#[tokio::test(start_paused = true)]
async fn what_uses_a_refused_child_is_not_registered() {
    for refused in ["c-hub", "c-machine-0", "c-store"] {
        let double = Double::new().answering(refused, Answer::Refused("no"));
        let monitor = Arc::new(double);
        let inputs = map! { "machines" => 1.0, "store" => "oak" };
        assert_eq!(failure(super::construct(request(inputs), &monitor).await), "no");
        let asked = monitor.asked();
        let user = if refused == "c-store" { "c-store-vault" } else { "c-link-0" };
        assert!(!asked.contains(&user.to_owned()), "{refused}: {asked:?}");
        assert_eq!(monitor.outputs(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_component_has_no_children() {
    let monitor = Arc::new(Double::new().answering("c", Answer::Refused("no")));
    assert_eq!(failure(super::construct(request(Map::new()), &monitor).await), "no");
    assert_eq!(monitor.asked(), ["c"]);
}

#[tokio::test(start_paused = true)]
async fn a_skipped_child_leaves_its_outputs_unknown_and_the_rest_as_it_is() {
    let double = Double::new().answering("c-hub", Answer::Skipped);
    let (made, monitor) = constructed(request(map! { "machines" => 1.0 }), double).await;
    assert_eq!(of(&made, "hubId").value, None);
    assert_eq!(of(&made, "logUrl").value, None);
    assert!(of(&made, "addresses").value.is_some());
    let link = monitor.registration("c-link-0");
    assert_eq!(link.inputs["from"], framework::value::Value::Unknown);
    assert!(link.dependencies.contains(&child("compute:Machine", "hub")), "so that the engine passes it over too");
}

#[tokio::test(start_paused = true)]
async fn an_output_that_ought_to_be_there_and_is_not_ends_it() {
    let double = Double::new().answering("c-hub", Answer::Made(Map::new()));
    let monitor = Arc::new(double);
    let message = failure(super::construct(request(map! { "machines" => 1.0 }), &monitor).await);
    assert_eq!(message, format!("output machineId of {} is required", child("compute:Machine", "hub")));
    assert!(!monitor.asked().contains(&"c-link-0".to_owned()), "what uses it is not registered");
}

#[tokio::test]
async fn a_child_that_late_values_decide_on_is_there_if_they_say_so_or_may_yet() {
    let inputs = |tied: Value| map! { "machines" => 0.0, "store" => "oak", "tied" => tied };
    for (tied, preview, is_there) in [
        (Value::from(true), false, true),
        (Value::from(false), false, false),
        (Value::from(false), true, false),
        (Value::Unknown, true, true),
    ] {
        let asked = if preview { in_preview(inputs(tied.clone())) } else { request(inputs(tied.clone())) };
        let (_, monitor) = constructed(asked, Double::new()).await;
        assert_eq!(monitor.asked().contains(&"c-tie".to_owned()), is_there, "{tied:?} in a preview: {preview}");
    }
}

#[tokio::test]
async fn a_value_that_comes_late_and_is_refused_ends_it_in_the_components_words() {
    let inputs = map! { "machines" => 0.0, "store" => "oak", "hours" => "never" };
    let monitor = Arc::new(Double::new());
    assert_eq!(failure(super::construct(request(inputs), &monitor).await), "a store must be open at times");
    assert!(!monitor.asked().contains(&"c-store-vault".to_owned()));
}

#[tokio::test]
async fn a_value_that_is_not_known_yet_is_not_refused() {
    let inputs = map! { "machines" => 0.0, "store" => "oak", "hours" => Value::Unknown };
    let (_, monitor) = constructed(in_preview(inputs), Double::new()).await;
    assert_eq!(monitor.registration("c-store-vault").inputs["hours"], Value::Unknown);
}

#[tokio::test(start_paused = true)]
async fn a_nested_component_is_registered_with_its_children_inside_and_its_outputs_after_them() {
    let double = Double::new().holding("c-store-guard");
    let (monitor, construction) = held(map! { "machines" => 0.0, "store" => "oak" }, double).await;
    assert_eq!(monitor.outputs(), [], "the guard isn't there yet");
    monitor.let_go("c-store-guard");
    construction.await.unwrap();

    let store = monitor.registration("c-store");
    assert_eq!((store.kind.as_str(), store.custom), ("fake:index:Store", false));
    assert_eq!(store.parent, cluster());
    let signs = vec![Value::from("ring"), "c-hub.fake".into()];
    assert_eq!(store.inputs, map! { "door" => "oak", "hours" => "c-hub.fake", "signs" => signs });
    assert_eq!(store.property_dependencies["signs"], [child("compute:Machine", "hub")].into());
    assert_eq!(store.property_dependencies["hours"], [child("compute:Machine", "hub")].into());
    assert_eq!((store.provider.as_str(), store.providers.len()), ("", 0));
    for name in ["c-store-vault", "c-store-guard"] {
        assert_eq!(monitor.registration(name).parent, child("index:Store", "store"), "{name}");
    }
    let outputs: Vec<_> = monitor
        .outputs()
        .into_iter()
        .map(|(name, outputs)| (name, outputs.keys().cloned().collect::<Vec<_>>()))
        .collect();
    assert_eq!(outputs[0], ("c-store".to_owned(), vec!["vault".to_owned()]));
    assert_eq!(outputs.len(), 2);
}

/// The provider that the cluster's children get.
async fn provider_of(identity: Identity, providers: BTreeMap<String, String>) -> String {
    let stage = Stage::set().await;
    stage.configure(identity, Map::new()).await;
    let monitor = Arc::new(Double::new());
    let request = ConstructRequest { providers: providers.clone(), ..request(Map::new()) };
    stage.provider.construct(request, monitor.clone()).await.unwrap();
    let own = monitor.registration("c");
    assert_eq!((own.provider.as_str(), own.providers), ("", providers));
    assert_eq!(monitor.registration("c-hub").providers, BTreeMap::new());
    monitor.registration("c-hub").provider
}

#[tokio::test(start_paused = true)]
async fn children_belong_to_the_provider_that_makes_them() {
    let itself = "urn:pulumi:dev::shop::pulumi:providers:fake::default";
    assert_eq!(provider_of(identity(), BTreeMap::new()).await, format!("{itself}::p-1"));
    let before = Identity { id: None, ..identity() };
    assert_eq!(provider_of(before, BTreeMap::new()).await, format!("{itself}::{UNKNOWN}"));
    assert_eq!(provider_of(Identity::default(), BTreeMap::new()).await, "", "an engine that doesn't tell chooses");
    let given = BTreeMap::from([("fake".to_owned(), "urn::id".to_owned()), ("aws".to_owned(), "other::id".to_owned())]);
    assert_eq!(provider_of(identity(), given).await, "urn::id");
}

#[tokio::test(start_paused = true)]
async fn the_components_options_are_its_own_and_its_timeouts_its_childrens_too() {
    let options = Options {
        protect: Some(false),
        ignore_changes: vec!["zone".to_owned()],
        timeouts: Timeouts { create: "10m".to_owned(), update: "20m".to_owned(), ..Timeouts::default() },
        ..Options::default()
    };
    let request =
        ConstructRequest { options: options.clone(), ..request(map! { "machines" => 1.0, "store" => "oak" }) };
    let (_, monitor) = constructed(request, Double::new()).await;
    assert_eq!(monitor.registration("c").options, options);
    for name in ["c-hub", "c-store-vault"] {
        let only_timeouts = Options { timeouts: options.timeouts.clone(), ..Options::default() };
        assert_eq!(monitor.registration(name).options, only_timeouts, "{name}");
    }
    let link = monitor.registration("c-link-0").options;
    assert_eq!(link.protect, Some(true));
    assert_eq!(
        link.timeouts,
        Timeouts { create: "10m".to_owned(), update: "20m".to_owned(), delete: "2m".to_owned(), read: String::new() },
        "the user's, and the component's own where the user says nothing"
    );
}
