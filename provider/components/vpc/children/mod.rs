//! The children of a network, described as its plan says.
//!
//! What a child is made from, and must come after, decides both orders: of making, and, the other way
//! round, of destroying. Where AWS needs an order that no value expresses, `after` says so.

mod endpoints;
mod flow_logs;
mod internet;
mod nat;
mod site;
mod subnets;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;
mod zones;

use framework::{component::Scope, value::Output};

use self::{site::Site, subnets::Subnets, zones::ZoneNames};
use super::{layout::Tier, outputs::VpcOutputs, plan::Plan};
use crate::{
    aws::{Aws, Tags},
    components::{Network, child_tags::ChildTags},
};

/// Describes everything in a network.
pub fn describe(scope: &Scope<Aws>, plan: &Plan, region: Option<&str>, tags: Option<Output<Tags>>) -> VpcOutputs {
    let tags = ChildTags::new(scope, tags);
    let zones = ZoneNames::describe(scope, &plan.zones);
    let site = Site::describe(scope.after(zones.all()), plan, tags);

    let door = internet::describe(&site);
    let public = Subnets::describe(&site, Tier::Public, &zones).each(|subnet| subnet.leads_to_internet(&site, &door));
    let gateways = nat::describe(&site, &public);
    let private = Subnets::describe(&site, Tier::Private, &zones).each(|subnet| gateways.lead_out(&site, subnet));
    let isolated = Subnets::describe(&site, Tier::Isolated, &zones);
    let endpoints = endpoints::describe(&site, region, [&public, &private, &isolated], &private);
    flow_logs::describe(&site);

    let outputs = VpcOutputs {
        vpc_id: site.vpc.vpc_id(),
        cidr_block: site.vpc.cidr_block(),
        availability_zones: zones.all().clone(),
        public_subnet_ids: public.usable(),
        private_subnet_ids: private.usable().after(&endpoints),
        isolated_subnet_ids: isolated.usable(),
        internet_gateway_id: door,
        nat_gateway_ids: gateways.ids(),
        nat_public_ips: gateways.public_ips(),
        public_route_table_ids: public.tables(),
        private_route_table_ids: private.tables(),
        isolated_route_table_ids: isolated.tables(),
        endpoint_ids: endpoints,
        network: Output::unknown(),
    };
    VpcOutputs { network: network(&outputs), ..outputs }
}

/// The same as plain data.
fn network(of: &VpcOutputs) -> Output<Network> {
    let subnets = of.public_subnet_ids.join(&of.private_subnet_ids).join(&of.isolated_subnet_ids);
    of.vpc_id.join(&of.cidr_block).join(&subnets).map(|((vpc_id, cidr_block), ((public, private), isolated))| Network {
        vpc_id,
        cidr_block,
        public_subnet_ids: public,
        private_subnet_ids: private,
        isolated_subnet_ids: isolated,
    })
}
