//! Every input of what keeps data, changed alone: what is there stays, or the preview is refused and says why.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::stack::{Said, Stack};

/// Two networks, and all else that a tenant needs.
const SHARED: &str = r#"
name: losses
runtime: yaml
config: { "tenantstack:mode": development }
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  elsewhere:
    type: tenantstack:Vpc
    properties: { nat: none }
  apps:
    type: tenantstack:Cluster
    properties: { vpc: "${net}" }
"#;

const KEY: &str = "arn:aws:kms:eu-west-1:123456789012:key/0f3e9d0a-0000-4000-8000-000000000000";

/// What comes of a change.
enum Comes {
    /// Whatever has data stays.
    Kept,
    /// The preview is refused, and says this.
    Refused(&'static str),
    /// The program asks for it: these and no others of what has data end.
    Ended(&'static [&'static str]),
}

use Comes::{Ended, Kept, Refused};

/// Another value of an input; null for none.
type Change = (&'static str, Value, Comes);

/// A component, as it is and as it changes.
struct Subject {
    kind: &'static str,
    inputs: Value,
    changes: Vec<Change>,
    /// Inputs that have nothing to do with data, or make no sense here.
    others: &'static [&'static str],
}

impl Subject {
    fn program(&self, inputs: &Map<String, Value>) -> String {
        let inputs = Value::Object(inputs.clone());
        format!("{SHARED}  subject:\n    type: tenantstack:{}\n    properties: {inputs}\n", self.kind)
    }

    fn stands(&self) -> &Map<String, Value> {
        self.inputs.as_object().unwrap()
    }

    /// The inputs after a change of one. A network takes the place of another, however it is said.
    fn changed(&self, input: &str, value: &Value) -> Map<String, Value> {
        let mut inputs = self.stands().clone();
        if input == "network" {
            inputs.remove("vpc");
        }
        inputs.insert(input.to_owned(), value.clone());
        inputs.retain(|_, value| !value.is_null());
        inputs
    }

    fn assert_complete(&self) {
        let schema = schema();
        let all = schema["resources"][format!("tenantstack:index:{}", self.kind)]["inputProperties"].as_object();
        let tried = self.changes.iter().map(|(input, ..)| *input).chain(self.others.iter().copied());
        let tried: BTreeSet<&str> = tried.collect();
        assert_eq!(all.unwrap().keys().map(String::as_str).collect::<BTreeSet<_>>(), tried, "of {}", self.kind);
    }

    /// Makes it, and looks what each change would do.
    fn loses_nothing(&self) {
        self.assert_complete();
        let stack = Stack::of_yaml(&self.program(self.stands()));
        stack.up().well();
        let mut wrong = Vec::new();
        for (input, value, comes) in &self.changes {
            stack.rewrite(&self.program(&self.changed(input, value)));
            let said = stack.pulumi(&["preview", "--json"]);
            wrong.extend(judged(&said, comes).err().map(|how| format!("{input}: {value}: {how}")));
        }
        assert!(wrong.is_empty(), "{}:\n{}", self.kind, wrong.join("\n"));
    }
}

fn schema() -> Value {
    serde_json::from_str(&tenantstack::provider().schema()).unwrap()
}

/// The types that hold data: those that `allowReplace` is for.
fn data() -> BTreeSet<String> {
    let schema = schema();
    let resources = schema["resources"].as_object().unwrap().iter();
    let custom = resources.filter(|(_, resource)| resource["isComponent"] != true);
    custom
        .filter(|(_, resource)| !resource["inputProperties"]["allowReplace"].is_null())
        .map(|(token, _)| token.clone())
        .collect()
}

fn judged(said: &Said, comes: &Comes) -> Result<(), String> {
    let preview: Value = serde_json::from_str(&said.stdout).unwrap_or_default();
    let told = preview["diagnostics"].to_string();
    match (said.success, comes) {
        (false, Refused(why)) if told.contains(why) => Ok(()),
        (false, _) => Err(format!("refused: {told}")),
        (true, Refused(_)) => Err("isn't refused".to_owned()),
        (true, Kept) => ended(&preview, &[]),
        (true, Ended(which)) => ended(&preview, which),
    }
}

