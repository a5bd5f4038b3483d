//! Update: exactly what changed, then settle and read; also without any change, as a repair.

use framework::{Resource, error::Kind, provider::UpdateRequest, resource::Resource as _, value::Value};

use crate::{
    stage::{Stage, link, list, machine, map, partial, secret, vault, whole},
    world::Fault,
};

#[tokio::test]
async fn only_what_differs_is_changed() {
    let stage = Stage::set().await;
    let (old, made) = stage
        .made(
            &machine("m"),
            map! {
                "zone" => "a", "size" => 8.0, "note" => "one", "ports" => list![1.0, 2.0], "policy" => "{\"a\": 1}",
                "disk" => map! { "size" => 1.0 }, "tags" => map! { "a" => "b" },
            },
        )
        .await;
    let new = stage.checked_after(
        &machine("m"),
        &old,
        map! {
            "zone" => "a", "size" => "8", "note" => "two", "ports" => list![2.0, 1.0, 2.0], "policy" => "{ \"a\" : 1 }",
            "disk" => map! { "size" => 2.0 }, "tags" => map! { "a" => secret("b") }, "billing" => "hourly",
        },
    );
    stage.world.calls();
    let properties = stage.update(&machine("m"), &made, &old, &new).await.unwrap();
    assert_eq!(
        stage.world.calls(),
        ["changeMachine machine-1 billing disk note", "status machine-1", "describeMachine machine-1"]
    );
    assert_eq!(properties["note"], "two".into());
    assert_eq!(properties["disk"], map! { "size" => 2.0 }.into());
}

#[tokio::test]
async fn what_leaves_the_program_is_taken_away_and_what_the_cloud_chose_stays() {
    let stage = Stage::set().await;
    let (old, made) =
        stage.made(&machine("m"), map! { "zone" => "a", "note" => "one", "commands" => list!["x"] }).await;
    let new = stage.checked_after(&machine("m"), &old, map! { "zone" => "a" });
    stage.world.calls();
    let properties = stage.update(&machine("m"), &made, &old, &new).await.unwrap();
    assert_eq!(stage.world.calls()[0], "changeMachine machine-1 commands note");
    assert!(!properties.contains_key("note"));
    assert_eq!(properties["size"], 2.0.into());
}

#[tokio::test]
async fn drift_in_the_order_of_a_set_is_no_change() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a", "ports" => list![1.0, 2.0] }).await;
    stage.world.drift(&made.id, "ports", list![3.0, 1.0]);
    let read = stage.refresh(&machine("m"), &inputs, &made).await.unwrap().unwrap();
    assert_eq!(read.inputs["ports"], list![1.0, 3.0]);
    assert_eq!(read.properties["ports"], list![1.0, 3.0]);
}

#[tokio::test]
async fn the_old_and_the_new_value_can_be_had() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&vault("v"), map! { "door" => "oak", "hours" => "9-5" }).await;
    let new = stage.checked_after(&vault("v"), &old, map! { "door" => "oak", "hours" => "8-4" });
    stage.world.calls();
    stage.update(&vault("v"), &made, &old, &new).await.unwrap();
    assert!(stage.world.calls()[0].ends_with(r#"Some("9-5") to Some("8-4")"#));
}

#[tokio::test(start_paused = true)]
async fn without_a_change_it_is_settled_again() {
    let stage = Stage::set().await;
    stage.world.breaks("the disk is bad");
    let old = stage.checked(&machine("m"), map! { "zone" => "a" });
    let (id, properties, _) = partial(stage.create(&machine("m"), &old).await);
    let mut thing = stage.world.thing(&id);
    (thing.broken, thing.pending) = (None, 1);
    stage.world.put(&id, thing);
    stage.world.calls();
    let made = framework::resource::Made { id, properties };
    let properties = stage.update(&machine("m"), &made, &old, &old).await.unwrap();
    assert_eq!(stage.world.calls(), ["status machine-1", "status machine-1", "describeMachine machine-1"]);
    assert_eq!(properties["address"], "machine-1.fake".into());
}

#[tokio::test]
async fn a_refused_change_leaves_the_state_as_it_was() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    let new = stage.checked_after(&link("l"), &old, map! { "from" => "a", "to" => "b", "width" => 2.0 });
    stage.world.fault("changeLink", [Fault::Refused(Kind::Conflict)]);
    assert_eq!(whole(stage.update(&link("l"), &made, &old, &new).await).kind(), Kind::Conflict);
}

