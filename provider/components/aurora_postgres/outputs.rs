//! What a program gets back from an Aurora `PostgreSQL` database.

use framework::{Outputs, value::Output};

use crate::components::Link;

/// The outputs of [`AuroraPostgres`](super::AuroraPostgres).
#[derive(Outputs, Clone)]
pub struct AuroraPostgresOutputs {
    /// The name of the cluster.
    pub cluster_identifier: Output<String>,
    /// The ARN of the cluster.
    pub cluster_arn: Output<String>,
    /// The name in DNS that leads to the member that writes, inside of the network.
    pub host: Output<String>,
    /// The name in DNS that leads to the members that only read, or to the one that writes where there are no others.
    pub reader_host: Output<String>,
    /// The port on which it answers.
    pub port: Output<i32>,
    /// The database in it.
    pub database_name: Output<String>,
    /// The master user.
    pub username: Output<String>,
    /// The ARN of the secret of Secrets Manager that has the master password: JSON with `username` and `password`.
    pub secret_arn: Output<String>,
    /// The security group. It lets nobody in but those that are linked.
    pub security_group_id: Output<String>,
    /// What a service needs to use it, for its `links`.
    pub link: Output<Link>,
}
