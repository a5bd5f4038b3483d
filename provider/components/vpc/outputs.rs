//! What a program gets back from a network.

use std::collections::BTreeMap;

use framework::{Outputs, property::Cidr, value::Output};

use crate::components::Network;

/// The outputs of [`Vpc`](super::Vpc).
///
/// A subnet's id comes once its traffic can flow: what is put into a private subnet finds NAT and endpoints
/// there, and is gone before they go.
#[derive(Outputs, Clone)]
pub struct VpcOutputs {
    /// The id of the VPC.
    pub vpc_id: Output<String>,
    /// The network's IPv4 addresses.
    pub cidr_block: Output<Cidr>,
    /// The zones that the network is in, by name. Every list below that has one thing for each zone is in this order.
    pub availability_zones: Output<Vec<String>>,
    /// The subnets that are reached from the Internet, one in each zone.
    pub public_subnet_ids: Output<Vec<String>>,
    /// The subnets that reach the Internet through NAT, one in each zone.
    pub private_subnet_ids: Output<Vec<String>>,
    /// The subnets without a way to or from the Internet, one in each zone.
    pub isolated_subnet_ids: Output<Vec<String>>,
    /// The internet gateway, once it is attached.
    pub internet_gateway_id: Output<String>,
    /// The NAT gateways: none, one, or one in each zone.
    pub nat_gateway_ids: Output<Vec<String>>,
    /// The public addresses that traffic from private subnets comes from, for the allow-lists of others.
    pub nat_public_ips: Output<Vec<String>>,
    /// The route table of each public subnet.
    pub public_route_table_ids: Output<Vec<String>>,
    /// The route table of each private subnet.
    pub private_route_table_ids: Output<Vec<String>>,
    /// The route table of each isolated subnet.
    pub isolated_route_table_ids: Output<Vec<String>>,
    /// The endpoint of each service, by the service's short name.
    pub endpoint_ids: Output<BTreeMap<String, String>>,
    /// The network as plain data, for other stacks and for components that take it as `network`.
    pub network: Output<Network>,
}
