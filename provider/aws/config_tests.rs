//! What the configuration accepts, and what it says of the rest.

use framework::{
    problem::Problems,
    property::{Decode, Decoding, Properties},
    value::{Map, Path, Value},
};

use super::config::{AssumeRole, Config, Mode, rules, unreachable_after};

fn map(entries: &[(&str, Value)]) -> Map {
    entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn wrong(entries: &[(&str, Value)]) -> Vec<String> {
    let map = map(entries);
    let mut problems = Problems::none();
    rules(&Properties::new(&map), &mut problems);
    problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
}

fn read(entries: &[(&str, Value)]) -> (Option<Config>, Vec<String>) {
    let mut notes = Decoding::new();
    let config = Config::decode(&Value::Map(map(entries)), &Path::root(), &mut notes);
    let told = notes.problems().iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect();
    (config, told)
}

#[test]
fn nothing_is_a_configuration() {
    let (config, told) = read(&[]);
    assert_eq!(told, Vec::<String>::new());
    let config = config.unwrap();
    assert_eq!(config.mode, Mode::Production);
    assert!(config.adopt_interrupted);
}

#[test]
fn a_key_needs_its_secret() {
    assert_eq!(wrong(&[("accessKey", text("AKIA"))]), ["secretKey is required with accessKey"]);
    assert_eq!(wrong(&[("secretKey", Value::Unknown)]), ["accessKey is required with secretKey"]);
    assert_eq!(wrong(&[("token", text("t"))]), ["token belongs to an accessKey, which is missing"]);
    assert_eq!(wrong(&[("accessKey", Value::Unknown), ("secretKey", Value::Unknown)]), Vec::<String>::new());
}

#[test]
fn accounts_are_checked_one_by_one() {
    let ids = Value::List(vec![text("123456789012"), text("12345")]);
    let told = wrong(&[("allowedAccountIds", ids)]);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("allowedAccountIds[1] must be an AWS account id of 12 digits"), "{told:?}");
}

#[test]
fn endpoints_are_addresses_of_services_that_we_call() {
    assert_eq!(wrong(&[("endpoint", text("http://127.0.0.1:4566"))]), Vec::<String>::new());
    for bad in ["127.0.0.1:4566", "ftp://x", "https://", "https://user:pass@host"] {
        assert_eq!(wrong(&[("endpoint", text(bad))]).len(), 1, "{bad}");
    }
    let told = wrong(&[("endpoints", Value::Map(map(&[("ec3", text("http://h"))])))]);
    assert_eq!(
        told,
        [
            "endpoints.ec3 isn't a service that this provider calls; those are acm, application-autoscaling, ec2, ecr, ecs, elasticloadbalancing, elasticache, iam, kms, logs, rds, route53, secretsmanager, sts"
        ]
    );
}

#[test]
fn an_endpoint_with_a_password_isnt_repeated() {
    assert!(!wrong(&[("endpoint", text("https://user:hunter2@host"))])[0].contains("hunter2"));
}

#[test]
fn a_role_outside_the_allowed_accounts_is_found_before_any_call() {
    let role = Value::Map(map(&[("roleArn", text("arn:aws:iam::111111111111:role/deploy"))]));
    let told = wrong(&[("assumeRole", role), ("allowedAccountIds", Value::List(vec![text("222222222222")]))]);
    assert_eq!(told, ["assumeRole.roleArn is in an account that allowedAccountIds doesn't hold"]);
}

#[test]
fn only_another_account_or_partition_is_out_of_reach() {
    let config = |account: &str, region: &str| Config {
        assume_role: Some(AssumeRole { role_arn: format!("arn:aws:iam::{account}:role/x"), ..AssumeRole::default() }),
        region: Some(region.to_owned()),
        ..Config::default()
    };
    let home = config("111111111111", "eu-west-1");
    assert_eq!(unreachable_after(&home, &config("111111111111", "eu-west-2")), Vec::<&str>::new());
    assert_eq!(unreachable_after(&home, &config("222222222222", "eu-west-1")), ["assumeRole"]);
    assert_eq!(unreachable_after(&home, &config("111111111111", "cn-north-1")), ["region"]);
}
