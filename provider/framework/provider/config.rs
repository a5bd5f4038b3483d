//! The provider's own configuration: checked, compared, taken.

use super::{Configured, Provider};
use crate::{
    cloud::{Cloud, Identity},
    problem::Problems,
    property::{Decoding, Field, Properties, Record, refuse_unknown_keys},
    resource::{Adoption, ChangeKind, Difference, PropertyChange, changes},
    value::{Map, Path, Value, without_nulls},
};

/// What the engine adds to a provider's configuration for itself.
const ENGINES_OWN: [&str; 3] = ["version", "pluginDownloadURL", "pluginChecksums"];

impl<C: Cloud> Provider<C> {
    /// The configuration in its own types, and everything that is wrong with it.
    pub fn check_config(&self, news: Map) -> (Map, Problems) {
        let kept: Map = news.iter().filter(|(key, _)| is_engines(key)).map(|(k, v)| (k.clone(), v.clone())).collect();
        let mut config = in_own_types(C::Config::FIELDS, news);
        let mut notes = Decoding::new();
        refuse_unknown_keys(&config, C::Config::FIELDS, &Path::root(), &mut notes);
        for field in C::Config::FIELDS {
            match config.get(field.name) {
                Some(value) => field.check(value, &Path::of(field.name), &mut notes),
                None if field.required => notes.problem(&Path::of(field.name), "is required"),
                None => {}
            }
        }
        let mut problems = notes.into_problems();
        C::rules(&Properties::new(&config), &mut problems);
        config.extend(kept);
        (config, problems)
    }

    /// What a change of the configuration means for everything that was made with the old one.
    pub fn diff_config(&self, old: &Map, new: &Map) -> Difference {
        let (old, new) = (in_own_types(C::Config::FIELDS, old.clone()), in_own_types(C::Config::FIELDS, new.clone()));
        let mut found = changes(C::Config::FIELDS.iter(), &old, &new);
        if let (Some(old), Some(new)) = (decode::<C>(&old), decode::<C>(&new)) {
            for name in C::unreachable_after(&old, &new) {
                let change = PropertyChange { kind: ChangeKind::Update, replaces: true };
                found.insert(Path::of(name), change);
            }
        }
        Difference { changes: found, ..Difference::default() }
    }

    /// Takes the configuration of the provider resource that this process serves.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub async fn configure(&self, args: Map, identity: Identity) -> Result<(), Problems> {
        let config = in_own_types(C::Config::FIELDS, args);
        let mut notes = Decoding::new();
        let read = C::Config::decode_fields(&config, &Path::root(), &mut notes);
        notes.into_problems().into_result()?;
        let Some(config) = read else { return Err(Problems::one(Path::root(), "is incomplete")) };
        let cloud = C::configure(config).await?;
        if let Ok(mut configured) = self.configured.write() {
            let configuration = Configured { cloud: cloud.into(), identity, adoption: Adoption::default() };
            *configured = Some(configuration.into());
        }
        Ok(())
    }
}

fn is_engines(key: &str) -> bool {
    key.starts_with("__") || ENGINES_OWN.contains(&key)
}

fn decode<C: Cloud>(config: &Map) -> Option<C::Config> {
    let mut notes = Decoding::new();
    C::Config::decode_fields(config, &Path::root(), &mut notes).filter(|_| !notes.saw_unknown())
}

/// The configuration without what is the engine's, each value in its own type: some SDKs, and all
/// stack configuration, carry everything that isn't a text as JSON in a text.
fn in_own_types(fields: &[Field], config: Map) -> Map {
    without_nulls(config)
        .into_iter()
        .filter(|(key, _)| !is_engines(key))
        .map(|(key, value)| match fields.iter().find(|field| field.name == key) {
            Some(field) => (key, in_own_type(field, value)),
            None => (key, value),
        })
        .collect()
}

fn in_own_type(field: &Field, value: Value) -> Value {
    match value {
        Value::Secret(inner) => in_own_type(field, *inner).into_secret(),
        Value::String(text) if is_structured(field) => match serde_json::from_str(&text) {
            Ok(document) => from_json(document),
            Err(_) => Value::String(text),
        },
        other => other,
    }
}

/// Whether a text could not be the value itself.
fn is_structured(field: &Field) -> bool {
    let mut notes = Decoding::new();
    (field.accepts)(&Value::String("[".to_owned()), &Path::root(), &mut notes);
    !notes.problems().is_empty()
}

fn from_json(document: serde_json::Value) -> Value {
    match document {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(value),
        serde_json::Value::Number(number) => number.as_f64().map_or(Value::Null, Value::Number),
        serde_json::Value::String(text) => Value::String(text),
        serde_json::Value::Array(items) => Value::List(items.into_iter().map(from_json).collect()),
        serde_json::Value::Object(map) => Value::Map(map.into_iter().map(|(k, v)| (k, from_json(v))).collect()),
    }
}
