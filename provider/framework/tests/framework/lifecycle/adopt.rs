//! What an interrupted run left: whose it is, and what may be done with it.

use std::time::Duration;

use framework::{error::Kind, resource::Failure, value::Map};

use crate::{
    stage::{Stage, link, machine, map, secret, vault, whole},
    world::{Fault, Thing},
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A machine that was made by a process that then died; the answer never reached the state.
async fn died_after_creating(news: Map) -> Stage {
    let stage = Stage::set().await;
    stage.made(&machine("m"), news).await;
    stage.world.calls();
    stage.restarted().await
}

async fn again(stage: &Stage, news: Map) -> Result<String, Failure> {
    let inputs = stage.checked(&machine("m"), news);
    stage.create(&machine("m"), &inputs).await.map(|made| made.id)
}

#[tokio::test]
async fn it_is_found_and_taken_over() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-1");
    assert_eq!(stage.world.ids(), ["machine-1"]);
    assert!(!stage.world.calls().contains(&"createMachine".to_owned()));
    assert_eq!(stage.log.lines(), ["Info m: adopted machine-1, which an interrupted run had made for this resource"]);
}

#[tokio::test]
async fn what_can_be_changed_is_brought_to_what_is_wanted() {
    let stage = died_after_creating(map! { "zone" => "a", "note" => "old" }).await;
    again(&stage, map! { "zone" => "a", "note" => "new", "size" => 4.0 }).await.unwrap();
    assert!(stage.world.calls().contains(&"changeMachine machine-1 note size".to_owned()));
}

#[tokio::test]
async fn what_cannot_be_changed_stands_in_the_way_and_both_are_named() {
    let stage = died_after_creating(map! { "zone" => "a", "block" => "10.0.0.0/24" }).await;
    let error = whole(again(&stage, map! { "zone" => "b", "block" => "10.0.1.0/24" }).await);
    assert_eq!(error.kind(), Kind::Exists);
    assert_eq!(
        error.to_string(),
        "an interrupted run has made machine-1 for this resource, with another zone (a, wanted b), \
         block (10.0.0.0/24, wanted 10.0.1.0/24). Delete machine-1, or take the change back, and run `pulumi up` again"
    );
    assert_eq!(stage.world.ids(), ["machine-1"], "it is left alone");
}

#[tokio::test]
async fn a_secret_that_cannot_be_changed_is_named_and_not_shown() {
    let stage = died_after_creating(map! { "zone" => "hunter2" }).await;
    let error = whole(again(&stage, map! { "zone" => secret("hunter3") }).await).to_string();
    assert!(error.contains("with another zone. Delete"), "{error}");
}

#[tokio::test]
async fn what_is_beyond_repair_is_left_alone() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    let broken = Thing { broken: Some("it burnt"), ..stage.world.thing("machine-1") };
    stage.world.put("machine-1", broken);
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-2");
}

#[tokio::test]
async fn what_the_cloud_chose_is_no_difference() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    assert_eq!(stage.world.thing("machine-1").properties["block"], "10.9.0.0/24".into());
    again(&stage, map! { "zone" => "a" }).await.unwrap();
}

#[tokio::test]
async fn after_a_day_it_is_left_alone() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    stage.world.pass(DAY);
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-2");
}

#[tokio::test]
async fn what_somebody_else_made_is_left_alone() {
    let stage = Stage::set().await;
    stage.made(&machine("other"), map! { "zone" => "a" }).await;
    stage.world.put("machine-9", Thing { kind: "machine", ..Thing::default() });
    let stage = stage.restarted().await;
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-2");
}

#[tokio::test]
async fn what_vanished_meanwhile_is_made_anew() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    // The list is read, and the thing goes before it is looked at.
    stage.world.fault("describeMachine", [Fault::Refused(Kind::Gone)]);
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-2");
}

