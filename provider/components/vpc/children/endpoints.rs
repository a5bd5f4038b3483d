//! Endpoints: the network's own ways to AWS services.

use std::collections::BTreeMap;

use framework::value::Output;

use super::{site::Site, subnets::Subnets};
use crate::{
    components::vpc::services::Service,
    resources::ec2::{
        SecurityGroupArgs, SecurityGroupHandle, SecurityGroupIngressArgs, SecurityGroupIngressHandle, VpcEndpointArgs,
        VpcEndpointType,
    },
    resources::security_group_rule::Protocol as IpProtocol,
};

/// The port that AWS's services answer on.
const HTTPS: i32 = 443;

/// The id of each service's endpoint, by the service's short name. Gateways lead from every tier, interfaces
/// stand in the private subnets.
pub fn describe(
    site: &Site<'_>,
    region: Option<&str>,
    tiers: [&Subnets; 3],
    private: &Subnets,
) -> Output<BTreeMap<String, String>> {
    let services = &site.plan.services;
    let tables = Output::all(tiers.map(Subnets::tables)).map(|tables| tables.concat());
    let ways = Ways { site, region, tables, subnets: private.ids() };
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
    tables: Output<Vec<String>>,
    subnets: Output<Vec<String>>,
}

impl Ways<'_> {
    /// A line in every route table.
    fn gateway(&self, service: &Service) -> Output<(String, String)> {
        self.endpoint(
            service,
            VpcEndpointArgs {
                vpc_endpoint_type: VpcEndpointType::Gateway.into(),
                route_table_ids: (&self.tables).into(),
                ..VpcEndpointArgs::default()
            },
        )
    }

    /// An address in each subnet, by which the service's own name is answered.
    fn interface(&self, service: &Service, guard: &Output<String>) -> Output<(String, String)> {
        self.endpoint(
            service,
            VpcEndpointArgs {
                vpc_endpoint_type: VpcEndpointType::Interface.into(),
                subnet_ids: (&self.subnets).into(),
                security_group_ids: Output::all([guard.clone()]).into(),
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

/// The security group of interfaces, once the network's own addresses may ask there; nothing goes out.
fn security_group(site: &Site<'_>) -> Output<String> {
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
    let rule = https_from_the_vpc(site, &group);
    group.group_id().after(&rule.id())
}

fn https_from_the_vpc(site: &Site<'_>, group: &SecurityGroupHandle) -> SecurityGroupIngressHandle {
    let role = "endpoints-https";
    site.child(
        role,
        SecurityGroupIngressArgs {
            group_id: group.group_id().into(),
            ip_protocol: IpProtocol::tcp().into(),
            from_port: HTTPS.into(),
            to_port: HTTPS.into(),
            cidr_ip: site.plan.block.into(),
            description: "HTTPS from the VPC".into(),
            tags: site.tags.of(role).into(),
            ..SecurityGroupIngressArgs::default()
        },
    )
}
