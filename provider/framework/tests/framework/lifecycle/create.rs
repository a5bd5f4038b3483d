//! Create: ask, settle, read; and what the state keeps when that goes wrong half-way.

use std::time::Duration;

use framework::{error::Kind, value::Value};

use crate::{
    stage::{Stage, link, list, machine, map, partial, secret, shown, vault, whole},
    world::Fault,
};

#[tokio::test(start_paused = true)]
async fn what_is_left_behind_is_looked_for_then_it_is_asked_settled_and_read() {
    let stage = Stage::set().await;
    stage.world.ready_after(2);
    let (_, made) = stage.made(&machine("m"), map! { "name" => "own", "zone" => "a" }).await;
    assert_eq!(
        stage.world.calls(),
        [
            "list machine",
            "createMachine",
            "status machine-1",
            "status machine-1",
            "status machine-1",
            "describeMachine machine-1"
        ]
    );
    assert_eq!(made.id, "machine-1");
    assert_eq!(
        made.properties,
        map! {
            "name" => "own",
            "zone" => "a",
            "region" => "north",
            "block" => "10.9.0.0/24",
            "size" => 2.0,
            "watched" => false,
            "tags" => map! {},
            "machineId" => "machine-1",
            "address" => "machine-1.fake",
            "fingerprint" => secret("print of machine-1"),
        }
    );
}

#[tokio::test]
async fn the_list_of_a_kind_is_read_once_in_a_process() {
    let stage = Stage::set().await;
    for name in ["one", "two", "three"] {
        stage.made(&machine(name), map! { "zone" => "a" }).await;
    }
    assert_eq!(stage.world.calls().iter().filter(|call| *call == "list machine").count(), 1);
}

