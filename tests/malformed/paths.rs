//! Whether a failure names a place that there is, or one where something is missing.

use std::collections::BTreeSet;

use framework::value::{Map, Path, Value};
use serde_json::Value as Json;

use crate::kinds::{self, Kind};

/// Whether the path is of something in these inputs, or of a property that could be there.
pub fn is_plausible(path: &str, inputs: &Map, kind: &Kind) -> bool {
    let (mut there, mut objects) = (BTreeSet::from([String::new()]), vec![Path::root()]);
    walk_map(inputs, &Path::root(), &mut there, &mut objects);
    there.contains(path) || missing(kind, &objects).any(|missing| missing == path)
}

/// Each property that could be in one of these objects.
fn missing<'a>(kind: &'a Kind, objects: &'a [Path]) -> impl Iterator<Item = String> + 'a {
    let own = kind.properties().map(|(name, _)| Path::of(name).to_string());
    let types = kinds::schema()["types"].as_object().into_iter().flatten();
    let names = types.filter_map(|(_, named)| named["properties"].as_object()).flat_map(names_of);
    let nested = names.flat_map(|name| objects.iter().map(move |object| object.key(name).to_string()));
    own.chain(nested)
}

fn names_of(properties: &serde_json::Map<String, Json>) -> impl Iterator<Item = &str> {
    properties.keys().map(String::as_str)
}

fn walk_map(map: &Map, at: &Path, there: &mut BTreeSet<String>, objects: &mut Vec<Path>) {
    for (key, value) in map {
        walk(value, &at.key(key), there, objects);
    }
}

fn walk(value: &Value, at: &Path, there: &mut BTreeSet<String>, objects: &mut Vec<Path>) {
    there.insert(at.to_string());
    match value {
        Value::Secret(inner) => walk(inner, at, there, objects),
        Value::Output(output) => output.value.iter().for_each(|value| walk(value, at, there, objects)),
        Value::List(items) => {
            items.iter().enumerate().for_each(|(index, item)| walk(item, &at.index(index), there, objects));
        }
        Value::Map(map) => {
            objects.push(at.clone());
            walk_map(map, at, there, objects);
        }
        _ => {}
    }
}
