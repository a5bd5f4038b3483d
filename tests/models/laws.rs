//! What holds of every resource, whether or not AWS's model knows it.

use framework::{
    property::{Field, Rule},
    value::{Map, Value},
};

use crate::{
    ours::{Type, types},
    samples,
};

/// Asks a law of each input of each type, with right inputs among which it is; shows all that break it.
fn each_input(law: impl Fn(&Type, &str, Map) -> Result<(), String>) {
    let mut broken = Vec::new();
    for of in types() {
        for field in &of.inputs {
            let kept = samples::with(&of, field.name).map_or(Ok(()), |inputs| law(&of, field.name, inputs));
            broken.extend(kept.err().map(|how| format!("{} {}: {how}", of.token, field.name)));
        }
    }
    assert!(broken.is_empty(), "broken {} times:\n  {}", broken.len(), broken.join("\n  "));
}

fn holds(what: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    what.then_some(()).ok_or_else(otherwise)
}

#[test]
fn a_check_of_checked_inputs_changes_nothing() {
    each_input(|of, _, inputs| {
        let checked = of.check(&inputs).0;
        let (again, problems) = of.check_after(&checked, &checked);
        holds(problems.is_empty() && again == checked, || format!("{checked:?} became {again:?}, {problems:?}"))
    });
}

#[test]
fn the_same_program_gives_the_same_inputs_again() {
    each_input(|of, _, inputs| {
        let checked = of.check(&inputs).0;
        let again = of.check_after(&checked, &inputs).0;
        holds(again == checked, || format!("{checked:?} became {again:?}"))
    });
}

#[test]
fn a_name_is_made_up_of_whatever_a_program_calls_it() {
    each_input(|of, name, mut inputs| {
        if of.input(name).is_none_or(|field| field.named.is_none()) {
            return Ok(());
        }
        inputs.remove(name);
        let odd = [
            "web",
            "3tier",
            "1",
            "Web_Server",
            "-a-",
            "\u{65e5}\u{672c}",
            "a--b",
            "a very long name indeed, of which a half would do",
        ];
        let wrong = odd.map(|called| (called, of.problems_called(called, &inputs)));
        let wrong: Vec<_> = wrong.into_iter().filter(|(_, problems)| !problems.is_empty()).collect();
        holds(wrong.is_empty(), || format!("{wrong:?}"))
    });
}

#[test]
fn equal_inputs_have_no_difference() {
    each_input(|of, _, inputs| {
        let checked = of.check(&inputs).0;
        let changes = of.diff(&checked, &checked).changes;
        holds(changes.is_empty(), || format!("{changes:?}"))
    });
}

#[test]
fn an_input_that_is_not_known_yet_is_no_mistake() {
    each_input(|of, name, inputs| {
        let known = of.check(&inputs).0;
        let mut unknown = inputs;
        unknown.insert(name.to_owned(), Value::Unknown);
        let (checked, problems) = of.check_after(&known, &unknown);
        holds(problems.is_empty(), || format!("{problems:?}"))?;
        holds(checked[name].has_unknown(), || format!("was forgotten: {:?}", checked[name]))?;
        holds(!of.diff(&known, &checked).changes.is_empty(), || "is no change".to_owned())
    });
}

#[test]
fn a_secret_stays_secret() {
    each_input(|of, name, mut inputs| {
        let plain = inputs[name].clone();
        inputs.insert(name.to_owned(), plain.into_secret());
        let (checked, problems) = of.check(&inputs);
        holds(problems.is_empty(), || format!("{problems:?}"))?;
        holds(checked[name].has_secret(), || format!("is shown: {:?}", checked[name]))
    });
}

#[test]
fn a_change_of_one_input_is_seen_there_and_nowhere_else() {
    each_input(|of, name, _| {
        let variants = samples::variants(of, name);
        let pairs = variants.iter().flat_map(|from| variants.iter().map(move |to| (from, to)));
        let seen = pairs.map(|(from, to)| changes_there_alone(of, name, from, to)).collect::<Result<Vec<_>, _>>()?;
        holds(seen.contains(&true) || has_one_value(of, name), || "no change of it is ever seen".to_owned())
    });
}

/// Whether there is nothing to change to: a list that must be empty, a choice of one.
fn has_one_value(of: &Type, name: &str) -> bool {
    let must_be_empty = |field: &Field| field.rules.iter().any(|rule| matches!(rule, Rule::Items(_, 0)));
    let choices = of.resolve(&of.schema["inputProperties"][name]);
    of.input(name).is_some_and(must_be_empty) || choices["enum"].as_array().is_some_and(|all| all.len() == 1)
}

/// Whether there is a change; how it is wrong otherwise.
fn changes_there_alone(of: &Type, name: &str, from: &Map, to: &Map) -> Result<bool, String> {
    let old = of.check(from).0;
    let new = of.check_after(&old, to).0;
    let Some(difference) = of.tried(&old, &new) else { return Ok(false) };
    let mut changes = difference.changes;
    // What Check finds out from the inputs changes with them.
    changes.retain(|path, _| path.property().is_none_or(|name| of.input(name).is_some()));
    let (was, now) = (old.get(name), new.get(name));
    let chosen_by_aws = now.is_none() && of.input(name).is_some_and(|field| field.computed);
    let scalar = matches!(now, Some(Value::String(_) | Value::Number(_) | Value::Bool(_)));
    let at_its_path = || changes.keys().map(ToString::to_string).eq([name.to_owned()]);
    let right = match was == now || chosen_by_aws {
        true => changes.is_empty(),
        false if scalar => at_its_path(),
        false => !changes.is_empty() && changes.keys().all(|path| path.property() == Some(name)),
    };
    holds(right, || format!("from {was:?} to {now:?} gives {changes:?}"))?;
    Ok(!changes.is_empty())
}
