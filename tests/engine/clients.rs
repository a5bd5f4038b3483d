//! The examples of clients' stacks: two on one edge, one with everything of its own, one in a stack of its own that
//! reads the edge's, and an open source program with its database.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    images::Builder,
    services::{made, planned, told},
    stack::Stack,
};

/// What a client of the examples has below it: a web service, a database and a cache. Secrets come on top.
const OF_A_CLIENT: [&str; 30] = [
    "ec2:SecurityGroup NAME-cache-security-group",
    "ec2:SecurityGroup NAME-database-security-group",
    "ec2:SecurityGroup NAME-web-security-group",
    "ec2:SecurityGroupIngress NAME-web-from-load-balancer",
    "ec2:SecurityGroupIngress NAME-web-to-cache",
    "ec2:SecurityGroupIngress NAME-web-to-database",
    "ecs:Service NAME-web-service",
    "ecs:TaskDefinition NAME-web-task-definition",
    "elasticache:ParameterGroup NAME-cache-parameter-group",
    "elasticache:ReplicationGroup NAME-cache-replication-group",
    "elasticache:SubnetGroup NAME-cache-subnet-group",
    "elasticloadbalancingv2:ListenerRule NAME-web-rule",
    "elasticloadbalancingv2:TargetGroup NAME-web-target-group",
    "iam:Role NAME-web-execution-role",
    "iam:Role NAME-web-task-role",
    "iam:RolePolicy NAME-web-execution-policy",
    "iam:RolePolicy NAME-web-task-policy",
    "index:FargateService NAME-web",
    "index:Postgres NAME-database",
    "index:Redis NAME-cache",
    "index:TenantStack NAME",
    "logs:LogGroup NAME-web-log-group",
    "rds:DBInstance NAME-database-instance",
    "rds:DBParameterGroup NAME-database-parameter-group",
    "rds:DBSubnetGroup NAME-database-subnet-group",
    "route53:RecordSet NAME-name",
    "secretsmanager:RotationSchedule NAME-database-password-rotation",
    "secretsmanager:Secret NAME-cache-token",
    "secretsmanager:Secret NAME-secrets-session-key",
    "secretsmanager:Secret NAME-secrets-stripe-key",
];

/// What stays when everything is destroyed.
const SNAPSHOTS: [&str; 2] = ["cache_snapshot", "db_snapshot"];

/// The parts of the client of that name, with its secrets.
fn client(name: &str) -> BTreeSet<String> {
    let secrets = format!("index:Secrets {name}-secrets");
    OF_A_CLIENT.iter().map(|part| part.replace("NAME", name)).chain([secrets]).collect()
}

/// The same without secrets of its own.
fn client_without_secrets(name: &str) -> BTreeSet<String> {
    client(name).into_iter().filter(|part| !part.contains(&format!("{name}-secrets"))).collect()
}

/// What stands below the client of that name.
fn below(urns: &BTreeSet<String>, name: &str) -> BTreeSet<String> {
    let all = urns.iter().filter(|urn| urn.contains("tenantstack:index:TenantStack")).map(|urn| told(urn));
    all.filter(|part| part.ends_with(&format!(" {name}")) || part.contains(&format!(" {name}-"))).collect()
}

/// Deploys it: its preview has told all of it, and changed nothing. Nothing is to do afterwards.
fn deploy(stack: &Stack) {
    let (before, calls) = (made(stack), stack.account.changes());
    let planned: BTreeSet<_> = planned(stack).into_keys().collect();
    assert_eq!(stack.account.changes(), calls, "a preview changes nothing");
    stack.up().well();
    assert_eq!(planned, &made(stack) - &before, "what was told is what was made");
    stack.assert_settled();
}

/// What stands in the account but for snapshots, and how many of each kind of these.
fn left(stack: &Stack) -> (Vec<String>, [usize; 2]) {
    let inventory = stack.account.inventory();
    let others = inventory.as_object().unwrap().keys().filter(|kind| !SNAPSHOTS.contains(&kind.as_str()));
    let count = |kind: &str| inventory[kind].as_array().map_or(0, Vec::len);
    (others.cloned().collect(), SNAPSHOTS.map(count))
}

/// Destroys the stack.
fn destroy(stack: &Stack) {
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    stack.account.assert_all_requests_valid();
}

/// Destroys the stack, which leaves so many snapshots of caches and of databases, and nothing else.
#[track_caller]
fn leaves(stack: &Stack, snapshots: [usize; 2]) {
    destroy(stack);
    assert_eq!(left(stack), (Vec::new(), snapshots));
}

