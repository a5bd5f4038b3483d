//! Databases: nobody ever loses one.

use serde_json::json;

use crate::stack::Stack;

const DATABASE: &str = r#"
name: data
runtime: yaml
resources:
  net:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 10.0.0.0/16 }
  one:
    type: tenantstack:ec2:Subnet
    properties: { vpcId: "${net.vpcId}", cidrBlock: 10.0.1.0/24, availabilityZone: eu-west-1a }
  two:
    type: tenantstack:ec2:Subnet
    properties: { vpcId: "${net.vpcId}", cidrBlock: 10.0.2.0/24, availabilityZone: eu-west-1b }
  subnets:
    type: tenantstack:rds:DBSubnetGroup
    properties:
      dbSubnetGroupDescription: the client's data
      subnetIds: ["${one.subnetId}", "${two.subnetId}"]
  group:
    type: tenantstack:ec2:SecurityGroup
    properties: { vpcId: "${net.vpcId}", groupDescription: data }
  db:
    type: tenantstack:rds:DBInstance
    properties:
      dbInstanceClass: db.t4g.micro
      engine: postgres
      engineVersion: "16"
      allocatedStorage: 20
      dbName: app
      masterUsername: postgres
      manageMasterUserPassword: true
      dbSubnetGroupName: ${subnets.dbSubnetGroupName}
      vpcSecurityGroups: ["${group.groupId}"]
outputs:
  id: ${db.dbInstanceIdentifier}
  resource: ${db.dbiResourceId}
  runs: ${db.engineVersionActual}
  secret: ${db.masterUserSecret.secretArn}
"#;

fn with(change: &str) -> String {
    DATABASE.replace("      dbName: app\n", &format!("      dbName: app\n{change}"))
}

/// The identifiers of the snapshots that stay.
fn snapshots(stack: &Stack) -> Vec<String> {
    let inventory = stack.account.inventory();
    let all = inventory["db_snapshot"].as_array().cloned().unwrap_or_default();
    all.iter().map(|snapshot| snapshot["id"].as_str().unwrap().to_owned()).collect()
}

/// Destroys the stack; then there is nothing but snapshots.
fn destroy(stack: &Stack) {
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    let inventory = stack.account.inventory();
    let kinds: Vec<_> = inventory.as_object().unwrap().keys().filter(|kind| *kind != "db_snapshot").collect();
    assert!(kinds.is_empty(), "something is left: {kinds:?}");
    stack.account.assert_all_requests_valid();
}

#[test]
fn one_that_is_deleted_leaves_its_last_snapshot_from_which_another_begins() {
    let stack = Stack::of_yaml(DATABASE);
    stack.up().well();
    stack.assert_settled();
    let outputs = stack.outputs();
    assert_eq!(outputs["runs"], "16.4", "the program says the major version alone");
    assert!(outputs["secret"].as_str().unwrap().starts_with("arn:aws:secretsmanager:"));
    let resource = outputs["resource"].as_str().unwrap().trim_start_matches("db-").to_lowercase();
    let last = format!("{}-final-{resource}", outputs["id"].as_str().unwrap());
    destroy(&stack);
    assert_eq!(snapshots(&stack), std::slice::from_ref(&last));

    let snapshot = format!("      dbSnapshotIdentifier: {last}\n");
    let restored = DATABASE.replace("      dbName: app\n", &snapshot).replace("      masterUsername: postgres\n", "");
    stack.rewrite(&restored);
    stack.up().well();
    stack.assert_settled();
    stack.rewrite(DATABASE);
    stack.pulumi(&["preview", "--diff"]).well();
    stack.up().well();
    assert_eq!(stack.account.count("db_instance"), 1, "it is the same without the snapshot it began with");
    stack.assert_settled();
    destroy(&stack);
    assert_eq!(snapshots(&stack).len(), 2);
}

