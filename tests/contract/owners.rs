//! Whose a thing is: what a create that was cut off had made is taken over, what is another's never is.

use crate::{
    cases::{Case, concerned, keep},
    cuts::{Stage, killed},
    deployment::Step,
    program::{Change, Declared, Program, SUBJECT, Subject},
    world::{Inventory, World, looks},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn what_was_left_behind_is_not_taken_for_something_else() {
    let mut cases = Vec::new();
    for subject in concerned("left behind") {
        let changes = subject.changes.clone().into_iter();
        let usual = changes.filter(|change| change.from == *subject.inputs());
        for change in
            usual.filter(|change| subject.excuse(&format!("left behind, other {}", change.property)).is_none())
        {
            let subject = subject.clone();
            let name = format!("{} {}", subject.token, change.property);
            cases.push(Case::new(name, async move { left_behind(subject, change).await }));
        }
    }
    keep("left behind", cases).await;
}

/// Its creation was cut off, and then the program was changed.
async fn left_behind(subject: Subject, change: Change) -> Result<(), String> {
    let (first, second) = (subject.with(), subject.having(&change.to));
    let stage = Stage::new("create", subject.without(), first.clone()).undisturbed().await?;
    let Some(create) = stage.calls.iter().position(|call| !looks(call)) else { return Ok(()) };
    let replaced =
        Stage::new("change", first.clone(), second.clone()).undisturbed().await?.step == Some(Step::Replaced);

    let mut world = World::new();
    world.well_up(&subject.without()).await?;
    killed(&mut world, &first, create, "after").await?;
    world.end_run();
    match (world.up(&second).await, replaced) {
        (Ok(_), false) => world.settled(&second).await?,
        (Err(failure), false) => return Err(format!("should have been taken over and changed: {failure}")),
        (Ok(steps), true) => return Err(format!("should have been refused: {steps:?}")),
        (Err(failure), true) if !failure.contains(&change.property) => {
            return Err(format!("the difference isn't named: {failure}"));
        }
        (Err(_), true) => {
            world.end_run();
            world.well_up(&first).await?;
            world.settled(&first).await?;
        }
    }
    world.has(&stage.left)?;
    world.end_run();
    world.destroyed(&Inventory::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn what_is_anothers_stays_theirs() {
    let cases = concerned("foreign").into_iter().flat_map(|subject| {
        let named = subject.changes.iter().filter(|change| change.property.ends_with("Name"));
        let inputs = named.map(|change| change.from.clone()).chain([subject.inputs().clone()]).collect::<Vec<_>>();
        inputs.into_iter().enumerate().map(move |(number, inputs)| {
            let (name, program) = (format!("{} {number}", subject.token), subject.having(&inputs));
            Case::new(name, foreign(program))
        })
    });
    keep("foreign", cases.collect()).await;
}

/// Another stack of the same name asks for the same thing, at the same place.
async fn foreign(program: Program) -> Result<(), String> {
    let mut owner = World::new();
    owner.well_up(&program).await?;
    let (made, before) = (owner.state.get(SUBJECT).expect("it was made").id.clone(), owner.inventory());

    let subject = program.last().expect("the subject");
    let same = Declared { inputs: owner.state.resolved(&subject.inputs), ..subject.clone() };
    let mut other = World::beside(&owner.account, 2);
    let asked = other.up(&vec![same]).await;
    let theirs = other.state.get(SUBJECT).map(|kept| kept.id.clone());
    if asked.is_ok() && theirs.as_ref() == Some(&made) {
        return Err(format!("{made} was taken over"));
    }
    owner.settled(&program).await.map_err(|wrong| format!("it was touched: {wrong}"))?;
    other.end_run();
    other.well_up(&Program::new()).await?;
    owner.has(&before)?;
    owner.settled(&program).await.map_err(|wrong| format!("it went with the other: {wrong}"))?;
    owner.destroyed(&Inventory::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 12)]
async fn two_resources_never_share_one_thing() {
    let cases = concerned("twin").into_iter().flat_map(|subject| {
        let named = subject.changes.iter().filter(|change| change.property.ends_with("Name"));
        let inputs = named.map(|change| change.from.clone()).chain([subject.inputs().clone()]).collect::<Vec<_>>();
        inputs.into_iter().enumerate().flat_map(move |(number, inputs)| {
            let (token, program) = (subject.token.clone(), subject.having(&inputs));
            [false, true].map(|later| {
                let name = format!("{token} {number}{}", if later { ", a run later" } else { "" });
                Case::new(name, twins(program.clone(), later))
            })
        })
    });
    keep("twin", cases.collect()).await;
}

async fn twins(program: Program, later: bool) -> Result<(), String> {
    let subject = program.last().expect("the subject").clone();
    let twin = Declared { name: "twin".to_owned(), ..subject };
    let both: Program = program.iter().cloned().chain([twin]).collect();
    let mut world = World::new();
    if later {
        world.well_up(&program).await?;
        world.end_run();
    }
    let asked = world.up(&both).await;
    let ids = [SUBJECT, "twin"].map(|name| world.state.get(name).map(|kept| kept.id.clone()));
    if ids[0].is_some() && ids[0] == ids[1] {
        return Err(format!("both have {:?}, after {asked:?}", ids[0]));
    }
    world.end_run();
    world.well_up(&program).await?;
    world.settled(&program).await.map_err(|wrong| format!("without the twin: {wrong}"))?;
    world.destroyed(&Inventory::new()).await
}
