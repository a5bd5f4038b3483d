//! Our names and AWS's: `vpcId` is `VpcId`, unless `exceptions.json` has another name for it.

use serde_json::Value as Json;

use crate::{exceptions, ours::Type};

/// One step into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// A property.
    Key(String),
    /// Any element of a list.
    Element,
    /// Any key of a map, AWS's `Tags[].Key`.
    MapKey,
    /// Any value of a map, AWS's `Tags[].Value`.
    MapValue,
}

/// AWS's name of a property of ours.
pub fn theirs(token: &str, ours: &str) -> String {
    exceptions::name(token, ours).unwrap_or_else(|| {
        let mut letters = ours.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
    })
}

/// Where in our inputs a path of AWS's leads, and what the schema says of the place; nothing if we don't have it.
pub fn ours(of: &Type, path: &str) -> Option<(Vec<Step>, Json)> {
    let mut steps = Vec::new();
    let mut node = Json::Null;
    for (at, part) in path.split('.').enumerate() {
        let name = part.trim_end_matches("[]");
        let properties =
            if at == 0 { of.schema["inputProperties"].clone() } else { of.resolve(&node)["properties"].clone() };
        if node.get("additionalProperties").is_some() {
            steps.push(if name == "Key" { Step::MapKey } else { Step::MapValue });
            node = node["additionalProperties"].clone();
            continue;
        }
        let (ours, found) = properties.as_object()?.iter().find(|(ours, _)| theirs(of.token, ours) == name)?;
        steps.push(Step::Key(ours.clone()));
        node = found.clone();
        for _ in 0..part.matches("[]").count() {
            if let Some(items) = node.get("items").cloned() {
                steps.push(Step::Element);
                node = items;
            }
        }
    }
    Some((steps, node))
}
