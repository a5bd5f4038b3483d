//! A route: one line of a route table.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::{Cidr, FieldOf, Properties},
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, tags::ec2 as tagging},
    resources::{
        exclusive::{exactly_one, given},
        ipv6_cidr::Ipv6Cidr,
    },
};

/// A route of a route table: where the traffic for one block of addresses goes.
///
/// Exactly one destination and exactly one target must be given. Another target takes the old one's place
/// without a gap. Its id is the route table's and the destination: `rtb-…|0.0.0.0/0`.
#[derive(Resource)]
#[resource(token = "ec2:Route", model = "AWS::EC2::Route", id = "route_id")]
pub struct Route {
    /// The route table.
    #[input(replaces)]
    route_table_id: String,
    /// The destination, as a block of IPv4 addresses; `0.0.0.0/0` is everything without a route of its own.
    #[input(replaces)]
    destination_cidr_block: Option<Cidr>,
    /// The destination, as a block of IPv6 addresses; `::/0` is everything without a route of its own.
    #[input(replaces)]
    destination_ipv6_cidr_block: Option<Ipv6Cidr>,
    /// The destination, as a prefix list (`pl-…`).
    #[input(replaces)]
    destination_prefix_list_id: Option<String>,
    /// The target: an internet gateway (`igw-…`) or a virtual private gateway (`vgw-…`) of the VPC.
    #[input]
    gateway_id: Option<String>,
    /// The target: a NAT gateway, for IPv4, or for IPv6 by NAT64.
    #[input]
    nat_gateway_id: Option<String>,
    /// The target: an egress-only internet gateway, for IPv6.
    #[input]
    egress_only_internet_gateway_id: Option<String>,
    /// The target: an instance with a single network interface.
    #[input]
    instance_id: Option<String>,
    /// The target: a network interface.
    #[input]
    network_interface_id: Option<String>,
    /// The target: a transit gateway that the VPC is attached to.
    #[input]
    transit_gateway_id: Option<String>,
    /// The target: a VPC peering connection.
    #[input]
    vpc_peering_connection_id: Option<String>,
    /// The target: a Gateway Load Balancer endpoint (`vpce-…`). Gateway endpoints add routes themselves.
    #[input]
    vpc_endpoint_id: Option<String>,
    /// The target: a carrier gateway, in a Wavelength Zone.
    #[input]
    carrier_gateway_id: Option<String>,
    /// The target: a local gateway, on an Outpost.
    #[input]
    local_gateway_id: Option<String>,
    /// The target: the ARN of a Cloud WAN core network.
    #[input]
    core_network_arn: Option<String>,
    /// The target: the ARN of an Oracle Database@AWS network.
    #[input]
    odb_network_arn: Option<String>,

    /// The destination, whichever way it was given.
    #[output(stable)]
    cidr_block: String,
    /// `active`, or `blackhole` when the target doesn't exist any more or can't be used.
    state: Option<String>,
    /// The route's id: the route table's and the destination, as in `rtb-0123456789abcdef0|0.0.0.0/0`.
    #[output(stable)]
    route_id: String,
}

/// The properties of which one says where the route leads.
const TARGETS: [FieldOf<Route, Option<String>>; 12] = [
    fields::gateway_id,
    fields::nat_gateway_id,
    fields::egress_only_internet_gateway_id,
    fields::instance_id,
    fields::network_interface_id,
    fields::transit_gateway_id,
    fields::vpc_peering_connection_id,
    fields::vpc_endpoint_id,
    fields::carrier_gateway_id,
    fields::local_gateway_id,
    fields::core_network_arn,
    fields::odb_network_arn,
];

/// Says on a call which route is meant.
macro_rules! destined {
    ($call:expr, $id:expr) => {{
        let (table, destination) = parts($id)?;
        let (ipv4, ipv6, list) = by_kind(destination);
        $call
            .route_table_id(table)
            .set_destination_cidr_block(ipv4)
            .set_destination_ipv6_cidr_block(ipv6)
            .set_destination_prefix_list_id(list)
    }};
}

/// Says on a call where the route leads.
macro_rules! towards {
    ($call:expr, $want:expr) => {
        $call
            .set_gateway_id($want.gateway_id.clone())
            .set_nat_gateway_id($want.nat_gateway_id.clone())
            .set_egress_only_internet_gateway_id($want.egress_only_internet_gateway_id.clone())
            .set_instance_id($want.instance_id.clone())
            .set_network_interface_id($want.network_interface_id.clone())
            .set_transit_gateway_id($want.transit_gateway_id.clone())
            .set_vpc_peering_connection_id($want.vpc_peering_connection_id.clone())
            .set_vpc_endpoint_id($want.vpc_endpoint_id.clone())
            .set_carrier_gateway_id($want.carrier_gateway_id.clone())
            .set_local_gateway_id($want.local_gateway_id.clone())
            .set_core_network_arn($want.core_network_arn.clone())
            .set_odb_network_arn($want.odb_network_arn.clone())
    };
}

