//! Marks: unknown, secret and dependencies, from a component's inputs through its children to its outputs.

use std::collections::BTreeSet;

use framework::{
    provider::ConstructRequest,
    value::{Map, Urn, Value},
};

use super::{child, cluster, constructed, in_preview, of, request, sources};
use crate::{
    monitor::{Answer, Double, output},
    stage::{map, secret},
};

fn given() -> Urn {
    Urn::new("urn:pulumi:dev::shop::other:index:Zone::z")
}

#[tokio::test]
async fn children_are_named_after_the_component_and_know_their_parent() {
    let (_, monitor) = constructed(request(map! { "machines" => 1.0 }), Double::new()).await;
    let hub = monitor.registration("c-hub");
    assert_eq!((hub.kind.as_str(), hub.custom, &hub.parent), ("fake:compute:Machine", true, &cluster()));
    assert_eq!(hub.inputs, map! { "zone" => "middle" });
}

#[tokio::test]
async fn what_flows_between_children_is_a_dependency_of_the_property() {
    let (_, monitor) = constructed(request(map! { "machines" => 1.0 }), Double::new()).await;
    let (hub, machine) = (child("compute:Machine", "hub"), child("compute:Machine", "machine-0"));
    let link = monitor.registration("c-link-0");
    assert_eq!(link.inputs, map! { "from" => "c-hub-id", "to" => "c-machine-0-id" });
    assert_eq!(link.dependencies, [hub.clone(), machine.clone()].into());
    assert_eq!(sources(&link, "from"), [hub]);
    assert_eq!(sources(&link, "to"), [machine]);
}

#[tokio::test]
async fn the_dependencies_of_an_input_reach_what_is_made_of_it() {
    // Once as an output value's own, once as the whole property's.
    let inline = request(map! { "zone" => output(Some("a".into()), false, &[&given()]) });
    let beside = ConstructRequest {
        input_dependencies: [("zone".to_owned(), [given()].into())].into(),
        ..request(map! { "zone" => "a" })
    };
    for request in [inline, beside] {
        let (_, monitor) = constructed(request.clone(), Double::new()).await;
        let hub = monitor.registration("c-hub");
        assert_eq!(hub.inputs["zone"], "a".into());
        assert_eq!(sources(&hub, "zone"), [given()]);
        assert_eq!(hub.dependencies, [given()].into());
        let own = monitor.registration("c");
        assert_eq!((own.inputs, own.property_dependencies), (request.inputs, request.input_dependencies), "verbatim");
    }
}

#[tokio::test]
async fn a_secret_input_is_secret_in_the_child_and_only_there() {
    let (made, monitor) = constructed(
        request(map! { "machines" => 1.0, "password" => output(Some("hunter2".into()), true, &[&given()]) }),
        Double::new(),
    )
    .await;
    let hub = monitor.registration("c-hub");
    assert_eq!(hub.inputs["password"], secret("hunter2"));
    assert_eq!(sources(&hub, "password"), [given()]);
    assert!(!monitor.registration("c-machine-0").inputs.values().any(Value::has_secret));
    assert!(!of(&made, "hubId").secret);
}

#[tokio::test]
async fn a_secret_that_decides_on_the_structure_makes_everything_secret() {
    let inputs = map! { "machines" => secret(1.0), "store" => "oak" };
    let (made, monitor) = constructed(request(inputs), Double::new()).await;
    assert_eq!(monitor.registration("c-hub").inputs, map! { "zone" => secret("middle") });
    for (name, outputs) in monitor.outputs() {
        assert!(outputs.values().all(Value::is_secret), "{name}: {outputs:?}");
    }
    assert!(made.outputs.values().all(Value::is_secret));
}

#[tokio::test]
async fn an_input_of_which_the_structure_depends_is_a_dependency_of_every_child() {
    let inputs = map! { "machines" => output(Some(1.0.into()), false, &[&given()]) };
    let (_, monitor) = constructed(request(inputs), Double::new()).await;
    for name in ["c-hub", "c-machine-0", "c-link-0"] {
        assert!(monitor.registration(name).dependencies.contains(&given()), "{name}");
    }
    assert!(monitor.registration("c-hub").property_dependencies["zone"].is_empty());
}

