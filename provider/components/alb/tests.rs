//! What a load balancer is decided to be.

use framework::{
    problem::Problems,
    property::{Decoding, Record},
    value::{Map, Path, Value},
};

use super::{
    inputs::AlbInputs,
    plan::{Certificates, Plan},
};
use crate::aws::Mode;

fn network() -> Value {
    let subnets = || Value::from(vec![Value::from("subnet-1"), "subnet-2".into()]);
    Value::from(Map::from([
        ("vpcId".to_owned(), "vpc-1".into()),
        ("cidrBlock".to_owned(), "10.0.0.0/16".into()),
        ("publicSubnetIds".to_owned(), subnets()),
        ("privateSubnetIds".to_owned(), subnets()),
        ("isolatedSubnetIds".to_owned(), subnets()),
    ]))
}

fn zone() -> Value {
    let texts =
        [("zoneId", "Z1"), ("domain", "example.com"), ("certificateArn", "arn:aws:acm:eu-west-1:1:certificate/1")];
    Value::from(texts.map(|(name, text)| (name.to_owned(), Value::from(text))).into_iter().collect::<Map>())
}

/// The inputs of a program that says only this.
fn said(properties: &[(&str, Value)]) -> AlbInputs {
    let map: Map = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let mut notes = Decoding::new();
    let inputs = AlbInputs::decode_fields(&map, &Path::root(), &mut notes);
    assert_eq!(notes.problems(), &Problems::none());
    inputs.unwrap()
}

fn planned(properties: &[(&str, Value)]) -> Plan {
    Plan::new(&said(properties), Mode::Production).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn problems(properties: &[(&str, Value)]) -> Vec<String> {
    let problems = Plan::new(&said(properties), Mode::Production).err().unwrap_or_default();
    problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
}

fn blocks(plan: &Plan) -> Option<Vec<String>> {
    plan.allowed.as_ref().map(|blocks| blocks.iter().map(ToString::to_string).collect())
}

#[test]
fn one_that_says_nothing_is_public_and_plain() {
    let plan = planned(&[("network", network())]);
    assert!(!plan.internal && !plan.is_secure() && plan.protected && plan.name.is_none());
    assert_eq!(blocks(&plan), Some(vec!["0.0.0.0/0".to_owned()]));
    assert!(!Plan::new(&said(&[("network", network())]), Mode::Development).is_ok_and(|plan| plan.protected));
}

#[test]
fn an_internal_one_lets_in_its_network() {
    let plan = planned(&[("network", network()), ("internal", true.into())]);
    assert_eq!(blocks(&plan), None);
    let office = vec![Value::from("10.8.0.0/16")];
    let plan = planned(&[("network", network()), ("internal", true.into()), ("allowedCidrs", office.into())]);
    assert_eq!(blocks(&plan), Some(vec!["10.8.0.0/16".to_owned()]));
}

#[test]
fn a_name_takes_the_certificate_of_its_zone_unless_others_are_given() {
    let named = [("network", network()), ("zone", zone()), ("domain", "App.example.com".into())];
    let plan = planned(&named);
    assert!(plan.is_secure() && matches!(plan.certificates, Certificates::OfZone));
    assert_eq!(plan.name.unwrap().domain.as_str(), "app.example.com");

    let arns = vec![Value::from("arn:1"), "arn:2".into()];
    let [network, zone, domain] = named;
    let plan = planned(&[network, zone, domain, ("certificateArns", arns.into())]);
    assert!(matches!(plan.certificates, Certificates::Given(given) if given.len() == 2));
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    assert_eq!(
        problems(&[("domain", "app.example.com".into())]),
        [
            "vpc must be given, or network, which is the same as plain data",
            "domain needs dns or zone, in which the name is made; with certificateArns alone, leave it out and make the \
             name yourself",
        ]
    );
    assert_eq!(
        problems(&[("network", network()), ("zone", zone())]),
        ["domain must be given with dns or zone: the name in it that leads here, such as app.example.com"]
    );
}
