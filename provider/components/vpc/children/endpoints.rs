//! Endpoints: the network's own ways to AWS services.

use std::collections::BTreeMap;

use framework::value::Output;

use super::{site::Site, subnets::Placed};
use crate::{
    components::vpc::{layout::Tier, services::Service},
    resources::ec2::{
        SecurityGroupArgs, SecurityGroupHandle, SecurityGroupIngressArgs, VpcEndpointArgs, VpcEndpointType,
    },
};

/// The port that AWS's services answer on.
const HTTPS: i32 = 443;

/// The id of each service's endpoint, by the service's short name.
pub fn describe(site: &Site<'_>, region: Option<&str>, subnets: &[&Placed]) -> Output<BTreeMap<String, String>> {
    let services = &site.plan.services;
    let ways = Ways { site, region, subnets };
    let guard = services.iter().any(|service| !service.is_gateway()).then(|| security_group(site));
    let endpoint = |service: &Service| match &guard {
        Some(guard) if !service.is_gateway() => ways.interface(service, guard),
        _ => ways.gateway(service),
    };
    Output::all(services.iter().map(endpoint)).map(|endpoints| endpoints.into_iter().collect())
}

/// What endpoints lead from, and where to.
struct Ways<'a> {
    site: &'a Site<'a>,
    region: Option<&'a str>,
    subnets: &'a [&'a Placed],
}

impl Ways<'_> {
    /// A line in the route table of every subnet.
    fn gateway(&self, service: &Service) -> Output<(String, String)> {
        let tables = Output::all(self.subnets.iter().map(|placed| placed.table.route_table_id()));
        let kind = VpcEndpointType::Gateway.into();
        self.endpoint(
            service,
            VpcEndpointArgs { vpc_endpoint_type: kind, route_table_ids: tables.into(), ..VpcEndpointArgs::default() },
        )
    }

    /// An address in each private subnet, by which the service's own name is answered.
    fn interface(&self, service: &Service, guard: &SecurityGroupHandle) -> Output<(String, String)> {
        let private = self.subnets.iter().filter(|placed| placed.plan.tier == Tier::Private);
        self.endpoint(
            service,
            VpcEndpointArgs {
                vpc_endpoint_type: VpcEndpointType::Interface.into(),
                subnet_ids: Output::all(private.map(|placed| placed.subnet.subnet_id())).into(),
                security_group_ids: Output::all([guard.group_id()]).into(),
                private_dns_enabled: true.into(),
                ..VpcEndpointArgs::default()
            },
        )
    }

    fn endpoint(&self, service: &Service, way: VpcEndpointArgs) -> Output<(String, String)> {
        let role = format!("endpoint-{}", service.name());
        let full_name = self.region.map_or_else(Output::unknown, |region| Output::known(service.full_name(region)));
        let args = VpcEndpointArgs {
            vpc_id: self.site.vpc.vpc_id().into(),
            service_name: full_name.into(),
            tags: self.site.tags.of(&role).into(),
            ..way
        };
        let name = service.name().to_owned();
        self.site.child(&role, args).vpc_endpoint_id().map(move |id| (name, id))
    }
}

/// The security group of network interfaces: the network's own addresses may ask, and nothing goes out.
fn security_group(site: &Site<'_>) -> SecurityGroupHandle {
    let role = "endpoints";
    let group = site.child(
        role,
        SecurityGroupArgs {
            group_description: "HTTPS from the VPC to AWS services".into(),
            vpc_id: site.vpc.vpc_id().into(),
            revoke_default_egress: true.into(),
            tags: site.tags.of(role).into(),
            ..SecurityGroupArgs::default()
        },
    );
    site.child(
        "endpoints-https",
        SecurityGroupIngressArgs {
            group_id: group.group_id().into(),
            ip_protocol: "tcp".parse().ok().into(),
            from_port: HTTPS.into(),
            to_port: HTTPS.into(),
            cidr_ip: site.plan.block.into(),
            description: "HTTPS from the VPC".into(),
            tags: site.tags.of("endpoints-https").into(),
            ..SecurityGroupIngressArgs::default()
        },
    );
    group
}
