//! Read: refresh, import and `.get`; gone told apart from an error.

use framework::{
    error::Kind,
    provider::ReadRequest,
    resource::{Made, ReadBack},
    value::{Map, Value},
};

use crate::{
    stage::{Stage, changed, link, list, machine, map, secret, shown, vault, whole},
    world::Fault,
};

fn everything() -> Map {
    map! {
        "zone" => "a",
        "block" => "10.0.0.0/16",
        "size" => 8.0,
        "cores" => 2.0,
        "watched" => true,
        "note" => "a note",
        "ports" => list![443.0, 22.0],
        "commands" => list!["one", "two"],
        "billing" => "hourly",
        "disk" => map! { "size" => 10.0, "labels" => map! { "k" => "v" } },
        "policy" => r#"{"b": 1, "a": [1, 2]}"#,
        "password" => "hunter2",
        "startup" => "run",
        "tags" => map! { "a" => "1" },
    }
}

/// What a refresh says has drifted: the old inputs against what was read, as the engine asks.
async fn drift(stage: &Stage, inputs: &Map, made: &Made) -> Vec<String> {
    let read = stage.refresh(&machine("m"), inputs, made).await.unwrap().unwrap();
    changed(&stage.diff(&machine("m"), &read.inputs, inputs).unwrap())
}

#[tokio::test]
async fn nothing_has_drifted_right_after_the_create() {
    let stage = Stage::set().await;
    for news in [everything(), map! { "zone" => "a" }] {
        let (inputs, made) = stage.made(&machine("m"), news).await;
        let read = stage.refresh(&machine("m"), &inputs, &made).await.unwrap().unwrap();
        assert_eq!(read.inputs, inputs, "the program's own words");
        assert_eq!(read.properties, made.properties);
    }
}

#[tokio::test]
async fn empty_inputs_that_the_cloud_does_not_tell_back_have_not_drifted() {
    let stage = Stage::set().await;
    let (inputs, made) =
        stage.made(&machine("m"), map! { "zone" => "a", "commands" => list![], "note" => Value::Null }).await;
    stage.world.drift(&made.id, "commands", Value::Null);
    assert_eq!(drift(&stage, &inputs, &made).await, Vec::<String>::new());
}

#[tokio::test]
async fn drift_is_seen_in_every_input_that_can_be_read() {
    let drifted: [(&str, Value, &str); 13] = [
        ("zone", "b".into(), "zone: Update!"),
        ("block", "10.1.0.0/16".into(), "block: Update!"),
        ("size", 9.0.into(), "size: Update"),
        ("cores", 4.0.into(), "cores: Update"),
        ("watched", false.into(), "watched: Update"),
        ("note", Value::Null, "note: Add"),
        ("ports", list![22.0, 80.0], "ports: Update"),
        ("commands", list!["two", "one"], "commands[0]: Update"),
        ("billing", "monthly".into(), "billing: Update"),
        ("disk", map! { "size" => 10.0, "labels" => map! { "k" => "w" } }.into(), "disk.labels.k: Update"),
        ("policy", r#"{"a":[2,1],"b":1}"#.into(), "policy: Update"),
        ("password", "hunter3".into(), "password: Update"),
        ("tags", map! { "a" => "1", "b" => "2" }.into(), "tags.b: Delete"),
    ];
    for (property, value, said) in drifted {
        let stage = Stage::set().await;
        let (inputs, made) = stage.made(&machine("m"), everything()).await;
        stage.world.drift(&made.id, property, value);
        assert_eq!(drift(&stage, &inputs, &made).await.first().map(String::as_str), Some(said), "{property}");
    }
}

#[tokio::test]
async fn what_the_cloud_filled_in_is_no_drift_and_what_somebody_added_is() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    for (property, value) in
        [("size", Value::from(32.0)), ("note", "".into()), ("commands", list![]), ("watched", false.into())]
    {
        stage.world.drift(&made.id, property, value);
        assert_eq!(drift(&stage, &inputs, &made).await, Vec::<String>::new(), "{property}");
    }
    stage.world.drift(&made.id, "note", "hello");
    assert_eq!(drift(&stage, &inputs, &made).await, ["note: Delete"]);
}

