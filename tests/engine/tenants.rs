//! Clients that come, live beside each other, and leave.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::stack::Stack;

/// What all tenants share.
const EDGE: &str = r#"
name: tenants
runtime: yaml
config:
  "tenantstack:mode": development
  planted: { type: string, secret: true }
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  apps:
    type: tenantstack:Cluster
    properties: { vpc: "${net}" }
  dns:
    type: tenantstack:Dns
    properties: { domain: example.com }
  edge:
    type: tenantstack:Alb
    properties: { vpc: "${net}", dns: "${dns}", domain: "*.example.com" }
"#;

const PLANTED: &str = "planted-7c1e-tenant";

/// A tenant with everything that there is, whose services are called so.
fn tenant(name: &str, services: &[&str]) -> String {
    let service = |service: &&str| format!("{{ name: {service}, image: app, port: 80, paths: [/{service}/*] }}");
    let services: Vec<_> = services.iter().map(service).collect();
    format!(
        r#"  {name}:
    type: tenantstack:TenantStack
    properties:
      tenant: {name}
      cluster: ${{apps}}
      loadBalancer: ${{edge}}
      dns: ${{dns}}
      domain: example.com
      services: [{}]
      cache: {{ engine: valkey }}
      secrets: {{ values: {{ STRIPE_KEY: "${{planted}}" }}, generated: {{ SESSION_KEY: {{ length: 64 }} }} }}
"#,
        services.join(", ")
    )
}

fn program(tenants: &[(&str, &[&str])]) -> String {
    let tenants = tenants.iter().map(|(name, services)| tenant(name, services));
    format!("{EDGE}{}", tenants.collect::<String>())
}

fn of_tenants(tenants: &[(&str, &[&str])]) -> Stack {
    let stack = Stack::of_yaml(&program(tenants));
    stack.pulumi(&["config", "set", "--secret", "planted", PLANTED]).well();
    stack
}

/// Every resource below the component of that name.
fn below(stack: &Stack, name: &str) -> Vec<Value> {
    let all = stack.resources();
    let mut parents = BTreeSet::from([stack.urn(name)]);
    let mut found = Vec::new();
    // The state has parents before their children.
    for resource in all {
        if resource["parent"].as_str().is_some_and(|parent| parents.contains(parent)) {
            parents.insert(resource["urn"].as_str().unwrap().to_owned());
            found.push(resource);
        }
    }
    // Its order is that of their making.
    found.sort_by_key(|resource| resource["urn"].to_string());
    found
}

/// What they are: dependencies are listed in any order.
fn what(resources: &[Value]) -> Vec<[Value; 4]> {
    let what = |resource: &Value| ["urn", "id", "inputs", "outputs"].map(|part| resource[part].clone());
    resources.iter().map(what).collect()
}

fn ids(resources: &[Value]) -> BTreeSet<String> {
    resources.iter().filter_map(|resource| resource["id"].as_str()).map(ToOwned::to_owned).collect()
}

/// The security groups that a resource makes, or the pair that a rule of one joins.
fn doors(resources: &[Value]) -> Vec<(String, String)> {
    let rules = resources.iter().filter(|resource| resource["type"] == "tenantstack:ec2:SecurityGroupIngress");
    let text = |rule: &Value, property: &str| rule["outputs"][property].as_str().unwrap().to_owned();
    rules.map(|rule| (text(rule, "groupId"), text(rule, "sourceSecurityGroupId"))).collect()
}

/// The snapshots that stay of a tenant that has left, and its secrets until their recovery window is over.
fn destroy(stack: &Stack) {
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    let inventory = stack.account.inventory();
    let kinds: Vec<_> = inventory.as_object().unwrap().keys().filter(|kind| !kind.ends_with("_snapshot")).collect();
    assert!(kinds.is_empty(), "something is left: {kinds:?}");
    stack.account.assert_all_requests_valid();
}

/// That something is made and nothing is changed, by what the CLI shows of each resource.
#[track_caller]
fn assert_only_creates(said: &str) {
    let steps = said.lines().filter_map(|line| line.trim_start().split_once(' ')).map(|(sign, _)| sign);
    let signs: BTreeSet<_> = steps.filter(|sign| ["+", "~", "-", "+-", "++", "--"].contains(sign)).collect();
    assert_eq!(signs, ["+"].into(), "{said}");
}

#[test]
fn tenants_whose_names_are_chosen_to_collide_share_nothing() {
    let stack = of_tenants(&[("acme", &["eu-web", "api"]), ("acme-eu", &["web"])]);
    stack.preview().well();
    stack.up().well();
    stack.assert_settled();
    let [acme, other] = ["acme", "acme-eu"].map(|name| below(&stack, name));
    assert!(ids(&acme).is_disjoint(&ids(&other)));
    let own: BTreeSet<_> = doors(&acme).into_iter().map(|(group, _)| group).collect();
    for (group, from) in doors(&other) {
        assert!(!own.contains(&group) && !own.contains(&from), "{from} comes to {group}");
    }
    let policies = |resources: &[Value]| {
        let policies = resources.iter().filter(|resource| resource["type"] == "tenantstack:iam:RolePolicy");
        policies.map(|policy| policy["outputs"]["policyDocument"].to_string()).collect::<String>()
    };
    for secret in other.iter().filter(|resource| resource["type"] == "tenantstack:secretsmanager:Secret") {
        assert!(!policies(&acme).contains(secret["outputs"]["arn"].as_str().unwrap()));
    }
    let state = stack.state().to_string();
    assert!(!state.contains(PLANTED), "a secret is in the state as it is written");
    for request in stack.account.get("requests").as_array().unwrap() {
        let tells = request.to_string().contains(PLANTED);
        assert!(!tells || request["operation"] == "CreateSecret", "{} tells the secret", request["operation"]);
    }
    destroy(&stack);
}

