//! What a program says of a tenant's stack.

use framework::{
    Choice, Inputs,
    component::{Forwarded, Given},
    property::Cidr,
    value::Output,
};

use super::parts::{TenantCache, TenantDatabase, TenantSecrets, TenantService};
use crate::{
    aws::{Mode, Tags},
    components::{Alb, Cluster, Dns, Edge, Network, Vpc, Zone},
    resources::domain_name::DomainName,
};

/// The inputs of [`TenantStack`](super::TenantStack).
#[derive(Inputs, Clone)]
pub struct TenantStackInputs {
    /// Who the tenant is: it stands in every name and tag, and in `<tenant>.<domain>`. Another one is another client:
    /// what is there ends as if the client had left, with last snapshots.
    #[field(pattern("[a-z][a-z0-9-]{1,30}", "2 to 31 small letters, digits and dashes, a letter first"))]
    pub tenant: String,
    /// What the tenant shares with others.
    #[field(default = Tier::Bridge)]
    pub tier: Tier,
    /// The network that everything of the tenant stands in, where no cluster or balancer has it. A silo makes its own
    /// when it is given none.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,
    /// The cluster that the services run in. A silo makes its own when it is given none.
    pub cluster: Option<Given<Cluster>>,
    /// The ARN of a cluster of another stack or one that isn't ours. It goes with `network`, or with a balancer, where
    /// the network is found.
    pub cluster_arn: Option<Output<String>>,
    /// The balancer that the services are reached through. A silo makes its own when it is given none.
    pub load_balancer: Option<Given<Alb>>,
    /// The same as plain data, for a balancer of another stack or one that isn't ours.
    pub edge: Option<Output<Edge>>,
    /// The domain in whose zone the tenant's names are made. A silo's own balancer takes its certificate from there.
    pub dns: Option<Given<Dns>>,
    /// The same as plain data, for a zone of another stack or one that isn't ours.
    pub zone: Option<Output<Zone>>,
    /// The IPv4 addresses of a silo's own network, a block of /16 to /21. 10.0.0.0/16 when absent.
    pub cidr_block: Option<Cidr>,
    /// The domain below which the tenant has a name: `example.com` gives `<tenant>.example.com`. With `dns` or `zone` the
    /// name is made; without, make it yourself.
    #[field(length(1, 221))]
    pub domain: Option<DomainName>,
    /// Further names of the tenant, such as `shop.acme.com`. Those below `domain` are made in the zone; make the others
    /// where their domain is kept. `certificateArns` has their certificates.
    #[field(items(1, 5), each(length(1, 128)))]
    pub hosts: Option<Vec<String>>,
    /// The ARNs of certificates for `hosts`, beside the one that the balancer has already. A balancer takes 25 of all its
    /// tenants together (Elastic Load Balancing, "Quotas for your Application Load Balancers").
    #[field(items(1, 25))]
    pub certificate_arns: Option<Vec<Output<String>>>,
    /// The services. Those with a `port` are reached by the tenant's names, which several share by their `paths`.
    #[field(items(0, 50))]
    pub services: Option<Vec<Forwarded<TenantService>>>,
    /// The database. A `Postgres` with its defaults when absent.
    pub database: Option<Forwarded<TenantDatabase>>,
    /// The cache. None when absent.
    pub cache: Option<Forwarded<TenantCache>>,
    /// Secrets, which every service gets as environment variables.
    pub secrets: Option<Forwarded<TenantSecrets>>,
    /// Whether AWS refuses to delete the tenant's database and the balancer of a silo. True in production, false in
    /// development. When the client leaves, set it to false and deploy before you take the tenant away.
    pub deletion_protection: Option<bool>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything of the tenant, beside `Tenant` and `Tier`, which everything gets. Each resource is also given a
    /// `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

/// What a tenant shares with others.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:Tier")]
pub enum Tier {
    /// The network, the cluster and the balancer, which it is given. Services, database, cache, secrets and security
    /// groups are its own.
    #[choice("bridge")]
    Bridge,
    /// Nothing, but for what it is given.
    #[choice("silo")]
    Silo,
    /// The database too. Not there yet.
    #[choice("pool")]
    Pool,
}