impl Managed for Route {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let destinations = [
            given(want, fields::destination_cidr_block),
            given(want, fields::destination_ipv6_cidr_block),
            given(want, fields::destination_prefix_list_id),
        ];
        exactly_one(&destinations, problems);
        exactly_one(&TARGETS.map(|target| given(want, target)), problems);
    }

    async fn occupant(_: &Cx, want: &RouteInputs) -> Result<Option<String>> {
        Ok(Some(id_of(want)))
    }

    async fn holder(cx: &Cx, want: &RouteInputs) -> Result<Option<Owner>> {
        let table = cx.find::<types::RouteTable>(&want.route_table_id).await?;
        Ok(table.and_then(|table| tagging::owner_of(table.tags())))
    }

    async fn create(cx: &Cx, want: &RouteInputs, _: &Owner) -> Result<String> {
        let id = id_of(want);
        towards!(destined!(cx.ec2().create_route(), &id), want).send().await?;
        Ok(id)
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Route>> {
        let (table, destination) = parts(id)?;
        let Some(found) = cx.find::<types::RouteTable>(table).await? else { return Ok(None) };
        let route =
            found.routes.unwrap_or_default().into_iter().find(|route| destination_of(route) == Some(destination));
        let names_interface = cx.recorded::<Route>().has(fields::network_interface_id);
        Ok(route.map(|route| Route::seen(id, table, names_interface, route)))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        towards!(destined!(cx.ec2().replace_route(), id), change.wanted()).send().await?;
        Ok(())
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        destined!(cx.ec2().delete_route(), id).send().await?;
        Ok(())
    }
}

impl Route {
    /// A route as its table shows it. AWS shows an instance together with its network interface: the
    /// program names one of the two.
    fn seen(id: &str, table: &str, names_interface: bool, route: types::Route) -> Self {
        let destination = destination_of(&route).unwrap_or_default().to_owned();
        let (endpoint, gateway) = match route.gateway_id {
            Some(endpoint) if endpoint.starts_with("vpce-") => (Some(endpoint), None),
            gateway => (None, gateway),
        };
        let (interface, instance) = match (route.network_interface_id, route.instance_id) {
            (_, Some(instance)) if !names_interface => (None, Some(instance)),
            (interface, _) => (interface, None),
        };
        Route {
            route_table_id: table.to_owned(),
            destination_cidr_block: route.destination_cidr_block.and_then(|block| block.parse().ok()),
            destination_ipv6_cidr_block: route.destination_ipv6_cidr_block.and_then(|block| block.parse().ok()),
            destination_prefix_list_id: route.destination_prefix_list_id,
            gateway_id: gateway,
            nat_gateway_id: route.nat_gateway_id,
            egress_only_internet_gateway_id: route.egress_only_internet_gateway_id,
            instance_id: instance,
            network_interface_id: interface,
            transit_gateway_id: route.transit_gateway_id,
            vpc_peering_connection_id: route.vpc_peering_connection_id,
            vpc_endpoint_id: endpoint,
            carrier_gateway_id: route.carrier_gateway_id,
            local_gateway_id: route.local_gateway_id,
            core_network_arn: route.core_network_arn,
            odb_network_arn: route.odb_network_arn,
            cidr_block: destination,
            state: route.state.map(|state| state.to_string()),
            route_id: id.to_owned(),
        }
    }
}

fn id_of(want: &RouteInputs) -> String {
    let destination = want
        .destination_cidr_block
        .map(|block| block.to_string())
        .or_else(|| want.destination_ipv6_cidr_block.map(|block| block.to_string()))
        .or_else(|| want.destination_prefix_list_id.clone());
    format!("{}|{}", want.route_table_id, destination.unwrap_or_default())
}

/// The route table and the destination that an id names.
fn parts(id: &str) -> Result<(&str, &str)> {
    let wrong =
        || Error::new(Kind::Invalid, format!("{id:?} must be a route table, a bar and a destination: rtb-…|0.0.0.0/0"));
    id.split_once('|').ok_or_else(wrong)
}

fn destination_of(route: &types::Route) -> Option<&str> {
    route
        .destination_cidr_block()
        .or_else(|| route.destination_ipv6_cidr_block())
        .or_else(|| route.destination_prefix_list_id())
}

/// A destination as calls take it: a block of IPv4 addresses, one of IPv6 addresses, or a prefix list.
fn by_kind(destination: &str) -> (Option<String>, Option<String>, Option<String>) {
    let destination = destination.to_owned();
    if destination.starts_with("pl-") {
        (None, None, Some(destination))
    } else if destination.contains(':') {
        (None, Some(destination), None)
    } else {
        (Some(destination), None, None)
    }
}
