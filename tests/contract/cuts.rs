//! Every call to AWS cut off, before AWS acts and after, with the provider killed and with it alive: after the
//! next run there is one of everything, and nothing after a destroy.

use std::{collections::BTreeSet, sync::Arc};

use futures::{StreamExt, stream};
use serde_json::json;
use tokio::{sync::OnceCell, task::spawn_blocking};

use crate::{
    cases::{AT_ONCE, Case, chosen, keep, turn},
    deployment::Step,
    program::{Program, SUBJECT, Subject},
    world::{Inventory, World, looks},
};

/// Whether every call of every change is tried in every way: for a long search.
fn thorough() -> bool {
    std::env::var_os("CONTRACT_THOROUGH").is_some()
}

/// A step in a resource's life, in which it is cut off.
#[derive(Clone)]
pub struct Stage {
    pub name: String,
    pub from: Program,
    pub to: Program,
}

/// What a stage does when nothing goes wrong.
#[derive(Clone)]
pub struct Undisturbed {
    pub stage: Stage,
    pub calls: Vec<String>,
    pub left: Inventory,
    pub step: Option<Step>,
}

/// How a call ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    KilledBefore,
    KilledAfter,
    Reset,
    LostAnswer,
}

impl Cut {
    /// The ways to cut a stage off that differ: killed before a call is killed after the last one that changed
    /// something, and a call that only looks is simply repeated where the provider lives.
    fn of(position: usize, call: &str) -> &'static [Cut] {
        match (looks(call), position) {
            (true, 0) => &[Cut::KilledBefore],
            (true, _) => &[],
            (false, 0) => &[Cut::KilledBefore, Cut::KilledAfter, Cut::Reset, Cut::LostAnswer],
            (false, _) => &[Cut::KilledAfter, Cut::Reset, Cut::LostAnswer],
        }
    }

    /// Whether that is tried in a step. An update is repeated by the next run, be it cut off by a death or by an answer
    /// that didn't come; and a replacement makes and ends by the same calls as a create and a delete.
    fn matters_in(self, step: Option<Step>) -> bool {
        match self {
            Cut::KilledBefore | Cut::KilledAfter => true,
            Cut::Reset | Cut::LostAnswer => matches!(step, Some(Step::Created | Step::Deleted)),
        }
    }
}

impl Undisturbed {
    /// Whether another stage is no other way through the provider: a replacement, or an update by the same calls.
    fn is_like(&self, other: &Undisturbed) -> bool {
        self.step == other.step && (self.step == Some(Step::Replaced) || self.calls == other.calls)
    }
}

impl Stage {
    pub fn new(name: impl Into<String>, from: Program, to: Program) -> Self {
        Stage { name: name.into(), from, to }
    }

    pub async fn undisturbed(self) -> Result<Undisturbed, String> {
        let mut world = World::new();
        world.well_up(&self.from).await?;
        let before = world.last_request();
        let steps = world.well_up(&self.to).await?;
        let step = steps.into_iter().find(|(name, _)| name == SUBJECT).map(|(_, step)| step);
        Ok(Undisturbed { calls: world.requests_since(before), left: world.inventory(), step, stage: self })
    }
}

/// The stages of a resource: made, changed in place by each input that allows it, replaced, ended. Changes that are
/// made by the same calls are one.
async fn stages(subject: &Subject) -> Result<Vec<Undisturbed>, String> {
    let changes = subject
        .changes
        .iter()
        .map(|change| Stage::new(&change.property, subject.having(&change.from), subject.having(&change.to)));
    let mut stages = vec![
        Stage::new("create", subject.without(), subject.with()).undisturbed().await?,
        Stage::new("delete", subject.with(), subject.without()).undisturbed().await?,
    ];
    for change in changes {
        let change = change.undisturbed().await?;
        if !stages.iter().any(|known| known.is_like(&change)) {
            stages.push(change);
        }
    }
    Ok(stages)
}

