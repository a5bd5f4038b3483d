//! Whose each thing is in a deployment: what is in the state under one URN is taken, or ended, by no other.

use framework::{
    error::{Error, Kind},
    provider::DiffRequest,
    resource::Made,
    value::{Map, Urn},
};

use crate::stage::{Stage, badge, link, map, outlook, whole};

fn from_a_to_b() -> Map {
    map! { "from" => "a", "to" => "b" }
}

/// A link that an earlier run has made.
async fn with_a_link() -> (Stage, Map, Made) {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&link("one"), from_a_to_b()).await;
    (stage.restarted().await, inputs, made)
}

/// The engine finds that in the state, and asks whether anything is to be changed.
fn is_in_the_state(stage: &Stage, urn: &Urn, inputs: &Map, made: &Made) -> Result<(), Error> {
    let (urn, id, olds) = (urn.clone(), made.id.clone(), made.properties.clone());
    let request = DiffRequest { urn, id, olds, old_inputs: inputs.clone(), news: inputs.clone() };
    stage.provider.diff(&request).map(drop)
}

const ONE: &str = "urn:pulumi:dev::shop::fake:compute:Link::one";

#[tokio::test]
async fn what_is_in_the_state_is_adopted_by_nobody_else() {
    let (stage, inputs, made) = with_a_link().await;
    is_in_the_state(&stage, &link("one"), &inputs, &made).unwrap();
    let two = stage.checked(&link("two"), from_a_to_b());
    let error = whole(stage.create(&link("two"), &two).await);
    assert_eq!(error.kind(), Kind::Exists);
    assert_eq!(
        error.to_string(),
        format!(
            "createLink: a/b exists (Exists). a/b belongs to {ONE}: take one of the two out of the program; if one was \
             renamed to the other, say so with the resource option `aliases`"
        )
    );
}

#[tokio::test]
async fn what_two_have_goes_with_neither_of_them() {
    let (stage, inputs, made) = with_a_link().await;
    let two = stage.checked(&link("two"), from_a_to_b());
    for (urn, inputs) in [(link("one"), &inputs), (link("two"), &two)] {
        is_in_the_state(&stage, &urn, inputs, &made).unwrap();
    }
    stage.delete(&link("two"), &two, &made).await.unwrap();
    assert_eq!(stage.world.ids(), ["a/b"]);
    assert_eq!(stage.log.lines(), [format!("Info two: a/b was kept: it belongs to {ONE}")]);
}

#[tokio::test]
async fn what_was_adopted_too_early_is_said_when_its_holder_appears() {
    let (stage, inputs, made) = with_a_link().await;
    let (two, _) = stage.made(&link("two"), from_a_to_b()).await;
    let error = is_in_the_state(&stage, &link("one"), &inputs, &made).unwrap_err();
    assert_eq!(error.kind(), Kind::Exists);
    assert_eq!(
        error.to_string(),
        "a/b is in the state under this name, and urn:pulumi:dev::shop::fake:compute:Link::two has taken it in this \
         deployment. Take one of the two out of the program, and run `pulumi up`: the other one keeps it"
    );

    // The user does so: neither's end takes it along.
    stage.delete(&link("two"), &two, &made).await.unwrap();
    assert_eq!(stage.world.ids(), ["a/b"]);
}

#[tokio::test]
async fn a_thing_that_went_from_one_name_to_another_stays() {
    let (stage, inputs, made) = with_a_link().await;
    // Renamed without an alias: the new name is made, and then the old one deleted.
    stage.made(&link("two"), from_a_to_b()).await;
    stage.delete(&link("one"), &inputs, &made).await.unwrap();
    assert_eq!(stage.world.ids(), ["a/b"]);
}

#[tokio::test]
async fn an_alias_changes_nothing() {
    let (stage, inputs, made) = with_a_link().await;
    is_in_the_state(&stage, &link("uno"), &inputs, &made).unwrap();
    let wider = stage.checked_after(&link("uno"), &inputs, map! { "from" => "a", "to" => "b", "width" => 2.0 });
    stage.update(&link("uno"), &made, &inputs, &wider).await.unwrap();
    stage.delete(&link("uno"), &wider, &made).await.unwrap();
    assert_eq!(stage.world.ids(), Vec::<String>::new());
}

#[tokio::test]
async fn what_its_holder_has_ended_is_free() {
    let (stage, inputs, made) = with_a_link().await;
    is_in_the_state(&stage, &link("one"), &inputs, &made).unwrap();
    stage.delete(&link("one"), &inputs, &made).await.unwrap();
    let (_, made) = stage.made(&link("two"), from_a_to_b()).await;
    assert_eq!(made.id, "a/b");
}

#[tokio::test]
async fn a_cloud_that_says_yes_twice_gives_nobody_what_another_has() {
    let (stage, inputs, made) = with_a_link().await;
    stage.world.says_yes_twice();
    is_in_the_state(&stage, &link("one"), &inputs, &made).unwrap();
    let two = stage.checked(&link("two"), from_a_to_b());
    let error = whole(stage.create(&link("two"), &two).await);
    assert!(error.to_string().starts_with(&format!("a/b belongs to {ONE}: take one of the two")), "{error}");
}

#[tokio::test]
async fn the_same_name_elsewhere_is_another_thing() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&badge("b"), map! { "name" => "key" }).await;
    is_in_the_state(&stage, &badge("b"), &inputs, &made).unwrap();
    // The world has one list of names for all regions.
    stage.world.vanish("key");
    let elsewhere = stage.made(&badge("c"), map! { "name" => "key", "region" => "east" }).await.1;
    assert_eq!(elsewhere.id, "key");
}

#[tokio::test]
async fn what_is_in_no_cloud_many_may_have() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&outlook("one"), map! {}).await;
    let (_, same) = stage.made(&outlook("two"), map! {}).await;
    assert_eq!(made.id, same.id);
    is_in_the_state(&stage, &outlook("two"), &inputs, &made).unwrap();
    stage.delete(&outlook("one"), &inputs, &made).await.unwrap();
    assert_eq!(stage.log.lines(), Vec::<String>::new());
}

#[tokio::test]
async fn a_difference_is_told_even_where_no_session_is_to_be_had() {
    let (stage, inputs, made) = with_a_link().await;
    let lost = Made { properties: map! { "region" => "void" }, ..made };
    is_in_the_state(&stage, &link("one"), &inputs, &lost).unwrap();
}
