//! What comes after what; destroying goes the other way round.

use framework::value::{Map, Value};

use super::{network, said, texts};
use crate::components::testing::Made;

fn assert_after(network: &Made, child: &str, before: &[&str]) {
    let all = network.before(child);
    for name in before {
        assert!(all.contains(*name), "{child} doesn't come after {name}, only after {all:?}");
    }
}

#[tokio::test]
async fn nothing_is_made_before_the_zones_are_known() {
    let network = network(Map::new()).await;
    for child in network.children() {
        let name = child.split(' ').next_back().unwrap_or_default();
        assert!(name == "net-zones" || network.before(name).contains("net-zones"), "{child}");
    }
}

#[tokio::test]
async fn an_internet_gateway_is_detached_after_everything_with_a_public_address_is_gone() {
    let network = network(Map::new()).await;
    let door = ["net-internet-gateway-attachment", "net-public-1-default-route", "net-public-1-association"];
    assert_after(&network, "net-nat-1", &door);
    assert_after(&network, "net-nat-1", &["net-nat-1-address", "net-public-1"]);
    let sources = network.sources("publicSubnetIds");
    for name in ["net-public-1", "net-public-1-association", "net-public-1-default-route", "net-public-2-default-route"]
    {
        assert!(sources.contains(name), "{sources:?}");
    }
}

#[tokio::test]
async fn private_subnets_can_be_used_once_nat_and_endpoints_are_there() {
    let network = network(said(&[("nat", "single".into()), ("endpoints", texts(&["logs"]))])).await;
    assert_after(&network, "net-private-2-default-route", &["net-nat-1", "net-private-2-routes"]);
    let sources = network.sources("privateSubnetIds");
    for name in ["net-private-2-association", "net-private-2-default-route", "net-endpoint-logs"] {
        assert!(sources.contains(name), "{sources:?}");
    }
    assert!(network.sources("network").is_superset(&sources));
    assert!(network.sources("isolatedSubnetIds").contains("net-isolated-2-association"));
    assert!(!network.sources("isolatedSubnetIds").contains("net-endpoint-logs"));
}

#[tokio::test]
async fn endpoints_go_before_what_they_stand_in() {
    let network = network(said(&[("endpoints", texts(&["s3", "logs"]))])).await;
    assert_after(&network, "net-endpoint-s3", &["net-public-1-routes", "net-isolated-2-routes"]);
    assert_after(&network, "net-endpoint-logs", &["net-private-1", "net-private-2", "net-endpoints-https"]);
}

#[tokio::test]
async fn flow_logs_begin_when_they_can_be_written_and_end_before_their_group() {
    let network = network(said(&[("flowLogs", Value::Map(Map::new()))])).await;
    let parts = ["net-vpc", "net-flow-logs", "net-flow-logs-role", "net-flow-logs-policy"];
    assert_after(&network, "net-flow-log", &parts);
}

/// A `NatGateway` that comes after a route must not be replaced with it.
#[tokio::test]
async fn an_order_is_no_use() {
    let network = network(Map::new()).await;
    let uses = &network.asked("net-nat-1").property_dependencies;
    let sources: Vec<_> = uses.values().flatten().map(|urn| urn.name()).collect();
    assert_eq!(sources, ["net-nat-1-address", "net-public-1"]);
}

/// A VPC that is replaced gets a gateway of its own.
#[tokio::test]
async fn a_new_vpc_has_a_new_gateway() {
    let network = network(said(&[("cidrBlock", "10.7.0.0/16".into())])).await;
    let gateway = &network.asked("net-internet-gateway").options;
    assert_eq!(gateway.replacement_trigger, Some("10.7.0.0/16".into()));
}
