//! What is wrong with the inputs of a service is said at once, each with its path.

use framework::{
    problem::Problems,
    property::{Decoding, Record},
    value::{Path, Value},
};

use super::{edge, map, said, service, texts};
use crate::{
    aws::Mode,
    components::fargate_service::{
        FargateServiceInputs,
        plan::{Plan, Source},
    },
};

fn decoded(map: &framework::value::Map) -> FargateServiceInputs {
    let mut notes = Decoding::new();
    let inputs = FargateServiceInputs::decode_fields(map, &Path::root(), &mut notes);
    assert_eq!(notes.problems(), &Problems::none());
    inputs.unwrap()
}

/// The paths of all that is wrong with a service that says this.
fn wrong(more: &[(&str, Value)]) -> Vec<String> {
    let problems = Plan::new(&decoded(&service(more)), Mode::Production).err().unwrap_or_default();
    problems.iter().map(|problem| problem.path.to_string()).collect()
}

#[test]
fn a_service_that_says_little_is_complete() {
    let plan = Plan::new(&decoded(&service(&[("port", 3000.0.into())])), Mode::Production).ok().unwrap();
    assert_eq!((plan.desired_count, plan.log_retention, plan.exec), (Some(2), 90, false));
    let plan = Plan::new(&decoded(&service(&[])), Mode::Development).ok().unwrap();
    assert_eq!((plan.desired_count, plan.log_retention, plan.exec), (Some(1), 30, true));
    assert!(plan.balancer.is_none());
}

#[test]
fn what_is_missing_is_all_named() {
    let problems = Plan::new(&decoded(&said(&[])), Mode::Production).err().unwrap_or_default();
    let paths: Vec<_> = problems.iter().map(|problem| problem.path.to_string()).collect();
    assert_eq!(paths, ["vpc", "image"]);
}

#[test]
fn what_is_about_requests_needs_a_port() {
    assert_eq!(wrong(&[("hosts", texts(&["a.example.com"])), ("healthCheck", map(&[]))]), ["hosts", "healthCheck"]);
    let inside = [("port", 80.0.into()), ("public", false.into()), ("paths", texts(&["/api/*"]))];
    assert_eq!(wrong(&inside), ["paths"]);
}

#[test]
fn a_shared_balancer_wants_to_know_which_requests() {
    let shared = ("edge", edge());
    assert_eq!(wrong(&[shared.clone(), ("port", 80.0.into())]), ["hosts"]);
    assert!(wrong(&[shared.clone(), ("port", 80.0.into()), ("domain", "app.example.com".into())]).is_empty());
    assert!(wrong(&[shared.clone(), ("port", 80.0.into()), ("paths", texts(&["/api/*"]))]).is_empty());
    let hidden = [shared, ("port", 80.0.into()), ("public", false.into()), ("paths", texts(&["/api/*"]))];
    assert_eq!(wrong(&hidden), ["public"]);
}

#[test]
fn a_rule_takes_five_values_and_five_wildcards() {
    let usual = |hosts, paths| {
        [("edge", edge()), ("port", Value::from(80.0)), ("hosts", texts(hosts)), ("paths", texts(paths))]
    };
    assert!(wrong(&usual(&["a.example.com", "b.example.com"], &["/a", "/b", "/c"])).is_empty());
    assert_eq!(wrong(&usual(&["a.example.com", "b.example.com"], &["/a", "/b", "/c", "/d"])), ["hosts"]);
    assert!(wrong(&usual(&["*.*.example.com"], &["/*/*/*"])).is_empty());
    assert_eq!(wrong(&usual(&["*.*.example.com"], &["/*/*/*/?"])), ["hosts"]);
}

#[test]
fn settings_that_contradict_each_other_are_refused() {
    let health = map(&[("intervalSeconds", 60.0.into()), ("timeoutSeconds", 60.0.into())]);
    let wanted = [("port", Value::from(80.0)), ("healthCheck", health)];
    assert_eq!(wrong(&wanted), ["healthCheck.timeoutSeconds", "healthCheck.gracePeriodSeconds"]);

    let stuck = map(&[("maximumPercent", 140.0.into())]);
    assert_eq!(wrong(&[("deployment", stuck.clone())]), ["deployment.maximumPercent"]);
    assert!(wrong(&[("deployment", stuck), ("desiredCount", 5.0.into())]).is_empty());
    let lone = map(&[("circuitBreaker", false.into())]);
    assert_eq!(wrong(&[("deployment", lone)]), ["deployment.rollback"]);

    let scaling = map(&[("min", 4.0.into()), ("max", 2.0.into()), ("requestsPerTarget", 9.0.into())]);
    let wanted = [("scaling", scaling), ("desiredCount", 2.0.into())];
    assert_eq!(wrong(&wanted), ["desiredCount", "scaling.max", "scaling.requestsPerTarget"]);
    assert_eq!(wrong(&[("scaling", map(&[("max", 2.0.into())]))]), ["scaling"]);
}

#[test]
fn a_task_is_of_a_size_that_fargate_has() {
    assert_eq!(wrong(&[("cpu", 256.0.into()), ("memory", 4096.0.into())]), ["memory"]);
    assert!(wrong(&[("cpu", 512.0.into()), ("memory", 4096.0.into())]).is_empty());
}

#[test]
fn a_secret_is_no_environment_variable() {
    let secret = map(&[("PASSWORD", Value::from("hunter2").into_secret())]);
    let problems = Plan::new(&decoded(&service(&[("environment", secret)])), Mode::Production).err().unwrap();
    let told = format!("{problems:?}");
    assert!(told.contains("environment") && told.contains("Secrets Manager") && !told.contains("hunter2"), "{told}");
}

#[test]
fn a_name_needs_its_zone_and_a_zone_its_name() {
    let zone = map(&[("zoneId", "Z1".into()), ("domain", "example.com".into())]);
    let port = ("port", Value::from(80.0));
    assert_eq!(wrong(&[port.clone(), ("domain", "app.example.com".into())]), ["domain"]);
    assert_eq!(wrong(&[port.clone(), ("zone", zone.clone())]), ["domain"]);
    assert!(wrong(&[port, ("zone", zone), ("domain", "app.example.com".into())]).is_empty());
}

#[test]
fn an_image_is_named_or_built() {
    let decided = |source: (&str, Value)| {
        let inputs = service(&[source]);
        let inputs: framework::value::Map = inputs.into_iter().filter(|(name, _)| name != "image").collect();
        Plan::new(&decoded(&inputs), Mode::Production).map(|plan| plan.source)
    };
    let build = || ("build", map(&[("context", "app".into())]));
    assert!(matches!(decided(build()), Ok(Source::Built(_))));
    assert!(matches!(decided(("build", Value::Unknown)), Ok(Source::Built(_))));
    assert!(decided(("port", 80.0.into())).is_err());
    assert_eq!(wrong(&[build()]), ["build"]);
}

#[test]
fn a_balancer_is_protected_where_it_is_made() {
    let protection = ("deletionProtection", Value::from(false));
    let port = ("port", Value::from(80.0));
    assert!(wrong(&[port.clone(), protection.clone()]).is_empty());
    let shared = [port, protection.clone(), ("edge", edge()), ("paths", texts(&["/*"]))];
    assert_eq!(wrong(&shared), ["deletionProtection"]);
    assert_eq!(wrong(&[protection]), ["deletionProtection"]);
}
