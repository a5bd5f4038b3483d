//! Waits: Cancel ends them at once, a deadline says what was awaited, and the next run goes on.

use std::time::Duration;

use futures::{StreamExt, stream};
use serde_json::json;

use crate::{
    cases::{AT_ONCE, Case, keep, turn},
    cuts::{Stage, Undisturbed, all_stages},
    deployment::Step,
    program::SUBJECT,
    world::{Inventory, World},
};

/// More looks than anybody takes.
pub const NEVER: u32 = 1_000_000;

/// Only so that a test which would hang fails instead.
const HANGS: Duration = Duration::from_secs(600);

/// How often the log is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// How a wait is cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Short {
    Cancelled,
    OutOfTime,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn a_wait_that_is_cut_short_loses_nothing() {
    let mut cases = Vec::new();
    let stages = all_stages("wait").await;
    let slow =
        stream::iter(stages).map(|(subject, stage)| async move { waited(&stage).await.then_some((subject, stage)) });
    let slow: Vec<_> = slow.buffer_unordered(AT_ONCE).filter_map(|slow| async { slow }).collect().await;
    let waits = slow.len();
    for (subject, stage) in slow {
        for short in [Short::Cancelled, Short::OutOfTime] {
            let name = format!("{} {} {short:?}", subject.token, stage.stage.name);
            let (stage, left, step) = (stage.stage.clone(), stage.left.clone(), stage.step);
            cases.push(Case::new(name, async move { cut_short(stage, left, step, short).await }));
        }
    }
    println!("{waits} stages wait");
    keep("wait", cases).await;
}

/// Whether a stage waits where AWS takes its time: it looks more often the longer that is.
async fn waited(stage: &Undisturbed) -> bool {
    let _turn = turn().await;
    let (mut world, Stage { from, to, .. }) = (World::new(), &stage.stage);
    world.well_up(from).await.expect("nothing goes wrong");
    world.account.put("transitions", &json!({ "polls": 3 }));
    let before = world.last_request();
    world.well_up(to).await.expect("nothing goes wrong");
    world.requests_since(before).len() > stage.calls.len()
}

async fn cut_short(stage: Stage, left: Inventory, step: Option<Step>, short: Short) -> Result<(), String> {
    let mut world = World::new();
    world.well_up(&stage.from).await?;
    world.account.put("transitions", &json!({ "polls": NEVER }));
    let failure = match short {
        Short::Cancelled => cancelled(&mut world, &stage).await?,
        Short::OutOfTime => out_of_time(&mut world, &stage).await?,
    };
    let says = match short {
        Short::Cancelled => "cancelled",
        Short::OutOfTime => "waited",
    };
    if !failure.contains(says) || !failure.contains("until") && short == Short::OutOfTime {
        return Err(format!("it doesn't say what was awaited: {failure}"));
    }
    if step == Some(Step::Created) && world.state.get(SUBJECT).is_none() {
        return Err(format!("the id is lost: {failure}"));
    }
    world.account.put("transitions", &json!({ "polls": 1 }));
    world.end_run();
    world.up(&stage.to).await.map_err(|next| format!("the next run failed: {next}; the first: {failure}"))?;
    world.has_exactly(&left)?;
    world.settled(&stage.to).await?;
    world.end_run();
    world.destroyed(&Inventory::new()).await
}

async fn cancelled(world: &mut World, stage: &Stage) -> Result<String, String> {
    world.end_run();
    let mut client = world.plugin().await.client();
    let log = world.plugin().await.log();
    let cancel = async {
        while !log.lock().unwrap().iter().any(|said| said.message.starts_with("waiting until")) {
            tokio::time::sleep(LOOK).await;
        }
        client.cancel(()).await.map_err(|status| status.to_string())
    };
    let mut run = world.run().await;
    let both = async { tokio::join!(run.up(&stage.to), cancel) };
    let (over, cancelled) = tokio::time::timeout(HANGS, both).await.map_err(|_| "it still waits".to_owned())?;
    cancelled?;
    over.err().ok_or_else(|| "it ended well".to_owned())
}

async fn out_of_time(world: &mut World, stage: &Stage) -> Result<String, String> {
    world.timeout = 2.0;
    let mut run = world.run().await;
    let over = tokio::time::timeout(HANGS, run.up(&stage.to)).await.map_err(|_| "it still waits".to_owned())?;
    world.timeout = 0.0;
    over.err().ok_or_else(|| "it ended well".to_owned())
}
