//! Replacements that a user forces: no difference is asked for, the new one is made, and then the old one deleted.

use std::time::Duration;

use framework::{
    error::Kind,
    resource::{Failure, Made},
    value::{Map, Urn},
};

use crate::{
    stage::{Stage, badge, map, plot, vault, whole},
    world::Fault,
};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A resource that an earlier run made so long ago.
async fn made_before(age: Duration, urn: &Urn, news: Map) -> (Stage, Map, Made) {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(urn, news).await;
    stage.world.pass(age);
    stage.world.calls();
    (stage.restarted().await, inputs, made)
}

/// The create of the replacement.
async fn forced(stage: &Stage, urn: &Urn, news: Map) -> Result<Made, Failure> {
    let inputs = stage.checked(urn, news);
    stage.create(urn, &inputs).await
}

fn somewhere() -> Map {
    map! { "at" => "the lake" }
}

#[tokio::test]
async fn what_is_old_is_replaced() {
    let (stage, inputs, old) = made_before(DAY, &plot("p"), map! {}).await;
    assert_eq!(forced(&stage, &plot("p"), map! {}).await.unwrap().id, "plot-2");
    stage.delete(&plot("p"), &inputs, &old).await.unwrap();
    assert_eq!(stage.world.ids(), ["plot-2"]);
}

#[tokio::test]
async fn what_is_old_and_in_the_way_stays_and_the_way_out_is_told() {
    let (stage, _, old) = made_before(DAY, &plot("p"), somewhere()).await;
    for _ in 0..2 {
        let stage = stage.restarted().await;
        let error = whole(forced(&stage, &plot("p"), somewhere()).await);
        assert_eq!(
            error.to_string(),
            "createPlot: the at is taken. plot-1 was made for this resource too long ago to be adopted. To replace it by \
             force, set the resource option `deleteBeforeReplace` and ask again. If the stack has lost it, import it with \
             `pulumi import`, or delete it"
        );
        assert!(stage.world.thing(&old.id).owner.is_some(), "it still says whose it is");
    }
    assert_eq!(stage.world.ids(), ["plot-1"]);
}

#[tokio::test]
async fn what_is_old_and_not_in_the_way_is_no_reason() {
    let (stage, _, _) = made_before(DAY, &plot("p"), somewhere()).await;
    let inputs = stage.checked(&plot("p"), map! { "at" => "the hill" });
    stage.world.fault("createPlot", [Fault::Refused(Kind::Invalid)]);
    assert_eq!(whole(stage.create(&plot("p"), &inputs).await).to_string(), "createPlot: the cloud says no (No)");

    stage.world.vanish("plot-1");
    stage.world.fault("createPlot", [Fault::Refused(Kind::Exists)]);
    assert_eq!(whole(stage.create(&plot("p"), &inputs).await).to_string(), "createPlot: the cloud says no (No)");
}

#[tokio::test]
async fn cut_off_it_is_gone_on_with() {
    let (stage, inputs, old) = made_before(DAY, &plot("p"), map! {}).await;
    forced(&stage, &plot("p"), map! {}).await.unwrap();
    // Both carry the token now.
    let stage = stage.restarted().await;
    assert_eq!(forced(&stage, &plot("p"), map! {}).await.unwrap().id, "plot-2");
    stage.delete(&plot("p"), &inputs, &old).await.unwrap();
    assert_eq!(stage.world.ids(), ["plot-2"]);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_does_not_lead_to_the_old_one() {
    let (stage, _, _) = made_before(DAY, &plot("p"), map! {}).await;
    stage.world.fault("createPlot", [Fault::AnswerLost]);
    assert_eq!(forced(&stage, &plot("p"), map! {}).await.unwrap().id, "plot-2");
}

/// Forces the replacement of something young, and returns the last thing that was said.
async fn kept(urn: &Urn, news: Map) -> (Stage, String) {
    let (stage, inputs, old) = made_before(Duration::ZERO, urn, news.clone()).await;
    assert_eq!(forced(&stage, urn, news).await.unwrap().id, old.id);
    stage.delete(urn, &inputs, &old).await.unwrap();
    assert_eq!(stage.world.ids(), [old.id.as_str()], "it is the only one");
    let said = stage.log.lines().pop().unwrap();
    assert!(said.starts_with("Warning") && said.contains(&format!("{} was kept", old.id)), "{said}");
    (stage, said)
}

#[tokio::test]
async fn what_is_young_is_kept_and_replaced_when_asked_once_more() {
    let (stage, said) = kept(&plot("p"), map! {}).await;
    assert!(said.ends_with("Ask for the replacement once more, and it is replaced"), "{said}");
    let stage = stage.restarted().await;
    assert_eq!(forced(&stage, &plot("p"), map! {}).await.unwrap().id, "plot-2");
}

#[tokio::test]
async fn what_is_young_and_would_be_in_the_way_of_another_is_kept_and_the_way_out_is_told() {
    for (urn, news) in [
        (plot("p"), somewhere()),
        (vault("v"), map! { "door" => "oak" }),
        (badge("b"), map! { "name" => "key" }),
        (crate::stage::link("l"), map! { "from" => "a", "to" => "b" }),
    ] {
        let (stage, said) = kept(&urn, news).await;
        assert!(
            said.ends_with("Set the resource option `deleteBeforeReplace` and ask again, and it is replaced"),
            "{said}"
        );
        assert!(!stage.world.calls().iter().any(|call| call.starts_with("retire")), "it still says whose it is");
    }
}

#[tokio::test]
async fn deleted_before_it_is_replaced_it_is_no_hindrance() {
    for age in [Duration::ZERO, DAY] {
        let (stage, inputs, old) = made_before(age, &plot("p"), somewhere()).await;
        let new = stage.checked(&plot("p"), somewhere());
        stage.delete(&plot("p"), &inputs, &old).await.unwrap();
        assert_eq!(stage.create(&plot("p"), &new).await.unwrap().id, "plot-2");
        assert_eq!(stage.world.ids(), ["plot-2"]);
    }
}
