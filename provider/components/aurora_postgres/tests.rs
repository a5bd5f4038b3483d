//! What an Aurora database asks the engine for.

use framework::{
    provider::ConstructFailure,
    value::{Map, Value},
};

use super::AuroraPostgres;
use crate::components::testing::{Made, aws, made, tried};

fn map(properties: &[(&str, Value)]) -> Map {
    properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn object(properties: &[(&str, Value)]) -> Value {
    map(properties).into()
}

/// A database in a network, which says only this.
fn inputs(more: &[(&str, Value)]) -> Map {
    let subnets = || Value::from(vec![Value::from("subnet-1"), "subnet-2".into()]);
    let network = object(&[
        ("vpcId", "vpc-1".into()),
        ("cidrBlock", "10.0.0.0/16".into()),
        ("publicSubnetIds", subnets()),
        ("privateSubnetIds", subnets()),
        ("isolatedSubnetIds", subnets()),
    ]);
    let mut inputs = map(&[("network", network), ("mode", "production".into())]);
    inputs.extend(map(more));
    inputs
}

/// What AWS tells of everything.
fn told() -> Map {
    map(&[
        ("dbSubnetGroupName", "subnets".into()),
        ("dbClusterParameterGroupName", "parameters".into()),
        ("dbClusterIdentifier", "db".into()),
        ("dbClusterArn", "arn:db".into()),
        ("dbInstanceArn", "arn:member".into()),
        ("endpoint", object(&[("address", "db.example".into()), ("port", 5432.0.into())])),
        ("readEndpoint", object(&[("address", "ro.example".into())])),
        ("masterUserSecret", object(&[("secretArn", "arn:secret".into())])),
    ])
}

async fn db(more: &[(&str, Value)]) -> Made {
    made::<AuroraPostgres>("db", inputs(more), told()).await
}

fn children(members: &[&str]) -> Vec<String> {
    let others = [
        "ec2:SecurityGroup db-security-group",
        "rds:DBCluster db-cluster",
        "rds:DBClusterParameterGroup db-parameter-group",
        "rds:DBSubnetGroup db-subnet-group",
        "secretsmanager:RotationSchedule db-password-rotation",
    ];
    let members = members.iter().map(|name| format!("rds:DBInstance db-{name}"));
    let mut all: Vec<_> = others.iter().map(|child| (*child).to_owned()).chain(members).collect();
    all.sort();
    all
}

#[tokio::test]
async fn in_production_it_is_protected_and_has_a_reader() {
    let db = db(&[]).await;
    assert_eq!(db.children(), children(&["writer", "reader-1"]));
    for (property, value) in [
        ("engine", Value::from("aurora-postgresql")),
        ("engineVersion", "17".into()),
        ("databaseName", "app".into()),
        ("masterUsername", "postgres".into()),
        ("manageMasterUserPassword", true.into()),
        ("storageEncrypted", true.into()),
        ("backupRetentionPeriod", 35.0.into()),
        ("deletionProtection", true.into()),
        ("finalSnapshot", true.into()),
        ("allowReplace", false.into()),
        ("enableHttpEndpoint", false.into()),
        ("dbSubnetGroupName", "subnets".into()),
        ("dbClusterParameterGroupName", "parameters".into()),
    ] {
        assert_eq!(db.input("db-cluster", property), value, "{property}");
    }
    let capacity = object(&[("minCapacity", 0.5.into()), ("maxCapacity", 4.0.into())]);
    assert_eq!(db.input("db-cluster", "serverlessV2ScalingConfiguration"), capacity);
    assert_eq!(db.input("db-parameter-group", "family"), "aurora-postgresql17".into());
    assert_eq!(db.input("db-parameter-group", "parameters"), object(&[("rds.force_ssl", "1".into())]));
    assert_eq!(db.input("db-writer", "dbInstanceClass"), "db.serverless".into());
    assert_eq!(db.input("db-writer", "publiclyAccessible"), false.into());
}

#[tokio::test]
async fn in_development_it_is_small_and_can_be_deleted() {
    let db = db(&[("mode", "development".into())]).await;
    assert_eq!(db.children(), children(&["writer"]));
    assert_eq!(db.input("db-cluster", "backupRetentionPeriod"), 7.0.into());
    assert_eq!(db.input("db-cluster", "deletionProtection"), false.into());
    assert_eq!(db.input("db-cluster", "finalSnapshot"), true.into());
}

#[tokio::test]
async fn what_a_program_says_reaches_the_cluster() {
    let said = [
        ("minCapacity", Value::from(0.0)),
        ("maxCapacity", 8.0.into()),
        ("autoPauseSeconds", 600.0.into()),
        ("replicas", 3.0.into()),
        ("dataApi", true.into()),
        ("engineVersion", "16.6".into()),
        ("parameters", object(&[("work_mem", "8192".into())])),
    ];
    let db = db(&said).await;
    assert_eq!(db.children(), children(&["writer", "reader-1", "reader-2", "reader-3"]));
    let capacity = [("minCapacity", 0.0.into()), ("maxCapacity", 8.0.into()), ("secondsUntilAutoPause", 600.0.into())];
    assert_eq!(db.input("db-cluster", "serverlessV2ScalingConfiguration"), object(&capacity));
    assert_eq!(db.input("db-cluster", "enableHttpEndpoint"), true.into());
    assert_eq!(db.input("db-parameter-group", "family"), "aurora-postgresql16".into());
    let parameters = object(&[("rds.force_ssl", "1".into()), ("work_mem", "8192".into())]);
    assert_eq!(db.input("db-parameter-group", "parameters"), parameters);
}

#[tokio::test]
async fn what_comes_from_a_snapshot_is_not_said_again() {
    let db = db(&[("snapshotIdentifier", "last".into())]).await;
    assert_eq!(db.input("db-cluster", "snapshotIdentifier"), "last".into());
    for property in ["databaseName", "masterUsername", "storageEncrypted"] {
        assert_eq!(db.input("db-cluster", property), Value::Null, "{property}");
    }
}

#[tokio::test]
async fn readers_go_before_the_writer_and_the_way_to_it_is_there_with_it() {
    let db = db(&[]).await;
    assert!(db.before("db-reader-1").contains("db-writer"));
    assert!(db.before("db-writer").contains("db-cluster"));
    for output in ["host", "readerHost", "port", "link"] {
        assert!(db.sources(output).contains("db-writer"), "{output}");
    }
}

#[tokio::test]
async fn a_link_has_the_way_and_not_the_password() {
    let db = db(&[("linkPrefix", "ORDERS_".into())]).await;
    let environment = object(&[
        ("ORDERS_PGHOST", "db.example".into()),
        ("ORDERS_PGPORT", "5432".into()),
        ("ORDERS_PGDATABASE", "app".into()),
        ("ORDERS_PGUSER", "postgres".into()),
        ("ORDERS_PGSSLMODE", "require".into()),
    ]);
    let link = object(&[
        ("environment", environment),
        ("secrets", object(&[("ORDERS_PGPASSWORD", "arn:secret:password::".into())])),
        ("securityGroupId", "db-security-group.groupId".into()),
        ("port", 5432.0.into()),
    ]);
    assert_eq!(db.output("link"), link);
    assert_eq!((db.output("host"), db.output("readerHost")), ("db.example".into(), "ro.example".into()));
    assert_eq!((db.output("clusterIdentifier"), db.output("secretArn")), ("db".into(), "arn:secret".into()));
}

async fn problems(said: &[(&str, Value)]) -> Vec<String> {
    let failure = tried::<AuroraPostgres>(aws().await, "db", map(said), told(), true).await.err().unwrap();
    let ConstructFailure::Inputs(problems) = failure else { panic!("it is no mistake of the inputs") };
    problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
}

#[tokio::test]
async fn all_that_is_wrong_is_said_at_once() {
    let said = [
        ("minCapacity", Value::from(2.2)),
        ("maxCapacity", 0.5.into()),
        ("autoPauseSeconds", 600.0.into()),
        ("username", "rdsadmin".into()),
        ("parameters", object(&[("rds.force_ssl", "0".into())])),
    ];
    assert_eq!(
        problems(&said).await,
        [
            "vpc must be given, or network, which is the same as plain data",
            "minCapacity must be between 0 and 256, in halves",
            "maxCapacity must be between 1 and 256, in halves",
            "autoPauseSeconds needs a minCapacity of 0",
            "username is a name that RDS keeps for itself: choose another one",
            "parameters[\"rds.force_ssl\"] is always 1: the database takes no connection without TLS",
        ]
    );
}

#[tokio::test]
async fn what_one_input_must_keep_is_said_with_its_path() {
    let said = [("autoPauseSeconds", Value::from(60.0)), ("replicas", 16.0.into()), ("engineVersion", "new".into())];
    let told = problems(&said).await;
    for path in ["autoPauseSeconds", "replicas", "engineVersion"] {
        assert!(told.iter().any(|problem| problem.starts_with(path)), "{path}: {told:?}");
    }
    let order = inputs(&[("minCapacity", 8.0.into())]);
    let told = problems(&order.iter().map(|(name, value)| (name.as_str(), value.clone())).collect::<Vec<_>>()).await;
    assert_eq!(told, ["maxCapacity must not be less than minCapacity"]);
}
