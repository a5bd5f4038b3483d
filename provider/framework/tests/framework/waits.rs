//! Waits: what people see meanwhile, when they end, and Cancel. The clock is paused: it moves only
//! when nothing else can.

use std::time::Duration;

use framework::{error::Kind, resource::Made};

use crate::{
    stage::{Stage, link, machine, map, partial, until_idle, whole},
    world::Fault,
};

#[tokio::test(start_paused = true)]
async fn the_status_says_what_is_waited_for_since_when_and_what_was_seen_last() {
    let stage = Stage::set().await;
    stage.world.ready_after(8);
    stage.made(&machine("m"), map! { "zone" => "a" }).await;
    let line = |so_far| {
        format!("m: waiting until the machine is running (machine-1: starting), {so_far} so far, usually 90 s")
    };
    let seen = stage.log.lines();
    assert_eq!(seen.first(), Some(&line("1 s")), "what is over in a moment isn't worth telling");
    assert_eq!(seen.last(), Some(&line("16 s")), "pauses of 0.2, 0.4, 0.8, 1.6, 3.2, then 5 s each");
    assert_eq!(seen.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_runs_out_says_what_was_awaited_and_seen_last() {
    let stage = Stage::set().await;
    stage.world.ready_after(u32::MAX);
    let begun = tokio::time::Instant::now();
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    let (id, _, error) = partial(stage.create(&machine("m"), &inputs).await);
    assert_eq!((id.as_str(), error.kind()), ("machine-1", Kind::TimedOut));
    assert_eq!(
        error.to_string(),
        "waited 10 min until the machine is running, in vain: machine-1 is still starting. It is kept in the state: run \
         `pulumi up` again to go on waiting, or give it more time with the resource option `customTimeouts`"
    );
    assert_eq!(begun.elapsed(), Duration::from_secs(600), "to the last moment");
}

#[tokio::test(start_paused = true)]
async fn a_custom_timeout_counts_for_the_whole_operation() {
    let stage = Stage::set().await;
    stage.world.ready_after(u32::MAX);
    let begun = tokio::time::Instant::now();
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    let (_, _, error) = partial(stage.create_within(&machine("m"), &inputs, Duration::from_secs(7)).await);
    assert!(error.to_string().starts_with("waited 7 s until the machine is running"), "{error}");
    assert_eq!(begun.elapsed(), Duration::from_secs(7));
}

#[tokio::test(start_paused = true)]
async fn a_longer_custom_timeout_outlasts_the_usual_one() {
    let stage = Stage::set().await;
    stage.world.ready_after(300);
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.create_within(&machine("m"), &inputs, Duration::from_secs(7200)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn what_is_ready_at_the_last_look_is_ready() {
    let stage = Stage::set().await;
    // Looks at 0, 0.2, 0.6, 1.4 and 3 s; the sixth would be at 6.2 s, and comes with the deadline.
    stage.world.ready_after(5);
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    stage.create_within(&machine("m"), &inputs, Duration::from_secs(5)).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn cancel_ends_a_wait_at_once_keeps_the_id_and_the_next_run_goes_on() {
    let stage = Stage::set().await;
    stage.world.ready_after(40);
    let inputs = stage.checked(&machine("m"), map! { "zone" => "a" });
    let urn = machine("m");
    let mut create = Box::pin(stage.create(&urn, &inputs));
    until_idle(&mut create).await;
    let begun = tokio::time::Instant::now();
    stage.provider.cancel();
    let (id, properties, error) = partial(create.await);
    assert_eq!(begun.elapsed(), Duration::ZERO);
    assert_eq!((id.as_str(), error.kind()), ("machine-1", Kind::Cancelled));
    assert_eq!(
        error.to_string(),
        "the deployment was cancelled before the machine is running. Run `pulumi up` again to go on"
    );

    // In attach mode the same process serves the next deployment.
    let made = Made { id, properties };
    let properties = stage.update(&machine("m"), &made, &inputs, &inputs).await.unwrap();
    assert_eq!(properties["address"], "machine-1.fake".into());
}

#[tokio::test(start_paused = true)]
async fn cancel_ends_every_wait_and_nothing_that_begins_later() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.gone_after(u32::MAX);
    let urn = machine("m");
    let mut delete = Box::pin(stage.delete(&urn, &inputs, &made));
    until_idle(&mut delete).await;
    stage.provider.cancel();
    stage.provider.cancel();
    assert_eq!(whole(delete.await).kind(), Kind::Cancelled);
    stage.made(&link("l"), map! { "from" => "a", "to" => "b" }).await;
}

#[tokio::test(start_paused = true)]
async fn cancel_ends_a_deletion_that_something_is_in_the_way_of() {
    let stage = Stage::set().await;
    let (inputs, made) = stage.made(&machine("m"), map! { "zone" => "a" }).await;
    stage.world.fault("deleteMachine", std::iter::repeat_n(Fault::Refused(Kind::Conflict), 1000));
    let urn = machine("m");
    let mut delete = Box::pin(stage.delete(&urn, &inputs, &made));
    until_idle(&mut delete).await;
    stage.provider.cancel();
    assert_eq!(whole(delete.await).kind(), Kind::Cancelled);
}
