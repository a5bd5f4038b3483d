//! Whatever AWS's model refuses, `Check` refuses.

use std::collections::BTreeSet;

use framework::{
    problem::Problems,
    property::{Field, Rule},
    value::{Map, Path, Value},
};
use serde_json::Value as Json;

use crate::{
    exceptions::{Finding, judge},
    model::Limit,
    names::{self, Step},
    ours::{Type, modelled},
    samples, wrong,
};

/// A place in the inputs of a type, and right inputs in which it is filled.
struct Place<'a> {
    of: &'a Type,
    steps: Vec<Step>,
    inputs: Map,
}

impl<'a> Place<'a> {
    fn of(of: &'a Type, steps: Vec<Step>) -> Option<Self> {
        let Some(Step::Key(name)) = steps.first() else { panic!("a path begins with a property") };
        let usual = samples::with(of, name)?;
        // Some parts go only with others, such as the configurations of actions.
        let known = || samples::listed_with(of, name).into_iter().chain(samples::variants(of, name));
        let others = || known().find(|inputs| reaches(inputs, &steps));
        let inputs = if reaches(&usual, &steps) { usual } else { others().unwrap_or(usual) };
        Some(Place { of, steps, inputs })
    }

    fn right(&self) -> Value {
        get(&Value::Map(self.inputs.clone()), &self.steps)
    }

    /// What `Check` makes of another value here.
    fn check(&self, value: Value) -> (Map, Problems) {
        let mut inputs = Value::Map(self.inputs.clone());
        put(&mut inputs, &self.steps, value);
        let Value::Map(inputs) = inputs else { unreachable!("inputs are a map") };
        self.of.check(&inputs)
    }

    /// Whether the value is refused for what it is: by a problem at this place, above or below it.
    fn refuses(&self, value: &Value) -> bool {
        let here = path(&self.steps).to_string();
        let (_, problems) = self.check(value.clone());
        problems.iter().any(|problem| {
            let there = problem.path.to_string();
            there.starts_with(&here) || here.starts_with(&there) && !there.is_empty()
        })
    }

    /// Whether a list is taken, and each of its elements once.
    fn makes_unique(&self, value: &Value) -> bool {
        let (checked, problems) = self.check(value.clone());
        let Value::List(items) = get(&Value::Map(checked), &self.steps) else { return false };
        let all: BTreeSet<_> = items.iter().map(|item| format!("{item:?}")).collect();
        problems.is_empty() && all.len() == items.len()
    }
}

fn path(steps: &[Step]) -> Path {
    steps.iter().fold(Path::root(), |path, step| match step {
        Step::Key(key) => path.key(key),
        Step::Element => path.index(0),
        Step::MapKey | Step::MapValue => path,
    })
}

/// Whether the inputs have the object or list that the place is in.
fn reaches(inputs: &Map, steps: &[Step]) -> bool {
    let around = steps.split_last().map(|(_, around)| around).unwrap_or_default();
    matches!(get(&Value::Map(inputs.clone()), around), Value::Map(_) | Value::List(_))
        || matches!(steps.last(), Some(Step::MapKey | Step::MapValue))
}

fn get(value: &Value, steps: &[Step]) -> Value {
    match (steps.split_first(), value) {
        (None, value) => value.clone(),
        (Some((Step::Key(key), rest)), Value::Map(map)) => map.get(key).map_or(Value::Null, |value| get(value, rest)),
        (Some((Step::Element, rest)), Value::List(items)) => {
            items.first().map_or(Value::Null, |value| get(value, rest))
        }
        (Some((Step::MapKey | Step::MapValue, _)), _) => Value::from("right"),
        _ => Value::Null,
    }
}

fn put(value: &mut Value, steps: &[Step], new: Value) {
    match (steps.split_first(), value) {
        (None, value) => *value = new,
        (Some((Step::Key(key), rest)), Value::Map(map)) => put(map.entry(key.clone()).or_default(), rest, new),
        (Some((Step::Element, rest)), Value::List(items)) if !items.is_empty() => put(&mut items[0], rest, new),
        (Some((Step::MapKey, _)), value) => {
            *value = Value::Map(Map::from([(new.as_str().unwrap_or_default().to_owned(), Value::from("right"))]));
        }
        (Some((Step::MapValue, _)), value) => *value = Value::Map(Map::from([("right".to_owned(), new)])),
        (Some(_), value) => panic!("the sample {value:?} has no {steps:?}: say one in samples.json"),
    }
}

/// The first value that the model refuses and we take.
fn taken(of: &Type, limit: &Limit, steps: Vec<Step>) -> Option<Value> {
    let place = Place::of(of, steps)?;
    let wrong = wrong::values(limit.kind, limit.value, &place.right());
    wrong.into_iter().find(|value| !(place.refuses(value) || limit.kind == "u" && place.makes_unique(value)))
}

fn shown(value: &Value) -> String {
    let text = format!("{value:?}");
    if text.chars().count() <= 60 {
        text
    } else {
        format!("{}… ({} characters)", text.chars().take(60).collect::<String>(), text.chars().count())
    }
}

#[test]
fn check_refuses_what_the_model_refuses() {
    let mut findings = Vec::new();
    for (of, model) in modelled() {
        for limit in model.limits() {
            let Some((steps, _)) = names::ours(&of, limit.path) else { continue };
            findings.extend(taken(&of, &limit, steps).map(|value| Finding {
                token: of.token,
                property: format!("{} {}", limit.path, wrong::word(limit.kind)),
                ours: format!("takes {}", shown(&value)),
                theirs: limit.value.to_string(),
            }));
        }
    }
    judge("unchecked", &findings);
}

/// The values that we name: of a choice, or of a rule.
fn named(of: &Type, steps: &[Step], node: &Json) -> Vec<Json> {
    let choices = of.resolve(node)["enum"].as_array().cloned().unwrap_or_default();
    let choices = choices.into_iter().map(|choice| choice["value"].clone());
    let rules = match steps {
        [Step::Key(name)] => of.input(name).map_or(&[][..], |field| field.rules),
        [Step::Key(name), Step::Element] => of.input(name).map_or(&[][..], of_elements),
        _ => &[],
    };
    let numbers = rules.iter().filter_map(|rule| match rule {
        Rule::OneOf(numbers) => Some(numbers.iter().map(|number| Json::from(*number))),
        _ => None,
    });
    choices.chain(numbers.flatten()).collect()
}

fn of_elements(field: &Field) -> &'static [Rule] {
    let each = field.rules.iter().find_map(|rule| match rule {
        Rule::Each(rules) => Some(*rules),
        _ => None,
    });
    each.unwrap_or_default()
}

#[test]
fn we_name_no_value_that_the_model_does_not() {
    let mut findings = Vec::new();
    for (of, model) in modelled() {
        for limit in model.limits().into_iter().filter(|limit| limit.kind == "e") {
            let Some((steps, node)) = names::ours(&of, limit.path) else { continue };
            let theirs = model.limit(limit.path, "e").and_then(Json::as_array).unwrap();
            let wider: Vec<_> = named(&of, &steps, &node).into_iter().filter(|value| !theirs.contains(value)).collect();
            if !wider.is_empty() {
                findings.push(Finding {
                    token: of.token,
                    property: limit.path.to_owned(),
                    ours: format!("{wider:?}"),
                    theirs: limit.value.to_string(),
                });
            }
        }
    }
    judge("wider", &findings);
}
