//! What the configuration does to sessions and inputs.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use framework::{
    cloud::Cloud,
    property::{Field, Role},
    resource::Owner,
    value::{Map, Value},
};

use super::wire::{Answer, Wire, config, subnets};
use crate::{
    aws::{AssumeRole, Aws, Config, Tags, tags},
    resources::ec2::Subnet,
};

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn in_region(region: &str) -> Map {
    Map::from([("region".to_owned(), text(region))])
}

fn quiet() -> Wire {
    Wire::saying(|_, _| subnets(&[]))
}

#[tokio::test]
async fn a_resource_stays_where_it_is() {
    let aws = quiet().aws(config()).await;
    assert_eq!(aws.session(&in_region("us-east-1")).unwrap().region(), "us-east-1");
    assert_eq!(aws.session(&Map::new()).unwrap().region(), "eu-west-1");
    assert_eq!(Aws::place(&*aws.session(&Map::new()).unwrap()), in_region("eu-west-1"));
}

#[tokio::test]
async fn a_region_has_one_session() {
    let aws = quiet().aws(config()).await;
    let sessions = (aws.session(&Map::new()).unwrap(), aws.session(&in_region("eu-west-1")).unwrap());
    assert!(std::sync::Arc::ptr_eq(&sessions.0, &sessions.1));
}

#[tokio::test]
async fn tags_and_region_are_completed() {
    const TAGS: Field = Field { name: "tags", role: Role::Input, ..crate::aws::region::FIELD };
    let tags = BTreeMap::from([("team".to_owned(), "x".to_owned())]);
    let aws = quiet().aws(Config { default_tags: Some(tags.clone()), ..config() }).await;
    let (mut with, mut without) = (Map::new(), Map::new());
    aws.complete(&[&TAGS], &mut with);
    aws.complete(&[], &mut without);
    assert_eq!(with.get("tags"), Some(&Value::Map(Map::from([("team".to_owned(), text("x"))]))));
    assert_eq!(without, in_region("eu-west-1"));
    let mut elsewhere = in_region("us-east-1");
    aws.complete(&[], &mut elsewhere);
    assert_eq!(elsewhere, in_region("us-east-1"));
}

#[tokio::test]
async fn one_service_can_live_elsewhere() {
    let wire = quiet();
    let endpoints = BTreeMap::from([("ec2".to_owned(), "http://ec2.test:1".to_owned())]);
    let config = Config { endpoint: Some("http://all.test:2".to_owned()), endpoints: Some(endpoints), ..config() };
    let session = wire.session_with(config).await;
    session.ec2().describe_subnets().send().await.unwrap();
    let _ = session.sts().get_caller_identity().send().await;
    let hosts: Vec<_> = wire.seen().iter().map(|seen| seen.uri.trim_end_matches('/').to_owned()).collect();
    assert_eq!(hosts, ["http://ec2.test:1", "http://all.test:2"]);
}

#[tokio::test]
async fn a_role_is_assumed_once_where_sts_is_said_to_be() {
    let wire = Wire::saying(|_, seen| {
        match seen.action().as_str() {
        "AssumeRole" => Answer::Is(200, "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>".to_owned()),
        _ => subnets(&[]),
    }
    });
    let role = AssumeRole {
        role_arn: "arn:aws:iam::111111111111:role/x".to_owned(),
        session_name: None,
        external_id: Some("ext".to_owned()),
        duration_seconds: 900,
    };
    let endpoints = BTreeMap::from([("sts".to_owned(), "http://sts.test:1".to_owned())]);
    let aws = wire.aws(Config { assume_role: Some(role), endpoints: Some(endpoints), ..config() }).await;
    for region in ["eu-west-1", "us-east-1"] {
        aws.session(&in_region(region)).unwrap().ec2().describe_subnets().send().await.unwrap();
    }
    assert_eq!(wire.actions(), ["AssumeRole", "DescribeSubnets", "DescribeSubnets"]);
    let asked = &wire.seen()[0];
    assert!(asked.uri.starts_with("http://sts.test:1"), "{}", asked.uri);
    assert_eq!(asked.field("RoleSessionName").as_deref(), Some("tenantstack"));
    assert_eq!(
        (asked.field("ExternalId").as_deref(), asked.field("DurationSeconds").as_deref()),
        (Some("ext"), Some("900"))
    );
}

#[tokio::test]
async fn what_is_old_isnt_adopted() {
    let wire = quiet();
    let session = wire.session().await;
    let ago = |hours: u64| SystemTime::now() - Duration::from_secs(hours * 3600);
    assert!(Aws::adopts(&session, ago(23)));
    assert!(!Aws::adopts(&session, ago(25)));
    let never = wire.session_with(Config { adopt_interrupted: false, ..config() }).await;
    assert!(Aws::adopts_any(&session));
    assert!(!Aws::adopts_any(&never));
}

#[tokio::test]
async fn what_is_ours_is_listed_by_token() {
    let page = "<DescribeTagsResponse><tagSet><item><resourceId>subnet-1</resourceId><resourceType>subnet</resourceType><key>tenantstack:owner</key><value>abc@1700000000</value></item><item><resourceId>subnet-2</resourceId><key>tenantstack:owner</key><value>by hand</value></item></tagSet></DescribeTagsResponse>";
    let wire = Wire::saying(move |_, _| Answer::Is(200, page.to_owned()));
    let owned = Aws::owned(&*wire.session().await, "subnet").await.unwrap();
    assert_eq!(
        owned.iter().map(|(token, owned)| (token.as_str(), owned.id.as_str())).collect::<Vec<_>>(),
        [("abc", "subnet-1")]
    );
    assert_eq!(wire.seen()[0].field("Filter.1.Value.1").as_deref(), Some("tenantstack%3Aowner"));
}

#[tokio::test]
async fn a_change_of_tags_is_at_most_two_calls() {
    let wire = Wire::saying(|_, _| Answer::Is(200, "<Response><return>true</return></Response>".to_owned()));
    let tagged = |entries: &[(&str, &str)]| -> Tags {
        entries.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let session = wire.session().await;
    tags::ec2::retag(&session, "subnet-1", &tagged(&[("a", "1"), ("b", "1")]).to(&tagged(&[("a", "2")])))
        .await
        .unwrap();
    tags::ec2::retag(&session, "subnet-1", &tagged(&[("a", "1")]).to(&tagged(&[("a", "1")]))).await.unwrap();
    assert_eq!(wire.actions(), ["CreateTags", "DeleteTags"]);
    assert_eq!(
        (wire.seen()[0].field("Tag.1.Value").as_deref(), wire.seen()[1].field("Tag.1.Key").as_deref()),
        (Some("2"), Some("b"))
    );
}

#[test]
fn a_create_call_carries_the_owner() {
    let owner = Owner::new("abc".to_owned(), SystemTime::UNIX_EPOCH);
    let made = tags::ec2::tag_specification::<Subnet>(&Tags::default(), &owner);
    assert_eq!(made.tags()[0].value(), Some("abc@0"));
    assert_eq!(made.resource_type().map(ToString::to_string).as_deref(), Some("subnet"));
    assert_eq!(tags::ec2::owner_of(made.tags()), Some(owner));
}

#[tokio::test]
async fn a_session_shows_no_secret() {
    let session = quiet().session().await;
    assert_eq!(format!("{session:?}"), "Session(eu-west-1)");
    assert!(!format!("{:?}", session.ec2()).contains("hunter2"));
}