/// That of what has data these end, or are replaced, and no others.
fn ended(preview: &Value, expected: &[&str]) -> Result<(), String> {
    let data = data();
    let mut ended = BTreeMap::new();
    for step in preview["steps"].as_array().ok_or("no steps")? {
        let (op, state) = (step["op"].as_str().unwrap_or_default(), &step["oldState"]);
        if ["delete", "replace", "delete-replaced", "create-replacement"].contains(&op)
            && data.contains(state["type"].as_str().unwrap_or_default())
        {
            let name = step["urn"].as_str().unwrap_or_default().rsplit("::").next().unwrap_or_default();
            ended.insert(name.to_owned(), op.to_owned());
        }
    }
    if ended.keys().map(String::as_str).eq(expected.iter().copied()) {
        return Ok(());
    }
    Err(format!("ends {ended:?}"))
}

/// The plain data of the network elsewhere.
fn elsewhere() -> Value {
    json!("${elsewhere.network}")
}

#[test]
fn postgres_loses_nothing() {
    let subject = Subject {
        kind: "Postgres",
        inputs: json!({ "vpc": "${net}" }),
        changes: vec![
            ("allocatedStorage", json!(30), Kept),
            ("allowReplace", json!(true), Kept),
            ("backupRetentionDays", json!(3), Kept),
            ("databaseName", json!("other"), Refused("dbName")),
            ("deletionProtection", json!(true), Kept),
            ("engineVersion", json!("16"), Refused("engineVersion")),
            ("finalSnapshot", json!(false), Kept),
            ("instanceClass", json!("db.t4g.small"), Kept),
            ("kmsKeyId", json!(KEY), Refused("kmsKeyId")),
            ("linkPrefix", json!("ORDERS_"), Kept),
            ("maxAllocatedStorage", json!(200), Kept),
            ("mode", json!("production"), Kept),
            ("multiAz", json!(true), Kept),
            ("network", elsewhere(), Refused("must keep one")),
            ("parameters", json!({ "log_min_duration_statement": "500" }), Kept),
            ("passwordRotationDays", json!(30), Kept),
            ("performanceInsights", json!(false), Kept),
            ("snapshotIdentifier", json!("another"), Refused("napshotIdentifier")),
            ("tags", json!({ "CostCenter": "4711" }), Kept),
            ("username", json!("other"), Refused("masterUsername")),
            ("vpc", json!("${elsewhere}"), Refused("must keep one")),
        ],
        others: &[],
    };
    subject.loses_nothing();
}

#[test]
fn aurora_loses_nothing() {
    let subject = Subject {
        kind: "AuroraPostgres",
        inputs: json!({ "vpc": "${net}", "replicas": 1 }),
        changes: vec![
            ("allowReplace", json!(true), Kept),
            ("autoPauseSeconds", json!(600), Refused("minCapacity")),
            ("backupRetentionDays", json!(3), Kept),
            ("dataApi", json!(true), Kept),
            ("databaseName", json!("other"), Refused("databaseName")),
            ("deletionProtection", json!(true), Kept),
            ("engineVersion", json!("16"), Refused("engineVersion")),
            ("finalSnapshot", json!(false), Kept),
            ("kmsKeyId", json!(KEY), Refused("kmsKeyId")),
            ("linkPrefix", json!("ORDERS_"), Kept),
            ("maxCapacity", json!(8), Kept),
            ("minCapacity", json!(1), Kept),
            ("mode", json!("production"), Kept),
            ("network", elsewhere(), Refused("must keep one")),
            ("parameters", json!({ "log_min_duration_statement": "500" }), Kept),
            ("passwordRotationDays", json!(30), Kept),
            ("performanceInsights", json!(false), Kept),
            // A member has no data of its own.
            ("replicas", json!(0), Ended(&["subject-reader-1"])),
            ("snapshotIdentifier", json!("another"), Refused("napshotIdentifier")),
            ("tags", json!({ "CostCenter": "4711" }), Kept),
            ("username", json!("other"), Refused("masterUsername")),
            ("vpc", json!("${elsewhere}"), Refused("must keep one")),
        ],
        others: &[],
    };
    subject.loses_nothing();
}

