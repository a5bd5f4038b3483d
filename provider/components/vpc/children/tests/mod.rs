//! What a network asks the engine for, and in which order.

mod order;

use framework::value::{Map, Value};

use crate::components::{
    Vpc,
    testing::{self, Made},
};

/// The network `net` that says this, in a region with three zones.
async fn network(inputs: Map) -> Made {
    testing::made::<Vpc>("net", inputs, zones(texts(&["eu-west-1a", "eu-west-1b", "eu-west-1c"]))).await
}

/// The same in a preview that knows these zones.
async fn previewed(inputs: Map, known: Value) -> Made {
    testing::previewed::<Vpc>("net", inputs, zones(known)).await
}

fn zones(names: Value) -> Map {
    said(&[("names", names)])
}

fn said(properties: &[(&str, Value)]) -> Map {
    properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn texts(items: &[&str]) -> Value {
    items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>().into()
}

/// What every zone has, whatever the network says.
const OF_A_ZONE: [&str; 10] = [
    "ec2:RouteTable net-isolated-{}-routes",
    "ec2:RouteTable net-private-{}-routes",
    "ec2:RouteTable net-public-{}-routes",
    "ec2:Route net-public-{}-default-route",
    "ec2:Subnet net-isolated-{}",
    "ec2:Subnet net-private-{}",
    "ec2:Subnet net-public-{}",
    "ec2:SubnetRouteTableAssociation net-isolated-{}-association",
    "ec2:SubnetRouteTableAssociation net-private-{}-association",
    "ec2:SubnetRouteTableAssociation net-public-{}-association",
];

/// What every network has.
const OF_A_NETWORK: [&str; 4] = [
    "ec2:DefaultSecurityGroup net-default-security-group",
    "ec2:InternetGateway net-internet-gateway",
    "ec2:Vpc net-vpc",
    "ec2:VpcGatewayAttachment net-internet-gateway-attachment",
];

/// A network's children, whose zones have these numbers: the usual ones, and some more.
fn children(zones: &[u8], more: &[&str]) -> Vec<String> {
    let of_zones = zones.iter().flat_map(|zone| OF_A_ZONE.map(|child| child.replace("{}", &zone.to_string())));
    let others = OF_A_NETWORK.iter().chain(more).map(|child| (*child).to_owned());
    let mut all: Vec<_> = of_zones.chain(others).collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_network_that_says_nothing_has_thirty_three_children() {
    let network = network(Map::new()).await;
    let more = [
        "ec2:AvailabilityZones net-zones",
        "ec2:Eip net-nat-1-address",
        "ec2:Eip net-nat-2-address",
        "ec2:NatGateway net-nat-1",
        "ec2:NatGateway net-nat-2",
        "ec2:Route net-private-1-default-route",
        "ec2:Route net-private-2-default-route",
        "ec2:VpcEndpoint net-endpoint-dynamodb",
        "ec2:VpcEndpoint net-endpoint-s3",
    ];
    assert_eq!(network.children(), children(&[1, 2], &more));
    assert_eq!(network.children().len(), 33);
}

#[tokio::test]
async fn a_network_without_anything_that_costs_money() {
    let wanted = [
        ("nat", Value::from("none")),
        ("endpoints", texts(&[])),
        ("availabilityZones", texts(&["eu-west-1c", "eu-west-1a"])),
    ];
    let network = network(said(&wanted)).await;
    assert_eq!(network.children(), children(&[1, 3], &[]));
    assert_eq!(network.input("net-private-3", "availabilityZone"), "eu-west-1c".into());
    assert_eq!(network.output("availabilityZones"), texts(&["eu-west-1c", "eu-west-1a"]));
    assert_eq!(network.output("natGatewayIds"), texts(&[]));
    assert_eq!(network.output("endpointIds"), Value::Map(Map::new()));
}

#[tokio::test]
async fn a_network_with_everything() {
    let wanted = [
        ("nat", Value::from("single")),
        ("endpoints", texts(&["s3", "ecr.api"])),
        ("flowLogs", Value::Map(said(&[("retentionInDays", 7.0.into())]))),
        ("availabilityZoneCount", 1.0.into()),
    ];
    let network = network(said(&wanted)).await;
    let more = [
        "ec2:AvailabilityZones net-zones",
        "ec2:Eip net-nat-1-address",
        "ec2:FlowLog net-flow-log",
        "ec2:NatGateway net-nat-1",
        "ec2:Route net-private-1-default-route",
        "ec2:SecurityGroup net-endpoints",
        "ec2:SecurityGroupIngress net-endpoints-https",
        "ec2:VpcEndpoint net-endpoint-ecr.api",
        "ec2:VpcEndpoint net-endpoint-s3",
        "iam:Role net-flow-logs-role",
        "iam:RolePolicy net-flow-logs-policy",
        "logs:LogGroup net-flow-logs",
    ];
    assert_eq!(network.children(), children(&[1], &more));
    assert_eq!(network.input("net-flow-logs", "retentionInDays"), 7.0.into());
    assert_eq!(network.input("net-endpoint-ecr.api", "serviceName"), "com.amazonaws.eu-west-1.ecr.api".into());
    assert_eq!(network.input("net-endpoint-ecr.api", "subnetIds"), texts(&["net-private-1.subnetId"]));
    assert_eq!(
        network.input("net-endpoint-s3", "routeTableIds").plain(),
        texts(&[
            "net-public-1-routes.routeTableId",
            "net-private-1-routes.routeTableId",
            "net-isolated-1-routes.routeTableId",
        ])
    );
    assert_eq!(network.input("net-endpoints-https", "cidrIp"), "10.0.0.0/16".into());
}

#[tokio::test]
async fn only_public_subnets_give_public_addresses() {
    let network = network(Map::new()).await;
    for (tier, public) in [("public", true), ("private", false), ("isolated", false)] {
        assert_eq!(network.input(&format!("net-{tier}-1"), "mapPublicIpOnLaunch"), public.into());
    }
}

#[tokio::test]
async fn children_are_tagged_with_the_networks_tags_and_their_own_name() {
    let network = network(said(&[("tags", Value::Map(said(&[("Team", "blue".into())])))])).await;
    let tags = Value::Map(said(&[("Name", "net-nat-2-address".into()), ("Team", "blue".into())]));
    assert_eq!(network.input("net-nat-2-address", "tags"), tags);
}

#[tokio::test]
async fn outputs_are_in_the_order_of_zones() {
    let network = network(Map::new()).await;
    assert_eq!(network.output("availabilityZones"), texts(&["eu-west-1a", "eu-west-1b"]));
    assert_eq!(network.output("isolatedSubnetIds"), texts(&["net-isolated-1.subnetId", "net-isolated-2.subnetId"]));
    assert_eq!(network.output("natPublicIps"), texts(&["net-nat-1-address.publicIp", "net-nat-2-address.publicIp"]));
    let endpoints = said(&[
        ("s3", "net-endpoint-s3.vpcEndpointId".into()),
        ("dynamodb", "net-endpoint-dynamodb.vpcEndpointId".into()),
    ]);
    assert_eq!(network.output("endpointIds"), endpoints.into());
    let plain = said(&[
        ("vpcId", "net-vpc.vpcId".into()),
        ("cidrBlock", "10.0.0.0/16".into()),
        ("publicSubnetIds", network.output("publicSubnetIds")),
        ("privateSubnetIds", network.output("privateSubnetIds")),
        ("isolatedSubnetIds", network.output("isolatedSubnetIds")),
    ]);
    assert_eq!(network.output("network"), plain.into());
}

#[tokio::test]
async fn a_preview_without_credentials_shows_everything_but_the_zones() {
    let network = previewed(Map::new(), Value::Unknown).await;
    assert_eq!(network.children().len(), 33);
    assert_eq!(network.input("net-private-2", "availabilityZone"), Value::Unknown);
    assert_eq!(network.input("net-private-2", "cidrBlock"), "10.0.16.0/20".into());
}

#[tokio::test]
async fn a_preview_of_growth_knows_the_zones_that_are_there() {
    let three = said(&[("availabilityZoneCount", 3.0.into())]);
    let network = previewed(three, texts(&["eu-west-1a", "eu-west-1b"])).await;
    assert_eq!(network.input("net-private-2", "availabilityZone"), "eu-west-1b".into());
    assert_eq!(network.input("net-private-3", "availabilityZone"), Value::Unknown);
}