#[tokio::test]
async fn an_adoption_that_failed_can_be_repeated_in_the_same_process() {
    let stage = died_after_creating(map! { "zone" => "a" }).await;
    stage.world.fault("describeMachine", [Fault::Refused(Kind::Throttled)]);
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    assert_eq!(whole(stage.create(&machine("m"), &inputs).await).kind(), Kind::Throttled);
    assert_eq!(stage.create(&machine("m"), &inputs).await.unwrap().id, "machine-1");
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_for() {
    let stage = Stage::set().await;
    stage.world.fault("createMachine", [Fault::AnswerLost]);
    assert_eq!(again(&stage, map! { "zone" => "a" }).await.unwrap(), "machine-1");
    assert_eq!(stage.world.ids(), ["machine-1"]);
}

#[tokio::test]
async fn a_replacement_does_not_adopt_what_it_replaces() {
    let stage = Stage::set().await;
    let (old, _) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.checked_after(&machine("m"), &old, map! { "zone" => "b" });
    assert_eq!(again(&stage, map! { "zone" => "b" }).await.unwrap(), "machine-2");
}

/// The engine ends the old one first, and then forgets that there was one.
#[tokio::test]
async fn a_replacement_that_was_cut_off_after_its_old_one_went_is_found_by_its_later_token() {
    let of = |zone: &str| map! { "name" => "own", "zone" => zone };
    let stage = Stage::set().await;
    let (old, made) = stage.made(&machine("m"), of("a")).await;
    let new = stage.checked_after(&machine("m"), &old, of("b"));
    assert_eq!(new["__owner"], old["__owner"], "that was the check of a change");
    let new = stage.checked(&machine("m"), of("b"));
    stage.delete(&machine("m"), &old, &made).await.unwrap();
    stage.create(&machine("m"), &new).await.unwrap();

    let stage = stage.restarted().await;
    assert_eq!(again(&stage, of("b")).await.unwrap(), "machine-2");
    assert_eq!(stage.world.ids(), ["machine-2"]);

    // It carries the state's token from now on: its own replacement is another one.
    let kept = stage.restarted().await;
    let old = kept.checked(&machine("m"), of("b"));
    let kept = kept.restarted().await;
    kept.checked_after(&machine("m"), &old, of("c"));
    assert_eq!(again(&kept, of("c")).await.unwrap(), "machine-3");
}

#[tokio::test]
async fn a_given_name_that_exists_is_somebody_elses() {
    let stage = Stage::set().await;
    stage.world.put("family", Thing { kind: "vault", properties: map! { "door" => "oak" }, ..Thing::default() });
    let inputs = stage.checked(&vault("v"), map! { "name" => "family", "door" => "oak" });
    let error = whole(stage.create(&vault("v"), &inputs).await);
    assert_eq!(
        error.to_string(),
        "createVault: family exists (Exists). family exists already and was not made for this resource: \
         import it with `pulumi import`, delete it, or choose another name"
    );
}

#[tokio::test]
async fn what_is_told_by_its_identity_is_taken_over_when_it_is_the_same() {
    let stage = Stage::set().await;
    let (inputs, _) = stage.made(&link("l"), map! { "from" => "a", "to" => "b", "width" => 1.0 }).await;
    let stage = stage.restarted().await;
    let again = stage.create(&link("l"), &inputs).await.unwrap();
    assert_eq!(again.id, "a/b");

    let other = stage.checked(&link("l"), map! { "from" => "a", "to" => "b", "maker" => "me" });
    let error = whole(stage.restarted().await.create(&link("l"), &other).await);
    assert_eq!(error.kind(), Kind::Exists);
}

#[tokio::test]
async fn two_resources_of_one_run_never_share_a_thing() {
    let stage = Stage::set().await;
    stage.made(&link("one"), map! { "from" => "a", "to" => "b" }).await;
    let two = stage.checked(&link("two"), map! { "from" => "a", "to" => "b" });
    assert_eq!(whole(stage.create(&link("two"), &two).await).kind(), Kind::Exists);
}
