//! What a database is made of.

use framework::value::{Map, Value};

use super::Postgres;
use crate::components::testing::{Made, made};

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1-a1b2c3";

fn map<const N: usize>(of: [(&str, Value); N]) -> Map {
    of.map(|(name, value)| (name.to_owned(), value)).into()
}

async fn database(more: &[(&str, Value)]) -> Made {
    let subnets = || Value::from(vec![Value::from("subnet-1"), "subnet-2".into()]);
    let network = map([
        ("vpcId", "vpc-1".into()),
        ("cidrBlock", "10.0.0.0/16".into()),
        ("publicSubnetIds", subnets()),
        ("privateSubnetIds", subnets()),
        ("isolatedSubnetIds", subnets()),
    ]);
    let more = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    let inputs = [("network".to_owned(), Value::from(network))].into_iter().chain(more).collect();
    let told = map([
        ("masterUserSecret", map([("secretArn", SECRET.into())]).into()),
        ("endpoint", map([("address", "db.example.com".into()), ("port", 5432.0.into())]).into()),
        ("dbInstanceIdentifier", "db-instance".into()),
        ("dbInstanceArn", "arn:aws:rds:eu-west-1:123456789012:db:db-instance".into()),
        ("dbSubnetGroupName", "db-subnet-group".into()),
        ("dbParameterGroupName", "db-parameter-group".into()),
    ]);
    made::<Postgres>("db", inputs, told).await
}

#[tokio::test]
async fn its_password_is_rotated_as_often_as_the_program_says_and_not_by_itself() {
    let silent = database(&[]).await;
    assert!(silent.children().contains(&"secretsmanager:RotationSchedule db-password-rotation".to_owned()));
    assert_eq!(silent.input("db-password-rotation", "secretId"), SECRET.into());
    assert_eq!(silent.input("db-password-rotation", "rotationEnabled"), false.into());
    assert_eq!(silent.input("db-password-rotation", "rotationRules"), Value::Null);
    assert!(silent.before("db-password-rotation").contains("db-instance"));

    let monthly = database(&[("passwordRotationDays", 30.0.into())]).await;
    assert_eq!(monthly.input("db-password-rotation", "rotationEnabled"), true.into());
    let rules = map([("automaticallyAfterDays", 30.0.into())]);
    assert_eq!(monthly.input("db-password-rotation", "rotationRules"), rules.into());
    assert_eq!(monthly.input("db-password-rotation", "rotateImmediatelyOnUpdate"), Value::Null);
}

#[tokio::test]
async fn storage_that_is_not_to_grow_is_said_so_by_saying_nothing() {
    let grows = database(&[]).await;
    assert_eq!(grows.input("db-instance", "maxAllocatedStorage"), 100.0.into());
    let stays = database(&[("allocatedStorage", 50.0.into()), ("maxAllocatedStorage", 50.0.into())]).await;
    assert_eq!(stays.input("db-instance", "maxAllocatedStorage"), Value::Null);
}

#[tokio::test]
async fn what_is_restored_is_encrypted_as_its_snapshot_is() {
    let restored = database(&[("snapshotIdentifier", "db-final".into())]).await;
    assert_eq!(restored.input("db-instance", "dbSnapshotIdentifier"), "db-final".into());
    assert_eq!(restored.input("db-instance", "storageEncrypted"), Value::Null);
    assert_eq!(restored.input("db-instance", "masterUsername"), Value::Null);
}
