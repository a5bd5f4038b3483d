//! The programs that services are for, in every language that an example has, from the first preview to an empty
//! account.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::stack::Stack;

const NEW_IMAGE: &str = "public.ecr.aws/nginx/nginx:1.29";

/// What every service has below it, in development.
const PARTS: [&str; 8] = [
    "ec2:SecurityGroup NAME-security-group",
    "ecs:Service NAME-service",
    "ecs:TaskDefinition NAME-task-definition",
    "iam:Role NAME-execution-role",
    "iam:Role NAME-task-role",
    "iam:RolePolicy NAME-execution-policy",
    "iam:RolePolicy NAME-task-policy",
    "logs:LogGroup NAME-log-group",
];

/// What one has besides that is reached through a balancer.
const WAY: [&str; 3] = [
    "ec2:SecurityGroupIngress NAME-from-load-balancer",
    "elasticloadbalancingv2:ListenerRule NAME-rule",
    "elasticloadbalancingv2:TargetGroup NAME-target-group",
];

/// What a balancer of its own adds to it.
const OWN_BALANCER: [&str; 6] = [
    "ec2:SecurityGroup NAME-load-balancer-security-group",
    "ec2:SecurityGroupEgress NAME-load-balancer-out",
    "ec2:SecurityGroupIngress NAME-load-balancer-in-80-from-0-0-0-0-0",
    "elasticloadbalancingv2:Listener NAME-load-balancer-http",
    "elasticloadbalancingv2:LoadBalancer NAME-load-balancer-load-balancer",
    "index:Alb NAME-load-balancer",
];

const SCALING: [&str; 3] = [
    "applicationautoscaling:ScalableTarget NAME-scaling",
    "applicationautoscaling:ScalingPolicy NAME-scaling-cpu",
    "applicationautoscaling:ScalingPolicy NAME-scaling-requests",
];

/// These parts of the service of that name.
fn parts(name: &str, groups: &[&[&str]]) -> BTreeSet<String> {
    groups.concat().iter().map(|part| part.replace("NAME", name)).collect()
}

/// The type and name in a URN, without the module that all our types have.
pub fn told(urn: &str) -> String {
    let (types, name) = urn.split_once("::tenantstack:").map_or(("", urn), |(_, rest)| rest.rsplit_once("::").unwrap());
    let kind = types.rsplit("$tenantstack:").next().unwrap();
    format!("{kind} {name}")
}

/// What a preview says of each resource that it would change, by URN.
pub fn planned(stack: &Stack) -> BTreeMap<String, BTreeSet<String>> {
    let said = stack.pulumi(&["preview", "--json"]).well();
    let preview: Value = serde_json::from_str(&said.stdout).unwrap();
    let mut planned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for step in preview["steps"].as_array().unwrap().iter().filter(|step| step["op"] != "same") {
        let (urn, op) = (step["urn"].as_str().unwrap(), step["op"].as_str().unwrap());
        planned.entry(urn.to_owned()).or_default().insert(op.to_owned());
    }
    planned
}

/// The URNs in the state, without those of providers.
pub fn made(stack: &Stack) -> BTreeSet<String> {
    let resources = stack.resources();
    let urns = resources.iter().map(|resource| resource["urn"].as_str().unwrap().to_owned());
    urns.filter(|urn| !urn.contains("pulumi:providers:")).collect()
}

/// The parts of all services in the stack.
fn below_services(urns: &BTreeSet<String>) -> BTreeSet<String> {
    urns.iter().filter(|urn| urn.contains("FargateService$")).map(|urn| told(urn)).collect()
}

/// An example whose services have these parts, deployed: its preview has told all of it, and changed nothing.
fn deployed(example: &str, parts: &BTreeSet<String>) -> Stack {
    let stack = Stack::of_example(example);
    let planned: BTreeSet<_> = planned(&stack).into_keys().collect();
    assert_eq!(below_services(&planned), *parts, "{example}: what the preview tells");
    assert_eq!(stack.account.changes(), Vec::<String>::new(), "{example}: a preview changes nothing");
    stack.up().well();
    assert_eq!(planned, made(&stack), "{example}: what was told is what was made");
    stack.assert_settled();
    stack
}

/// Another image changes the task definitions and the services that run it, and nothing else.
fn takes_a_new_image(stack: &Stack, services: &[&str]) {
    let before = stack.outputs_of(&format!("{}-task-definition", services[0]));
    stack.config("image", NEW_IMAGE);
    let planned = planned(stack);
    let below = planned.iter().filter(|(urn, _)| !urn.contains("pulumi:pulumi:Stack"));
    let changes: BTreeSet<_> = below.map(|(urn, ops)| format!("{} {ops:?}", told(urn))).collect();
    let expected = services.iter().flat_map(|name| {
        ["index:FargateService NAME", "ecs:Service NAME-service", "ecs:TaskDefinition NAME-task-definition"]
            .map(|part| part.replace("NAME", name) + " {\"update\"}")
    });
    assert_eq!(changes, expected.collect());
    stack.up().well();
    let after = stack.outputs_of(&format!("{}-task-definition", services[0]));
    assert_ne!(after["taskDefinitionArn"], before["taskDefinitionArn"]);
    assert_eq!(after["containerDefinitions"][0]["image"], NEW_IMAGE);
    stack.assert_settled();
}