/// Everything that a client has in the state, as it is.
fn state_of(stack: &Stack, client: &str) -> Vec<Value> {
    let resources = stack.resources().into_iter();
    let mut all: Vec<_> = resources
        .filter(|resource| {
            let part = told(resource["urn"].as_str().unwrap());
            part.ends_with(&format!(" {client}")) || part.contains(&format!(" {client}-"))
        })
        .map(|resource| resource["outputs"].clone())
        .collect();
    all.sort_by_key(ToString::to_string);
    all
}

fn brings_its_secret(stack: &Stack, client: &str) {
    let key = format!("stripeKeys.{client}");
    stack.pulumi(&["config", "set", "--secret", "--path", &key, &format!("sk_{client}")]).well();
}

fn two_tenants(example: &str) {
    let stack = Stack::of_example(example);
    ["acme", "globex"].iter().for_each(|name| brings_its_secret(&stack, name));
    deploy(&stack);
    for name in ["acme", "globex"] {
        assert_eq!(below(&made(&stack), name), client(name));
    }
    let urls = stack.outputs()["urls"].clone();
    assert_eq!(urls, serde_json::json!(["https://acme.example.com", "https://globex.example.com"]));
    for (kind, count) in [("load_balancer", 1), ("vpc", 1), ("db_instance", 2), ("cache_replication_group", 2)] {
        assert_eq!(stack.account.count(kind), count, "{kind}");
    }

    // The next client is one more word, and changes nothing of the others.
    let others = ["acme", "globex"].map(|name| state_of(&stack, name));
    stack.pulumi(&["config", "set", "--path", "more[0]", "initech"]).well();
    brings_its_secret(&stack, "initech");
    let added = planned(&stack);
    let changed = added.iter().filter(|(_, ops)| **ops != BTreeSet::from(["create".to_owned()]));
    let changed: Vec<_> = changed.map(|(urn, _)| told(urn)).filter(|part| !part.contains("pulumi:Stack")).collect();
    assert_eq!(changed, Vec::<String>::new(), "nothing but what is made");
    assert_eq!(below(&added.into_keys().collect(), "initech"), client("initech"));
    stack.up().well();
    assert_eq!(["acme", "globex"].map(|name| state_of(&stack, name)), others);
    assert_eq!(stack.outputs()["urls"][2], "https://initech.example.com");
    stack.assert_settled();

    // It leaves: its snapshots stay, and the others don't notice.
    stack.pulumi(&["config", "rm", "--path", "more[0]"]).well();
    stack.up().well();
    assert_eq!(["acme", "globex"].map(|name| state_of(&stack, name)), others);
    assert_eq!(left(&stack).1, [1, 1]);
    stack.assert_settled();
    leaves(&stack, [3, 3]);
}

#[test]
fn two_clients_on_one_edge_in_typescript() {
    two_tenants("two-tenants-typescript");
}

#[test]
fn two_clients_on_one_edge_in_python() {
    two_tenants("two-tenants-python");
}

#[test]
fn two_clients_on_one_edge_in_go() {
    two_tenants("two-tenants-go");
}

fn silo(example: &str) {
    const OWN: [&str; 6] = [
        "ec2:NatGateway acme-vpc-nat-1",
        "ec2:Vpc acme-vpc-vpc",
        "ecs:Cluster acme-cluster-cluster",
        "elasticloadbalancingv2:Listener acme-alb-https",
        "elasticloadbalancingv2:LoadBalancer acme-alb-load-balancer",
        "ecs:Service acme-worker-service",
    ];
    let stack = Stack::of_example(example);
    deploy(&stack);
    let parts = below(&made(&stack), "acme");
    for part in OWN.map(ToOwned::to_owned).into_iter().chain(client_without_secrets("acme")) {
        assert!(parts.contains(&part), "{part} is not in {parts:#?}");
    }
    assert_eq!(stack.outputs()["url"], "https://acme.example.com");
    assert_eq!(stack.outputs()["network"]["cidrBlock"], "10.20.0.0/16");
    let [web, api] = ["acme-web-rule", "acme-api-rule"].map(|rule| stack.outputs_of(rule)["priority"].as_f64());
    assert!(api < web, "what is particular is asked first");

    stack.config("image", "public.ecr.aws/nginx/nginx:1.29");
    let changed = planned(&stack).into_keys().map(|urn| told(&urn)).collect::<BTreeSet<_>>();
    let changed: Vec<_> = changed.iter().filter(|part| part.starts_with("ecs:")).map(String::as_str).collect();
    let of = |kind: &str, end: &str| ["api", "web", "worker"].map(|name| format!("ecs:{kind} acme-{name}-{end}"));
    assert_eq!(changed, [of("Service", "service"), of("TaskDefinition", "task-definition")].concat());
    stack.up().well();
    stack.assert_settled();
    leaves(&stack, [1, 1]);
}

