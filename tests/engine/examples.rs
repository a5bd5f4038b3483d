//! Each example, from the first preview to an empty account.

use crate::stack::Stack;

#[test]
fn vpc_typescript() {
    let stack = Stack::of_example("vpc-typescript");
    stack.preview().well().saying("tenantstack:index:Vpc");
    assert_eq!(stack.account.count("vpc"), 0, "a preview makes nothing");

    stack.up().well();
    let outputs = stack.outputs();
    assert_eq!(outputs["publicSubnetIds"].as_array().unwrap().len(), 2);
    assert_eq!(outputs["natPublicIps"].as_array().unwrap().len(), 1);
    assert_eq!(stack.account.count("nat_gateway"), 1);
    stack.assert_settled();

    stack.config("environment", "production");
    stack.preview().well().saying("production");
    stack.up().well();
    assert_eq!(stack.outputs()["vpcId"], outputs["vpcId"], "tags change in place");
    stack.assert_settled();

    stack.config("cidrBlock", "10.9.0.0/16");
    stack.up().well();
    assert_ne!(stack.outputs()["vpcId"], outputs["vpcId"], "another block needs another network");
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn vpc_python() {
    let stack = Stack::of_example("vpc-python");
    stack.preview().well();
    stack.up().well();
    let outputs = stack.outputs();
    assert_eq!(outputs["firstZone"], "eu-west-1a");
    assert_eq!(stack.account.count("nat_gateway"), 0);
    assert_eq!(stack.account.count("flow_log"), 1);
    stack.assert_settled();

    stack.config("retentionInDays", "90");
    stack.up().well();
    stack.assert_settled();

    stack.config("availabilityZoneCount", "3");
    stack.up().well();
    let grown = stack.outputs();
    let before = outputs["privateSubnetIds"].as_array().unwrap();
    assert_eq!(grown["privateSubnetIds"].as_array().unwrap()[..2], before[..], "a new zone moves no subnet");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn vpc_go() {
    let stack = Stack::of_example("vpc-go");
    stack.preview().well();
    stack.up().well();
    assert_eq!(stack.outputs()["natGatewayIds"].as_array().unwrap().len(), 2);
    stack.assert_settled();

    stack.config("nat", "single");
    stack.up().well();
    assert_eq!(stack.account.count("nat_gateway"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn vpc_yaml() {
    let stack = Stack::of_example("vpc-yaml");
    stack.preview().well();
    stack.up().well();
    let outputs = stack.outputs();
    stack.assert_settled();

    stack.config("description", "from the new office");
    stack.up().well();
    stack.assert_settled();

    stack.config("subnetBlock", "192.168.2.0/24");
    stack.up().well();
    assert_ne!(stack.outputs()["subnetId"], outputs["subnetId"]);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}