#[tokio::test]
async fn secrets_stay_secret_when_they_drift() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => secret("a") }).await;
    stage.world.drift(&made.id, "zone", "b");
    stage.world.drift(&made.id, "password", "added");
    let read = stage.refresh(&machine("m"), &inputs, &made).await.unwrap().unwrap();
    for properties in [read.inputs, read.properties] {
        assert_eq!(properties["zone"], secret("b"));
        assert_eq!(properties["password"], secret("added"));
    }
}

#[tokio::test]
async fn what_is_gone_is_told_apart_from_what_cannot_be_read() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    for kind in [Kind::Forbidden, Kind::Throttled, Kind::Unavailable, Kind::Lost] {
        stage.world.fault("describeMachine", [Fault::Refused(kind)]);
        assert_eq!(whole(stage.refresh(&machine("m"), &inputs, &made).await).kind(), kind);
    }
    stage.world.fault("describeMachine", [Fault::Refused(Kind::Gone)]);
    assert_eq!(stage.refresh(&machine("m"), &inputs, &made).await.unwrap(), None);
    stage.world.vanish(&made.id);
    assert_eq!(stage.refresh(&machine("m"), &inputs, &made).await.unwrap(), None);
    assert_eq!(stage.import(&machine("m"), "machine-7").await.unwrap(), None);
}

#[tokio::test]
async fn an_import_gives_inputs_that_preview_as_unchanged() {
    let stage = Stage::configured(map! { "region" => "south" }).await;
    for news in [everything(), map! { "zone" => "a" }] {
        let (_, made) = stage.made(&machine("m"), news).await;
        let ReadBack { id, inputs, .. } = stage.import(&machine("other"), &made.id).await.unwrap().unwrap();
        assert_eq!(id, made.id);
        let checked = stage.checked_after(&machine("other"), &inputs, inputs.clone());
        assert_eq!(checked, inputs);
        assert_eq!(changed(&stage.diff(&machine("other"), &inputs, &checked).unwrap()), Vec::<String>::new());
    }
}

#[tokio::test]
async fn an_import_says_what_a_program_has_to_say_and_no_more() {
    let stage = Stage::set().await;
    let (_, made) = stage.made(&machine("m"), map! { "name" => "own", "zone" => "a", "password" => "hunter2" }).await;
    stage.world.drift(&made.id, "note", "");
    let inputs = stage.import(&machine("m"), &made.id).await.unwrap().unwrap().inputs;
    assert_eq!(
        inputs,
        map! {
            "name" => "own",
            "zone" => "a",
            "region" => "north",
            "block" => "10.9.0.0/24",
            "size" => 2.0,
            "watched" => false,
            "tags" => map! {},
            "password" => secret("hunter2"),
        }
    );
}

#[tokio::test]
async fn an_imported_resource_can_be_refreshed_and_compared_with_the_program() {
    let stage = Stage::set().await;
    let (_, made) = stage.made(&vault("v"), map! { "name" => "family", "door" => "oak" }).await;
    let read = stage.import(&vault("other"), &made.id).await.unwrap().unwrap();
    let program = stage.checked_after(&vault("other"), &read.inputs, map! { "name" => "family", "door" => "oak" });
    assert_eq!(changed(&stage.diff(&vault("other"), &read.inputs, &program).unwrap()), Vec::<String>::new());
    assert_eq!(shown(&program), program, "it stays without an owner");
}

#[tokio::test]
async fn what_only_the_state_knows_is_at_hand() {
    let stage = Stage::set().await;
    let (inputs, mut made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    made.properties.insert("logUrl".to_owned(), "https://log".into());
    let read = stage.refresh(&machine("m"), &inputs, &made).await.unwrap().unwrap();
    assert_eq!(read.properties["logUrl"], "https://log".into());
    let updated = stage.update(&machine("m"), &made, &inputs, &inputs).await.unwrap();
    assert_eq!(updated["logUrl"], "https://log".into());
    assert!(!stage.import(&machine("m"), &made.id).await.unwrap().unwrap().properties.contains_key("logUrl"));
}

#[tokio::test]
async fn get_reads_by_the_id_alone_and_by_what_the_program_gave() {
    let stage = Stage::set().await;
    let (_, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    for given in [Map::new(), map! { "from" => "a", "linkId" => "a/b" }] {
        let request = ReadRequest {
            urn: link("got"),
            id: made.id.clone(),
            inputs: Some(given.clone()),
            properties: Some(given),
            ..ReadRequest::default()
        };
        let read = stage.provider.read(request).await.unwrap().unwrap();
        assert_eq!(read.properties, made.properties);
    }
}
