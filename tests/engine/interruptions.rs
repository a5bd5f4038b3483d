//! Deployments that are cut off: after the next run there is one of everything.

use std::{
    io::Read,
    process::{Child, Stdio},
};

use serde_json::json;

use crate::stack::Stack;

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

/// Starts a deployment whose call is held at that moment, and waits until it is.
fn held(stack: &Stack, operation: &str, when: &str) -> Child {
    stack.account.put("faults", &json!([{ "kind": "hold", "operation": operation, "when": when }]));
    let deployment = stack
        .command(&["up", "--yes", "--skip-preview"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    assert_eq!(stack.account.get("held?at_least=1&within=60")["held"], 1, "the call never came");
    deployment
}

fn end(mut deployment: Child) -> String {
    let mut said = String::new();
    deployment.stdout.take().unwrap().read_to_string(&mut said).unwrap();
    deployment.wait().unwrap();
    said
}

/// The provider's processes of a deployment: the engine's children.
fn plugins_of(engine: &Child) -> Vec<String> {
    let found = std::process::Command::new("pgrep")
        .args(["-P", &engine.id().to_string(), "-f", "pulumi-resource-tenantstack"])
        .output();
    String::from_utf8(found.unwrap().stdout).unwrap().lines().map(ToOwned::to_owned).collect()
}

fn kill(pids: &[String]) {
    assert!(!pids.is_empty(), "nothing to kill");
    assert!(std::process::Command::new("kill").arg("-9").args(pids).status().unwrap().success());
}

#[test]
fn the_provider_killed_after_aws_acted() {
    let stack = Stack::of_yaml(NETWORK);
    let deployment = held(&stack, "CreateVpc", "after");
    kill(&plugins_of(&deployment));
    end(deployment);
    assert_eq!(stack.account.count("vpc"), 1);

    stack.up().well().saying("adopted vpc-");
    assert_eq!(stack.account.count("vpc"), 1, "not a second one");
    assert_eq!(stack.account.count("subnet"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn the_engine_killed_after_aws_acted() {
    let stack = Stack::of_yaml(NETWORK);
    let mut deployment = held(&stack, "CreateSubnet", "after");
    deployment.kill().unwrap();
    end(deployment);
    stack.account.post("release");
    // The provider notices by its stdin that nobody is there any more, and ends.
    assert_eq!(stack.account.get("held?at_most=0&within=60")["held"], 0);

    stack.pulumi(&["cancel", "--yes"]).well();
    stack.up().well();
    assert_eq!(stack.account.count("vpc"), 1);
    assert_eq!(stack.account.count("subnet"), 1);
    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]).well();
    stack.assert_settled();
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

#[test]
fn ctrl_c_while_waiting_keeps_what_was_made() {
    let stack = Stack::of_yaml(NETWORK);
    let deployment = held(&stack, "DescribeVpcs", "before");
    assert!(
        std::process::Command::new("kill").args(["-INT", &deployment.id().to_string()]).status().unwrap().success()
    );
    end(deployment);
    assert_eq!(stack.account.count("vpc"), 1);
    stack.account.put("faults", &json!([]));

    stack.up().well();
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_forced_replacement_of_something_young_never_deletes_the_only_one() {
    let stack = Stack::of_yaml(
        r#"
name: cut
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
outputs:
  id: ${net.id}
"#,
    );
    stack.up().well();
    let id = stack.outputs()["id"].clone();
    let replace =
        ["up", "--yes", "--skip-preview", "--target-replace", "urn:pulumi:test::cut::tenantstack:ec2:Vpc::net"];
    stack.pulumi(&replace).well().saying("was kept");
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    assert_eq!(stack.outputs()["id"], id);

    stack.pulumi(&replace).well();
    assert_eq!(stack.account.count("vpc"), 1);
    stack.assert_settled();
    assert_ne!(stack.outputs()["id"], id, "asked for once more, it is replaced");
    stack.assert_destroys_cleanly();
}
