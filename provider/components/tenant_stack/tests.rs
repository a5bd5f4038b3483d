//! What a tenant's stack consists of, and what it refuses.

mod parts;
mod refusals;

use framework::value::{Map, Value};

/// Properties by name.
fn said(properties: &[(&str, Value)]) -> Map {
    properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn map(properties: &[(&str, Value)]) -> Value {
    Value::Map(said(properties))
}

fn texts(items: &[&str]) -> Value {
    items.iter().map(|item| Value::from(*item)).collect::<Vec<_>>().into()
}

fn network() -> Value {
    let subnets = |tier: &str| texts(&[&format!("subnet-{tier}-1"), &format!("subnet-{tier}-2")]);
    map(&[
        ("vpcId", "vpc-1".into()),
        ("cidrBlock", "10.0.0.0/16".into()),
        ("publicSubnetIds", subnets("public")),
        ("privateSubnetIds", subnets("private")),
        ("isolatedSubnetIds", subnets("isolated")),
    ])
}

fn edge() -> Value {
    map(&[
        ("loadBalancerArn", "arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/edge/50dc6c495c0c9188".into()),
        ("listenerArn", "arn:listener".into()),
        ("securityGroupId", "sg-edge".into()),
        ("dnsName", "edge.elb.amazonaws.com".into()),
        ("canonicalHostedZoneId", "Z2".into()),
        ("url", "https://example.com".into()),
        ("network", network()),
    ])
}

fn zone() -> Value {
    map(&[
        ("zoneId", "Z1".into()),
        ("domain", "example.com".into()),
        ("certificateArn", "arn:aws:acm:eu-west-1:1:certificate/c".into()),
    ])
}

/// A service that answers on a port.
fn service(name: &str, more: &[(&str, Value)]) -> Value {
    let usual = [("name", name.into()), ("image", "ghcr.io/us/app:1.8".into()), ("port", 3000.0.into())];
    map(&[&usual, more].concat())
}

/// A tenant on a shared edge, and what it says beside.
fn tenant(name: &str, services: Vec<Value>, more: &[(&str, Value)]) -> Map {
    let usual = [
        ("tenant", name.into()),
        ("clusterArn", "arn:aws:ecs:eu-west-1:123456789012:cluster/apps".into()),
        ("edge", edge()),
        ("zone", zone()),
        ("domain", "example.com".into()),
        ("services", services.into()),
    ];
    said(&[&usual, more].concat())
}
