//! Deployments that are cut off: after the next run there is one of everything.
//!
//! What a user does then stands in docs/after-an-interruption.md; many more points are tried by `make interruptions`.

use serde_json::json;

use crate::{
    cut::{At, Death, cut},
    stack::Stack,
};

const NETWORK: &str = r#"
name: cut
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
  front:
    type: tenantstack:ec2:Subnet
    properties: { vpcId: "${net.vpcId}", cidrBlock: 10.0.1.0/24 }
"#;

const UP: [&str; 3] = ["up", "--yes", "--skip-preview"];
const DESTROY: [&str; 3] = ["destroy", "--yes", "--skip-preview"];

#[track_caller]
fn cut_off(stack: &Stack, arguments: &[&str], at: At, death: Death) {
    cut(stack, arguments, &at, death).expect("the call came");
}

/// One of everything, and nothing to do.
#[track_caller]
fn assert_whole(stack: &Stack) {
    assert_eq!(stack.account.count("vpc"), 1, "one, and only one");
    assert_eq!(stack.account.count("subnet"), 1, "one, and only one");
    stack.assert_settled();
}

#[test]
fn the_provider_killed_after_aws_acted() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateVpc", "after"), Death::Provider);
    assert_eq!(stack.account.count("vpc"), 1);

    stack.up().well().saying("adopted vpc-");
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn the_engine_killed_after_aws_acted() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateSubnet", "after"), Death::Engine);

    stack.up().badly().saying("the stack is currently locked").saying("pulumi cancel");
    stack.pulumi(&["cancel", "--yes"]).well();
    stack.up().well().saying("interrupted while creating").saying("adopted subnet-");
    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]).well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn the_engine_killed_before_aws_acted() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateSubnet", "before"), Death::Engine);
    // The provider has ended, and not without the answer to what it had asked.
    assert_eq!(stack.account.count("subnet"), 1);

    stack.pulumi(&["cancel", "--yes"]).well();
    stack.up().well().saying("adopted subnet-");
    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]).well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn engine_and_provider_killed_before_the_answer() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateVpc", "after"), Death::Both);
    stack.pulumi(&["cancel", "--yes"]).well();
    stack.up().well().saying("adopted vpc-");
    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]).well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn an_engine_that_is_gone_leaves_no_deletion_half_made() {
    let stack = Stack::of_yaml(NETWORK);
    stack.up().well();
    cut_off(&stack, &DESTROY, At::first("DeleteSubnet", "before"), Death::Engine);
    assert_eq!(stack.account.count("subnet"), 0, "what was asked was done");
    assert_eq!(stack.account.count("vpc"), 1, "and nothing after it");

    stack.pulumi(&["cancel", "--yes"]).well();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_destroy_that_was_cut_off_can_be_taken_back() {
    let stack = Stack::of_yaml(NETWORK);
    stack.up().well();
    cut_off(&stack, &DESTROY, At::first("DeleteVpc", "after"), Death::Provider);
    stack.pulumi(&["up", "--yes", "--skip-preview", "--refresh"]).well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn ctrl_c_while_waiting_keeps_what_was_made() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("DescribeVpcs", "before"), Death::CtrlC);
    assert_eq!(stack.account.count("vpc"), 1);

    stack.up().well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn ctrl_c_gives_a_call_under_way_its_answer() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateVpc", "before"), Death::CtrlC);
    assert_eq!(stack.account.count("vpc"), 1);

    let next = stack.up().well();
    assert!(!next.text.contains("adopted"), "it was never forgotten:\n{}", next.text);
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn ctrl_c_twice_forgets_what_was_made_and_it_is_adopted() {
    let stack = Stack::of_yaml(NETWORK);
    cut_off(&stack, &UP, At::first("CreateVpc", "after"), Death::CtrlCTwice);
    stack.up().well().saying("interrupted while creating").saying("adopted vpc-");
    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]).well();
    assert_whole(&stack);
    stack.assert_destroys_cleanly();
}

#[test]
fn an_answer_that_was_lost() {
    let stack = Stack::of_yaml(NETWORK);
    stack.account.put(
        "faults",
        &json!([{ "kind": "lost_answer", "operation": "CreateVpc" }, { "kind": "lost_answer", "operation": "CreateSubnet" }]),
    );
    stack.up().well();
    assert_eq!(stack.account.count("vpc"), 1);
    assert_eq!(stack.account.count("subnet"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn throttled_and_unavailable_calls_are_repeated() {
    let stack = Stack::of_yaml(NETWORK);
    stack.account.put(
        "faults",
        &json!([
            { "kind": "throttle", "operation": "CreateVpc", "times": 2 },
            { "kind": "reset", "operation": "DescribeVpcs", "times": 1 },
            { "kind": "unavailable", "operation": "DescribeSubnets", "times": 2 },
        ]),
    );
    stack.up().well();
    stack.assert_destroys_cleanly();
}