/// The stages of every subject that a law concerns.
pub async fn all_stages(law: &str) -> Vec<(Subject, Undisturbed)> {
    static ALL: OnceCell<Vec<(Subject, Undisturbed)>> = OnceCell::const_new();
    let all = ALL.get_or_init(|| async {
        let subjects = chosen().into_iter().map(|subject| async move {
            let _turn = turn().await;
            let stages = stages(&subject).await.unwrap_or_else(|wrong| panic!("{}: {wrong}", subject.token));
            stages.into_iter().map(|stage| (subject.clone(), stage)).collect::<Vec<_>>()
        });
        stream::iter(subjects).buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.into_iter().flatten().collect()
    });
    all.await.iter().filter(|(subject, _)| subject.excuse(law).is_none()).cloned().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn every_call_may_be_cut_off() {
    let (mut cases, all) = (Vec::new(), thorough());
    for (subject, stage) in all_stages("cut").await {
        for (position, call) in stage.calls.iter().enumerate() {
            for cut in Cut::of(position, call).iter().filter(|cut| all || cut.matters_in(stage.step)) {
                let name = format!("{} {} {call} ({position}) {cut:?}", subject.token, stage.stage.name);
                let (stage, left) = (stage.stage.clone(), stage.left.clone());
                cases.push(Case::new(name, async move { cut_off(stage, position, *cut, left).await }));
            }
        }
    }
    println!("{} cuts", cases.len());
    keep("cut", cases).await;
}

async fn cut_off(stage: Stage, position: usize, cut: Cut, left: Inventory) -> Result<(), String> {
    let mut world = World::new();
    world.well_up(&stage.from).await?;
    let first = match cut {
        Cut::KilledBefore => killed(&mut world, &stage.to, position, "before").await.map(|()| String::new()),
        Cut::KilledAfter => killed(&mut world, &stage.to, position, "after").await.map(|()| String::new()),
        Cut::Reset => alive(&mut world, &stage.to, position, "reset").await,
        Cut::LostAnswer => alive(&mut world, &stage.to, position, "lost_answer").await,
    }?;
    world.end_run();
    let again = world.up(&stage.to).await;
    world.end_run();
    again.map_err(|failure| format!("the next run failed: {failure}; the first had said: {first}"))?;
    world.has_exactly(&left)?;
    world.subject_settled(&stage.to).await?;
    world.destroyed(&Inventory::new()).await
}

/// A run whose provider is killed while AWS holds that call.
pub async fn killed(world: &mut World, to: &Program, position: usize, when: &str) -> Result<(), String> {
    world.plugin().await;
    world.strike("hold", position, &json!({ "when": when }));
    let account = Arc::clone(&world.account);
    let held = spawn_blocking(move || account.get("held?at_least=1&within=600"));
    let mut run = world.run().await;
    let over = tokio::select! {
        biased;
        held = held => (held.map_err(|error| error.to_string())?["held"] == 0).then(|| "nothing was held".to_owned()),
        over = run.up(to) => Some(format!("the run was over before that call: {over:?}")),
    };
    world.plugin().await.kill();
    world.account.get("held?at_most=0&within=600");
    world.end_faults();
    over.map_or(Ok(()), Err)
}

/// A run in which that call fails, and what the run said of it.
async fn alive(world: &mut World, to: &Program, position: usize, kind: &str) -> Result<String, String> {
    world.plugin().await;
    world.strike(kind, position, &json!({}));
    let run = world.run().await.up(to).await;
    match world.end_faults() {
        true => Ok(run.err().unwrap_or_default()),
        false => Err(format!("that call never came: {run:?}")),
    }
}

/// Which calls of a resource were tried: in any step, or `thorough` in each stage those that change something.
#[derive(Default)]
struct Tried(BTreeSet<(String, String, String)>);

impl Tried {
    /// The calls of a stage that weren't, each once, with the position of the first.
    fn new_of(&mut self, subject: &Subject, stage: &Undisturbed) -> Vec<(usize, String)> {
        let each = thorough();
        let mut is_new = |call: &String| {
            let place = if each && !looks(call) { stage.stage.name.clone() } else { String::new() };
            self.0.insert((subject.token.clone(), place, call.clone()))
        };
        stage.calls.iter().cloned().enumerate().filter(|(_, call)| is_new(call)).collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn every_call_may_be_throttled() {
    let (mut cases, mut tried) = (Vec::new(), Tried::default());
    for (subject, stage) in all_stages("throttle").await {
        for (position, call) in tried.new_of(&subject, &stage) {
            // After an error of AWS's own nobody knows whether it acted.
            let kinds =
                if looks(&call) { &[("throttle", true)][..] } else { &[("throttle", true), ("unavailable", false)] };
            for (kind, must_succeed) in kinds {
                let name = format!("{} {} {call} {kind}", subject.token, stage.stage.name);
                let (stage, left) = (stage.stage.clone(), stage.left.clone());
                cases.push(Case::new(name, async move { delayed(stage, position, kind, *must_succeed, left).await }));
            }
        }
    }
    keep("throttle", cases).await;
}

async fn delayed(stage: Stage, position: usize, kind: &str, must_succeed: bool, left: Inventory) -> Result<(), String> {
    let mut world = World::new();
    world.well_up(&stage.from).await?;
    world.plugin().await;
    world.strike(kind, position, &json!({ "times": 2 }));
    let run = world.run().await.up(&stage.to).await;
    if !world.end_faults() {
        return Err(format!("that call never came: {run:?}"));
    }
    if let Err(failure) = run {
        world.end_run();
        if must_succeed || !failure.contains("on purpose") {
            return Err(failure);
        }
        world.up(&stage.to).await.map_err(|next| format!("the next run failed: {next}; the first: {failure}"))?;
        world.end_run();
    }
    world.has_exactly(&left)?;
    world.subject_settled(&stage.to).await?;
    world.destroyed(&Inventory::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn a_refused_call_is_named_at_once() {
    let (mut cases, mut tried) = (Vec::new(), Tried::default());
    for (subject, stage) in all_stages("refuse").await {
        let calls = tried.new_of(&subject, &stage).into_iter();
        for (_, call) in calls.filter(|(_, call)| subject.excuse(&format!("refuse {call}")).is_none()) {
            let name = format!("{} {} {call}", subject.token, stage.stage.name);
            let stage = stage.stage.clone();
            cases.push(Case::new(name, async move { refused(stage, &call).await }));
        }
    }
    keep("refuse", cases).await;
}

async fn refused(stage: Stage, call: &str) -> Result<(), String> {
    let (service, operation) = call.split_once(':').expect("a service and an operation");
    let mut world = World::new();
    world.well_up(&stage.from).await?;
    world.plugin().await;
    world.strike("access_denied", 0, &json!({ "service": service, "operation": operation, "times": -1 }));
    let before = world.last_request();
    let run = world.run().await.up(&stage.to).await;
    let asked = world.requests_since(before).iter().filter(|asked| *asked == call).count();
    world.end_faults();
    match run {
        Ok(steps) => return Err(format!("it was overlooked: {steps:?}")),
        Err(failure) if !failure.contains(operation) => return Err(format!("not named: {failure}")),
        Err(failure) if asked > 1 => return Err(format!("asked {asked} times: {failure}")),
        Err(_) => {}
    }
    world.up(&stage.to).await.map_err(|failure| format!("once it is allowed: {failure}"))?;
    world.subject_settled(&stage.to).await?;
    world.destroyed(&Inventory::new()).await
}
