//! What holds in a life without accidents, and when somebody else had a hand in it.

use framework::value::{Map, Value};
use serde_json::json;

use crate::{
    cases::{Case, concerned, keep},
    deployment::{Drift, Step},
    program::{Change, SUBJECT, Subject},
    waits::NEVER,
    world::{Inventory, World},
};

#[test]
fn every_resource_has_a_program_and_a_change_of_each_input() {
    let subjects = crate::program::subjects();
    let provider = tenantstack::provider();
    let mut missing = Vec::new();
    for (_, resource) in provider.registry().resources() {
        let member = resource.member();
        let Some(subject) = subjects.iter().find(|subject| subject.token == member.token) else {
            missing.push(format!("{}: no file in tests/contract/programs", member.token));
            continue;
        };
        let tried = |input: &str| subject.changes.iter().any(|change| change.property == input);
        let excused = |input: &str| subject.excuse(&format!("change of {input}")).is_some();
        let inputs = member.inputs.iter().map(|field| field.name).filter(|name| *name != "region");
        let untried = inputs.filter(|name| tried(name) == excused(name));
        missing.extend(untried.map(|name| format!("{}: say a change of {name}, or why there is none", member.token)));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn what_was_made_is_what_was_asked_for() {
    let cases = concerned("life").into_iter().map(|subject| {
        Case::new(subject.token.clone(), async move {
            let mut world = World::new();
            world.well_up(&subject.with()).await?;
            world.settled(&subject.with()).await?;
            let made = world.last_request();
            world.well_up(&subject.with()).await?;
            match world.requests_since(made).is_empty() {
                true => world.destroyed(&Inventory::new()).await,
                false => Err(format!("an up with nothing to do asked AWS for {:?}", world.requests_since(made))),
            }
        })
    });
    keep("life", cases.collect()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn each_input_changes_alone() {
    let changes = concerned("change").into_iter().flat_map(|subject| {
        let each = subject.changes.clone().into_iter();
        each.map(move |change| (subject.clone(), change)).collect::<Vec<_>>()
    });
    let cases = changes.map(|(subject, change)| {
        Case::new(format!("{} {}", subject.token, change.property), changes_alone(subject, change))
    });
    keep("change", cases.collect()).await;
}

async fn changes_alone(subject: Subject, change: Change) -> Result<(), String> {
    let (from, to) = (subject.having(&change.from), subject.having(&change.to));
    let mut world = World::new();
    world.well_up(&from).await?;
    world.subject_settled(&from).await.map_err(|wrong| format!("before the change: {wrong}"))?;
    let old = world.state.get(SUBJECT).expect("it was made").id.clone();
    let steps = world.well_up(&to).await?;
    let new = world.state.get(SUBJECT).expect("it is there").clone();
    match steps.iter().find(|(name, _)| name == SUBJECT) {
        None => return Err("nothing was done".to_owned()),
        Some((_, Step::Updated)) if new.id != old => return Err(format!("an update made {} of {old}", new.id)),
        Some(_) => {}
    }
    world.settled(&to).await.map_err(|wrong| format!("after the change: {wrong}"))?;
    let wanted = world.state.resolved(&change.to).remove(&change.property);
    match (wanted, new.outputs.get(&change.property)) {
        (Some(wanted), Some(shown)) if !same(&wanted, &shown.plain()) => {
            Err(format!("{shown:?} is shown, not {wanted:?}"))
        }
        (Some(_), None) => Err("the new value isn't shown".to_owned()),
        _ => world.destroyed(&Inventory::new()).await,
    }
}

/// Whether two values are equal, have the same elements, or are documents that say the same.
fn same(wanted: &Value, shown: &Value) -> bool {
    if let (Value::List(wanted), Value::List(shown)) = (wanted, shown) {
        return wanted.len() == shown.len() && wanted.iter().all(|item| shown.contains(item));
    }
    let document = |value: &Value| value.as_str().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    wanted == shown || document(wanted).is_some_and(|wanted| Some(wanted) == document(shown))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn an_import_previews_as_unchanged() {
    let cases = concerned("import").into_iter().map(|subject| {
        Case::new(subject.token.clone(), async move {
            let mut world = World::new();
            world.well_up(&subject.with()).await?;
            let made = world.state.get(SUBJECT).expect("it was made").clone();
            world.state.forget(SUBJECT);
            let imported = world.run().await.import(&subject.token, SUBJECT, &made.id).await?;
            let imported = imported.ok_or("there is nothing to import")?;
            world.state.0.push(imported);
            world.settled(&subject.with()).await?;
            world.destroyed(&Inventory::new()).await
        })
    });
    keep("import", cases.collect()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn drift_is_seen_and_repaired() {
    let changes = concerned("drift").into_iter().flat_map(|subject| {
        let each = subject.changes.clone().into_iter();
        each.filter(|change| subject.excuse(&format!("drift of {}", change.property)).is_none())
            .map(|change| (subject.clone(), change))
            .collect::<Vec<_>>()
    });
    let cases = changes
        .map(|(subject, change)| Case::new(format!("{} {}", subject.token, change.property), drifts(subject, change)));
    keep("drift", cases.collect()).await;
}

/// Somebody else changes it: here a run whose state nobody keeps.
async fn drifts(subject: Subject, change: Change) -> Result<(), String> {
    let (ours, theirs) = (subject.having(&change.from), subject.having(&change.to));
    let mut world = World::new();
    world.well_up(&ours).await?;
    let expected = world.inventory();
    let state = world.state.clone();
    let changed = theirs.last().expect("the subject");
    if world.run().await.preview(changed).await? != Some(Step::Updated) {
        // What can only be replaced can't drift.
        return world.destroyed(&Inventory::new()).await;
    }
    world.well_up(&theirs).await?;
    world.state = state;

    world.end_run();
    let drifts = world.run().await.refresh().await?;
    let seen = drifts
        .iter()
        .any(|drift| matches!(drift, Drift::Changed(name, how) if name == SUBJECT && how.contains(&change.property)));
    if !seen {
        return Err(format!("a refresh found only {drifts:?}"));
    }
    let steps = world.well_up(&ours).await?;
    if !steps.contains(&(SUBJECT.to_owned(), Step::Updated)) {
        return Err(format!("not repaired, but {steps:?}"));
    }
    world.settled(&ours).await?;
    world.has(&expected)?;
    world.destroyed(&Inventory::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn what_vanished_is_seen_and_made_again() {
    let cases = concerned("vanish").into_iter().map(|subject| {
        Case::new(subject.token.clone(), async move {
            let mut world = World::new();
            world.well_up(&subject.with()).await?;
            let (state, expected) = (world.state.clone(), world.inventory());
            let made = world.state.get(SUBJECT).expect("it was made").clone();
            world.run().await.delete(&made).await?;
            world.state = state.clone();
            world.end_run();
            world.run().await.delete(&made).await.map_err(|failure| format!("the second delete: {failure}"))?;

            world.state = state;
            world.end_run();
            let drifts = world.run().await.refresh().await?;
            if !matches!(drifts.as_slice(), [Drift::Gone(name)] if name == SUBJECT) {
                return Err(format!("a refresh finds {drifts:?}"));
            }
            world.well_up(&subject.with()).await?;
            world.has(&expected)?;
            world.settled(&subject.with()).await?;
            world.destroyed(&Inventory::new()).await
        })
    });
    keep("vanish", cases.collect()).await;
}

/// A destroy that was cut off, and then the program is wanted again.
#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn what_is_on_its_way_out_is_made_again() {
    let cases = concerned("on its way out").into_iter().map(|subject| {
        Case::new(subject.token.clone(), async move {
            let mut world = World::new();
            world.well_up(&subject.with()).await?;
            let (expected, made) = (world.inventory(), world.state.get(SUBJECT).expect("it was made").clone());
            world.account.put("transitions", &json!({ "polls": NEVER }));
            world.timeout = 1.0;
            // Whether AWS is done with it in that time is AWS's affair.
            let _ = world.run().await.delete(&made).await;
            world.timeout = 0.0;
            world.account.put("transitions", &json!({ "polls": 3 }));
            world.end_run();
            world.run().await.refresh().await?;
            world.well_up(&subject.with()).await?;
            // Whatever is still on its way out goes now.
            world.account.put("transitions", &json!({ "polls": 0 }));
            world.has(&expected)?;
            world.settled(&subject.with()).await?;
            world.destroyed(&Inventory::new()).await
        })
    });
    keep("on its way out", cases.collect()).await;
}

/// Inputs with every text marked as secret.
fn secret(inputs: &Map) -> Map {
    inputs.iter().map(|(name, value)| (name.clone(), value.clone().into_secret())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 8)]
async fn secrets_stay_secret() {
    let cases = concerned("secrets").into_iter().map(|subject| {
        Case::new(subject.token.clone(), async move {
            let mut world = World::new();
            let program = subject.having(&secret(subject.inputs()));
            world.well_up(&program).await?;
            let made = world.state.get(SUBJECT).expect("it was made").clone();
            let open = |properties: &Map| {
                let names = subject
                    .inputs()
                    .keys()
                    .filter(|name| properties.get(*name).is_some_and(|value| !value.has_secret()));
                names.cloned().collect::<Vec<_>>()
            };
            match [open(&made.inputs), open(&made.outputs)].concat().as_slice() {
                [] => {}
                open => return Err(format!("not secret any more: {open:?}")),
            }
            world.settled(&program).await?;
            untold(
                &world.plugin().await.log().lock().unwrap().iter().map(|said| &*said.message).collect::<Vec<_>>(),
                &subject,
            )?;
            world.destroyed(&Inventory::new()).await?;
            world.account.put("faults", &serde_json::json!([{ "kind": "access_denied", "times": -1 }]));
            match world.up(&program).await {
                Ok(_) => Ok(()),
                Err(failure) => untold(&[&failure], &subject),
            }
        })
    });
    keep("secrets", cases.collect()).await;
}

/// That none of the secrets is in those words. Short ones are in everything.
fn untold(words: &[&str], subject: &Subject) -> Result<(), String> {
    let secrets = subject.inputs().values().filter_map(Value::as_str);
    let secrets: Vec<_> = secrets.filter(|text| text.len() > 6 && !text.contains("${")).collect();
    match words.iter().find(|said| secrets.iter().any(|secret| said.contains(secret))) {
        Some(said) => Err(format!("a secret is told: {said}")),
        None => Ok(()),
    }
}
