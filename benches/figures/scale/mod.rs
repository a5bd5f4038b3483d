//! A hundred clients of one edge in one stack: what the engine, the provider and AWS's rates make of it.
//!
//! `TENANTS` in the environment asks for another number of them.

mod idle;
mod program;
mod rates;
mod run;

use std::{collections::BTreeMap, env, time::Duration};

use crate::{line, loopback::Loopback, megabytes, seconds};
use program::program;
use run::{Command, Run, Scene};

const TENANTS: usize = 100;

/// How many tenants show what a backend in files costs: few, as its time grows with the square of their number.
const WRITTEN: [usize; 3] = [5, 10, 20];

const PREVIEW: Command = Command { what: "preview", arguments: &["preview"], written_once: false };
const UP: Command = Command { what: "up", arguments: &["up", "--yes", "--skip-preview"], written_once: false };
const UP_ONCE: Command = Command { what: "up (state written once)", written_once: true, ..UP };
const UNCHANGED: Command = Command {
    what: "up, nothing to do",
    arguments: &["up", "--yes", "--skip-preview", "--expect-no-changes"],
    written_once: false,
};
const DESTROY_ONCE: Command = Command {
    what: "destroy (state written once)",
    arguments: &["destroy", "--yes", "--skip-preview"],
    written_once: true,
};

pub fn print() {
    let tenants = env::var("TENANTS").ok().and_then(|number| number.parse().ok()).unwrap_or(TENANTS);
    let aws = Loopback::start();
    let scene = Scene::of(&aws, tenants);
    let title = format!("{tenants} tenants of one edge, YAML");
    println!("\n{title:<44}{:>8}{:>11}{:>11}{:>8}", "took", "provider's", "its memory", "calls");
    println!("{:<44}{:>8}{:>11}{:>11}{:>8}", "", "", "processor", "at most", "to AWS");
    scene.with_ours(PREVIEW);
    let first = scene.with_ours(UP_ONCE);
    let state = scene.stack.state();
    // Twice, in another order: what comes second finds the files in memory.
    let ours = scene.with_ours(UNCHANGED).took;
    let idle = scene.with_idle(UNCHANGED).took + scene.with_idle(UNCHANGED).took;
    let ratio = (ours + scene.with_ours(UNCHANGED).took).as_secs_f64() / idle.as_secs_f64();
    scene.stack.write(&program(tenants + 1));
    scene.with_ours(Command { what: "preview, one tenant more", ..PREVIEW });
    let one = scene.with_ours(Command { what: "up, one tenant more", ..UP });
    scene.stack.write(&program(tenants));
    scene.with_ours(Command { what: "up, one tenant less", ..UP });
    let last = scene.with_ours(DESTROY_ONCE);

    println!();
    line("resources in the state", resources(&state));
    line("the state", megabytes(state.len() as u64));
    line("nothing to do: ours to one that does nothing", format!("{ratio:.2}"));
    at_best("up", &first);
    at_best("destroy", &last);
    of_one(&one);
    files(&aws);
}

/// What it costs that the engine writes the whole state before and after every step.
fn files(aws: &Loopback) {
    println!("\n{:<34}{:>24}{:>24}", "up, by how often the state is written", "at every step", "once");
    for tenants in WRITTEN {
        let took = |command| -> Duration { Scene::of(aws, tenants).time(command) };
        let (every, once) = (seconds(took(UP)), seconds(took(UP_ONCE)));
        println!("{:<34}{every:>24}{once:>24}", format!("{tenants} tenants"));
    }
}

fn resources(state: &[u8]) -> usize {
    let state: serde_json::Value = serde_json::from_slice(state).unwrap();
    state["checkpoint"]["latest"]["resources"].as_array().unwrap().len()
}

/// How much of a run AWS's published rates explain.
fn at_best(what: &str, run: &Run) {
    let looks = run.requests.iter().filter(|request| rates::looks(&request.operation)).count();
    line(&format!("{what}: share of calls that only look"), format!("{} %", 100 * looks / run.requests.len().max(1)));
    let (bucket, least) = rates::at_best(&run.requests);
    line(&format!("{what}: at best by AWS's rates, by {bucket}"), seconds(least));
}

/// What a tenant costs in calls.
fn of_one(run: &Run) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for request in &run.requests {
        *kinds.entry(format!("{}:{}", request.service, request.operation)).or_default() += 1;
    }
    println!("\n{:<58}{:>24}", "calls to AWS for one tenant more, by kind", run.requests.len());
    for (kind, count) in kinds {
        line(&format!("  {kind}"), count);
    }
}