#[tokio::test]
async fn outputs_depend_on_the_component_and_on_the_child_that_they_come_from() {
    let (made, _) = constructed(request(map! { "machines" => 2.0, "store" => "oak" }), Double::new()).await;
    let on = |name: &str, children: &[Urn]| {
        let all: BTreeSet<_> = children.iter().cloned().chain([cluster()]).collect();
        assert_eq!(of(&made, name).dependencies, all, "{name}");
    };
    on("hubId", &[child("compute:Machine", "hub")]);
    on("addresses", &[child("compute:Machine", "machine-0"), child("compute:Machine", "machine-1")]);
    on(
        "vault",
        &[Urn::new("urn:pulumi:dev::shop::fake:index:Cluster$fake:index:Store$fake:storage:Vault::c-store-vault")],
    );
    assert_eq!(of(&made, "hubId").value, Some("c-hub-id".into()));
    assert_eq!(of(&made, "addresses").value, Some(crate::stage::list!["c-machine-0.fake", "c-machine-1.fake"]));
    assert_eq!(of(&made, "vault").value, Some("c-store-vault-id".into()));
    assert_eq!(of(&made, "logUrl").value, Some(Value::Null));
}

#[tokio::test]
async fn a_secret_output_of_a_child_stays_secret() {
    let hub = map! { "machineId" => "m", "logUrl" => secret("https://log") };
    let (made, _) =
        constructed(request(map! { "machines" => 0.0 }), Double::new().answering("c-hub", Answer::Made(hub))).await;
    let log = of(&made, "logUrl");
    assert_eq!((log.value, log.secret), (Some("https://log".into()), true));
}

#[tokio::test]
async fn in_a_preview_what_is_not_made_yet_is_unknown() {
    let (made, monitor) = constructed(in_preview(map! { "machines" => 1.0 }), Double::previewing()).await;
    for name in ["hubId", "addresses", "logUrl"] {
        assert_eq!(of(&made, name).value, None, "{name}");
    }
    assert_eq!(of(&made, "hubId").dependencies, [cluster(), child("compute:Machine", "hub")].into());
    let link = monitor.registration("c-link-0");
    assert_eq!(link.inputs, map! { "from" => Value::Unknown, "to" => Value::Unknown });
    assert_eq!(sources(&link, "from"), [child("compute:Machine", "hub")]);
}

#[tokio::test]
async fn in_a_preview_of_a_change_what_is_known_is_known() {
    let hub = map! { "machineId" => "old", "address" => Value::Unknown };
    let (_, monitor) =
        constructed(in_preview(map! { "machines" => 1.0 }), Double::previewing().answering("c-hub", Answer::Made(hub)))
            .await;
    assert_eq!(monitor.registration("c-link-0").inputs["from"], "old".into());
}

#[tokio::test]
async fn an_unknown_value_does_not_make_the_structure_unknown() {
    // In a preview, and in the real runs in which the engine leaves something out.
    for unknown in [Value::Unknown, output(None, true, &[&given()])] {
        for request in [in_preview(map! { "zone" => unknown.clone() }), request(map! { "zone" => unknown.clone() })] {
            let (_, monitor) = constructed(request, Double::new()).await;
            let hub = monitor.registration("c-hub");
            assert_eq!(hub.inputs["zone"].plain(), Value::Unknown);
            assert_eq!(hub.inputs["zone"].is_secret(), unknown.is_secret());
            assert!(monitor.asked().contains(&"c-machine-0".to_owned()));
        }
    }
}

#[tokio::test]
async fn an_unknown_structure_gives_unknown_outputs_and_no_child() {
    for request in [in_preview as fn(Map) -> _, request] {
        let (made, monitor) = constructed(request(map! { "machines" => Value::Unknown }), Double::new()).await;
        assert_eq!(monitor.asked(), ["c"]);
        assert_eq!(monitor.outputs(), [("c".to_owned(), made.outputs.clone())]);
        assert_eq!(made.outputs.keys().collect::<Vec<_>>(), ["addresses", "hubId", "logUrl", "vault"]);
        for name in made.outputs.keys() {
            assert_eq!(
                of(&made, name),
                framework::value::OutputValue { value: None, secret: false, dependencies: [cluster()].into() }
            );
        }
    }
}

#[tokio::test]
async fn problems_are_found_even_where_the_structure_is_unknown() {
    let inputs = map! { "machines" => Value::Unknown, "purpose" => "World peace" };
    let result = super::construct(in_preview(inputs), &Double::new().into()).await;
    assert!(matches!(result, Err(framework::provider::ConstructFailure::Inputs(_))));
}