fn public_service(example: &str, more: &[&str]) -> Stack {
    let stack = deployed(example, &parts("web", &[&PARTS, &WAY, &OWN_BALANCER, more]));
    let url = stack.outputs()["url"].clone();
    assert!(url.as_str().unwrap().starts_with("http://web-"), "{url}");
    takes_a_new_image(&stack, &["web"]);
    assert_eq!(stack.outputs()["url"], url, "the new version answers where the old one did");
    stack
}

#[test]
fn a_public_service_in_typescript() {
    public_service("service-typescript", &[]).assert_destroys_cleanly();
}

#[test]
fn a_public_service_in_python() {
    let stack = public_service("service-python", &SCALING);
    stack.config("maxTasks", "6");
    let changed: BTreeSet<_> = planned(&stack).keys().map(|urn| told(urn)).filter(|one| one.contains("web-")).collect();
    assert_eq!(changed, BTreeSet::from(["applicationautoscaling:ScalableTarget web-scaling".to_owned()]));
    stack.up().well();
    assert_eq!(stack.outputs_of("web-scaling")["maxCapacity"], 6);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_public_service_in_go() {
    public_service("service-go", &[]).assert_destroys_cleanly();
}

#[test]
fn a_public_service_in_yaml() {
    public_service("service-yaml", &[]).assert_destroys_cleanly();
}

fn shared_balancer(example: &str) {
    let of_each = [parts("web", &[&PARTS, &WAY]), parts("api", &[&PARTS, &WAY]), parts("worker", &[&PARTS])];
    let stack = deployed(example, &of_each.into_iter().flatten().collect());
    let outputs = stack.outputs();
    let [web, api] = ["web-rule", "api-rule"].map(|rule| stack.outputs_of(rule));
    assert_eq!(outputs["urls"][0], "http://app.example.com");
    assert_eq!(web["conditions"].as_array().unwrap().len(), 1, "the whole host");
    assert_eq!(api["conditions"].as_array().unwrap().len(), 2, "of the host some paths");
    assert_eq!(web["listenerArn"], api["listenerArn"]);
    assert!(api["priority"].as_f64() < web["priority"].as_f64(), "what is particular is asked first");
    for (kind, count) in [("load_balancer", 1), ("listener_rule", 2), ("target_group", 2), ("ecs_service", 3)] {
        assert_eq!(stack.account.count(kind), count, "{kind}");
    }
    takes_a_new_image(&stack, &["web", "api", "worker"]);
    stack.assert_destroys_cleanly();
}

#[test]
fn a_shared_balancer_in_typescript() {
    shared_balancer("shared-balancer-typescript");
}

#[test]
fn a_shared_balancer_in_python() {
    shared_balancer("shared-balancer-python");
}

#[test]
fn a_shared_balancer_in_go() {
    shared_balancer("shared-balancer-go");
}

#[test]
fn a_shared_balancer_in_yaml() {
    shared_balancer("shared-balancer-yaml");
}

/// The position of the first call of that name among those that change AWS.
#[track_caller]
fn first(changes: &[String], call: &str) -> usize {
    changes.iter().position(|change| change == call).unwrap_or_else(|| panic!("{call} is not in {changes:?}"))
}

fn domain(example: &str) {
    const TLS: [&str; 3] = [
        "ec2:SecurityGroupIngress NAME-load-balancer-in-443-from-0-0-0-0-0",
        "elasticloadbalancingv2:Listener NAME-load-balancer-https",
        "route53:RecordSet NAME-load-balancer-name",
    ];
    const OWN_CLUSTER: [&str; 2] = ["ecs:Cluster NAME-cluster-cluster", "index:Cluster NAME-cluster"];
    let stack = deployed(example, &parts("web", &[&PARTS, &WAY, &OWN_BALANCER, &TLS, &OWN_CLUSTER]));
    assert_eq!(stack.outputs()["url"], "https://app.example.com");
    assert_eq!(stack.outputs()["nameServers"].as_array().unwrap().len(), 4);

    let changes = stack.account.changes();
    let asked = first(&changes, "RequestCertificate");
    let proved = asked + first(&changes[asked..], "ChangeResourceRecordSets");
    let listeners: Vec<_> = changes.iter().enumerate().filter(|(_, call)| *call == "CreateListener").collect();
    assert!(listeners.iter().any(|(at, _)| *at > proved), "HTTPS needs the certificate: {changes:?}");

    let https = stack.outputs_of("web-load-balancer-https");
    let certificate = stack.outputs_of("dns-certificate");
    assert_eq!(https["certificates"][0]["certificateArn"], certificate["certificateArn"]);
    assert_eq!(stack.outputs_of("web-rule")["listenerArn"], https["listenerArn"], "the service answers on HTTPS");
    let http = &stack.outputs_of("web-load-balancer-http")["defaultActions"][0];
    assert_eq!(http["type"], "redirect");
    assert_eq!(http["redirectConfig"]["protocol"], "HTTPS");
    assert_eq!(http["redirectConfig"]["statusCode"], "HTTP_301");
    let name = stack.outputs_of("web-load-balancer-name");
    assert_eq!(name["name"], "app.example.com");
    let balancer = stack.outputs_of("web-load-balancer-load-balancer");
    assert_eq!(name["aliasTarget"]["dnsName"], balancer["dnsName"]);

    takes_a_new_image(&stack, &["web"]);
    stack.assert_destroys_cleanly();
}

#[test]
fn a_domain_in_typescript() {
    domain("domain-typescript");
}

#[test]
fn a_domain_in_python() {
    domain("domain-python");
}

#[test]
fn a_domain_in_go() {
    domain("domain-go");
}

#[test]
fn a_domain_in_yaml() {
    domain("domain-yaml");
}
