//! NAT gateways: the way out of private subnets.

use framework::value::Output;

use super::{
    site::Site,
    subnets::{Placed, Subnets},
};
use crate::{
    components::vpc::layout::Slot,
    resources::ec2::{EipArgs, EipHandle, NatGatewayArgs, NatGatewayHandle, RouteArgs},
};

/// The network's NAT gateways.
pub struct Gateways(Vec<Gateway>);

struct Gateway {
    slot: Slot,
    address: EipHandle,
    gateway: NatGatewayHandle,
}

/// The gateways that were decided on, each in the public subnet of its zone.
pub fn describe(site: &Site<'_>, public: &Subnets) -> Gateways {
    let wanted = public.iter().filter(|placed| site.plan.gateways.contains(&placed.slot()));
    Gateways(wanted.map(|placed| Gateway::describe(site, placed)).collect())
}

impl Gateway {
    /// The gateway comes once its subnet reaches the Internet, and so is gone before the internet gateway
    /// is detached, which AWS refuses while a public address is in use.
    fn describe(site: &Site<'_>, public: &Placed) -> Self {
        let role = public.slot().role("nat");
        let address_role = format!("{role}-address");
        let address =
            site.child(&address_role, EipArgs { tags: site.tags.of(&address_role).into(), ..EipArgs::default() });
        let gateway = site.after(&public.usable).child(
            &role,
            NatGatewayArgs {
                subnet_id: public.subnet.subnet_id().into(),
                allocation_id: address.allocation_id().into(),
                tags: site.tags.of(&role).into(),
                ..NatGatewayArgs::default()
            },
        );
        Gateway { slot: public.slot(), address, gateway }
    }
}

impl Gateways {
    /// The private subnet, whose traffic to everywhere now goes through the gateway of its zone, or the only one.
    pub fn lead_out(&self, site: &Site<'_>, private: Placed) -> Placed {
        let slot = site.plan.gateway_of(private.slot());
        let Some(found) = self.0.iter().find(|gateway| Some(gateway.slot) == slot) else { return private };
        let target = RouteArgs { nat_gateway_id: found.gateway.nat_gateway_id().into(), ..RouteArgs::default() };
        private.leads_to(site, target)
    }

    /// Their ids.
    pub fn ids(&self) -> Output<Vec<String>> {
        Output::all(self.0.iter().map(|gateway| gateway.gateway.nat_gateway_id()))
    }

    /// Their public addresses.
    pub fn public_ips(&self) -> Output<Vec<String>> {
        Output::all(self.0.iter().map(|gateway| gateway.address.public_ip()))
    }
}
