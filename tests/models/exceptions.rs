//! Where we differ from AWS's word, and why: `exceptions.json`, by type (`*` is all types), kind and property.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::OnceLock,
};

use serde_json::{Map as Object, Value as Json};

use crate::names::Step;

/// Something in which we differ from AWS's word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub token: &'static str,
    pub property: String,
    pub ours: String,
    pub theirs: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { token, property, ours, theirs } = self;
        write!(f, "{token} {property}: ours {ours}; AWS's {theirs}")
    }
}

fn listed() -> &'static Object<String, Json> {
    static LISTED: OnceLock<Json> = OnceLock::new();
    LISTED.get_or_init(|| serde_json::from_str(include_str!("exceptions.json")).unwrap()).as_object().unwrap()
}

/// AWS's name of a property of ours, where it doesn't follow from ours.
pub fn name(token: &str, ours: &str) -> Option<String> {
    let listed = listed().get(token)?.get("names")?.get(ours)?;
    Some(listed.as_str().unwrap().to_owned())
}

/// The reason that stands in the list, and the line that it stands in.
fn reason(token: &str, kind: &str, property: &str) -> Option<(String, String)> {
    [token, "*"].into_iter().find_map(|scope| {
        let reason = listed().get(scope)?.get(kind)?.get(property)?.as_str()?;
        (!reason.is_empty()).then(|| (format!("{scope} {kind} {property}"), reason.to_owned()))
    })
}

/// Passes if the list holds each finding of this kind, and nothing else of this kind.
pub fn judge(kind: &str, findings: &[Finding]) {
    let mut used = BTreeSet::new();
    let mut unlisted = Vec::new();
    for finding in findings {
        match reason(finding.token, kind, &finding.property) {
            Some((line, _)) => drop(used.insert(line)),
            None => unlisted.push(finding.to_string()),
        }
    }
    let stale: Vec<_> = lines(kind).into_iter().filter(|line| !used.contains(line)).collect();
    assert!(
        unlisted.is_empty() && stale.is_empty(),
        "{} differences of kind {kind:?} without a reason in tests/models/exceptions.json:\n  {}\n\
         {} reasons there that no longer apply:\n  {}\n",
        unlisted.len(),
        unlisted.join("\n  "),
        stale.len(),
        stale.join("\n  "),
    );
}

fn lines(kind: &str) -> Vec<String> {
    let of_kind = |(scope, kinds): (&String, &Json)| -> Vec<String> {
        let properties = kinds.get(kind).and_then(Json::as_object).into_iter().flatten();
        properties.map(|(property, _)| format!("{scope} {kind} {property}")).collect()
    };
    let unjudged = unjudged();
    listed().iter().filter(|(scope, _)| !unjudged.contains(&scope.as_str())).flat_map(of_kind).collect()
}

/// The types of which nobody can say yet whether their lines apply.
fn unjudged() -> Vec<&'static str> {
    crate::ours::without_facts().iter().map(|of| of.token).collect()
}

/// The names in the list, by type.
fn names() -> BTreeMap<&'static str, Vec<(&'static str, &'static str)>> {
    let of = |kinds: &'static Json| {
        let names = kinds.get("names").and_then(Json::as_object).into_iter().flatten();
        names.map(|(ours, theirs)| (ours.as_str(), theirs.as_str().unwrap())).collect()
    };
    listed().iter().map(|(token, kinds)| (token.as_str(), of(kinds))).collect()
}

#[test]
fn every_listed_name_is_a_property_on_both_sides() {
    let types = crate::ours::modelled();
    let unjudged = unjudged();
    let listed = names().into_iter().filter(|(token, names)| !names.is_empty() && !unjudged.contains(token));
    for (token, names) in listed {
        let (of, model) = types.iter().find(|(of, _)| of.token == token).expect("a type of ours");
        for (ours, theirs) in names {
            let inside = model.limits().into_iter().filter(|limit| limit.path.split('.').any(|part| part == theirs));
            let inside: Vec<_> = inside.filter_map(|limit| crate::names::ours(of, limit.path)).collect();
            let is_ours = |(steps, _): &(Vec<Step>, Json)| steps.contains(&Step::Key(ours.to_owned()));
            let ours_has = of.outputs.iter().any(|field| field.name == ours) || inside.iter().any(is_ours);
            assert!(ours_has, "{token} has no {ours}");
            assert!(model.properties().contains(theirs) || !inside.is_empty(), "{} has no {theirs}", of.model);
        }
    }
}

#[test]
fn every_listed_type_and_kind_exists() {
    let kinds = [
        "names",
        "absent",
        "own",
        "replaces",
        "conditional",
        "readOnly",
        "writeOnly",
        "required",
        "wider",
        "unchecked",
    ];
    let types = crate::ours::types();
    for (token, listed) in listed().iter().filter(|(token, _)| *token != "*" && *token != "_about") {
        assert!(types.iter().any(|of| of.token == token), "there is no type {token}");
        let strange: Vec<_> =
            listed.as_object().unwrap().keys().filter(|kind| !kinds.contains(&kind.as_str())).collect();
        assert!(strange.is_empty(), "{token}: no kind of difference is called {strange:?}");
    }
}
