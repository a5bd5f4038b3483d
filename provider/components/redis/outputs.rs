//! What a program gets back from a cache.

use framework::{Outputs, value::Output};

use crate::components::Link;

/// The outputs of [`Redis`](super::Redis).
#[derive(Outputs, Clone)]
pub struct RedisOutputs {
    /// The id of the replication group.
    pub replication_group_id: Output<String>,
    /// The name in DNS that leads to it, inside of the network: to the primary, or with shards to all of them.
    pub host: Output<String>,
    /// The name that leads to its replicas, for reading; with shards the same as `host`.
    pub reader_host: Output<String>,
    /// The port on which it answers.
    pub port: Output<i32>,
    /// The ARN of the secret of Secrets Manager that has the token.
    pub secret_arn: Output<String>,
    /// The security group. It lets nobody in but those that are linked.
    pub security_group_id: Output<String>,
    /// What a service needs to use it, for its `links`.
    pub link: Output<Link>,
}
