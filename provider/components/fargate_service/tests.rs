//! What a service is decided to be.

use framework::{
    problem::Problems,
    property::{Decoding, Record},
    value::{Map, Path, Value},
};

use super::{
    inputs::FargateServiceInputs,
    plan::{Plan, Source},
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

fn build() -> (&'static str, Value) {
    ("build", Value::from(Map::from([("context".to_owned(), Value::from("app"))])))
}

/// What is decided of a program that says this, and its network.
fn decided(properties: &[(&str, Value)]) -> Result<Plan, Vec<String>> {
    let mut map: Map = properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    map.insert("network".to_owned(), network());
    let mut notes = Decoding::new();
    let inputs = FargateServiceInputs::decode_fields(&map, &Path::root(), &mut notes);
    assert_eq!(notes.problems(), &Problems::none());
    Plan::new(&inputs.unwrap(), Mode::Production)
        .map_err(|problems| problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect())
}

#[test]
fn an_image_is_named_or_built() {
    assert!(matches!(decided(&[("image", "app:1".into())]).unwrap().source, Source::Named(_)));
    assert!(matches!(decided(&[build()]).unwrap().source, Source::Built(_)));
    assert!(matches!(decided(&[("build", Value::Unknown)]).unwrap().source, Source::Built(_)));
    assert_eq!(decided(&[]).err().unwrap(), ["image must be given, or build"]);
    let both = decided(&[("image", "app:1".into()), build()]).err().unwrap();
    assert_eq!(both, ["build can't be given beside image: which of the two runs?"]);
}