#[test]
fn a_client_who_has_everything_to_itself_in_typescript() {
    silo("silo-typescript");
}

#[test]
fn a_client_who_has_everything_to_itself_in_python() {
    silo("silo-python");
}

#[test]
fn clients_in_stacks_of_their_own_share_what_another_stack_has() {
    let shared = Stack::of_example("shared-edge-typescript");
    deploy(&shared);
    let clients = ["acme", "globex"].map(|name| {
        let stack = Stack::of_example_near(&shared, "client-of-edge-typescript", name);
        stack.config("edge", "organization/shared-edge-typescript/test");
        stack.config("tenant", name);
        stack
    });
    for (stack, name) in clients.iter().zip(["acme", "globex"]) {
        deploy(stack);
        assert_eq!(below(&made(stack), name), client_without_secrets(name));
        assert_eq!(stack.outputs()["url"], format!("https://{name}.example.com"));
    }
    for (kind, count) in [("load_balancer", 1), ("vpc", 1), ("listener_rule", 2), ("ecs_service", 2)] {
        assert_eq!(shared.account.count(kind), count, "{kind}");
    }
    let [acme, globex] = &clients;
    acme.config("image", "public.ecr.aws/nginx/nginx:1.29");
    acme.up().well();
    acme.assert_settled();
    globex.assert_settled();
    shared.assert_settled();
    clients.iter().for_each(destroy);
    leaves(&shared, [2, 2]);
}

fn self_hosted(example: &str) {
    let mut stack = Stack::of_example(example);
    let builder = Builder::alone(&mut stack);
    stack.beside_it("strapi");
    deploy(&stack);
    assert_eq!(builder.runs().len(), 1);
    assert!(builder.runs()[0].to_string().contains("linux/arm64"), "{:?}", builder.runs());
    assert_eq!(stack.outputs()["admin"], "https://cms.example.com/admin");
    let container = stack.outputs_of("cms-task-definition")["containerDefinitions"][0].clone();
    let names = |what: &str| -> BTreeSet<String> {
        let all = container[what].as_array().unwrap().iter();
        all.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
    };
    // What the files in config/ of the example read.
    for name in ["PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSSLMODE", "PUBLIC_URL"] {
        assert!(names("environment").contains(name), "{name}");
    }
    let secrets = [
        "ADMIN_JWT_SECRET",
        "API_TOKEN_SALT",
        "APP_KEYS",
        "ENCRYPTION_KEY",
        "JWT_SECRET",
        "PGPASSWORD",
        "TRANSFER_TOKEN_SALT",
    ];
    assert_eq!(names("secrets"), secrets.map(ToOwned::to_owned).into());
    let group = stack.outputs_of("cms-target-group");
    assert_eq!(group["healthCheckPath"], "/_health");
    assert_eq!(group["matcher"]["httpCode"], "204");

    // Another version of Strapi is another image, and nothing else.
    let package = stack.program().parent().unwrap().join("strapi/package.json");
    let text = std::fs::read_to_string(&package).unwrap();
    std::fs::write(&package, text.replace("\"version\": \"0.1.0\"", "\"version\": \"0.2.0\"")).unwrap();
    let changed: BTreeSet<_> = planned(&stack).into_keys().map(|urn| told(&urn)).collect();
    for part in ["ecr:Image cms-image", "ecs:TaskDefinition cms-task-definition", "ecs:Service cms-service"] {
        assert!(changed.contains(part), "{part} is not in {changed:?}");
    }
    assert!(!changed.iter().any(|part| part.contains(" db") || part.contains(" keys")), "{changed:?}");
    stack.up().well();
    assert_eq!(builder.runs().len(), 2);
    stack.assert_settled();
    leaves(&stack, [0, 1]);
}

#[test]
fn strapi_with_its_database_in_typescript() {
    self_hosted("self-hosted-typescript");
}

#[test]
fn strapi_with_its_database_in_python() {
    self_hosted("self-hosted-python");
}