#[test]
fn another_tenant_changes_nothing_of_the_others_and_leaves_nothing_but_its_data() {
    let stack = of_tenants(&[("acme", &["web"])]);
    stack.up().well();
    let before = what(&below(&stack, "acme"));
    let standing = stack.account.inventory();

    stack.rewrite(&program(&[("acme", &["web"]), ("acme-2", &["web"])]));
    assert_only_creates(&stack.pulumi(&["preview"]).well().stdout);
    assert_only_creates(&stack.up().well().stdout);
    assert_eq!(what(&below(&stack, "acme")), before);
    stack.assert_settled();

    let come = stack.account.changes().len();
    stack.rewrite(&program(&[("acme", &["web"])]));
    stack.up().well();
    let gone = stack.account.changes()[come..].to_vec();
    let first = |operation: &str| {
        gone.iter().position(|change| change == operation).unwrap_or_else(|| panic!("{operation}: {gone:?}"))
    };
    assert!(first("ChangeResourceRecordSets") < first("DeleteService"), "the name goes first: {gone:?}");
    assert!(first("DeleteService") < first("DeleteDBInstance"), "services go before their data: {gone:?}");
    let mut left = stack.account.inventory();
    let kept: Vec<_> = ["db_snapshot", "cache_snapshot"].map(|kind| left.as_object_mut().unwrap().remove(kind)).into();
    assert!(kept[0].as_ref().is_some_and(|snapshots| snapshots.as_array().unwrap().len() == 1), "{kept:?}");
    assert_eq!(left, standing, "all of it is gone but for its data");
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn a_client_that_is_called_otherwise_in_the_program_keeps_all_that_it_has() {
    let stack = of_tenants(&[("acme", &["web"])]);
    stack.up().well();
    let before = ids(&below(&stack, "acme"));
    let changes = stack.account.changes().len();

    let renamed = program(&[("acme", &["web"])]).replace("  acme:\n", "  client:\n");
    stack.rewrite(&format!("{renamed}    options: {{ aliases: [{{ name: acme }}] }}\n"));
    let said = stack.preview().well().stdout;
    let told = ["to create", "to delete", "to replace"].map(|what| said.contains(what));
    assert_eq!(told, [false; 3], "{said}");
    stack.up().well();
    let after = ids(&below(&stack, "client"));
    assert_eq!(after, before, "another thing in place of one that was there");
    let done: BTreeSet<_> = stack.account.changes()[changes..].iter().cloned().collect();
    // What a log group is set to is made sure of whenever it changes.
    let others: Vec<_> =
        done.iter().filter(|change| !change.contains("Tag") && *change != "PutRetentionPolicy").collect();
    assert!(others.is_empty(), "{others:?}");
    stack.assert_settled();

    stack.rewrite(&program(&[("acme", &["web"])]).replace("  acme:\n", "  client:\n"));
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn a_program_has_its_word_in_every_resource_of_a_client() {
    let stack = Stack::of_program("transforms-typescript");
    stack.up().well();
    let children = below(&stack, "acme");
    let reached: BTreeSet<String> = serde_json::from_value(stack.outputs()["reached"].clone()).unwrap();
    for child in &children {
        let name = child["urn"].as_str().unwrap().rsplit("::").next().unwrap();
        assert!(reached.contains(name), "the transform hasn't seen {name}");
        let tags = &child["inputs"]["tags"];
        assert!(tags.is_null() || tags["CostCenter"] == "4711", "{name}: {tags}");
    }
    let database = children.iter().find(|child| child["type"] == "tenantstack:rds:DBInstance").unwrap();
    assert_eq!(database["outputs"]["caCertificateIdentifier"], "rds-ca-rsa4096-g1");
    assert_eq!(database["outputs"]["tags"]["CostCenter"], "4711");
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn a_silo_stands_alone() {
    let silo = r#"
name: silo
runtime: yaml
config: { "tenantstack:mode": development }
resources:
  acme:
    type: tenantstack:TenantStack
    properties:
      tenant: acme
      tier: silo
      cidrBlock: 10.8.0.0/16
      services: [{ name: web, image: app, port: 80 }]
outputs:
  url: ${acme.url}
  network: ${acme.network}
"#;
    let stack = Stack::of_yaml(silo);
    stack.preview().well().saying("tenantstack:index:Vpc");
    stack.up().well();
    stack.assert_settled();
    let outputs = stack.outputs();
    assert_eq!(outputs["network"]["cidrBlock"], "10.8.0.0/16");
    assert!(outputs["url"].as_str().unwrap().starts_with("http://acme-alb"), "{outputs}");

    stack.rewrite(&silo.replace("image: app", "image: app:2"));
    stack.up().well().saying("web-task-definition");
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn all_that_is_wrong_is_said_before_anything_is_made() {
    let wrong = program(&[("acme", &["web"])])
        .replace("engine: valkey", "engine: valkey, engineVersion: latest")
        .replace("      cluster: ${apps}\n", "")
        .replace("port: 80", "port: 80, cpu: 300");
    let stack = Stack::of_yaml(&wrong);
    stack.pulumi(&["config", "set", "--secret", "planted", PLANTED]).well();
    let errors = stack.preview().badly().text;
    for path in ["cache.engineVersion", "tier", "services[0].cpu"] {
        assert!(errors.contains(path), "{path} isn't in {errors}");
    }
    assert!(!errors.contains(PLANTED));
}
