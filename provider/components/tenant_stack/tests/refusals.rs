//! What is wrong with the inputs of a tenant's stack is said at once, each with its path, before anything is made.

use framework::{
    provider::ConstructFailure,
    value::{Map, Value},
};

use super::{edge, map, said, service, tenant, texts};
use crate::components::{
    TenantStack,
    testing::{aws, tried},
};

/// The paths of all that is wrong, and what is said of it.
async fn refused(inputs: Map) -> Vec<(String, String)> {
    match tried::<TenantStack>(aws().await, "acme", inputs, Map::new(), true).await {
        Err(ConstructFailure::Inputs(problems)) => {
            problems.into_iter().map(|problem| (problem.path.to_string(), problem.reason)).collect()
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => Vec::new(),
    }
}

async fn wrong(services: Vec<Value>, more: &[(&str, Value)]) -> Vec<String> {
    let mut paths: Vec<_> = refused(tenant("acme", services, more)).await.into_iter().map(|(path, _)| path).collect();
    paths.sort();
    paths
}

#[tokio::test]
async fn everything_is_said_at_once() {
    let services = vec![
        service("web", &[("memory", 513.0.into())]),
        service("cache", &[("paths", texts(&["/api/*"])), ("cluster", "mine".into()), ("cpu", 300.0.into())]),
        service("web", &[("paths", texts(&["/v2/*"])), ("healthCheck", map(&[("timeoutSeconds", 90.0.into())]))]),
    ];
    let database = map(&[("username", "rdsadmin".into()), ("instanceClass", "large".into())]);
    let more = [("database", database), ("cidrBlock", "10.0.0.0/16".into())];
    let expected = [
        "cidrBlock",
        "database.instanceClass",
        "database.username",
        "services[0].memory",
        "services[1].cluster",
        "services[1].cpu",
        "services[1].name",
        "services[2].healthCheck.timeoutSeconds",
        "services[2].name",
    ];
    assert_eq!(wrong(services, &more).await, expected);
}

#[tokio::test]
async fn what_a_bridge_lacks_is_one_problem() {
    let inputs = said(&[
        ("tenant", "acme".into()),
        ("domain", "example.com".into()),
        ("services", vec![service("web", &[])].into()),
    ]);
    let problems = refused(inputs).await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    let (path, reason) = &problems[0];
    assert_eq!(path, "tier");
    assert!(reason.contains("cluster (or clusterArn)") && reason.contains("loadBalancer (or edge)"), "{reason}");
    let data_alone = refused(said(&[("tenant", "acme".into())])).await;
    assert_eq!(data_alone.len(), 1, "{data_alone:?}");
    assert!(data_alone[0].1.contains("vpc (or network)"), "{data_alone:?}");
}

#[tokio::test]
async fn a_pool_is_not_there_yet() {
    let problems = refused(tenant("acme", vec![service("web", &[])], &[("tier", "pool".into())])).await;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].0 == "tier" && problems[0].1.contains("isn't there yet"), "{problems:?}");
}

#[tokio::test]
async fn a_tenant_of_a_shared_balancer_says_which_requests_are_its_own() {
    let inputs = said(&[
        ("tenant", "acme".into()),
        ("clusterArn", "arn:aws:ecs:eu-west-1:123456789012:cluster/apps".into()),
        ("edge", edge()),
        ("services", vec![service("web", &[("paths", texts(&["/*"]))])].into()),
    ]);
    let problems = refused(inputs).await;
    assert_eq!(problems.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["domain"], "{problems:?}");
}

#[tokio::test]
async fn two_services_with_the_same_requests_are_refused() {
    assert_eq!(wrong(vec![service("web", &[]), service("api", &[])], &[]).await, ["services[1].paths"]);
    assert!(wrong(vec![service("web", &[]), service("api", &[("paths", texts(&["/api/*"]))])], &[]).await.is_empty());
    let own = ("hosts", texts(&["api.acme.com"]));
    assert!(wrong(vec![service("web", &[]), service("api", &[own])], &[]).await.is_empty());
}

#[tokio::test]
async fn what_another_engine_has_means_nothing() {
    let none = map(&[("engine", "none".into()), ("nodeType", "cache.t4g.small".into())]);
    assert_eq!(wrong(Vec::new(), &[("cache", none)]).await, ["cache.nodeType"]);
    let aurora = map(&[("engine", "aurora".into()), ("instanceClass", "db.t4g.micro".into())]);
    assert_eq!(wrong(Vec::new(), &[("database", aurora)]).await, ["database.instanceClass"]);
    let mistyped = map(&[("instanceClas", "db.t4g.small".into())]);
    let problems = refused(tenant("acme", Vec::new(), &[("database", mistyped)])).await;
    assert!(problems.iter().any(|(_, reason)| reason.contains("did you mean instanceClass?")), "{problems:?}");
}

#[tokio::test]
async fn names_of_tenants_are_labels() {
    for bad in ["Acme", "a", "2acme", "acme_eu", "a-tenant-whose-name-is-far-too-long-for-it"] {
        assert_eq!(wrong_tenant(bad).await, ["tenant"], "{bad}");
    }
    assert_eq!(wrong_tenant("acme-").await, ["tenant"], "a name in DNS doesn't end with a dash");
    assert!(wrong_tenant("acme-2").await.is_empty());
}

async fn wrong_tenant(name: &str) -> Vec<String> {
    refused(tenant(name, vec![service("web", &[])], &[])).await.into_iter().map(|(path, _)| path).collect()
}

#[tokio::test]
async fn both_ways_at_once_are_refused() {
    let shared = [("zone", super::zone())];
    let inputs = said(&[("tenant", "acme".into()), ("network", super::network()), shared[0].clone()]);
    let problems = refused(inputs).await;
    assert_eq!(problems.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["domain"], "a zone needs a domain");
}
