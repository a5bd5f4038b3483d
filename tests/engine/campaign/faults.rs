//! Runs that are cut off at calls spread over all of them, and what a user does then.

use std::time::Instant;

use super::{
    figures::Figures,
    ground::Ground,
    largest::{Calls, Counts, Course, DESTROY, UP, largest},
};
use crate::{
    cut::{At, Death, cut},
    stack::{Said, Stack},
};

/// Any call, and those that don't only look: among them are all that can be torn.
const ANY: &str = ".*";
const CHANGING: &str = "(?!Describe|Get|List).*";

/// Which run is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    Deployment,
    Destroy,
}

/// Points spread evenly over a run: every other one over all calls, the rest over those that change something; of each,
/// every other one before AWS acts.
pub fn points(calls: Calls, count: usize) -> Vec<At> {
    let point = |index: usize| {
        let (operation, of) = if index.is_multiple_of(2) { (ANY, calls.all) } else { (CHANGING, calls.changing) };
        let when = if (index / 2).is_multiple_of(2) { "before" } else { "after" };
        At { operation, call: 1 + index * of / count, when }
    };
    (0..count).map(point).collect()
}

/// Tries a death at that many points of a run.
pub fn try_all(death: Death, verb: Verb, count: usize) -> Figures {
    let course = Course::undisturbed();
    let calls = match verb {
        Verb::Deployment => course.up,
        Verb::Destroy => course.destroy,
    };
    let mut figures = Figures::default();
    let mut ground = Ground::shared();
    for (index, at) in points(calls, count).into_iter().enumerate() {
        let (begun, notes) = (Instant::now(), figures.notes.len());
        let fault = match verb {
            Verb::Deployment => of_deployment(&ground, &at, death, &mut figures),
            Verb::Destroy => of_destroy(&ground, &at, death, index.is_multiple_of(2), &mut figures),
        };
        let came_of_it = if figures.notes.len() == notes { "well" } else { "NOT WELL" };
        let fault = fault.unwrap_or_else(|| format!("{} calls only", at.call));
        println!("{death:?} {verb:?} {}/{count}: {fault}: {came_of_it}, {} s", index + 1, begun.elapsed().as_secs());
        if figures.notes.len() > notes {
            // What went wrong here must not be counted again.
            ground = Ground::shared();
        }
    }
    ground.end(&mut figures);
    figures
}

/// Cuts a deployment off, goes on as the page says, and compares. What was cut, unless the run was over before.
pub fn of_deployment(ground: &Ground, at: &At, death: Death, figures: &mut Figures) -> Option<String> {
    let (since, mine) = (ground.now(), ground.stack(&largest()));
    let fault = cut(&mine, &UP, at, death).map(|operation| format!("{operation} {}", at.when));
    note_fault(&fault, figures);
    goes_on(&mine, &UP, figures);
    compare_whole(ground, &mine, &Course::undisturbed().whole, since, figures);
    finish(ground, &mine, since, figures);
    fault
}

/// Cuts a destroy off; then it is either asked for again, or taken back.
pub fn of_destroy(ground: &Ground, at: &At, death: Death, again: bool, figures: &mut Figures) -> Option<String> {
    let (since, mine) = (ground.now(), ground.stack(&largest()));
    mine.pulumi(&UP).well();
    let fault = cut(&mine, &DESTROY, at, death).map(|operation| format!("{operation} {}", at.when));
    note_fault(&fault, figures);
    if !again {
        let since = ground.now();
        goes_on(&mine, &["up", "--yes", "--skip-preview", "--refresh"], figures);
        compare_whole(ground, &mine, &Course::undisturbed().whole, since, figures);
    }
    finish(ground, &mine, since, figures);
    fault
}

fn note_fault(fault: &Option<String>, figures: &mut Figures) {
    if let Some(fault) = fault {
        figures.tried += 1;
        figures.faults.push(fault.clone());
    }
}

/// Runs the CLI again, as often as the page says: a lock is taken away, and so is what a killed engine had half written.
pub fn goes_on(mine: &Stack, arguments: &[&str], figures: &mut Figures) {
    let mut said = mine.pulumi(arguments);
    if said.text.contains("failed to load checkpoint: EOF") {
        mine.delete_empty_attributes();
        said = mine.pulumi(arguments);
    }
    if said.text.contains("the stack is currently locked") {
        goes(mine, &["cancel", "--yes"], figures);
        said = mine.pulumi(arguments);
    }
    if !said.success {
        failed(arguments, &said, figures);
    }
}

/// One of everything, and nothing to do.
pub fn compare_whole(ground: &Ground, mine: &Stack, whole: &Counts, since: usize, figures: &mut Figures) {
    ground.nothing_taken_away(since, figures);
    ground.compare(mine, whole, figures);
    settles(mine, figures);
}

/// Nothing to do, and no more warnings.
pub fn settles(mine: &Stack, figures: &mut Figures) {
    goes(mine, &["refresh", "--yes", "--skip-preview", "--expect-no-changes", "--clear-pending-creates"], figures);
    let last = goes(mine, &["up", "--yes", "--skip-preview", "--expect-no-changes"], figures);
    if last.text.contains("pending operations") {
        figures.otherwise += 1;
        figures.note("still warns of pending operations".to_owned());
    }
}

fn finish(ground: &Ground, mine: &Stack, since: usize, figures: &mut Figures) {
    goes_on(mine, &DESTROY, figures);
    ground.compare_empty(figures);
    ground.compare_foreign(since, figures);
}

/// Runs the CLI, which must do well.
pub fn goes(stack: &Stack, arguments: &[&str], figures: &mut Figures) -> Said {
    let said = stack.pulumi(arguments);
    if !said.success {
        failed(arguments, &said, figures);
    }
    said
}

pub fn failed(arguments: &[&str], said: &Said, figures: &mut Figures) {
    figures.otherwise += 1;
    figures.note(format!("`pulumi {}` failed: {}", arguments.join(" "), said.errors()));
    println!("{}", said.text);
}
