//! AWS's word on a type: the facts that `extract.py` took from its CloudFormation schema.

use std::{collections::BTreeSet, sync::OnceLock};

use serde_json::Value as Json;

/// What AWS says of a type.
#[derive(Clone, Copy)]
pub struct Model(&'static Json);

/// A limit of a property.
pub struct Limit {
    /// The property's path: `Tags[].Key`.
    pub path: &'static str,
    /// What kind of limit: one of the keys of `c`.
    pub kind: &'static str,
    /// The limit.
    pub value: &'static Json,
}

fn facts() -> &'static Json {
    static FACTS: OnceLock<Json> = OnceLock::new();
    FACTS.get_or_init(|| serde_json::from_str(include_str!("cfn-facts.json")).unwrap())
}

impl Model {
    /// The type of that name; nothing before `extract.py` was asked for it.
    pub fn of(name: &str) -> Option<Self> {
        facts()["types"].get(name).map(Model)
    }

    /// A list of property paths: `co`, `cco`, `ro`, `wo`, `id`, `req`.
    pub fn list(self, key: &str) -> BTreeSet<&'static str> {
        self.0[key].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect()
    }

    /// Every property of the top.
    pub fn properties(self) -> BTreeSet<&'static str> {
        let limited = self.0["c"].as_object().unwrap().keys().map(String::as_str);
        limited.filter(|path| is_top(path)).collect()
    }

    /// Every limit of every property.
    pub fn limits(self) -> Vec<Limit> {
        let limited = self.0["c"].as_object().unwrap().iter();
        limited
            .flat_map(|(path, limits)| {
                let each = limits.as_object().unwrap().iter();
                each.map(move |(kind, value)| Limit { path, kind, value })
            })
            .collect()
    }

    /// A limit of a property.
    pub fn limit(self, path: &str, kind: &str) -> Option<&'static Json> {
        self.0["c"].get(path)?.get(kind)
    }

    /// All types that the file has.
    pub fn names() -> BTreeSet<&'static str> {
        facts()["types"].as_object().unwrap().keys().map(String::as_str).collect()
    }
}

/// Whether a path is a property of the type itself.
pub fn is_top(path: &str) -> bool {
    !path.contains(['.', '['])
}

/// The property of the type that a path lies in.
pub fn top(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or_default()
}
