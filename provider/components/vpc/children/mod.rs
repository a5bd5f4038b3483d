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

use self::{site::Site, subnets::Placed, zones::ZoneNames};
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

    let public: Vec<_> = subnets::describe(&site, Tier::Public, &zones);
    let public: Vec<_> = public.into_iter().map(|placed| placed.leads_to_internet(&site, &door)).collect();
    let gateways = nat::describe(&site, &public);
    let private: Vec<_> = subnets::describe(&site, Tier::Private, &zones);
    let private: Vec<_> = private.into_iter().map(|placed| gateways.lead_out(&site, placed)).collect();
    let isolated = subnets::describe(&site, Tier::Isolated, &zones);
    let everywhere: Vec<_> = [&public, &private, &isolated].into_iter().flatten().collect();
    let endpoints = endpoints::describe(&site, region, &everywhere);
    flow_logs::describe(&site);

    let (vpc_id, cidr_block) = (site.vpc.vpc_id(), site.vpc.cidr_block());
    let public_subnet_ids = usable(&public);
    let private_subnet_ids = usable(&private).after(&endpoints);
    let isolated_subnet_ids = usable(&isolated);
    let subnets = public_subnet_ids.join(&private_subnet_ids).join(&isolated_subnet_ids);
    let network =
        vpc_id.join(&cidr_block).join(&subnets).map(|((vpc_id, cidr_block), ((public, private), isolated))| Network {
            vpc_id,
            cidr_block,
            public_subnet_ids: public,
            private_subnet_ids: private,
            isolated_subnet_ids: isolated,
        });
    VpcOutputs {
        vpc_id,
        cidr_block,
        availability_zones: zones.all().clone(),
        public_subnet_ids,
        private_subnet_ids,
        isolated_subnet_ids,
        internet_gateway_id: door,
        nat_gateway_ids: gateways.ids(),
        nat_public_ips: gateways.public_ips(),
        public_route_table_ids: tables(&public),
        private_route_table_ids: tables(&private),
        isolated_route_table_ids: tables(&isolated),
        endpoint_ids: endpoints,
        network,
    }
}

fn usable(subnets: &[Placed]) -> Output<Vec<String>> {
    Output::all(subnets.iter().map(|placed| placed.usable.clone()))
}

fn tables(subnets: &[Placed]) -> Output<Vec<String>> {
    Output::all(subnets.iter().map(|placed| placed.table.route_table_id()))
}