#[tokio::test]
async fn a_change_that_does_not_settle_keeps_all_that_is_known() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.fault("status", [Fault::Refused(Kind::Forbidden)]);
    let new = stage.checked_after(&machine("m"), &old, map! { "zone" => "a", "note" => "heavy" });
    let (id, properties, error) = partial(stage.update(&machine("m"), &made, &old, &new).await);
    assert_eq!((id.as_str(), error.kind()), ("machine-1", Kind::Forbidden));
    assert_eq!(properties["note"], "heavy".into());
    assert_eq!(properties["address"], "machine-1.fake".into(), "outputs that were known still are");
    assert_eq!(properties["fingerprint"], secret("print of machine-1"));
    assert!(!properties.contains_key("__owner"));
}

#[tokio::test]
async fn a_preview_asks_nothing_and_keeps_what_is_stable() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&machine("m"), map! { "zone" => "a", "size" => 8.0, "note" => "one" }).await;
    let new =
        stage.checked_after(&machine("m"), &old, map! { "zone" => "a", "size" => Value::Unknown, "watched" => true });
    stage.world.calls();
    let preview = |new| {
        stage.provider.update(UpdateRequest { preview: true, ..stage.update_of(&machine("m"), &made, &old, new) })
    };
    let planned = preview(&new).await.unwrap();
    assert_eq!(planned["machineId"], "machine-1".into());
    assert_eq!(planned["fingerprint"], secret("print of machine-1"));
    assert_eq!(planned["address"], Value::Unknown);
    assert_eq!(planned["size"], Value::Unknown);
    assert_eq!(planned["watched"], true.into());
    assert_eq!(planned["block"], "10.9.0.0/24".into());
    assert!(!planned.contains_key("note"), "it leaves");
    assert!(!planned.contains_key("__owner"));

    let other = stage.checked_after(&machine("m"), &old, map! { "zone" => "a", "size" => 8.0, "note" => "two" });
    let planned = preview(&other).await.unwrap();
    assert_eq!(planned["address"], "machine-1.fake".into(), "nothing changes that it follows");
    assert_eq!(planned["logUrl"], Value::Unknown);

    assert_eq!(preview(&old).await.unwrap()["address"], "machine-1.fake".into(), "nothing changes");
    assert_eq!(stage.world.calls(), Vec::<String>::new());
}

const NOT_THERE: &str =
    "is in the state, and isn't there any more: run `pulumi refresh`, then `pulumi up` makes another one";

#[tokio::test]
async fn what_somebody_deleted_cannot_be_changed_and_the_way_out_is_told() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    let wider = stage.checked_after(&link("l"), &old, map! { "from" => "a", "to" => "b", "width" => 2.0 });
    stage.world.vanish("a/b");
    let error = whole(stage.update(&link("l"), &made, &old, &wider).await);
    assert_eq!(error.kind(), Kind::Gone);
    assert_eq!(error.to_string(), format!("a/b is gone. a/b {NOT_THERE}"));

    // Some calls say of what isn't there that the request is wrong.
    stage.world.fault("changeLink", [Fault::Refused(Kind::Invalid)]);
    let error = whole(stage.update(&link("l"), &made, &old, &wider).await).to_string();
    assert_eq!(error, format!("changeLink: the cloud says no (No). a/b {NOT_THERE}"));
}

#[tokio::test]
async fn what_was_deleted_while_it_was_changed_is_told_too() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.vanish(&made.id);
    let (id, _, error) = partial(stage.update(&machine("m"), &made, &old, &old).await);
    assert_eq!(id, "machine-1");
    assert_eq!(error.to_string(), format!("machine-1 is gone. machine-1 {NOT_THERE}"));
}

#[tokio::test]
async fn an_update_that_misses_something_else_says_nothing_of_the_resource() {
    let stage = Stage::set().await;
    let (old, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    let wider = stage.checked_after(&link("l"), &old, map! { "from" => "a", "to" => "b", "width" => 2.0 });
    for kind in [Kind::Gone, Kind::Invalid] {
        stage.world.fault("changeLink", [Fault::Refused(kind)]);
        let error = whole(stage.update(&link("l"), &made, &old, &wider).await);
        assert_eq!(error.to_string(), "changeLink: the cloud says no (No)");
    }
}

/// A lamp, whose lights go together.
#[derive(Resource)]
#[resource(token = "people:Lamp", id = "lamp_id")]
struct Lamp {
    /// How bright.
    #[input]
    power: i64,
    /// Which colour.
    #[input]
    colour: String,

    /// Its id.
    #[output(stable)]
    lamp_id: String,
    /// The light above.
    #[output(follows(power, colour))]
    above: String,
    /// The light below.
    #[output(follows(above))]
    below: String,
}

#[test]
fn an_output_that_follows_another_changes_with_its_inputs() {
    let follows = |name: &str| Lamp::FIELDS.iter().find(|field| field.name == name).unwrap().follows;
    assert_eq!(follows("below"), ["power", "colour"]);
    assert_eq!(follows("below"), follows("above"));
}
