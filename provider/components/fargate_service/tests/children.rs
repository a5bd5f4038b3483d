//! What a service asks the engine for.

use framework::value::{Map, OutputValue, Urn, Value};

use super::{edge, map, said, service, texts};
use crate::components::{
    FargateService,
    testing::{Made, aws, made, previewed, tried},
};

async fn web(more: &[(&str, Value)]) -> Made {
    made::<FargateService>("web", service(more), Map::new()).await
}

/// What every service has.
const OF_A_WORKER: [&str; 7] = [
    "ec2:SecurityGroup web-security-group",
    "ecs:Service web-service",
    "ecs:TaskDefinition web-task-definition",
    "iam:Role web-execution-role",
    "iam:Role web-task-role",
    "iam:RolePolicy web-execution-policy",
    "logs:LogGroup web-log-group",
];

fn children(more: &[&str]) -> Vec<String> {
    let mut all: Vec<_> = OF_A_WORKER.iter().chain(more).map(|child| (*child).to_owned()).collect();
    all.sort();
    all
}

/// The only container of the service's tasks.
fn container(made: &Made) -> Map {
    let Value::List(containers) = made.input("web-task-definition", "containerDefinitions") else {
        panic!("no containers")
    };
    assert_eq!(containers.len(), 1);
    let Value::Map(container) = containers[0].clone() else { panic!("no container") };
    container
}

#[tokio::test]
async fn a_worker_is_reached_by_nobody() {
    let web = web(&[]).await;
    assert_eq!(web.children(), children(&[]));
    assert_eq!(web.output("url"), Value::Null);
    assert_eq!(web.input("web-service", "launchType"), "FARGATE".into());
    let network = map(&[(
        "awsvpcConfiguration",
        map(&[
            ("subnets", texts(&["subnet-private-1", "subnet-private-2"])),
            ("securityGroups", texts(&["web-security-group.groupId"])),
            ("assignPublicIp", "DISABLED".into()),
        ]),
    )]);
    assert_eq!(web.input("web-service", "networkConfiguration"), network);
    assert_eq!(web.input("web-service", "desiredCount"), 2.0.into());
}

#[tokio::test]
async fn on_a_shared_balancer_it_has_a_rule_before_it_runs() {
    let web = web(&[("edge", edge()), ("port", 3000.0.into()), ("hosts", texts(&["app.example.com"]))]).await;
    let more = [
        "ec2:SecurityGroupIngress web-from-load-balancer",
        "elasticloadbalancingv2:ListenerRule web-rule",
        "elasticloadbalancingv2:TargetGroup web-target-group",
    ];
    assert_eq!(web.children(), children(&more));
    assert!(
        web.before("web-service").is_superset(&more.map(|child| child.split(' ').nth(1).unwrap().to_owned()).into())
    );
    assert!(web.before("web-service").contains("web-execution-policy"));
    assert_eq!(web.input("web-from-load-balancer", "sourceSecurityGroupId"), "sg-edge".into());
    assert_eq!(web.input("web-from-load-balancer", "toPort"), 3000.0.into());
    assert_eq!(web.output("url"), "https://app.example.com".into());
}

#[tokio::test]
async fn without_one_it_has_a_balancer_of_its_own() {
    let web = web(&[("port", 80.0.into())]).await;
    assert!(web.children().contains(&"elasticloadbalancingv2:LoadBalancer web-load-balancer-load-balancer".to_owned()));
    assert_eq!(web.output("url"), "http://web-load-balancer-load-balancer.dnsName".into());
}

