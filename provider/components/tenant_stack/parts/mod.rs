//! The parts of a tenant's stack that components of their own make, in the words of those.

mod cache;
mod database;
mod secrets;
mod service;

use framework::{
    property::{Decoding, Field},
    value::{Map, Path},
};

pub use cache::{TenantCache, TenantCacheEngine};
pub use database::{TenantDatabase, TenantDatabaseEngine};
pub use secrets::TenantSecrets;
pub use service::TenantService;

/// What the stack itself says to every part.
const OF_THE_STACK: [&str; 4] = ["vpc", "network", "mode", "tags"];

/// The property by which database and cache say what they are.
const ENGINE: &str = "engine";

/// The properties of a component but for those that the stack gives, and those that the part says in another way.
fn of_component(fields: &'static [Field], but: &'static [&'static str]) -> impl Iterator<Item = &'static Field> {
    fields.iter().filter(|field| !OF_THE_STACK.contains(&field.name) && !but.contains(&field.name))
}

/// What the object says to the component that its `engine` means. What another engine alone has is noted.
fn said_to(component: &[&'static Field], engine: &str, map: &Map, at: &Path, to: &mut Decoding) -> Map {
    let said = map.iter().filter(|(name, value)| *name != ENGINE && !value.is_null());
    let (own, others): (Map, Map) = said
        .map(|(name, value)| (name.clone(), value.clone()))
        .partition(|(name, _)| component.iter().any(|field| field.name == *name));
    for name in others.keys() {
        to.problem(&at.key(name), format!("means nothing with engine {engine}"));
    }
    own
}
