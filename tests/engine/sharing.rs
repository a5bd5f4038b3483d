//! Services that come and go on one balancer, and what is refused of them.

use crate::stack::Stack;

const BELOW: &str = r#"
name: sharing
runtime: yaml
config: { "tenantstack:mode": development }
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  apps:
    type: tenantstack:Cluster
    properties: { vpc: "${net}" }
  edge:
    type: tenantstack:Alb
    properties: { vpc: "${net}" }
"#;

/// A program with these services, in this order.
fn program(services: &[&str]) -> String {
    let by_host = |name: &&str| service(name, &format!("hosts: [{name}.example.com]"));
    format!("{BELOW}{}", services.iter().map(by_host).collect::<String>())
}

/// A service on the balancer, of which that is said besides.
fn service(name: &str, says: &str) -> String {
    format!(
        r#"  {name}:
    type: tenantstack:FargateService
    properties: {{ cluster: "${{apps}}", loadBalancer: "${{edge}}", image: app, port: 80, {says} }}
"#
    )
}

#[track_caller]
fn priority(stack: &Stack, service: &str) -> i64 {
    stack.outputs_of(&format!("{service}-rule"))["priority"].as_i64().unwrap()
}

#[test]
fn the_priorities_of_rules_stay_whatever_comes_and_goes() {
    let stack = Stack::of_yaml(&program(&["web", "api"]));
    stack.up().well();
    let [web, api] = ["web", "api"].map(|service| priority(&stack, service));
    assert_ne!(web, api);

    stack.rewrite(&program(&["shop", "api", "web"]));
    stack.up().well();
    assert_eq!(["web", "api"].map(|service| priority(&stack, service)), [web, api]);

    stack.rewrite(&program(&["shop", "web"]));
    stack.up().well();
    stack.rewrite(&program(&["api", "web"]));
    stack.up().well();
    assert_eq!(["web", "api"].map(|service| priority(&stack, service)), [web, api], "api has come back");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_priority_that_somebody_else_has_is_worked_around() {
    let stack = Stack::of_yaml(&program(&["web", "api"]));
    stack.up().well();
    let usual = priority(&stack, "api");
    let listener = stack.outputs_of("api-rule")["listenerArn"].as_str().unwrap().to_owned();
    stack.rewrite(&program(&["web"]));
    stack.up().well();
    let others = stack.account.ask(
        "elasticloadbalancing",
        "CreateRule",
        &[
            ("Version", "2015-12-01"),
            ("ListenerArn", &listener),
            ("Priority", &usual.to_string()),
            ("Conditions.member.1.Field", "path-pattern"),
            ("Conditions.member.1.Values.member.1", "/theirs"),
            ("Actions.member.1.Type", "fixed-response"),
            ("Actions.member.1.FixedResponseConfig.StatusCode", "404"),
        ],
    );
    stack.rewrite(&program(&["web", "api"]));
    stack.up().well();
    assert_ne!(priority(&stack, "api"), usual);
    assert_eq!(stack.account.count("listener_rule"), 3, "theirs stays");
    stack.assert_settled();

    let (_, others) = others.split_once("<RuleArn>").unwrap();
    let (others, _) = others.split_once("</").unwrap();
    stack.account.ask("elasticloadbalancing", "DeleteRule", &[("Version", "2015-12-01"), ("RuleArn", others)]);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

const WRONG: &str = r#"
name: wrong
runtime: yaml
resources:
  web:
    type: tenantstack:FargateService
    properties:
      network:
        vpcId: vpc-0123456789abcdef0
        cidrBlock: 10.0.0.0/16
        publicSubnetIds: [subnet-0123456789abcdef0]
        privateSubnetIds: [subnet-0123456789abcdef1]
        isolatedSubnetIds: [subnet-0123456789abcdef2]
      memory: 4096
      port: 80
      domain: app.example.com
      desiredCount: 2
      scaling: { min: 3, max: 2, cpuPercent: 60 }
      healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 }
      deployment: { maximumPercent: 100 }
"#;

/// That this is said of that property.
#[track_caller]
fn says(text: &str, property: &str, reason: &str) {
    let about = format!("property {property} ");
    assert!(text.lines().any(|line| line.contains(&about) && line.contains(reason)), "{property}: {reason:?}:\n{text}");
}

#[test]
fn all_mistakes_come_at_once_each_with_its_place() {
    let stack = Stack::of_yaml(WRONG);
    let said = stack.preview().badly();
    for (property, reason) in [
        ("image", "must be given"),
        ("memory", "must be one of 512, 1024, 2048 MiB with 256 CPU units"),
        ("domain", "needs dns or zone"),
        ("desiredCount", "can't be given beside scaling"),
        ("scaling.max", "must not be less than min"),
        ("healthCheck.timeoutSeconds", "must be less than intervalSeconds"),
        ("deployment.maximumPercent", "leaves no room"),
    ] {
        says(&said.text, property, reason);
    }
    stack.up().badly();
    stack.account.assert_empty();
}

#[test]
fn a_place_on_a_shared_balancer_says_which_requests_and_a_worker_says_none() {
    let stack = Stack::of_yaml(&program(&["web"]).replace("hosts: [web.example.com]", "priority: 1"));
    says(&stack.preview().badly().text, "hosts", "must be given, or paths, headers or domain");
    stack.rewrite(&program(&["web"]).replace("port: 80,", ""));
    let said = stack.preview().badly();
    for property in ["loadBalancer", "hosts"] {
        says(&said.text, property, "means nothing without a port");
    }
    stack.account.assert_empty();
}

#[test]
fn a_service_moves_from_its_own_balancer_to_a_shared_one_and_back() {
    let shared = program(&["web"]);
    let own = shared.replace("loadBalancer: \"${edge}\", ", "");
    let stack = Stack::of_yaml(&own);
    stack.up().well();
    let service = stack.outputs_of("web-service")["serviceArn"].clone();
    stack.rewrite(&shared);
    stack.up().well();
    assert_eq!(stack.account.count("load_balancer"), 1);
    stack.assert_settled();
    stack.rewrite(&own);
    stack.up().well();
    assert_eq!(stack.account.count("load_balancer"), 2);
    assert_eq!(stack.outputs_of("web-service")["serviceArn"], service, "it has run all the while");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_becomes_more_particular_is_asked_before() {
    let stack = Stack::of_yaml(&program(&["web", "api"]));
    stack.up().well();
    let web = priority(&stack, "web");
    let narrower =
        program(&["web", "api"]).replace("hosts: [api.example.com]", "hosts: [web.example.com], paths: [/api/*]");
    stack.rewrite(&narrower);
    stack.up().well();
    assert!(priority(&stack, "api") < web);
    assert_eq!(priority(&stack, "web"), web, "the other stays where it is");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

/// A balancer with a name, and two services of one host, of which `api` says so in these words.
fn named(balancer: &str, api: &str) -> String {
    let (before, _) = BELOW.rsplit_once("    properties").unwrap();
    let edge = format!("    properties: {{ vpc: \"${{net}}\", dns: \"${{dns}}\", domain: \"{balancer}\" }}\n");
    let dns = "  dns:\n    type: tenantstack:Dns\n    properties: { domain: example.com }\n";
    format!("{before}{edge}{dns}{}{}", service("web", "dns: \"${dns}\", domain: app.example.com"), service("api", api))
}

#[test]
fn a_name_is_made_once() {
    let by_host = "hosts: [app.example.com], paths: [/api/*]";
    let stack = Stack::of_yaml(&named("app.example.com", by_host));
    stack.up().well();
    let resources = stack.resources();
    let urns = resources.iter().map(|resource| resource["urn"].as_str().unwrap());
    let aliases = urns.filter(|urn| urn.contains("route53:RecordSet::") && urn.ends_with("-name"));
    let names: Vec<_> = aliases.map(|urn| urn.rsplit("::").next().unwrap()).collect();
    assert_eq!(names, ["edge-name"], "the balancer's name is the service's");
    assert_eq!(stack.outputs_of("web")["url"], "https://app.example.com");
    stack.assert_settled();

    stack.rewrite(&named("*.example.com", "dns: \"${dns}\", domain: app.example.com, paths: [/api/*]"));
    says(&stack.preview().badly().text, "domain", "give the name in hosts");
    stack.rewrite(&named("*.example.com", by_host));
    stack.preview().well().saying("::web-name");
    stack.assert_destroys_cleanly();
}