#[tokio::test]
async fn numbers_of_tasks_are_left_to_scaling() {
    let scaling = map(&[
        ("min", 2.0.into()),
        ("max", 10.0.into()),
        ("cpuPercent", 60.0.into()),
        ("requestsPerTarget", 500.0.into()),
    ]);
    let shared = [("edge", edge()), ("port", 80.0.into()), ("paths", texts(&["/*"])), ("scaling", scaling)];
    let web = web(&shared).await;
    assert_eq!(web.input("web-service", "desiredCount"), Value::Null);
    assert_eq!(web.input("web-scaling", "resourceId"), "web-service".into());
    let Value::Map(configuration) = web.input("web-scaling-requests", "targetTrackingScalingPolicyConfiguration")
    else {
        panic!("no configuration")
    };
    let label = "app/edge/50dc6c495c0c9188/web-target-group.targetGroupFullName";
    let metric = map(&[("predefinedMetricType", "ALBRequestCountPerTarget".into()), ("resourceLabel", label.into())]);
    assert_eq!(configuration["predefinedMetricSpecification"], metric);
}

fn database() -> Value {
    map(&[
        ("environment", map(&[("PGHOST", "db.internal".into())])),
        ("secrets", map(&[("PGPASSWORD", "arn:aws:secretsmanager:eu-west-1:1:secret:db-a1b2c3:password::".into())])),
        ("securityGroupId", "sg-db".into()),
        ("port", 5432.0.into()),
    ])
}

fn cache() -> Value {
    map(&[
        ("environment", map(&[("REDIS_HOST", "cache.internal".into())])),
        ("securityGroupId", "sg-cache".into()),
        ("port", 6379.0.into()),
    ])
}

#[tokio::test]
async fn a_link_gives_variables_secrets_and_one_way_in() {
    let linked = web(&[("links", vec![database()].into())]).await;
    assert_eq!(linked.children(), children(&["ec2:SecurityGroupIngress web-to-sg-db-5432"]));
    let container = container(&linked);
    assert_eq!(
        container["environment"],
        vec![map(&[("name", "PGHOST".into()), ("value", "db.internal".into())])].into()
    );
    let policy = linked.input("web-execution-policy", "policyDocument");
    let policy = policy.as_str().unwrap();
    assert!(policy.contains("secret:db-a1b2c3\"") && !policy.contains("password"), "{policy}");
    let rule = |property: &str| linked.input("web-to-sg-db-5432", property);
    assert_eq!((rule("groupId"), rule("sourceSecurityGroupId")), ("sg-db".into(), "web-security-group.groupId".into()));
}

#[tokio::test]
async fn links_that_come_and_go_leave_the_others_alone() {
    let both = web(&[("links", vec![database(), cache()].into())]).await;
    let one = web(&[("links", vec![cache()].into())]).await;
    assert!(both.children().contains(&"ec2:SecurityGroupIngress web-to-sg-cache-6379".to_owned()));
    assert_eq!(one.children(), children(&["ec2:SecurityGroupIngress web-to-sg-cache-6379"]));
}

#[tokio::test]
async fn links_by_hand_to_what_shares_a_balancer_leave_each_other_alone() {
    let from = |service: &str| {
        let urn = |kind: &str, name: &str| Urn::new(format!("urn:pulumi:dev::app::tenantstack:index:{kind}::{name}"));
        let dependencies = [urn("Alb", "edge"), urn("FargateService", service)].into();
        let link = map(&[("securityGroupId", format!("sg-{service}").into()), ("port", 80.0.into())]);
        Value::Output(Box::new(OutputValue { value: Some(link), secret: false, dependencies }))
    };
    let rules = |links: Vec<Value>| async {
        let web = web(&[("links", links.into())]).await;
        web.children().into_iter().filter(|child| child.contains("web-to-")).collect::<Vec<_>>()
    };
    let api = "ec2:SecurityGroupIngress web-to-api-edge".to_owned();
    let shop = "ec2:SecurityGroupIngress web-to-edge-shop".to_owned();
    assert_eq!(rules(vec![from("api"), from("shop")]).await, [api, shop.clone()]);
    assert_eq!(rules(vec![from("shop")]).await, [shop]);
}

