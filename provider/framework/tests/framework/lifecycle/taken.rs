//! What is in the way of a create: whose it is, and what may be done with it.

use std::time::Duration;

use framework::{
    error::Kind,
    resource::{Failure, Made},
    value::{Map, Urn},
};

use crate::{
    stage::{Stage, badge, link, map, seat, sticker, vault, whole},
    world::{Fault, Thing},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A resource that was made by a process that then died; the answer never reached the state.
async fn died_after_creating(urn: &Urn, news: Map) -> Stage {
    let stage = Stage::set().await;
    stage.made(urn, news).await;
    stage.world.calls();
    stage.restarted().await
}

async fn again(stage: &Stage, urn: &Urn, news: Map) -> Result<Made, Failure> {
    let inputs = stage.checked(urn, news);
    stage.create(urn, &inputs).await
}

fn changes(stage: &Stage) -> Vec<String> {
    stage.world.calls().into_iter().filter(|call| call.starts_with("change")).collect()
}

const NOT_OURS: &str = "exists already and was not made for this resource: import it with `pulumi import`, delete it, \
                        or choose another name";

#[tokio::test]
async fn a_thing_with_our_tag_is_ours_whoever_chose_its_name() {
    for news in [map! {}, map! { "name" => "key" }] {
        let stage = died_after_creating(&badge("b"), news.clone()).await;
        let made = again(&stage, &badge("b"), news).await.unwrap();
        assert_eq!(stage.world.ids(), [made.id.as_str()]);
        let told = format!("Info b: adopted {}, which an interrupted run had made for this resource", made.id);
        assert_eq!(stage.log.lines(), [told]);
    }
}

#[tokio::test]
async fn what_can_be_changed_of_a_named_thing_is_brought_to_what_is_wanted() {
    let stage = died_after_creating(&badge("b"), map! { "name" => "key", "opens" => "the gate" }).await;
    let made = again(&stage, &badge("b"), map! { "name" => "key", "opens" => "the door" }).await.unwrap();
    assert_eq!(changes(&stage), ["changeBadge key opens"]);
    assert_eq!(made.properties["opens"], "the door".into());

    let stage = died_after_creating(&sticker("s"), map! { "text" => "{}" }).await;
    let made = again(&stage, &sticker("s"), map! { "text" => "[1]" }).await.unwrap();
    assert_eq!(changes(&stage).len(), 1);
    assert_eq!(made.properties["text"], "[1]".into());
}

#[tokio::test]
async fn what_cannot_be_changed_of_a_named_thing_stands_in_the_way() {
    for name in [map! {}, map! { "name" => "key" }] {
        let with = |colour: &str| name.clone().into_iter().chain(map! { "colour" => colour }).collect::<Map>();
        let stage = died_after_creating(&badge("b"), with("red")).await;
        let error = whole(again(&stage, &badge("b"), with("blue")).await);
        assert_eq!(error.kind(), Kind::Exists);
        assert!(error.to_string().contains("for this resource, with another colour (red, wanted blue)"), "{error}");
    }
}

#[tokio::test]
async fn a_thing_with_another_tag_or_none_is_somebody_elses() {
    let stage = Stage::set().await;
    stage.world.put("plain", Thing { kind: "badge", ..Thing::default() });
    stage.made(&badge("other"), map! { "name" => "theirs" }).await;
    let stage = stage.restarted().await;
    for name in ["plain", "theirs"] {
        let error = whole(again(&stage, &badge("b"), map! { "name" => name, "opens" => "doors" }).await);
        assert_eq!(error.to_string(), format!("createBadge: {name} exists (Exists). {name} {NOT_OURS}"));
    }
    assert_eq!(changes(&stage), Vec::<String>::new(), "it is left alone");
}

#[tokio::test]
async fn a_made_up_name_without_our_tag_is_not_ours() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&badge("b"), map! {});
    let name = inputs["name"].as_str().unwrap();
    stage.world.put(name, Thing { kind: "badge", ..Thing::default() });
    let error = whole(stage.create(&badge("b"), &inputs).await);
    assert!(error.to_string().ends_with(NOT_OURS), "{error}");
}

fn too_old(id: &str) -> String {
    format!(
        "{id} was made for this resource too long ago to be adopted. To replace it by force, set the resource option \
         `deleteBeforeReplace` and ask again. If the stack has lost it, import it with `pulumi import`, or delete it"
    )
}

#[tokio::test]
async fn what_is_older_than_a_day_was_retained_or_is_being_replaced() {
    let vaults = [map! { "door" => "oak" }, map! { "door" => "oak", "name" => "own" }].map(|news| (vault("v"), news));
    let badges = [map! {}, map! { "name" => "own" }].map(|news| (badge("b"), news));
    for (urn, news) in badges.into_iter().chain(vaults) {
        let stage = died_after_creating(&urn, news.clone()).await;
        stage.world.pass(DAY);
        let error = whole(again(&stage, &urn, news).await);
        assert_eq!(error.kind(), Kind::Exists);
        assert!(error.to_string().ends_with(&too_old(&stage.world.ids()[0])), "{error}");
    }
}

