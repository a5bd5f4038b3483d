//! What a network consists of, decided from plain values before anything is described.

use framework::{problem::Problems, property::Cidr};

use super::{
    inputs::VpcInputs,
    layout::{Layout, Slot, Tier},
    nat::Nat,
    services::Service,
    zones::Zones,
};
use crate::aws::Mode;

/// What the provider's configuration says that a network depends on.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// What defaults are chosen for, unless the network says so itself.
    pub mode: Mode,
    /// The region, if it is known.
    pub region: Option<&'a str>,
}

/// A network, decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// All addresses.
    pub block: Cidr,
    /// Where the zones come from.
    pub zones: Zones,
    /// Every subnet, tier by tier, each in the program's order of zones.
    pub subnets: Vec<Subnet>,
    /// The zones with a NAT gateway, in the program's order.
    pub gateways: Vec<Slot>,
    /// The services with an endpoint.
    pub services: Vec<Service>,
    /// How many days flow logs are kept, if there are any.
    pub flow_logs: Option<i32>,
}

/// A subnet, decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subnet {
    /// What it is for.
    pub tier: Tier,
    /// The zone that it is in.
    pub slot: Slot,
    /// Its addresses.
    pub block: Cidr,
}

impl Plan {
    /// Decides on a network.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the inputs, each with its path.
    pub fn new(want: &VpcInputs, setting: Setting<'_>) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let mode = want.mode.unwrap_or(setting.mode);
        let (count, names) = (want.availability_zone_count, want.availability_zones.as_deref());

        let layout = Layout::of(want.cidr_block, &mut problems);
        let zones = Zones::of(count, names, setting.region, &mut problems);
        let services = Service::all(&want.endpoints, &mut problems);
        let flow_logs = want.flow_logs.as_ref().and_then(|logs| logs.retention(mode, &mut problems));

        let (Some(layout), Some(zones), Some(services), true) = (layout, zones, services, problems.is_empty()) else {
            return Err(problems);
        };
        let slots = zones.slots();
        Ok(Plan {
            block: layout.vpc(),
            subnets: subnets(layout, &slots),
            gateways: want.nat.unwrap_or(Nat::usual(mode)).stands_in(&slots),
            zones,
            services,
            flow_logs,
        })
    }

    /// The NAT gateway that private subnets of a zone go through: its own, or the only one.
    #[must_use]
    pub fn gateway_of(&self, zone: Slot) -> Option<Slot> {
        self.gateways.iter().find(|gateway| **gateway == zone).or(self.gateways.first()).copied()
    }
}

fn subnets(layout: Layout, slots: &[Slot]) -> Vec<Subnet> {
    let of = |tier, slot| layout.block(tier, slot).map(|block| Subnet { tier, slot, block });
    Tier::ALL.into_iter().flat_map(|tier| slots.iter().filter_map(move |slot| of(tier, *slot))).collect()
}
