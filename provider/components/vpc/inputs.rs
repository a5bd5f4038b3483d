//! What a program says of a network.

use framework::{Inputs, property::Cidr, value::Output};

use super::{flow_logs::FlowLogs, layout, nat::Nat, services};
use crate::aws::{Mode, Tags};

/// The inputs of [`Vpc`](super::Vpc).
#[derive(Inputs, Clone)]
pub struct VpcInputs {
    /// The network's IPv4 addresses, between a /16 and a /21 block. The blocks of networks that are to be
    /// connected one day must not overlap. It can't be changed later.
    #[field(default = layout::usual())]
    pub cidr_block: Cidr,
    /// In how many Availability Zones the network is, from 1 to 6: the region's first ones at the time of the
    /// first deployment, which are then kept. 2 when neither this nor `availabilityZones` is given. More can be
    /// added later, and nothing that is there moves.
    pub availability_zone_count: Option<i32>,
    /// The Availability Zones that the network is in, by name (`eu-west-1a`), in place of
    /// `availabilityZoneCount`. A zone's letter decides which addresses its subnets have, so zones can be
    /// added, removed and put in another order, and the subnets of all others stay as they are. With
    /// `nat: single` the NAT gateway stands in the first of the list. Local Zones and Wavelength Zones can't be
    /// used.
    pub availability_zones: Option<Vec<String>>,
    /// How private subnets reach the Internet: not at all, through a single NAT gateway, or through one in
    /// each zone. `perZone` in production, `single` in development.
    pub nat: Option<Nat>,
    /// The AWS services that the network has a way to of its own, by the short names of their endpoints.
    /// `s3` and `dynamodb`, the default, are gateway endpoints: free, and for every subnet. Any other, such as
    /// `ecr.api`, `ecr.dkr`, `logs` or `secretsmanager`, is an interface endpoint: it has addresses in each
    /// private subnet, answers on port 443 to the network's own addresses, and is paid by the hour and zone
    /// (AWS PrivateLink pricing).
    #[field(default = services::usual())]
    pub endpoints: Vec<String>,
    /// Keeps a record of the network's traffic, accepted and rejected, in CloudWatch Logs. None when absent.
    pub flow_logs: Option<FlowLogs>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything in the network. Each resource is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}