#[tokio::test]
async fn a_link_of_permissions_alone_opens_nothing() {
    let permission = map(&[("actions", texts(&["s3:GetObject"])), ("resources", texts(&["arn:aws:s3:::bucket/*"]))]);
    let link = map(&[("permissions", vec![permission].into())]);
    let web = web(&[("links", vec![link].into())]).await;
    assert_eq!(web.children(), children(&["iam:RolePolicy web-task-policy"]));
}

#[tokio::test]
async fn what_a_link_brings_is_shown_before_it_is_known() {
    let properties = service(&[("links", vec![Value::Unknown].into())]);
    let web = previewed::<FargateService>("web", properties, Map::new()).await;
    assert_eq!(web.children(), children(&["ec2:SecurityGroupIngress web-to-1", "iam:RolePolicy web-task-policy"]));
}

#[tokio::test]
async fn roles_that_are_given_are_not_made() {
    let arn = |name: &str| Value::from(format!("arn:aws:iam::123456789012:role/{name}"));
    let web = web(&[("taskRoleArn", arn("app")), ("executionRoleArn", arn("starter"))]).await;
    assert!(!web.children().iter().any(|child| child.contains("iam:")), "{:?}", web.children());
    assert_eq!(web.input("web-task-definition", "executionRoleArn"), arn("starter"));
}

#[tokio::test]
async fn a_service_on_spot_in_public_subnets() {
    let web = web(&[("spot", true.into()), ("placement", "public".into())]).await;
    assert_eq!(web.input("web-service", "launchType"), Value::Null);
    let strategy = web.input("web-service", "capacityProviderStrategy");
    assert!(format!("{strategy:?}").contains("FARGATE_SPOT"), "{strategy:?}");
    assert!(format!("{:?}", web.input("web-service", "networkConfiguration")).contains("ENABLED"));
}

#[tokio::test]
async fn a_policy_never_names_everything() {
    let ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1";
    let properties = said(&[("image", ecr.into())]);
    let all: Map = service(&[("links", vec![database()].into())]).into_iter().chain(properties).collect();
    let web = made::<FargateService>("web", all, Map::new()).await;
    let policy = web.input("web-execution-policy", "policyDocument");
    let policy: serde_json::Value = serde_json::from_str(policy.as_str().unwrap()).unwrap();
    for statement in policy["Statement"].as_array().unwrap() {
        let token = statement["Action"] == serde_json::json!(["ecr:GetAuthorizationToken"]);
        assert_eq!(statement["Resource"].to_string().contains("\"*\""), token, "{statement}");
    }
}

#[tokio::test]
async fn the_hundred_and_first_service_of_a_balancer_is_refused_in_the_preview() {
    let aws = aws().await;
    let inputs = || service(&[("edge", edge()), ("port", 80.0.into()), ("paths", texts(&["/*"]))]);
    for number in 1..=100 {
        let name = format!("web-{number}");
        assert!(tried::<FargateService>(aws.clone(), &name, inputs(), Map::new(), true).await.is_ok(), "{name}");
    }
    let over = tried::<FargateService>(aws.clone(), "web-101", inputs(), Map::new(), true).await.err();
    let over = format!("{over:?}");
    assert!(over.contains("edge") && over.contains("100 target groups"), "{over}");
    // One that is asked for again has its place.
    assert!(tried::<FargateService>(aws, "web-7", inputs(), Map::new(), true).await.is_ok());
}

#[tokio::test]
async fn a_service_that_leaves_spot_says_so() {
    let own =
        |spot: bool| service(&[("spot", spot.into())]).into_iter().filter(|(name, _)| name != "clusterArn").collect();
    for (spot, provider) in [(true, "FARGATE_SPOT"), (false, "FARGATE")] {
        let web = made::<FargateService>("web", own(spot), Map::new()).await;
        let strategy = map(&[("capacityProvider", provider.into()), ("weight", 1.0.into()), ("base", 0.0.into())]);
        assert_eq!(web.input("web-service", "capacityProviderStrategy"), vec![strategy].into());
    }
}
