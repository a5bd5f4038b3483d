//! The fixed sets of words of a replication group.

use aws_sdk_elasticache::types;
use framework::Choice;

use crate::resources::wire::wired_choices;

/// The engine of a cache.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticache:CacheEngine")]
pub enum CacheEngine {
    /// Valkey, which costs less.
    #[choice("valkey")]
    Valkey,
    /// Redis OSS.
    #[choice("redis")]
    Redis,
}

/// How clients see the shards of a cache.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:ClusterMode")]
pub enum ClusterMode {
    /// There are none.
    #[default]
    #[choice("disabled")]
    Disabled,
    /// Clients may, or may not, know of them: a step on the way.
    #[choice("compatible")]
    Compatible,
    /// Clients know of them.
    #[choice("enabled")]
    Enabled,
}

/// Whether connections without encryption are taken.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:TransitEncryptionMode")]
pub enum TransitEncryptionMode {
    /// Both kinds are taken, so that clients can move.
    #[choice("preferred")]
    Preferred,
    /// All are encrypted.
    #[default]
    #[choice("required")]
    Required,
}

/// The kind of nodes' addresses.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:NetworkType")]
pub enum NetworkType {
    /// IPv4.
    #[default]
    #[choice("ipv4")]
    Ipv4,
    /// IPv6.
    #[choice("ipv6")]
    Ipv6,
    /// Both.
    #[choice("dual_stack")]
    DualStack,
}

/// Which kind of addresses clients are told.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:IpDiscovery")]
pub enum IpDiscovery {
    /// IPv4.
    #[default]
    #[choice("ipv4")]
    Ipv4,
    /// IPv6.
    #[choice("ipv6")]
    Ipv6,
}

/// How writes are made to last.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:Durability")]
pub enum Durability {
    /// As AWS thinks best for the engine's version.
    #[default]
    #[choice("default")]
    Default,
    /// They are kept after they are answered.
    #[choice("async")]
    Async,
    /// They are kept before they are answered.
    #[choice("sync")]
    Sync,
    /// They are in memory alone.
    #[choice("disabled")]
    Disabled,
}

/// What becomes of a password when another one is set.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticache:AuthTokenUpdateStrategy")]
pub enum AuthTokenUpdateStrategy {
    /// It isn't taken any more, once all nodes know the new one. Whoever knows no other is locked out.
    #[choice("SET")]
    Set,
    /// It is taken until the next change, beside the new one.
    #[choice("ROTATE")]
    Rotate,
}

/// A kind of log.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:CacheLogType")]
pub enum CacheLogType {
    /// Commands that took long.
    #[default]
    #[choice("slow-log")]
    SlowLog,
    /// What the engine itself says.
    #[choice("engine-log")]
    EngineLog,
}

/// How logs are written.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:LogFormat")]
pub enum LogFormat {
    /// As JSON.
    #[default]
    #[choice("json")]
    Json,
    /// As text.
    #[choice("text")]
    Text,
}

/// The kind of a log's destination.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "elasticache:LogDestinationType")]
pub enum LogDestinationType {
    /// A log group of CloudWatch Logs.
    #[default]
    #[choice("cloudwatch-logs")]
    CloudWatchLogs,
    /// A delivery stream of Amazon Data Firehose.
    #[choice("kinesis-firehose")]
    KinesisFirehose,
}

wired_choices! {
    ClusterMode = types::ClusterMode,
    TransitEncryptionMode = types::TransitEncryptionMode,
    NetworkType = types::NetworkType,
    IpDiscovery = types::IpDiscovery,
    Durability = types::Durability,
    CacheLogType = types::LogType,
    LogFormat = types::LogFormat,
    LogDestinationType = types::DestinationType,
}
