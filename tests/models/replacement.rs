//! What a change of each input means: another resource, or the same one changed.

use std::collections::BTreeSet;

use framework::value::Map;

use crate::{
    exceptions::{Finding, judge},
    model::{Model, is_top, top},
    names::theirs,
    ours::{Type, modelled},
    samples,
};

/// Inputs before and after a change.
type Changed = (Map, Map);

/// The changes of an input that replace, and those that don't.
fn changes(of: &Type, name: &str) -> (Vec<Changed>, Vec<Changed>) {
    let variants = samples::variants(of, name);
    let pairs = variants.iter().flat_map(|from| variants.iter().map(move |to| (from, to)));
    let checked = pairs.map(|(from, to)| {
        let old = of.check(from).0;
        let new = of.check_after(&old, to).0;
        (old, new)
    });
    let differing = checked.filter(|(old, new)| of.tried(old, new).is_some_and(|found| !found.changes.is_empty()));
    differing.partition(|(old, new)| of.diff(old, new).replaces())
}

fn shown(pairs: &[Changed], name: &str) -> String {
    pairs.first().map_or_else(String::new, |(old, new)| format!("from {:?} to {:?}", old.get(name), new.get(name)))
}

fn tops(paths: BTreeSet<&'static str>) -> BTreeSet<&'static str> {
    paths.into_iter().map(top).collect()
}

/// What AWS decides by the values, or deeper than the property as a whole.
fn conditional(model: Model) -> BTreeSet<&'static str> {
    let whole: BTreeSet<_> = model.list("co").into_iter().filter(|path| is_top(path)).collect();
    let deeper = tops(model.list("co")).into_iter().filter(|name| !whole.contains(name));
    deeper.chain(tops(model.list("cco"))).collect()
}

#[test]
fn a_change_replaces_when_aws_says_so_and_only_then() {
    let mut findings = Vec::new();
    for (of, model) in modelled() {
        let (never_changed, by_values) = (model.list("co"), conditional(model));
        for field in &of.inputs {
            let name = theirs(of.token, field.name);
            if by_values.contains(name.as_str()) {
                continue;
            }
            let (replacing, updating) = changes(&of, field.name);
            let (ours, aws) = match never_changed.contains(name.as_str()) {
                true if !updating.is_empty() => (format!("updates {}", shown(&updating, field.name)), "replaces"),
                false if !replacing.is_empty() => {
                    (format!("replaces {}", shown(&replacing, field.name)), "doesn't replace")
                }
                _ => continue,
            };
            let property = if model.properties().contains(name.as_str()) { name } else { field.name.to_owned() };
            findings.push(Finding { token: of.token, property, ours, theirs: aws.to_owned() });
        }
    }
    judge("replaces", &findings);
}

#[test]
fn what_replaces_by_its_value_is_decided() {
    let mut findings = Vec::new();
    for (of, model) in modelled() {
        for name in conditional(model) {
            let ours = of.inputs.iter().find(|field| theirs(of.token, field.name) == name);
            findings.extend(ours.map(|field| Finding {
                token: of.token,
                property: name.to_owned(),
                ours: format!("replaces: {}", field.replaces),
                theirs: "may replace".to_owned(),
            }));
        }
    }
    judge("conditional", &findings);
}
