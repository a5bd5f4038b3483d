//! Replacements that a user forces: of what was made just now, and of what was made long ago.

use crate::{
    age,
    cut::{At, Death, cut},
    stack::{Said, Stack},
};

const VPC: &str = r#"
name: force
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
outputs:
  id: ${net.id}
"#;

const SUBNET: &str = r#"
name: force
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
  front:
    type: tenantstack:ec2:Subnet
    properties: { vpcId: "${net.vpcId}", cidrBlock: 10.0.1.0/24 }
    options: { deleteBeforeReplace: false }
  closed:
    type: tenantstack:ec2:DefaultSecurityGroup
    properties: { vpcId: "${net.vpcId}" }
  writer:
    type: tenantstack:iam:Role
    properties:
      assumeRolePolicyDocument:
        fn::toJSON:
          Version: "2012-10-17"
          Statement: [{ Effect: Allow, Action: "sts:AssumeRole", Principal: { Service: ec2.amazonaws.com } }]
"#;

/// Asks for another one in place of the resource with that name.
fn force(stack: &Stack, name: &str) -> Said {
    stack.pulumi(&["up", "--yes", "--skip-preview", "--target-replace", &stack.urn(name)])
}

#[test]
fn of_something_young_never_deletes_the_only_one() {
    let stack = Stack::of_yaml(VPC);
    stack.up().well();
    let id = stack.outputs()["id"].clone();
    force(&stack, "net").well().saying("was kept");
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    assert_eq!(stack.outputs()["id"], id);

    force(&stack, "net").well();
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    assert_ne!(stack.outputs()["id"], id, "asked for once more, it is replaced");
    stack.assert_destroys_cleanly();
}

#[test]
fn of_something_old_replaces_it() {
    let stack = Stack::of_yaml(VPC);
    stack.up().well();
    let id = stack.outputs()["id"].clone();
    age::pass_a_day(&stack.account);

    let said = force(&stack, "net").well();
    assert!(!said.text.contains("was kept"), "{}", said.text);
    assert_ne!(stack.outputs()["id"], id);
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn cut_off_and_asked_for_again_ends_with_one() {
    let stack = Stack::of_yaml(VPC);
    stack.up().well();
    age::pass_a_day(&stack.account);
    let urn = stack.urn("net");
    let replace = ["up", "--yes", "--skip-preview", "--target-replace", &urn];
    cut(&stack, &replace, &At::first("CreateVpc", "after"), Death::Provider).expect("it makes a new one");
    assert_eq!(stack.account.count("vpc"), 2);

    // The run is repeated as it was.
    force(&stack, "net").well().saying("adopted vpc-");
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn of_what_cannot_be_there_twice_harms_nothing() {
    let stack = Stack::of_yaml(SUBNET);
    stack.up().well();
    age::pass_a_day(&stack.account);
    for name in ["front", "writer", "closed"] {
        let _refused_or_kept = force(&stack, name);
        assert_eq!(stack.account.count("subnet"), 1);
        assert_eq!(stack.account.count("iam_role"), 1);
        stack.assert_settled();
    }
    stack.assert_destroys_cleanly();
}

#[test]
fn of_what_cannot_be_there_twice_works_with_delete_before_replace() {
    let stack = Stack::of_yaml(&SUBNET.replace("deleteBeforeReplace: false", "deleteBeforeReplace: true"));
    stack.up().well();
    let before = stack.account.inventory();
    force(&stack, "front").well();
    assert_ne!(stack.account.inventory()["subnet"][0]["id"], before["subnet"][0]["id"]);
    assert_eq!(stack.account.count("subnet"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}