#[test]
fn redis_loses_nothing() {
    let subject = Subject {
        kind: "Redis",
        inputs: json!({ "vpc": "${net}", "replicas": 1 }),
        changes: vec![
            ("allowReplace", json!(true), Kept),
            ("engine", json!("redis"), Refused("engine")),
            ("engineVersion", json!("7.2"), Refused("engineVersion")),
            ("finalSnapshot", json!(false), Kept),
            ("kmsKeyId", json!(KEY), Refused("kmsKeyId")),
            ("linkPrefix", json!("JOBS_"), Kept),
            ("mode", json!("production"), Kept),
            ("network", elsewhere(), Refused("must keep one")),
            ("nodeType", json!("cache.t4g.small"), Kept),
            ("parameters", json!({ "maxmemory-policy": "allkeys-lru" }), Kept),
            ("replicas", json!(2), Kept),
            ("shards", json!(2), Refused("clusterMode")),
            ("snapshotRetentionDays", json!(5), Kept),
            ("tags", json!({ "CostCenter": "4711" }), Kept),
            ("vpc", json!("${elsewhere}"), Refused("must keep one")),
        ],
        others: &[],
    };
    subject.loses_nothing();
}

#[test]
fn secrets_lose_nothing() {
    let subject = Subject {
        kind: "Secrets",
        inputs: json!({ "values": { "STRIPE_KEY": "one" }, "generated": { "SESSION_KEY": { "length": 32 } } }),
        changes: vec![
            ("generated", json!({ "SESSION_KEY": { "length": 64 } }), Kept),
            ("generated", Value::Null, Ended(&["subject-session-key"])),
            ("kmsKeyId", json!(KEY), Kept),
            ("mode", json!("production"), Kept),
            ("recoveryWindowInDays", json!(20), Kept),
            ("tags", json!({ "CostCenter": "4711" }), Kept),
            ("values", json!({ "STRIPE_KEY": "two" }), Kept),
            ("values", json!({ "STRIPE_KEY": "one", "MAIL_KEY": "three" }), Kept),
        ],
        others: &[],
    };
    subject.loses_nothing();
}

#[test]
fn a_tenant_loses_nothing() {
    let subject = Subject {
        kind: "TenantStack",
        inputs: json!({
            "tenant": "acme",
            "cluster": "${apps}",
            "services": [{ "name": "jobs", "image": "app" }],
            "cache": { "engine": "valkey" },
            "secrets": { "generated": { "SESSION_KEY": { "length": 32 } } },
        }),
        changes: vec![
            // Another client. This one's data ends with last snapshots, and where it is protected not at all.
            (
                "tenant",
                json!("other"),
                Ended(&[
                    "subject-acme-cache-replication-group",
                    "subject-acme-cache-token",
                    "subject-acme-database-instance",
                    "subject-acme-secrets-session-key",
                ]),
            ),
            // Which network that is becomes known when it is there: the deployment is refused then, and not the preview.
            ("tier", json!("silo"), Kept),
            ("tier", json!("pool"), Refused("pool")),
            ("cluster", Value::Null, Refused("cluster")),
            ("cache", json!({ "engine": "valkey", "nodeType": "cache.t4g.small" }), Kept),
            ("cache", json!({ "engine": "redis" }), Refused("engine")),
            ("cache", Value::Null, Ended(&["subject-acme-cache-replication-group", "subject-acme-cache-token"])),
            ("database", json!({ "instanceClass": "db.t4g.small" }), Kept),
            ("database", json!({ "username": "other" }), Refused("masterUsername")),
            ("database", json!({ "engine": "aurora" }), Ended(&["subject-acme-database-instance"])),
            ("deletionProtection", json!(true), Kept),
            ("mode", json!("production"), Kept),
            ("secrets", json!({ "generated": { "SESSION_KEY": { "length": 64 } } }), Kept),
            ("services", json!([{ "name": "jobs", "image": "app:2" }]), Kept),
            ("services", json!([{ "name": "mails", "image": "app" }]), Kept),
            ("tags", json!({ "CostCenter": "4711" }), Kept),
        ],
        others: &[
            "certificateArns",
            "cidrBlock",
            "clusterArn",
            "dns",
            "domain",
            "edge",
            "hosts",
            "loadBalancer",
            "network",
            "vpc",
            "zone",
        ],
    };
    subject.loses_nothing();
}
