//! What a program says of a cache.

use std::collections::BTreeMap;

use framework::{Choice, Inputs, component::Given, value::Output};

use crate::{
    aws::{Mode, Tags},
    components::{Network, Vpc},
};

/// The inputs of [`Redis`](super::Redis).
#[derive(Inputs, Clone)]
pub struct RedisInputs {
    /// The network that the cache stands in, in its isolated subnets. It stays there: another network needs
    /// another cache.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,
    /// What answers. Valkey costs a fifth less than Redis OSS, and what speaks with one speaks with the other. From
    /// `redis` to `valkey` is a change in place; back needs another cache.
    #[field(default = RedisEngine::Valkey)]
    pub engine: RedisEngine,
    /// The version of the engine: `8.1` of Valkey, `7.1` of Redis OSS when absent. A later one is installed in place.
    #[field(pattern(r"[0-9]{1,2}\.[0-9]{1,2}", "a version such as 8.1"))]
    pub engine_version: Option<String>,
    /// The class of the nodes. Another one is changed in place, while the cache answers.
    #[field(
        default = RedisInputs::NODE_TYPE,
        pattern(r"cache\.[a-z0-9-]+\.[a-z0-9]+", "a class such as cache.t4g.micro")
    )]
    pub node_type: String,
    /// How many copies each shard has beside its primary, in other Availability Zones; one of them takes over when that
    /// fails. 1 in production, 0 in development.
    #[field(range(0, 5))]
    pub replicas: Option<i32>,
    /// Over how many shards the data is spread, with cluster mode, which clients must know. Without cluster mode when
    /// absent. From absent to a number, and back, needs another cache.
    #[field(range(1, 500))]
    pub shards: Option<i32>,
    /// Parameters of the engine, by name, such as `maxmemory-policy`.
    pub parameters: Option<BTreeMap<String, String>>,
    /// For how many days daily snapshots are kept. 7 in production, 1 in development; 0 takes none.
    #[field(range(0, 35))]
    pub snapshot_retention_days: Option<i32>,
    /// Whether whatever deletes it takes a final snapshot before.
    #[field(default = true)]
    pub final_snapshot: bool,
    /// The ARN of the key of KMS that encrypts what it keeps; AWS's own when absent. Another one needs another cache.
    #[field(length(1, 2048))]
    pub kms_key_id: Option<Output<String>>,
    /// Whether the cache may be replaced by an empty one, where a change needs that.
    #[field(default = false)]
    pub allow_replace: bool,
    /// What stands in front of the names of the variables of `link`: `JOBS_` gives `JOBS_REDIS_HOST` and so on. For a
    /// service with two caches.
    #[field(length(1, 40), pattern("[A-Za-z_][A-Za-z0-9_]*", "letters, digits and underscores, not a digit first"))]
    pub link_prefix: Option<String>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything of the cache. Each resource is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

/// What answers in a cache.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:RedisEngine")]
pub enum RedisEngine {
    /// Valkey.
    #[choice("valkey")]
    Valkey,
    /// Redis OSS.
    #[choice("redis")]
    Redis,
}

impl RedisInputs {
    /// The class of the nodes, unless the program says another.
    pub const NODE_TYPE: &'static str = "cache.t4g.micro";
}
