//! What a user reads who made a mistake: every mistake at once, each at its place, before anything is made.

use crate::stack::Stack;

fn vpc(properties: &str) -> String {
    format!("name: wrong\nruntime: yaml\nresources:\n  net:\n    type: tenantstack:Vpc\n    properties: {properties}\n")
}

fn resource(kind: &str, properties: &str) -> String {
    format!(
        "name: wrong\nruntime: yaml\nresources:\n  it:\n    type: tenantstack:{kind}\n    properties: {properties}\n"
    )
}

/// The preview fails with these words, and the deployment makes nothing either.
fn refused(program: &str, words: &[&str]) {
    let stack = Stack::of_yaml(program);
    let preview = stack.preview().badly();
    for words in words {
        assert!(preview.text.contains(words), "{words:?} is not in:\n{}", preview.text);
    }
    stack.up().badly();
    stack.account.assert_empty();
}

#[test]
fn all_mistakes_of_a_component_come_at_once() {
    refused(
        &vpc(
            r#"{ cidrBlock: "10.0.0.0/8", availabilityZoneCount: 99, endpoints: ["s3", "s3"], flowLogs: { retentionInDays: 31 } }"#,
        ),
        &["cidrBlock", "availabilityZoneCount", "endpoints", "flowLogs.retentionInDays"],
    );
}

#[test]
fn exclusive_inputs_of_a_component() {
    refused(
        &vpc(r#"{ availabilityZoneCount: 2, availabilityZones: ["eu-west-1a"] }"#),
        &["availabilityZoneCount", "availabilityZones"],
    );
}

#[test]
fn a_block_that_is_too_small() {
    refused(&vpc(r#"{ cidrBlock: "10.0.0.0/28" }"#), &["cidrBlock"]);
}

#[test]
fn all_mistakes_of_a_resource_come_at_once() {
    refused(
        &resource("ec2:Vpc", r#"{ cidrBlock: "10.0.0.1/16", ipv4NetmaskLength: 40, tags: { "aws:x": "y" } }"#),
        &["cidrBlock", "10.0.0.0/16", "ipv4NetmaskLength", "between 16 and 28", "aws:x"],
    );
}

#[test]
fn more_zones_than_the_region_has() {
    let stack = Stack::of_yaml(&vpc("{ availabilityZoneCount: 6 }"));
    stack.preview().badly().saying("eu-west-1").saying("eu-west-1a");
    stack.up().badly();
    stack.account.assert_empty();
}

#[test]
fn without_credentials_a_preview_works_and_a_deployment_says_what_to_do() {
    let mut stack = Stack::of_yaml(&vpc("{}"));
    for variable in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        stack.set(variable, "");
    }
    let nowhere = stack.program().join("nothing").display().to_string();
    stack.set("AWS_SHARED_CREDENTIALS_FILE", &nowhere);
    stack.set("AWS_CONFIG_FILE", &nowhere);
    stack.preview().well().saying("tenantstack:ec2:Subnet");
    stack.up().badly().saying("no AWS credentials were found").saying("AWS_PROFILE");
    stack.account.assert_empty();
}

#[test]
fn the_wrong_account() {
    let stack = Stack::of_yaml(&vpc("{}"));
    stack.config("tenantstack:allowedAccountIds", "[\"999999999999\"]");
    stack.up().badly().saying(stack.account.id()).saying("allowedAccountIds");
    stack.account.assert_empty();
}

#[test]
fn an_endpoint_that_nobody_listens_at() {
    let mut stack = Stack::of_yaml(&vpc("{}"));
    stack.set("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
    stack.up().badly().saying("http://127.0.0.1:9").saying("can't be reached");
}

#[test]
fn wrong_configuration() {
    let stack = Stack::of_yaml(&vpc("{}"));
    stack.config("tenantstack:mode", "cheap");
    stack.config("tenantstack:maxAttempts", "many");
    stack.preview().badly().saying("mode").saying("production, development").saying("maxAttempts");
}

#[test]
fn access_denied_names_the_action() {
    let stack = Stack::of_yaml(&resource("ec2:Vpc", r#"{ cidrBlock: "10.0.0.0/16" }"#));
    stack
        .account
        .put("faults", &serde_json::json!([{ "kind": "access_denied", "operation": "CreateVpc", "times": -1 }]));
    stack.up().badly().saying("ec2:CreateVpc");
    stack.account.assert_empty();
}
