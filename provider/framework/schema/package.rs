//! The whole package, as `GetSchema` answers it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::Types;
use crate::{
    cloud::Cloud,
    component::{Component, Outputs},
    property::{Field, Record, Role},
    resource::{Managed, Resource},
};

/// What a package says of itself.
#[derive(Clone, Debug)]
pub struct PackageInfo {
    /// The package's name: the first part of every token.
    pub name: &'static str,
    /// Its version, without a `v`.
    pub version: &'static str,
    /// Everything else at the top of the schema: names, links, language blocks.
    pub about: Json,
}

/// A resource or component, as the schema says it.
#[derive(Clone)]
pub struct Member {
    /// The token without the package.
    pub token: &'static str,
    /// The cloud's own name of the type; empty for a type of our own.
    pub model: &'static str,
    /// The description.
    pub doc: &'static str,
    /// Whether it groups others and has no id.
    pub is_component: bool,
    /// What a program says.
    pub inputs: Vec<&'static Field>,
    /// What it gets back.
    pub outputs: Vec<&'static Field>,
}

impl Member {
    /// A custom resource.
    #[must_use]
    pub fn resource<T: Managed>() -> Self {
        let common = <T::Cloud as Cloud>::COMMON.iter();
        let own = <T as Resource>::FIELDS.iter();
        Member {
            token: T::TOKEN,
            model: T::MODEL,
            doc: T::DOC,
            is_component: false,
            inputs: own.clone().filter(|field| field.role == Role::Input).chain(common.clone()).collect(),
            outputs: own.chain(common).collect(),
        }
    }

    /// A component.
    #[must_use]
    pub fn component<K: Component>() -> Self {
        Member {
            token: K::TOKEN,
            model: "",
            doc: K::DOC,
            is_component: true,
            inputs: K::Inputs::FIELDS.iter().collect(),
            outputs: K::Outputs::FIELDS.iter().collect(),
        }
    }

    fn spec(&self, types: &mut Types) -> Json {
        let mut spec = json!({
            "description": self.doc,
            "type": "object",
            "properties": types.properties(self.outputs.iter().copied()),
            "inputProperties": types.inputs(self.inputs.iter().copied()),
        });
        let required = |fields: &[&Field], holds: fn(&Field) -> bool| -> Vec<&str> {
            fields.iter().filter(|field| holds(field)).map(|field| field.name).collect()
        };
        spec["required"] = json!(required(&self.outputs, |field| field.always));
        spec["requiredInputs"] = json!(required(&self.inputs, |field| field.required));
        if self.is_component {
            spec["isComponent"] = json!(true);
        }
        spec
    }
}

/// Everything that a package offers.
pub struct Package<'a> {
    /// What it says of itself.
    pub info: &'a PackageInfo,
    /// The provider's configuration.
    pub config: &'static [Field],
    /// Resources and components.
    pub members: Vec<Member>,
}

impl Package<'_> {
    /// The schema, the same for the same types.
    #[must_use]
    pub fn schema(&self) -> String {
        let mut types = Types::new(self.info.name);
        let resources: BTreeMap<String, Json> =
            self.members.iter().map(|member| (types.token(member.token), member.spec(&mut types))).collect();
        let config = types.inputs(self.config.iter());
        let required: Vec<_> = self.config.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut schema = self.info.about.clone();
        schema["name"] = json!(self.info.name);
        schema["version"] = json!(self.info.version);
        schema["config"] = json!({ "variables": as_texts(&config, &types), "defaults": required });
        schema["provider"] = json!({
            "description": format!("The configuration of the {} provider.", self.info.name),
            "type": "object",
            "inputProperties": config,
            "requiredInputs": required,
        });
        schema["resources"] = json!(resources);
        schema["types"] = json!(types.into_found());
        format!("{schema:#}\n")
    }
}

/// Stack configuration with choices as texts: Go's SDK can't name a package's own types in it.
fn as_texts(config: &BTreeMap<String, Json>, types: &Types) -> BTreeMap<String, Json> {
    let as_text = |spec: &Json| match types.is_choice(spec) {
        true => {
            let mut text = spec.clone();
            if let Some(spec) = text.as_object_mut() {
                spec.shift_remove("$ref");
            }
            text["type"] = json!("string");
            text
        }
        false => spec.clone(),
    };
    config.iter().map(|(name, spec)| (name.clone(), as_text(spec))).collect()
}
