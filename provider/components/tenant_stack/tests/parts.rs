//! What a tenant's stack asks the engine for.

use std::collections::{BTreeMap, BTreeSet};

use framework::value::{Map, OutputValue, Value};

use super::{map, said, service, tenant, texts};
use crate::components::{
    TenantStack,
    testing::{Made, aws, made, previewed, tried},
};

/// What AWS tells of databases and caches.
fn told() -> Map {
    let place = |host: &str, port: f64| map(&[("address", host.into()), ("port", port.into())]);
    let secret = map(&[("secretArn", "arn:aws:secretsmanager:eu-west-1:1:secret:rds!db-a1b2c3".into())]);
    said(&[
        ("endpoint", place("db.internal", 5432.0)),
        ("primaryEndPoint", place("cache.internal", 6379.0)),
        ("readerEndPoint", place("reader.internal", 6379.0)),
        ("masterUserSecret", secret),
        ("readEndpoint", map(&[("address", "reader.internal".into())])),
    ])
}

async fn stack(name: &str, inputs: Map) -> Made {
    made::<TenantStack>(name, inputs, told()).await
}

fn everything() -> [(&'static str, Value); 2] {
    let generated = map(&[("SESSION_KEY", map(&[("length", 64.0.into())]))]);
    [("cache", map(&[("engine", "redis".into())])), ("secrets", map(&[("generated", generated)]))]
}

/// The groups that may come in, by the groups that let them.
fn doors(made: &Made) -> BTreeMap<String, BTreeSet<String>> {
    let mut doors: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (name, asked) in made.all().filter(|(_, asked)| asked.kind.ends_with("SecurityGroupIngress")) {
        let group = |property: &str| made.input(name, property).as_str().unwrap_or_default().to_owned();
        assert!(asked.inputs.contains_key("sourceSecurityGroupId"), "{name} lets in groups alone");
        doors.entry(group("groupId")).or_default().insert(group("sourceSecurityGroupId"));
    }
    doors
}

#[tokio::test]
async fn data_comes_before_services_and_names_come_last() {
    let acme = stack("acme", tenant("acme", vec![service("web", &[])], &everything())).await;
    let before = acme.before("acme-web-service");
    for data in ["acme-database-instance", "acme-cache-replication-group", "acme-secrets-session-key", "acme-web-rule"]
    {
        assert!(before.contains(data), "{data}");
    }
    assert!(acme.before("acme-name").contains("acme-web-service"));
    assert_eq!(acme.input("acme-name", "name"), "acme.example.com".into());
    assert_eq!(acme.output("url"), "https://acme.example.com".into());
    assert_eq!(acme.output("databaseHost"), "db.internal".into());
    assert_eq!(acme.output("cacheHost"), "cache.internal".into());
}

#[tokio::test]
async fn only_its_services_come_to_its_data() {
    let services = vec![service("web", &[]), service("api", &[("paths", texts(&["/api/*"]))])];
    let acme = stack("acme", tenant("acme", services, &everything())).await;
    let groups = |names: &[&str]| names.iter().map(|name| format!("acme-{name}-security-group.groupId")).collect();
    let expected: BTreeMap<_, BTreeSet<String>> = [
        ("acme-database-security-group.groupId", groups(&["web", "api"])),
        ("acme-cache-security-group.groupId", groups(&["web", "api"])),
        ("acme-web-security-group.groupId", ["sg-edge".to_owned()].into()),
        ("acme-api-security-group.groupId", ["sg-edge".to_owned()].into()),
    ]
    .into_iter()
    .map(|(group, from)| (group.to_owned(), from))
    .collect();
    assert_eq!(doors(&acme), expected);
}

#[tokio::test]
async fn everything_is_tagged_with_the_tenant_and_the_tier() {
    let tags = map(&[("Team", "blue".into()), ("Tenant", "somebody".into())]);
    let acme = stack("acme", tenant("acme", vec![service("web", &[])], &[("tags", tags)])).await;
    let mut tagged = 0;
    for (name, asked) in acme.all().filter(|(_, asked)| asked.custom && asked.inputs.contains_key("tags")) {
        let Value::Map(tags) = acme.input(name, "tags") else { panic!("{name}: {:?}", asked.inputs["tags"]) };
        let three = [&tags["Tenant"], &tags["Tier"], &tags["Team"]].map(|tag| tag.as_str().unwrap());
        assert_eq!(three, ["acme", "bridge", "blue"], "{name}");
        tagged += 1;
    }
    let untaggable =
        ["ec2:SecurityGroupEgress", "iam:RolePolicy", "route53:RecordSet", "secretsmanager:RotationSchedule"];
    let all = acme.children();
    let taggable = all.iter().filter(|child| !untaggable.iter().any(|kind| child.starts_with(kind)));
    assert_eq!(tagged, taggable.count(), "{all:?}");
}

#[tokio::test]
async fn no_two_tenants_have_a_name_in_common() {
    let mut taken = BTreeSet::new();
    let services = |names: &[&str]| {
        let one = |(index, name): (usize, &&str)| service(name, &[("paths", texts(&[&format!("/{index}/*")]))]);
        names.iter().enumerate().map(one).collect()
    };
    for name in ["acme", "acme-2", "acme-eu", "acme-eu-web", "acme-database", "acme2", "ac"] {
        let made =
            stack(name, tenant(name, services(&["web", "eu-web", "a-service", "database-web"]), &everything())).await;
        for child in made.children() {
            assert!(taken.insert(child.clone()), "{child} of {name} is another tenant's too");
        }
    }
}

#[tokio::test]
async fn the_tenant_is_in_every_name_whatever_the_stack_is_called() {
    let acme = stack("client-1", tenant("acme", vec![service("web", &[])], &everything())).await;
    for child in acme.children() {
        assert!(child.contains(" client-1-acme-"), "{child}");
    }
    let acme = stack("eu-acme", tenant("acme", vec![service("web", &[])], &[])).await;
    assert!(acme.children().contains(&"ecs:Service eu-acme-web-service".to_owned()), "{:?}", acme.children());
}

#[tokio::test]
async fn a_silo_has_everything_to_itself() {
    let inputs = said(&[
        ("tenant", "acme".into()),
        ("tier", "silo".into()),
        ("cidrBlock", "10.8.0.0/16".into()),
        ("zone", super::zone()),
        ("domain", "example.com".into()),
        ("services", vec![service("web", &[])].into()),
        ("database", map(&[("engine", "none".into())])),
    ]);
    let zones = vec![Value::from("eu-west-1a"), Value::from("eu-west-1b")];
    let told = said(&[("names", zones.into())]);
    let acme = made::<TenantStack>("acme", inputs, told).await;
    let children = acme.children();
    for part in [
        "ec2:Vpc acme-vpc-vpc",
        "ecs:Cluster acme-cluster-cluster",
        "elasticloadbalancingv2:LoadBalancer acme-alb-load-balancer",
    ] {
        assert!(children.contains(&part.to_owned()), "{part} isn't in {children:?}");
    }
    assert_eq!(acme.input("acme-vpc-vpc", "cidrBlock"), "10.8.0.0/16".into());
    assert!(!children.iter().any(|child| child.starts_with("rds:")), "{children:?}");
    assert_eq!(
        children.iter().filter(|child| child.starts_with("route53:RecordSet")).count(),
        1,
        "one name, made last"
    );
    assert!(acme.before("acme-name").contains("acme-web-service"));
}

#[tokio::test]
async fn what_is_secret_hides_nothing_else() {
    let values = map(&[("STRIPE_KEY", "sk-planted".into())]).into_secret();
    let secrets = map(&[("values", values)]);
    let acme = stack("acme", tenant("acme", vec![service("web", &[])], &[("secrets", secrets)])).await;
    for output in ["url", "secretArns", "serviceNames", "databaseHost"] {
        assert!(!acme.is_secret(output), "{output}");
    }
    for (name, asked) in acme.all() {
        for (property, value) in &asked.inputs {
            let tells = format!("{:?}", value.plain()).contains("sk-planted");
            assert!(!tells || value.has_secret(), "{name}.{property} tells the secret");
        }
    }
    assert!(acme.asked("acme-secrets-stripe-key").inputs["secretString"].has_secret());
    let description = &acme.asked("acme-secrets-stripe-key").inputs["description"];
    assert!(!description.has_secret());
}

#[tokio::test]
async fn a_preview_shows_what_there_will_be() {
    let inputs = || tenant("acme", vec![service("web", &[])], &everything());
    let shown = previewed::<TenantStack>("acme", inputs(), Map::new()).await;
    let becomes = stack("acme", inputs()).await;
    assert_eq!(shown.children(), becomes.children());
}

#[tokio::test]
async fn an_image_that_is_built_first_hides_no_structure() {
    let unknown = Value::Output(Box::new(OutputValue { value: None, secret: false, dependencies: BTreeSet::new() }));
    let web = service("web", &[("image", unknown)]);
    let shown = previewed::<TenantStack>("acme", tenant("acme", vec![web], &[]), Map::new()).await;
    assert!(shown.children().contains(&"ecs:Service acme-web-service".to_owned()), "{:?}", shown.children());
}

#[tokio::test]
async fn further_names_are_made_where_their_zone_is() {
    let hosts = ("hosts", texts(&["shop.example.com", "shop.acme.com"]));
    let certificates = ("certificateArns", texts(&["arn:aws:acm:eu-west-1:1:certificate/acme"]));
    let acme = stack("acme", tenant("acme", vec![service("web", &[])], &[hosts, certificates])).await;
    let names: Vec<_> = acme.children().into_iter().filter(|child| child.starts_with("route53:RecordSet")).collect();
    assert_eq!(names, ["route53:RecordSet acme-name", "route53:RecordSet acme-name_shop_example_com"]);
    assert_eq!(acme.input("acme-certificate_1", "listenerArn"), "arn:listener".into());
    assert_eq!(acme.output("hosts"), texts(&["acme.example.com", "shop.example.com", "shop.acme.com"]));
}

#[tokio::test]
async fn a_host_of_another_tenant_is_refused() {
    let aws = aws().await;
    let hosts = || [("hosts", texts(&["shop.acme.com"]))];
    let one = tenant("acme", vec![service("web", &[])], &hosts());
    assert!(tried::<TenantStack>(aws.clone(), "acme", one, told(), false).await.is_ok());
    let other = tenant("globex", vec![service("web", &[])], &hosts());
    let refused = tried::<TenantStack>(aws, "globex", other, told(), false).await.err();
    assert!(format!("{refused:?}").contains("another tenant"), "{refused:?}");
}

#[tokio::test]
async fn aurora_is_one_more_word() {
    let database = map(&[("engine", "aurora".into()), ("maxCapacity", 8.0.into())]);
    let acme = stack("acme", tenant("acme", vec![service("web", &[])], &[("database", database)])).await;
    let children = acme.children();
    assert!(children.contains(&"rds:DBCluster acme-database-cluster".to_owned()), "{children:?}");
    assert!(acme.before("acme-web-service").contains("acme-database-cluster"));
}
