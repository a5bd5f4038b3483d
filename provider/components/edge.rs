//! A shared load balancer as plain data.

use framework::Object;

use super::Network;

/// A load balancer as plain data: what an `Alb` has as its output `edge`. It can be exported and read through a
/// `StackReference`, or written by hand for a balancer that isn't ours.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Edge")]
pub struct Edge {
    /// The load balancer's ARN.
    pub load_balancer_arn: String,
    /// The ARN of the listener that services join.
    pub listener_arn: String,
    /// The security group of the load balancer.
    pub security_group_id: String,
    /// The load balancer's own name in DNS.
    pub dns_name: String,
    /// The hosted zone of that name, for alias records.
    pub canonical_hosted_zone_id: String,
    /// Where the load balancer answers, such as `https://example.com`.
    pub url: String,
    /// The network that the load balancer is in.
    pub network: Network,
}
