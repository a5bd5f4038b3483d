//! Types in the schema's words.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::limits::described;
use crate::property::{Choice, Field, Record};

/// A type, as a property's specification says it.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeSpec(Json);

impl TypeSpec {
    /// `string`, `boolean`, `integer` or `number`.
    #[must_use]
    pub fn primitive(name: &str) -> Self {
        TypeSpec(json!({ "type": name }))
    }

    /// A list of such.
    #[must_use]
    pub fn array(items: TypeSpec) -> Self {
        TypeSpec(json!({ "type": "array", "items": items.0 }))
    }

    /// A map from any key to such.
    #[must_use]
    pub fn map(values: TypeSpec) -> Self {
        TypeSpec(json!({ "type": "object", "additionalProperties": values.0 }))
    }

    /// Anything.
    #[must_use]
    pub fn any() -> Self {
        TypeSpec(json!({ "$ref": "pulumi.json#/Any" }))
    }

    fn reference(kind: &str, token: &str) -> Self {
        TypeSpec(json!({ "$ref": format!("#/{kind}/{token}") }))
    }

    /// The specification itself.
    #[must_use]
    pub fn into_json(self) -> Json {
        self.0
    }
}

/// The named types that a package's properties use.
pub struct Types {
    package: String,
    found: BTreeMap<String, Json>,
}

impl Types {
    /// No types yet.
    #[must_use]
    pub fn new(package: &str) -> Self {
        Types { package: package.to_owned(), found: BTreeMap::new() }
    }

    /// The full token of a name in this package.
    #[must_use]
    pub fn token(&self, name: &str) -> String {
        format!("{}:{name}", self.package)
    }

    /// The type of a record, which is added to the named types.
    pub fn object<T: Record>(&mut self, name: &str, doc: &str) -> TypeSpec {
        self.object_of(name, doc, &T::FIELDS.iter().collect::<Vec<_>>())
    }

    /// The type of an object with those properties, which is added to the named types.
    pub fn object_of(&mut self, name: &str, doc: &str, fields: &[&Field]) -> TypeSpec {
        let token = self.token(name);
        if !self.found.contains_key(&token) {
            // Stands in while the fields are looked at: a type may hold itself.
            self.found.insert(token.clone(), Json::Null);
            let mut properties = self.inputs(fields.iter().copied());
            properties.values_mut().for_each(default_in_words);
            let required: Vec<_> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
            let mut object = json!({ "description": doc, "type": "object", "properties": properties });
            if !required.is_empty() {
                object["required"] = json!(required);
            }
            self.found.insert(token.clone(), object);
        }
        TypeSpec::reference("types", &token)
    }

    /// The type of a choice, which is added to the named types.
    pub fn choice<T: Choice>(&mut self) -> TypeSpec {
        let token = self.token(T::TOKEN);
        self.found.entry(token.clone()).or_insert_with(|| {
            let values: Vec<_> = T::VALUES
                .iter()
                .map(|(text, name, doc)| json!({ "name": name, "value": text, "description": doc }))
                .collect();
            json!({ "description": T::DOC, "type": "string", "enum": values })
        });
        TypeSpec::reference("types", &token)
    }

    /// The type of a resource or component of this package, passed by reference.
    #[must_use]
    pub fn resource(&self, name: &str) -> TypeSpec {
        TypeSpec::reference("resources", &self.token(name))
    }

    /// Whether a property's specification is that of a choice.
    pub(super) fn is_choice(&self, spec: &Json) -> bool {
        let token = spec["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/types/"));
        token.and_then(|token| self.found.get(token)).is_some_and(|named| named.get("enum").is_some())
    }

    /// The specifications of properties, by name.
    pub fn properties<'a>(&mut self, fields: impl Iterator<Item = &'a Field>) -> BTreeMap<String, Json> {
        fields.map(|field| (field.name.to_owned(), self.property(field))).collect()
    }

    /// The specifications of what a program says: with the limits of each.
    pub fn inputs<'a>(&mut self, fields: impl Iterator<Item = &'a Field>) -> BTreeMap<String, Json> {
        let mut specs = BTreeMap::new();
        for field in fields {
            let mut spec = self.property(field);
            spec["description"] = json!(described(field.doc, field.rules));
            specs.insert(field.name.to_owned(), spec);
        }
        specs
    }

    fn property(&mut self, field: &Field) -> Json {
        let mut spec = (field.spec)(self).into_json();
        spec["description"] = json!(field.doc);
        if let Some(default) = field.default.and_then(|default| primitive(&default())) {
            spec["default"] = default;
        }
        if field.secret {
            spec["secret"] = json!(true);
        }
        if field.replaces {
            spec["willReplaceOnChanges"] = json!(true);
        }
        spec
    }

    /// All named types that were used.
    #[must_use]
    pub fn into_found(self) -> BTreeMap<String, Json> {
        self.found
    }
}

/// Says a default in the description alone. SDKs fill in what the schema says, and for that they turn the object, and
/// the list that it stands in, into one value that is unknown or secret as soon as a part of it is: a component whose
/// structure follows from it couldn't be shown in a preview. The provider fills it in anyway.
fn default_in_words(property: &mut Json) {
    let Some(default) = property.as_object_mut().and_then(|property| property.remove("default")) else { return };
    let words = default.as_str().map_or_else(|| default.to_string(), ToOwned::to_owned);
    let doc = property["description"].as_str().unwrap_or_default().to_owned();
    let glue = if doc.lines().nth(1).is_some() { "\n\n" } else { " " };
    property["description"] = json!(format!("{doc}{glue}`{words}` when absent."));
}

/// A default as the schema can say it: texts, numbers and truth values only.
#[allow(clippy::cast_possible_truncation, reason = "whole defaults are written without a fraction")]
fn primitive(value: &crate::value::Value) -> Option<Json> {
    use crate::value::Value;
    match value {
        Value::Bool(value) => Some(json!(value)),
        Value::String(value) => Some(json!(value)),
        Value::Number(value) if value.fract() == 0.0 => Some(json!(*value as i64)),
        Value::Number(value) => Some(json!(value)),
        _ => None,
    }
}
