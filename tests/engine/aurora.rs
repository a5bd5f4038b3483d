//! Aurora databases: clusters and their members, by hand and as a component.

use serde_json::json;

use crate::stack::Stack;

const CLUSTER: &str = r#"
name: aurora
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
    properties: { dbSubnetGroupDescription: data, subnetIds: ["${one.subnetId}", "${two.subnetId}"] }
  all:
    type: tenantstack:rds:DBCluster
    properties:
      engine: aurora-postgresql
      engineVersion: "16"
      databaseName: app
      masterUsername: postgres
      manageMasterUserPassword: true
      dbSubnetGroupName: ${subnets.dbSubnetGroupName}
      serverlessV2ScalingConfiguration: { minCapacity: 0, maxCapacity: 4, secondsUntilAutoPause: 600 }
  member:
    type: tenantstack:rds:DBInstance
    properties: { engine: aurora-postgresql, dbInstanceClass: db.serverless, dbClusterIdentifier: "${all.dbClusterIdentifier}" }
outputs:
  id: ${all.dbClusterIdentifier}
  resource: ${all.dbClusterResourceId}
  runs: ${all.engineVersionActual}
"#;

fn with(change: &str) -> String {
    CLUSTER.replace("      databaseName: app\n", &format!("      databaseName: app\n{change}"))
}

/// The identifiers of the snapshots that stay.
fn snapshots(stack: &Stack) -> Vec<String> {
    let inventory = stack.account.inventory();
    let all = inventory["db_cluster_snapshot"].as_array().cloned().unwrap_or_default();
    all.iter().map(|snapshot| snapshot["id"].as_str().unwrap().to_owned()).collect()
}

fn destroy(stack: &Stack) -> crate::stack::Said {
    stack.pulumi(&["destroy", "--yes", "--skip-preview"])
}

/// Destroys the stack; then there is nothing but snapshots.
#[track_caller]
fn destroy_all_but_snapshots(stack: &Stack) {
    destroy(stack).well();
    let inventory = stack.account.inventory();
    let kinds: Vec<_> = inventory.as_object().unwrap().keys().filter(|kind| *kind != "db_cluster_snapshot").collect();
    assert!(kinds.is_empty(), "something is left: {kinds:?}");
    stack.account.assert_all_requests_valid();
}

#[test]
fn a_cluster_leaves_its_last_snapshot_from_which_another_begins() {
    let stack = Stack::of_yaml(CLUSTER);
    stack.up().well();
    stack.assert_settled();
    let outputs = stack.outputs();
    let resource = outputs["resource"].as_str().unwrap().trim_start_matches("cluster-").to_lowercase();
    let last = format!("{}-final-{resource}", outputs["id"].as_str().unwrap());
    destroy_all_but_snapshots(&stack);
    assert_eq!(snapshots(&stack), std::slice::from_ref(&last));

    // What the call for it has no word for is set afterwards, the HTTP endpoint among it.
    let begun = format!("      snapshotIdentifier: {last}\n      enableHttpEndpoint: true\n");
    let restored = CLUSTER.replace("      databaseName: app\n", &begun).replace("      masterUsername: postgres\n", "");
    stack.rewrite(&restored);
    stack.up().well();
    assert_eq!(stack.outputs_of("all")["enableHttpEndpoint"], true);
    assert_eq!(stack.outputs_of("all")["databaseName"], "app");
    stack.assert_settled();
    stack.rewrite(&with("      enableHttpEndpoint: false\n"));
    stack.up().well();
    assert_eq!(stack.account.count("db_cluster"), 1, "it is the same without the snapshot it began with");
    stack.assert_settled();
    destroy_all_but_snapshots(&stack);
    assert_eq!(snapshots(&stack).len(), 2);
}

#[test]
fn what_would_lose_a_cluster_is_refused_in_the_preview() {
    let stack = Stack::of_yaml(CLUSTER);
    stack.up().well();
    let calls = stack.account.changes();
    stack.rewrite(&CLUSTER.replace("databaseName: app", "databaseName: other"));
    stack.preview().badly().saying("changing databaseName needs another rds:DBCluster").saying("snapshotIdentifier");
    stack.rewrite(&CLUSTER.replace("engineVersion: \"16\"", "engineVersion: \"15\""));
    stack.preview().badly().saying("engineVersion can't go back");
    stack.rewrite(&CLUSTER.replace("engineVersion: \"16\"", "engineVersion: \"17\""));
    stack.preview().badly().saying("allowMajorVersionUpgrade");
    assert_eq!(stack.account.changes(), calls);
    let resource = stack.outputs()["resource"].clone();
    let upgraded = with("      allowMajorVersionUpgrade: true\n");
    stack.rewrite(&upgraded.replace("engineVersion: \"16\"", "engineVersion: \"17\""));
    stack.up().well();
    stack.pulumi(&["refresh", "--yes", "--skip-preview"]).well();
    stack.up().well();
    assert_eq!((stack.outputs()["runs"].clone(), stack.outputs()["resource"].clone()), (json!("17.4"), resource));
    stack.assert_settled();
    destroy_all_but_snapshots(&stack);
}

