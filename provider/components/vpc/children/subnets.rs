//! Subnets, each with a route table of its own.

use std::net::Ipv4Addr;

use framework::{property::Cidr, value::Output};
use ipnet::Ipv4Net;

use super::{site::Site, zones::ZoneNames};
use crate::{
    components::vpc::{
        layout::{Slot, Tier},
        plan::Subnet,
    },
    resources::ec2::{
        RouteArgs, RouteTableArgs, RouteTableHandle, SubnetArgs, SubnetHandle, SubnetRouteTableAssociationArgs,
    },
};

/// The subnets of a tier, in the program's order of zones.
pub struct Subnets(Vec<Placed>);

/// A subnet in its place.
pub struct Placed {
    /// What was decided about it.
    plan: Subnet,
    /// The subnet.
    pub subnet: SubnetHandle,
    /// Its route table.
    table: RouteTableHandle,
    /// The subnet's id, once its traffic can flow.
    pub usable: Output<String>,
}

impl Subnets {
    /// The subnets that were decided on.
    pub fn describe(site: &Site<'_>, tier: Tier, zones: &ZoneNames) -> Self {
        let of_tier = site.plan.subnets.iter().filter(|subnet| subnet.tier == tier);
        Subnets(of_tier.filter_map(|subnet| Some(Placed::describe(site, *subnet, zones.of(subnet.slot)?))).collect())
    }

    /// Each subnet, with something done to it.
    pub fn each(self, done: impl FnMut(Placed) -> Placed) -> Self {
        Subnets(self.0.into_iter().map(done).collect())
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = &Placed> {
        self.0.iter()
    }

    /// The ids of all, for what stands in the network itself and makes them usable.
    pub fn ids(&self) -> Output<Vec<String>> {
        Output::all(self.iter().map(|placed| placed.subnet.subnet_id()))
    }

    /// The ids of all, once their traffic can flow.
    pub fn usable(&self) -> Output<Vec<String>> {
        Output::all(self.iter().map(|placed| placed.usable.clone()))
    }

    /// The ids of their route tables.
    pub fn tables(&self) -> Output<Vec<String>> {
        Output::all(self.iter().map(|placed| placed.table.route_table_id()))
    }
}

impl Placed {
    fn describe(site: &Site<'_>, plan: Subnet, zone: &Output<String>) -> Self {
        let role = plan.slot.role(plan.tier.word());
        let subnet = site.child(
            &role,
            SubnetArgs {
                vpc_id: site.vpc.vpc_id().into(),
                cidr_block: plan.block.into(),
                availability_zone: zone.into(),
                map_public_ip_on_launch: (plan.tier == Tier::Public).into(),
                tags: site.tags.of(&role).into(),
                ..SubnetArgs::default()
            },
        );
        let table = route_table(site, &format!("{role}-routes"));
        let association = site.child(
            &format!("{role}-association"),
            SubnetRouteTableAssociationArgs {
                subnet_id: subnet.subnet_id().into(),
                route_table_id: table.route_table_id().into(),
            },
        );
        let usable = subnet.subnet_id().after(&association.id());
        Placed { plan, subnet, table, usable }
    }

    /// Where it is in the layout.
    pub fn slot(&self) -> Slot {
        self.plan.slot
    }

    /// The subnet, whose traffic to everywhere now goes through the internet gateway.
    pub fn leads_to_internet(self, site: &Site<'_>, gateway: &Output<String>) -> Self {
        self.leads_to(site, RouteArgs { gateway_id: gateway.into(), ..RouteArgs::default() })
    }

    /// The subnet, whose traffic to everywhere now goes to a target.
    pub fn leads_to(self, site: &Site<'_>, target: RouteArgs) -> Self {
        let role = self.plan.slot.role(self.plan.tier.word());
        let route = site.child(
            &format!("{role}-default-route"),
            RouteArgs {
                route_table_id: self.table.route_table_id().into(),
                destination_cidr_block: everywhere().into(),
                ..target
            },
        );
        Placed { usable: self.usable.after(&route.id()), ..self }
    }
}

fn route_table(site: &Site<'_>, role: &str) -> RouteTableHandle {
    let args = RouteTableArgs { vpc_id: site.vpc.vpc_id().into(), tags: site.tags.of(role).into() };
    site.child(role, args)
}

fn everywhere() -> Cidr {
    Cidr::from(Ipv4Net::new_assert(Ipv4Addr::UNSPECIFIED, 0))
}
