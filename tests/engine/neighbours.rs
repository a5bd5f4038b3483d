//! Two people whose projects, stacks and resources have the same names, in one account.

use crate::{
    age,
    cut::{At, Death, cut},
    stack::Stack,
};

const NETWORK: &str = r#"
name: same
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
  writer:
    type: tenantstack:iam:Role
    properties:
      assumeRolePolicyDocument:
        fn::toJSON:
          Version: "2012-10-17"
          Statement: [{ Effect: Allow, Action: "sts:AssumeRole", Principal: { Service: ec2.amazonaws.com } }]
  log:
    type: tenantstack:logs:LogGroup
outputs:
  id: ${net.id}
"#;

fn ids(stack: &Stack) -> Vec<String> {
    let ids =
        stack.resources().into_iter().filter(|resource| resource["type"].as_str().unwrap().starts_with("tenantstack:"));
    ids.map(|resource| resource["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_has_its_own() {
    let mine = Stack::of_yaml(NETWORK);
    let theirs = Stack::beside(&mine.account, NETWORK);
    mine.up().well();
    theirs.up().well();
    assert!(ids(&mine).iter().all(|id| !ids(&theirs).contains(id)));
    for kind in ["vpc", "iam_role", "log_group"] {
        assert_eq!(mine.account.count(kind), 2);
    }
    mine.assert_settled();
    theirs.assert_settled();

    mine.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    theirs.assert_settled();
    theirs.assert_destroys_cleanly();
}

#[test]
fn what_the_other_ones_interrupted_run_left_is_the_other_ones() {
    let mine = Stack::of_yaml(NETWORK);
    let theirs = Stack::beside(&mine.account, NETWORK);
    cut(&theirs, &["up", "--yes", "--skip-preview"], &At::first("CreateVpc", "after"), Death::Provider).unwrap();
    let left = theirs.account.inventory()["vpc"][0]["id"].clone();

    let said = mine.up().well();
    assert!(!said.text.contains("adopted"), "{}", said.text);
    assert_eq!(mine.account.count("vpc"), 2);
    mine.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    assert_eq!(mine.account.inventory()["vpc"][0]["id"], left);

    theirs.up().well().saying("adopted vpc-");
    assert_eq!(theirs.outputs()["id"], left);
    theirs.assert_settled();
    theirs.assert_destroys_cleanly();
}

#[test]
fn the_name_that_the_other_one_chose_is_taken() {
    // It comes last, so that each attempt makes the others and takes them away again.
    let named = NETWORK.replace(
        "type: tenantstack:logs:LogGroup\n",
        "type: tenantstack:logs:LogGroup\n    properties: { logGroupName: ours }\n    \
         options: { dependsOn: [\"${net}\", \"${writer}\"] }\n",
    );
    let mine = Stack::of_yaml(&named);
    let theirs = Stack::beside(&mine.account, &named);
    theirs.up().well();
    mine.up().badly().saying("ours exists already and was not made for this resource");
    mine.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    theirs.assert_settled();

    age::pass_a_day(&mine.account);
    mine.up().badly().saying("ours exists already and was not made for this resource");
    mine.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    theirs.assert_settled();
    theirs.assert_destroys_cleanly();
}
