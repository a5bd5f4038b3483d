//! How private subnets reach the Internet.

use framework::Choice;

use super::layout::Slot;
use crate::aws::Mode;

/// How private subnets reach the Internet. Each NAT gateway is paid by the hour, beside its traffic (Amazon VPC
/// pricing).
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:Nat")]
pub enum Nat {
    /// Not at all, beside the services that the network has endpoints for.
    #[choice("none")]
    None,
    /// Through one NAT gateway in the first zone: without that zone, no private subnet reaches the Internet.
    #[choice("single")]
    Single,
    /// Through a NAT gateway in each zone: no zone needs another one.
    #[choice("perZone")]
    PerZone,
}

impl Nat {
    /// What a network has that doesn't say what it wants.
    #[must_use]
    pub fn usual(mode: Mode) -> Self {
        match mode {
            Mode::Production => Nat::PerZone,
            Mode::Development => Nat::Single,
        }
    }

    /// The zones that get a gateway, of all zones in the program's order.
    ///
    /// The only one stands in the first zone of the list, so that adding zones at its end doesn't move it.
    #[must_use]
    pub fn stands_in(self, zones: &[Slot]) -> Vec<Slot> {
        let gateways = match self {
            Nat::None => 0,
            Nat::Single => 1,
            Nat::PerZone => zones.len(),
        };
        zones.iter().copied().take(gateways).collect()
    }
}