#[tokio::test]
async fn without_tags_a_made_up_name_is_ours_at_any_age() {
    let stage = died_after_creating(&sticker("s"), map! { "text" => "{}" }).await;
    stage.world.pass(DAY);
    let made = again(&stage, &sticker("s"), map! { "text" => "{}" }).await.unwrap();
    assert_eq!(stage.world.ids(), [made.id]);
}

#[tokio::test]
async fn without_tags_a_chosen_name_is_ours_if_all_is_as_wanted() {
    let text = |text: &str| map! { "name" => "warning", "text" => text };
    let stage = died_after_creating(&sticker("s"), text(r#"{"a": 1, "b": [2]}"#)).await;
    let made = again(&stage, &sticker("s"), text(r#"{ "b": [2], "a": 1 }"#)).await.unwrap();
    assert_eq!(made.id, "warning");

    let stage = stage.restarted().await;
    let error = whole(again(&stage, &sticker("s"), text(r#"{"a": 2}"#)).await);
    assert_eq!(error.to_string(), format!("createSticker: warning exists (Exists). warning {NOT_OURS}"));
    assert_eq!(changes(&stage), Vec::<String>::new(), "it is left alone");
}

#[tokio::test]
async fn what_is_a_part_of_something_foreign_is_foreign_though_all_is_as_wanted() {
    let parts = [
        (link("l"), map! { "from" => "a", "to" => "b" }),
        (seat("s"), map! { "person" => "ann", "row" => "A" }),
        (sticker("s"), map! { "name" => "warning", "text" => "{}" }),
    ];
    for (urn, news) in parts {
        let stage = died_after_creating(&urn, news.clone()).await;
        stage.world.stands_on("somebody else's");
        assert_eq!(whole(again(&stage, &urn, news).await).kind(), Kind::Exists);
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_lost_answer_made_is_ours_wherever_it_stands() {
    let stage = Stage::set().await;
    stage.world.stands_on("somebody else's");
    stage.world.fault("createLink", [Fault::AnswerLost]);
    let (_, made) = stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    assert_eq!(stage.world.ids(), [made.id]);
}

#[tokio::test]
async fn a_named_thing_whose_answer_was_lost_is_found_by_its_tag() {
    let stage = Stage::set().await;
    stage.world.fault("createBadge", [Fault::AnswerLost]);
    let (_, made) = stage.made(&badge("b"), map! { "name" => "key" }).await;
    assert_eq!(made.id, "key");
}

#[tokio::test]
async fn nobody_owns_what_carries_no_token() {
    let stage = Stage::set().await;
    stage.world.put("key", Thing { kind: "badge", ..Thing::default() });
    let error = whole(stage.create(&badge("b"), &map! { "name" => "key", "region" => "north" }).await);
    assert!(error.to_string().ends_with(NOT_OURS), "{error}");
}

#[tokio::test]
async fn what_has_the_place_is_ours_if_all_is_as_wanted() {
    let stage = died_after_creating(&seat("s"), map! { "person" => "ann", "row" => "A" }).await;
    let made = again(&stage, &seat("s"), map! { "person" => "ann", "row" => "A" }).await.unwrap();
    assert_eq!(stage.world.ids(), [made.id]);
    assert_eq!(stage.log.lines().len(), 1);
}

#[tokio::test]
async fn what_has_the_place_and_differs_is_named_and_left_alone() {
    let stage = died_after_creating(&seat("s"), map! { "person" => "ann", "row" => "A" }).await;
    let error = whole(again(&stage, &seat("s"), map! { "person" => "ann", "row" => "B" }).await);
    assert_eq!(
        error.to_string(),
        "createSeat: the person is taken. seat-1 is there already, with another row (A, wanted B): import it with \
         `pulumi import`, or delete it"
    );

    // What could be changed is no exception: nothing says that it is ours to change.
    let stage = died_after_creating(&link("l"), map! { "from" => "a", "to" => "b", "width" => 1.0 }).await;
    for (news, difference) in [
        (map! { "from" => "a", "to" => "b", "width" => 2.0 }, "width (1, wanted 2)"),
        (map! { "from" => "a", "to" => "b" }, "width (1, wanted none)"),
    ] {
        let error = whole(again(&stage, &link("l"), news).await);
        assert!(error.to_string().contains(&format!("a/b is there already, with another {difference}: ")), "{error}");
    }
    assert_eq!(changes(&stage), Vec::<String>::new());
}

#[tokio::test]
async fn what_has_the_place_as_wanted_in_something_of_others_may_be_what_is_to_be_replaced() {
    let stage = died_after_creating(&link("l"), map! { "from" => "a", "to" => "b" }).await;
    stage.world.stands_on("somebody else's");
    let error = whole(again(&stage, &link("l"), map! { "from" => "a", "to" => "b" }).await);
    assert!(
        error.to_string().ends_with(
            "a/b is there already: import it with `pulumi import`, or delete it. If you asked for its replacement, \
             give it the resource option `deleteBeforeReplace`"
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_place_that_nobody_has_after_all_is_no_ones_fault() {
    let stage = Stage::set().await;
    let inputs = stage.checked(&seat("s"), map! { "person" => "ann", "row" => "A" });
    stage.world.fault("createSeat", [Fault::Refused(Kind::Exists)]);
    assert_eq!(whole(stage.create(&seat("s"), &inputs).await).to_string(), "createSeat: the cloud says no (No)");
}