#[test]
fn a_last_snapshot_that_fails_or_has_a_taken_name_stops_the_deletion() {
    let stack = Stack::of_yaml(&with("      finalDbSnapshotIdentifier: last\n"));
    stack.up().well();
    stack.account.put("failures", &json!([{ "kind": "db_cluster_deletion", "code": "x", "message": "x" }]));
    destroy(&stack).badly().saying("its deletion has stopped");
    assert_eq!((stack.account.count("db_cluster"), snapshots(&stack).len()), (1, 0));
    let id = stack.outputs()["id"].as_str().unwrap().to_owned();
    let asked =
        [("Version", "2014-10-31"), ("DBClusterIdentifier", id.as_str()), ("DBClusterSnapshotIdentifier", "last")];
    stack.account.ask("rds", "CreateDBClusterSnapshot", &asked);
    destroy(&stack).badly().saying("There is a snapshot last already");
    assert_eq!(stack.account.count("db_cluster"), 1);
    stack.account.ask(
        "rds",
        "DeleteDBClusterSnapshot",
        &asked[..1].iter().chain(&asked[2..]).copied().collect::<Vec<_>>(),
    );
    destroy_all_but_snapshots(&stack);
    assert_eq!(snapshots(&stack), ["last"]);
}

#[test]
fn the_last_member_of_a_protected_cluster_stays() {
    let stack = Stack::of_yaml(&with("      deletionProtection: true\n"));
    stack.up().well();
    destroy(&stack).badly().saying("it is the last member of").saying("deletionProtection: false");
    assert_eq!((stack.account.count("db_cluster"), stack.account.count("db_instance")), (1, 1));
    stack.rewrite(&with("      finalSnapshot: false\n"));
    stack.up().well();
    stack.assert_settled();
    destroy_all_but_snapshots(&stack);
    assert!(snapshots(&stack).is_empty(), "the program says that there is none");
}

const COMPONENT: &str = r#"
name: aurora
runtime: yaml
resources:
  net:
    type: tenantstack:Vpc
    properties: { mode: development }
  db:
    type: tenantstack:AuroraPostgres
    properties: { vpc: "${net}", maxCapacity: 4 }
outputs:
  id: ${db.clusterIdentifier}
  secret: ${db.secretArn}
  link: ${db.link}
"#;

#[test]
fn a_component_lives_and_leaves_its_last_snapshot() {
    let stack = Stack::of_yaml(COMPONENT);
    stack.up().well();
    stack.assert_settled();
    let outputs = stack.outputs();
    let (link, secret) = (&outputs["link"], outputs["secret"].as_str().unwrap());
    assert_eq!(link["environment"]["PGDATABASE"], "app");
    assert_eq!(link["secrets"]["PGPASSWORD"], json!(format!("{secret}:password::")));
    assert_eq!((stack.account.count("db_cluster"), stack.account.count("db_instance")), (1, 2));

    stack.rewrite(&COMPONENT.replace("maxCapacity: 4", "maxCapacity: 8, dataApi: true, replicas: 0"));
    stack.up().well();
    assert_eq!(stack.outputs_of("db-cluster")["serverlessV2ScalingConfiguration"]["maxCapacity"], 8);
    assert_eq!((stack.account.count("db_cluster"), stack.account.count("db_instance")), (1, 1));
    stack.assert_settled();

    stack.rewrite(&COMPONENT.replace("maxCapacity: 4", "databaseName: other"));
    stack.preview().badly().saying("changing databaseName needs another rds:DBCluster").saying("allowReplace");
    stack.rewrite(COMPONENT);
    stack.up().well();
    destroy(&stack).badly().saying("deletionProtection: false");
    assert_eq!((stack.account.count("db_cluster"), stack.account.count("db_instance")), (1, 1), "it still answers");

    stack.rewrite(&COMPONENT.replace("maxCapacity: 4", "deletionProtection: false, replicas: 0"));
    stack.up().well();
    destroy_all_but_snapshots(&stack);
    let left = snapshots(&stack);
    assert_eq!(left.len(), 1);
    assert!(left[0].starts_with(&format!("{}-final-", outputs["id"].as_str().unwrap())), "{left:?}");
}

#[test]
fn a_component_is_upgraded_in_place_with_its_parameters() {
    let stack = Stack::of_yaml(&COMPONENT.replace("maxCapacity: 4", "mode: development, engineVersion: \"16\""));
    stack.up().well();
    let id = stack.outputs()["id"].clone();
    stack.rewrite(&COMPONENT.replace("maxCapacity: 4", "mode: development, engineVersion: \"17\""));
    stack.up().well();
    assert_eq!(stack.outputs()["id"], id);
    assert_eq!(stack.outputs_of("db-cluster")["engineVersionActual"], "17.4");
    assert_eq!(stack.account.count("db_cluster_parameter_group"), 1);
    stack.assert_settled();
    destroy_all_but_snapshots(&stack);
}