#[test]
fn what_would_lose_one_is_refused_in_the_preview() {
    let stack = Stack::of_yaml(DATABASE);
    stack.up().well();
    let calls = stack.account.changes();
    stack.rewrite(&DATABASE.replace("dbName: app", "dbName: other"));
    stack.preview().badly().saying("changing dbName needs another rds:DBInstance").saying("dbSnapshotIdentifier");
    stack.rewrite(&DATABASE.replace("allocatedStorage: 20", "allocatedStorage: 10"));
    stack.preview().badly().saying("allocatedStorage can't become smaller");
    stack.rewrite(&DATABASE.replace("engineVersion: \"16\"", "engineVersion: \"15\""));
    stack.preview().badly().saying("engineVersion can't go back");
    stack.rewrite(&DATABASE.replace("engineVersion: \"16\"", "engineVersion: \"17\""));
    stack.preview().badly().saying("allowMajorVersionUpgrade");
    assert_eq!(stack.account.changes(), calls);
    stack.rewrite(DATABASE);
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn it_is_upgraded_in_place_where_the_program_says_so() {
    let stack = Stack::of_yaml(DATABASE);
    stack.up().well();
    let resource = stack.outputs()["resource"].clone();
    let upgraded =
        with("      allowMajorVersionUpgrade: true\n").replace("engineVersion: \"16\"", "engineVersion: \"17\"");
    stack.rewrite(&upgraded);
    stack.up().well();
    assert_eq!((stack.outputs()["runs"].clone(), stack.outputs()["resource"].clone()), (json!("17.4"), resource));
    stack.assert_settled();
    destroy(&stack);
}

#[test]
fn a_last_snapshot_that_fails_stops_the_deletion() {
    let stack = Stack::of_yaml(DATABASE);
    stack.up().well();
    stack.account.put("failures", &json!([{ "kind": "db_instance_deletion", "code": "x", "message": "x" }]));
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).badly().saying("its deletion has stopped");
    assert_eq!((stack.account.count("db_instance"), snapshots(&stack).len()), (1, 0));
    destroy(&stack);
    assert_eq!(snapshots(&stack).len(), 1);
}

#[test]
fn a_protected_one_stays() {
    let stack = Stack::of_yaml(&with("      deletionProtection: true\n"));
    stack.up().well();
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).badly().saying("deletionProtection: false");
    assert_eq!(stack.account.count("db_instance"), 1);
    stack.rewrite(&with("      finalSnapshot: false\n"));
    stack.up().well();
    stack.assert_settled();
    destroy(&stack);
    assert!(snapshots(&stack).is_empty(), "the program says that there is none");
}

#[test]
fn an_imported_one_keeps_its_last_snapshot() {
    let stack = Stack::of_yaml("name: data\nruntime: yaml\n");
    let asked = [
        ("Version", "2014-10-31"),
        ("DBInstanceIdentifier", "old"),
        ("DBInstanceClass", "db.t4g.micro"),
        ("Engine", "postgres"),
        ("EngineVersion", "16.3"),
        ("AllocatedStorage", "20"),
        ("MasterUsername", "postgres"),
        ("MasterUserPassword", "correct-horse"),
    ];
    stack.account.ask("rds", "CreateDBInstance", &asked);
    stack
        .pulumi(&[
            "import",
            "tenantstack:rds:DBInstance",
            "db",
            "old",
            "--yes",
            "--protect=false",
            "--generate-code=false",
        ])
        .well();
    destroy(&stack);
    assert_eq!(snapshots(&stack).len(), 1);
}

#[test]
fn what_may_wait_for_the_maintenance_window_waits_and_is_told() {
    let stack = Stack::of_yaml(&with("      applyImmediately: false\n"));
    stack.up().well();
    stack.rewrite(&with("      applyImmediately: false\n").replace("db.t4g.micro", "db.t4g.small"));
    stack.up().well().saying("will be changed in the maintenance window");
    stack.assert_settled();
    stack.rewrite(&DATABASE.replace("db.t4g.micro", "db.t4g.small"));
    stack.up().well();
    stack.assert_settled();
    let id = stack.outputs()["id"].as_str().unwrap().to_owned();
    let shown =
        stack.account.ask("rds", "DescribeDBInstances", &[("Version", "2014-10-31"), ("DBInstanceIdentifier", &id)]);
    assert!(shown.contains("<DBInstanceClass>db.t4g.small<") && !shown.contains("<PendingModifiedValues><"), "{shown}");
    destroy(&stack);
}