#[tokio::test(start_paused = true)]
async fn readers_may_see_it_late() {
    let stage = Stage::set().await;
    stage.world.fault("describeMachine", [Fault::Refused(Kind::Gone), Fault::Refused(Kind::Gone)]);
    let (_, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    assert_eq!(made.id, "machine-1");
}

#[tokio::test]
async fn what_is_never_told_back_is_taken_at_the_programs_word() {
    let stage = Stage::set().await;
    let (_, made) = stage.made(&machine("m"), map! { "zone" => "a", "startup" => secret("run") }).await;
    assert_eq!(made.properties["startup"], secret("run"));
}

#[tokio::test]
async fn outputs_are_secret_where_the_inputs_are() {
    let stage = Stage::set().await;
    let inputs = map! {
        "zone" => secret("a"),
        "password" => "hunter2",
        "tags" => map! { "a" => secret("b"), "c" => "d" },
    };
    let (_, made) = stage.made(&machine("m"), inputs).await;
    assert_eq!(made.properties["zone"], secret("a"));
    assert_eq!(made.properties["password"], secret("hunter2"));
    assert!(made.properties["tags"].has_secret());
    assert_eq!(made.properties["fingerprint"], secret("print of machine-1"));
}

#[tokio::test]
async fn a_refused_create_leaves_nothing() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.world.fault("createMachine", [Fault::Refused(Kind::Throttled)]);
    let error = whole(stage.create(&machine("m"), &inputs).await);
    assert_eq!(
        (error.kind(), error.to_string()),
        (Kind::Throttled, "createMachine: the cloud says no (No)".to_owned())
    );
    assert_eq!(stage.world.ids(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_fails_after_it_was_accepted_keeps_its_id_and_all_that_is_known() {
    let stage = Stage::set().await;
    stage.world.breaks("the disk is bad");
    let inputs = stage.checked(&machine("m"), map! { "name" => "own", "zone" => "a", "password" => "hunter2" });
    let (id, properties, error) = partial(stage.create(&machine("m"), &inputs).await);
    assert_eq!(id, "machine-1");
    assert_eq!(
        properties,
        map! {
            "name" => "own",
            "zone" => "a",
            "region" => "north",
            "watched" => false,
            "tags" => map! {},
            "password" => secret("hunter2"),
            "machineId" => "machine-1",
            // What could be read all the same.
            "size" => 2.0,
            "block" => "10.9.0.0/24",
            "address" => "the scrapyard",
            "fingerprint" => secret("print of machine-1"),
        }
    );
    assert_eq!((error.kind(), error.to_string()), (Kind::Failed, "machine-1 failed: the disk is bad".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn what_it_refers_to_may_be_too_new_to_be_known() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.world.fault("createMachine", [Fault::Refused(Kind::Gone), Fault::Refused(Kind::Gone)]);
    assert_eq!(stage.create(&machine("m"), &inputs).await.unwrap().id, "machine-1");

    stage.world.fault("createMachine", std::iter::repeat_n(Fault::Refused(Kind::Gone), 1000));
    assert_eq!(whole(stage.create(&machine("n"), &inputs).await).kind(), Kind::Gone);
    let begun = tokio::time::Instant::now();
    let within = stage.create_within(&machine("o"), &inputs, Duration::from_secs(2)).await;
    assert_eq!(whole(within).kind(), Kind::Gone);
    assert!(begun.elapsed() <= Duration::from_secs(2), "the user's own limit counts here too");

    let urn = machine("p");
    let mut create = Box::pin(stage.create(&urn, &inputs));
    crate::stage::until_idle(&mut create).await;
    stage.provider.cancel();
    assert_eq!(whole(create.await).kind(), Kind::Cancelled);
}

#[tokio::test(start_paused = true)]
async fn a_read_that_fails_after_the_create_keeps_the_id_too() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.world.fault("describeMachine", [Fault::Refused(Kind::Forbidden)]);
    let (id, _, error) = partial(stage.create(&machine("m"), &inputs).await);
    assert_eq!((id.as_str(), error.kind()), ("machine-1", Kind::Forbidden));
}

#[tokio::test]
async fn a_preview_asks_nothing_and_tells_what_it_knows() {
    let stage = Stage::set().await;
    let inputs =
        stage.checked(&machine("m"), map! { "name" => "own", "zone" => Value::Unknown, "ports" => list![22.0] });
    let planned = stage.preview(&machine("m"), &inputs).await.unwrap();
    assert_eq!(planned.id, "");
    assert_eq!(
        planned.properties,
        map! {
            "name" => "own",
            "zone" => Value::Unknown,
            "region" => "north",
            "ports" => list![22.0],
            "watched" => false,
            "tags" => map! {},
            "block" => Value::Unknown,
            "size" => Value::Unknown,
            "machineId" => Value::Unknown,
            "address" => Value::Unknown,
            "fingerprint" => secret(Value::Unknown),
            "logUrl" => Value::Unknown,
        }
    );
    assert_eq!(stage.world.calls(), Vec::<String>::new());
}

#[tokio::test]
async fn a_preview_may_foresee_and_keeps_the_marks() {
    let stage = Stage::set().await;
    let inputs = stage.checked(
        &machine("m"),
        map! {
            "zone" => secret("a"), "note" => "foreseen", "password" => "hunter2", "startup" => "run",
        },
    );
    let planned = stage.preview(&machine("m"), &inputs).await.unwrap().properties;
    assert_eq!(planned["size"], Value::from(16.0));
    assert_eq!(planned["zone"], secret("a"));
    assert_eq!(planned["password"], secret("hunter2"));
    assert_eq!(planned["startup"], Value::from("run"));
    assert_eq!(planned["fingerprint"], secret("print of foreseen"));
}

#[tokio::test]
async fn a_preview_works_without_credentials_and_passes_other_errors_on() {
    let stage = Stage::set().await;
    let void = stage.checked(&machine("m"), map! { "zone" => "a", "region" => "void" });
    assert_eq!(stage.preview(&machine("m"), &void).await.unwrap().properties["address"], Value::Unknown);
    let error = whole(stage.create(&machine("m"), &void).await);
    assert_eq!(error.kind(), Kind::Unauthenticated);

    let inputs = stage.checked(&machine("m"), map! { "zone" => "a", "note" => "foreseen" });
    stage.world.fault("foresee", [Fault::Refused(Kind::Unauthenticated), Fault::Refused(Kind::Forbidden)]);
    assert_eq!(stage.preview(&machine("m"), &inputs).await.unwrap().properties["address"], Value::Unknown);
    assert_eq!(whole(stage.preview(&machine("m"), &inputs).await).kind(), Kind::Forbidden);
}

#[tokio::test]
async fn an_unknown_in_a_real_run_is_a_mistake_of_ours() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&machine("m"), map! { "zone" => Value::Unknown });
    let error = whole(stage.create(&machine("m"), &inputs).await);
    assert_eq!(error.kind(), Kind::Internal);
    assert_eq!(stage.world.calls(), Vec::<String>::new());
}

#[tokio::test]
async fn each_resource_is_where_its_inputs_say() {
    let stage = Stage::configured(map! { "region" => "south" }).await;
    let (_, south) = stage.made(&machine("a"), map! { "zone" => "a" }).await;
    let (_, east) = stage.made(&machine("b"), map! { "zone" => "a", "region" => "east" }).await;
    assert_eq!((&south.properties["region"], &east.properties["region"]), (&"south".into(), &"east".into()));
}

#[tokio::test]
async fn what_carries_no_tag_is_made_without_a_list() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    assert_eq!(stage.world.calls(), ["createLink a/b", "describeLink a/b"]);
    assert_eq!(made.properties, map! { "from" => "a", "to" => "b", "linkId" => "a/b", "region" => "north" });
    assert_eq!(shown(&inputs), map! { "from" => "a", "to" => "b", "region" => "north" });
}

#[tokio::test]
async fn an_unconfigured_provider_says_so() {
    let request = framework::provider::CreateRequest { urn: vault("v"), timeout: Duration::ZERO, ..Default::default() };
    let error = whole(crate::stage::unconfigured().create(request).await);
    assert_eq!(error.to_string(), "the provider is used before it is configured");
}
