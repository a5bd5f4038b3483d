//! The cache of a tenant.

use framework::{
    Choice, Inputs,
    component::{ArgProperties, Forwarding, Inputs as _},
    property::{Choice as _, Decoding, Field, Record},
    value::{Map, Path},
};

use super::{ENGINE, of_component, said_to};
use crate::components::redis::{RedisEngine, RedisInputs};

/// What the cache says in another way here.
const BESIDE: [&str; 1] = [ENGINE];

/// The cache of a tenant, if it has one.
#[derive(Clone)]
pub enum TenantCache {
    /// There is none.
    None,
    /// One of its own.
    Own(Box<RedisInputs>),
}

/// What a tenant's cache is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:TenantCacheEngine")]
pub enum TenantCacheEngine {
    /// Valkey, which costs a fifth less than Redis.
    #[choice("valkey")]
    Valkey,
    /// Redis OSS.
    #[choice("redis")]
    Redis,
    /// No cache.
    #[choice("none")]
    None,
}

/// What the cache of a tenant says beside.
#[derive(Inputs, Clone)]
struct Kind {
    /// What runs.
    #[field(default = TenantCacheEngine::Valkey)]
    engine: TenantCacheEngine,
}

impl Forwarding for TenantCache {
    const TOKEN: &'static str = "index:TenantCache";
    const DOC: &'static str = "The cache of a tenant: a `Redis` of its own, or none.";

    fn fields() -> Vec<&'static Field> {
        Kind::FIELDS.iter().chain(of_component(RedisInputs::FIELDS, &BESIDE)).collect()
    }

    fn read(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Kind { engine } = Kind::decode_fields(map, at, to)?;
        let known: Vec<_> = match engine {
            TenantCacheEngine::None => Vec::new(),
            TenantCacheEngine::Valkey | TenantCacheEngine::Redis => {
                of_component(RedisInputs::FIELDS, &BESIDE).collect()
            }
        };
        let own = said_to(&known, engine.text(), map, at, to);
        let engine = match engine {
            TenantCacheEngine::Valkey => RedisEngine::Valkey,
            TenantCacheEngine::Redis => RedisEngine::Redis,
            TenantCacheEngine::None => return Some(TenantCache::None),
        };
        let inputs = RedisInputs::decode_fields(&own, at, to)?;
        Some(TenantCache::Own(Box::new(RedisInputs { engine, ..inputs })))
    }

    fn properties(&self) -> ArgProperties {
        match self {
            TenantCache::None => Kind { engine: TenantCacheEngine::None }.properties(),
            TenantCache::Own(cache) => cache.properties(),
        }
    }
}
