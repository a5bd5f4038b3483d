//! What a program gets back from a tenant's stack.

use std::collections::BTreeMap;

use framework::{Outputs, value::Output};

use crate::components::{Edge, Link, Network};

/// The outputs of [`TenantStack`](super::TenantStack).
#[derive(Outputs, Clone)]
pub struct TenantStackOutputs {
    /// Who the tenant is.
    pub tenant: Output<String>,
    /// Where the tenant is reached, such as `https://acme.example.com`; nothing, if no service has a port.
    pub url: Output<Option<String>>,
    /// All names of the tenant.
    pub hosts: Output<Vec<String>>,
    /// Where each service with a port is reached, by its name.
    pub service_urls: Output<BTreeMap<String, String>>,
    /// What ECS calls each service, by its name.
    pub service_names: Output<BTreeMap<String, String>>,
    /// The ARN of each service, by its name.
    pub service_arns: Output<BTreeMap<String, String>>,
    /// The ARN of the task definition that each service runs, by its name.
    pub task_definition_arns: Output<BTreeMap<String, String>>,
    /// The ARN of the role that the containers of each service have, by its name.
    pub task_role_arns: Output<BTreeMap<String, String>>,
    /// The ARN of the target group of each service with a port, by its name.
    pub target_group_arns: Output<BTreeMap<String, String>>,
    /// The log group of each service, by its name.
    pub log_group_names: Output<BTreeMap<String, String>>,
    /// The ARN of the cluster.
    pub cluster_arn: Output<String>,
    /// The balancer as plain data; nothing, if there is none.
    pub edge: Output<Option<Edge>>,
    /// The instance or cluster of the database, by its identifier.
    pub database_identifier: Output<Option<String>>,
    /// The ARN of the database.
    pub database_arn: Output<Option<String>>,
    /// The name in DNS that leads to the database, inside of the network.
    pub database_host: Output<Option<String>>,
    /// The ARN of the secret of Secrets Manager that has the database's master password.
    pub database_secret_arn: Output<Option<String>>,
    /// What something else needs to use the database, for its `links`.
    pub database_link: Output<Option<Link>>,
    /// The replication group of the cache.
    pub cache_replication_group_id: Output<Option<String>>,
    /// The name in DNS that leads to the cache, inside of the network.
    pub cache_host: Output<Option<String>>,
    /// What something else needs to use the cache, for its `links`.
    pub cache_link: Output<Option<Link>>,
    /// The ARNs of the secrets, by the names of their environment variables.
    pub secret_arns: Output<BTreeMap<String, String>>,
    /// The security groups, by the names of the services; `database` and `cache` are those of the data.
    pub security_group_ids: Output<BTreeMap<String, String>>,
    /// The network that the tenant stands in.
    pub network: Output<Network>,
}
