//! What a program gets back from a load balancer.

use framework::{Outputs, value::Output};

use crate::components::{Edge, Network};

/// The outputs of [`Alb`](super::Alb).
#[derive(Outputs, Clone)]
pub struct AlbOutputs {
    /// The load balancer's ARN.
    pub load_balancer_arn: Output<String>,
    /// The load balancer's name.
    pub load_balancer_name: Output<String>,
    /// The load balancer's own name in DNS.
    pub dns_name: Output<String>,
    /// The hosted zone of that name, for alias records.
    pub canonical_hosted_zone_id: Output<String>,
    /// The listener on port 80.
    pub http_listener_arn: Output<String>,
    /// The listener on port 443, if there is one.
    pub https_listener_arn: Output<Option<String>>,
    /// The listener that services join: the one on port 443, else the one on port 80.
    pub listener_arn: Output<String>,
    /// The security group, which lets in ports 80 and 443.
    pub security_group_id: Output<String>,
    /// Where it answers: `https://app.example.com`, or `http://` and its own name. For `*.example.com` it is
    /// `https://example.com`, below which services choose their names.
    pub url: Output<String>,
    /// The network that it is in.
    pub network: Output<Network>,
    /// The load balancer as plain data, for other stacks and for components that take it as `edge`.
    pub edge: Output<Edge>,
}
