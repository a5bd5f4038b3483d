//! A network as plain data, as components hand it to each other and stacks to other stacks.

use framework::{Object, property::Cidr};

/// A network as plain data: what a `Vpc` has as its output `network`. It can be exported and read through
/// a `StackReference`, or written by hand for a network that isn't ours.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Network")]
pub struct Network {
    /// The id of the VPC.
    pub vpc_id: String,
    /// The VPC's IPv4 addresses.
    pub cidr_block: Cidr,
    /// The subnets that are reached from the Internet, one in each zone.
    pub public_subnet_ids: Vec<String>,
    /// The subnets that reach the Internet through NAT, one in each zone.
    pub private_subnet_ids: Vec<String>,
    /// The subnets without a way to or from the Internet, one in each zone.
    pub isolated_subnet_ids: Vec<String>,
}
