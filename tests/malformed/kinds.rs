//! Every type that the provider offers, as its schema says it.

use std::sync::OnceLock;

use framework::{property::Field, schema::Member};
use serde_json::Value as Json;

/// A resource or a component.
pub struct Kind {
    /// The type, as the registry has it.
    pub member: Member,
    /// What the schema says of it.
    pub schema: &'static Json,
}

/// Every type.
pub fn all() -> Vec<&'static Kind> {
    static ALL: OnceLock<Vec<Kind>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let members = tenantstack::provider().registry().members();
        let kind = |member: Member| Kind { schema: &schema()["resources"][token(member.token)], member };
        members.into_iter().map(kind).collect()
    });
    all.iter().collect()
}

/// Every resource.
pub fn resources() -> Vec<&'static Kind> {
    all().into_iter().filter(|kind| !kind.member.is_component).collect()
}

/// Every component.
pub fn components() -> Vec<&'static Kind> {
    all().into_iter().filter(|kind| kind.member.is_component).collect()
}

/// The schema, as a document.
pub fn schema() -> &'static Json {
    static SCHEMA: OnceLock<Json> = OnceLock::new();
    SCHEMA.get_or_init(|| serde_json::from_str(&tenantstack::provider().schema()).unwrap())
}

/// Values that are right, by the names of properties.
pub fn samples() -> &'static Json {
    static SAMPLES: OnceLock<Json> = OnceLock::new();
    SAMPLES.get_or_init(|| serde_json::from_str(include_str!("../models/samples.json")).unwrap())
}

/// The named type that a part of the schema refers to, or the part itself.
pub fn resolve(node: &'static Json) -> &'static Json {
    let named = node["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/types/"));
    named.map_or(node, |name| &schema()["types"][name])
}

fn token(own: &str) -> String {
    format!("tenantstack:{own}")
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.member.token)
    }
}

impl Kind {
    /// The type's full name.
    pub fn token(&self) -> String {
        token(self.member.token)
    }

    /// The URN of a resource of this type.
    pub fn urn(&self) -> String {
        format!("urn:pulumi:dev::shop::{}::a", self.token())
    }

    /// The input of that name.
    pub fn input(&self, name: &str) -> Option<&'static Field> {
        self.member.inputs.iter().find(|field| field.name == name).copied()
    }

    /// What the schema says of each input, by its name.
    pub fn properties(&self) -> impl Iterator<Item = (&'static str, &'static Json)> {
        let properties = self.schema["inputProperties"].as_object();
        properties.into_iter().flatten().map(|(name, node)| (name.as_str(), node))
    }
}
