//! Delete: ask until nothing is in the way, then wait until it is gone.

use std::time::Duration;

use framework::{error::Kind, provider::DeleteRequest};

use crate::{
    stage::{Stage, machine, map, plot, until_idle, vault, whole},
    world::Fault,
};

#[tokio::test(start_paused = true)]
async fn it_waits_until_it_is_gone() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.calls();
    stage.world.gone_after(2);
    stage.delete(&machine("m"), &inputs, &made).await.unwrap();
    assert_eq!(
        stage.world.calls(),
        [
            "deleteMachine machine-1",
            "describeMachine machine-1",
            "describeMachine machine-1",
            "describeMachine machine-1"
        ]
    );
    assert_eq!(stage.world.ids(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn it_asks_again_while_something_is_in_the_way() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.calls();
    stage.world.fault("deleteMachine", std::iter::repeat_n(Fault::Refused(Kind::Conflict), 4));
    stage.delete(&machine("m"), &inputs, &made).await.unwrap();
    assert_eq!(stage.world.calls().iter().filter(|call| call.starts_with("delete")).count(), 5);
    assert!(stage.log.lines()[0].contains("in use: deleteMachine: the cloud says no (No)"), "{:?}", stage.log.lines());
}

#[tokio::test(start_paused = true)]
async fn it_names_what_is_in_the_way_when_time_runs_out() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.fault("deleteMachine", std::iter::repeat_n(Fault::Refused(Kind::Conflict), 1000));
    let error = whole(stage.delete(&machine("m"), &inputs, &made).await);
    assert_eq!(error.kind(), Kind::TimedOut);
    assert_eq!(
        error.to_string(),
        "waited 5 min until it is deleted, in vain: machine-1 is still in use: deleteMachine: the cloud says no (No). \
         What still uses machine-1: a cable, a cat"
    );
}

#[tokio::test(start_paused = true)]
async fn what_does_not_go_is_said_after_its_time() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.gone_after(1000);
    let request = DeleteRequest {
        urn: machine("m"),
        id: made.id.clone(),
        properties: made.properties.clone(),
        old_inputs: inputs,
        timeout: Duration::from_secs(20),
    };
    let error = whole(stage.provider.delete(request).await);
    assert!(
        error.to_string().starts_with("waited 20 s until it is deleted, in vain: machine-1 is still there"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_gone_already_is_fine() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.vanish(&made.id);
    stage.world.calls();
    stage.delete(&machine("m"), &inputs, &made).await.unwrap();
    stage.delete(&machine("m"), &inputs, &made).await.unwrap();
    assert_eq!(stage.world.calls(), ["deleteMachine machine-1", "deleteMachine machine-1"], "nothing to wait for");
}

#[tokio::test]
async fn a_refusal_for_another_reason_is_final() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.fault("deleteMachine", [Fault::Refused(Kind::Forbidden)]);
    assert_eq!(whole(stage.delete(&machine("m"), &inputs, &made).await).kind(), Kind::Forbidden);
    assert_eq!(stage.world.ids(), ["machine-1"]);
}

#[tokio::test]
async fn the_deletion_sees_what_the_state_says() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&vault("v"), map! { "name" => "family", "door" => "oak" }).await;
    stage.delete(&vault("v"), &inputs, &made).await.unwrap();
    assert!(stage.world.calls().contains(&"deleteVault family".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_under_way_gets_its_answer_when_all_is_cancelled() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&plot("p"), map! {}).await;
    stage.world.calls();
    stage.world.takes(Duration::from_secs(1));
    let urn = plot("p");
    let mut delete = Box::pin(stage.delete(&urn, &inputs, &made));
    until_idle(&mut delete).await;
    stage.provider.cancel();
    assert_eq!(whole(delete.await).kind(), Kind::Cancelled, "it isn't waited for");
    assert_eq!(stage.world.calls(), ["deletePlot plot-1"]);
}
