//! What a program says of a load balancer.

use framework::{Inputs, Object, component::Given, property::Cidr, value::Output};

use crate::{
    aws::{Mode, Tags},
    components::{Dns, Network, Vpc, Zone},
    resources::domain_name::DomainName,
};

/// The inputs of [`Alb`](super::Alb).
#[derive(Inputs, Clone)]
pub struct AlbInputs {
    /// The network that the load balancer stands in.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,
    /// Whether it is reached from inside of the network alone: it stands in private subnets then, and lets in
    /// the network's own addresses unless `allowedCidrs` says otherwise.
    #[field(default = false)]
    pub internal: bool,
    /// The domain in whose zone the load balancer gets a name, and from which it takes its certificate.
    pub dns: Option<Given<Dns>>,
    /// The same as plain data, for a zone of another stack or one that isn't ours.
    pub zone: Option<Output<Zone>>,
    /// The name that leads to the load balancer, such as `app.example.com`, or `*.example.com` for all names one
    /// label below. It goes with `dns` or `zone`, and the zone's certificate must cover it.
    #[field(
        length(1, 253),
        pattern(
            r"(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
            "a domain name of letters, digits and dashes, such as app.example.com or *.example.com"
        )
    )]
    pub domain: Option<DomainName>,
    /// The ARNs of certificates in place of the zone's. The first is used for clients that don't say which name
    /// they want; of the others one is chosen by the name. A load balancer takes 25 beside the first (Elastic
    /// Load Balancing, "Quotas for your Application Load Balancers").
    #[field(items(1, 26))]
    pub certificate_arns: Option<Vec<Output<String>>>,
    /// The security policy of HTTPS: which versions of TLS and which ciphers clients may use. The default takes
    /// TLS 1.2 and 1.3.
    #[field(default = AlbInputs::SSL_POLICY, length(1, 255))]
    pub ssl_policy: String,
    /// The blocks of IPv4 addresses that may connect: everywhere when absent, or the network's own addresses for
    /// an internal one.
    #[field(items(1, 25))]
    pub allowed_cidrs: Option<Vec<Cidr>>,
    /// After how many seconds without data a connection is closed.
    #[field(default = AlbInputs::IDLE_TIMEOUT_SECONDS, range(1, 4000))]
    pub idle_timeout_seconds: i32,
    /// Whether AWS refuses to delete it. True in production, false in development. Set it to false and deploy
    /// before you destroy the stack.
    pub deletion_protection: Option<bool>,
    /// Keeps a record of every request in a bucket of S3. None when absent.
    pub access_logs: Option<AccessLogs>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything of the load balancer. Each resource is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

impl AlbInputs {
    /// The security policy of HTTPS, unless the program says another.
    pub const SSL_POLICY: &'static str = "ELBSecurityPolicy-TLS13-1-2-2021-06";
    /// After how many seconds without data a connection is closed, unless the program says otherwise.
    pub const IDLE_TIMEOUT_SECONDS: i32 = 60;
}

/// Where a load balancer keeps its record of requests.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:AccessLogs")]
pub struct AccessLogs {
    /// The name of the bucket. Its policy must let Elastic Load Balancing write to it (Elastic Load Balancing,
    /// "Enable access logs for your Application Load Balancer").
    #[field(length(3, 63))]
    pub bucket: String,
    /// What the keys in the bucket begin with.
    pub prefix: Option<String>,
}
