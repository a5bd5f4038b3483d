//! A target group: what requests or connections are passed on to.

mod changes;
mod rules;
mod seen;
mod targets;

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    Choice, Object, Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, TagChange, Tags, tags::elb as tagging, unless_gone},
    resources::load_balancing::{attributes::Attribute, protocol::Protocol},
};

/// A target group: what a load balancer passes requests or connections on to, and how it finds out what is healthy.
///
/// A Region has 3,000 unless you ask for more. An Application Load Balancer uses 100 of them, which can't be raised
/// (User Guide for Application Load Balancers, "Quotas for your Application Load Balancers").
#[derive(Resource)]
#[resource(
    token = "elasticloadbalancingv2:TargetGroup",
    model = "AWS::ElasticLoadBalancingV2::TargetGroup",
    id = "target_group_arn"
)]
pub struct TargetGroup {
    /// The group's name, unique in the account and Region. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(32),
        length(1, 32),
        pattern(
            r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*",
            "letters, digits and single hyphens, with no hyphen at the beginning and at the end"
        )
    )]
    name: String,
    /// What the targets are. Containers of Fargate are `ip`.
    #[input(replaces, default = TargetType::Instance)]
    target_type: TargetType,
    /// How the balancer talks to the targets. Required, unless `targetType` is `lambda`.
    #[input(replaces)]
    protocol: Option<Protocol>,
    /// The version of HTTP that the balancer talks to the targets: `HTTP1` when absent.
    #[input(replaces)]
    protocol_version: Option<ProtocolVersion>,
    /// The port of targets that say none of their own: 6081 for the protocol `GENEVE`. Required, unless `targetType`
    /// is `lambda`.
    #[input(replaces, range(1, 65535))]
    port: Option<i32>,
    /// The VPC that the targets are in. Required, unless `targetType` is `lambda`.
    #[input(replaces)]
    vpc_id: Option<String>,
    /// The kind of the targets' addresses: `ipv4` when absent.
    #[input(replaces)]
    ip_address_type: Option<TargetGroupIpAddressType>,
    /// The port at which targets tell how much they can take, for AWS's target optimizer.
    #[input(replaces, range(1, 65535))]
    target_control_port: Option<i32>,
    /// Whether health is checked: always, but for `lambda`, where it isn't when absent.
    #[input(computed)]
    health_check_enabled: Option<bool>,
    /// How health is checked: `HTTP`, `HTTPS` or `TCP`. When absent `HTTP` for the protocols of application
    /// balancers, `TCP` for others.
    #[input(computed)]
    health_check_protocol: Option<Protocol>,
    /// The port at which health is checked: a number, or `traffic-port`, the one that requests go to, as it is when
    /// absent; 80 for the protocol `GENEVE`.
    #[input(computed, pattern(r"traffic-port|[0-9]{1,5}", "a port from 1 to 65535 or traffic-port"))]
    health_check_port: Option<String>,
    /// What is asked for by health checks of HTTP: `/` when absent. With the protocol version `GRPC` a method, such as
    /// `/package.service/method`, and `/AWS.ALB/healthcheck` when absent.
    #[input(computed, length(1, 1024), pattern(r"/[\x21-\x7E]*", "a path that begins with a slash"))]
    health_check_path: Option<String>,
    /// How many seconds lie between two checks of a target: 30 when absent, 35 for `lambda`, 10 for `GENEVE`.
    #[input(computed, range(5, 300))]
    health_check_interval_seconds: Option<i32>,
    /// After how many seconds without an answer a check has failed; less than `healthCheckIntervalSeconds`. AWS
    /// chooses 5 to 10 when absent, 30 for `lambda`.
    #[input(computed, range(2, 120))]
    health_check_timeout_seconds: Option<i32>,
    /// After how many good checks in succession an unhealthy target is healthy: 5 when absent.
    #[input(computed, range(2, 10))]
    healthy_threshold_count: Option<i32>,
    /// After how many failed checks in succession a healthy target is unhealthy: 2 when absent.
    #[input(computed, range(2, 10))]
    unhealthy_threshold_count: Option<i32>,
    /// The codes that tell of health, for checks of HTTP.
    #[input(computed)]
    matcher: Option<Matcher>,
    /// Settings by name, as the Elastic Load Balancing API Reference lists them at `TargetGroupAttribute`. What is not
    /// named here is left as it is; what isn't named any more gets back the value that AWS gives a new group.
    #[input(default, set)]
    target_group_attributes: Vec<Attribute>,
    /// The targets: these and no others. When absent, what others register is left alone, as ECS does with the
    /// containers of its services. An import leaves them out for that reason.
    #[input(set)]
    targets: Option<Vec<TargetDescription>>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    target_group_arn: String,
    /// The group's name.
    #[output(stable)]
    target_group_name: String,
    /// The part of the ARN by which metrics know the group, such as `targetgroup/my-group/73e2d6bc24d8a067`.
    #[output(stable)]
    target_group_full_name: String,
}

/// What the targets of a group are.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:TargetType")]
pub enum TargetType {
    /// Instances of EC2, by their ids.
    #[choice("instance")]
    Instance,
    /// Private addresses.
    #[choice("ip")]
    Ip,
    /// A Lambda function, by its ARN.
    #[choice("lambda")]
    Lambda,
    /// An application load balancer, by its ARN, behind a network load balancer.
    #[choice("alb")]
    Alb,
}

/// The version of HTTP that a balancer talks to targets.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:ProtocolVersion")]
pub enum ProtocolVersion {
    /// HTTP/1.1.
    #[choice("HTTP1")]
    Http1,
    /// HTTP/2.
    #[choice("HTTP2")]
    Http2,
    /// gRPC.
    #[choice("GRPC")]
    Grpc,
}

/// The kind of the addresses of targets.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:TargetGroupIpAddressType")]
pub enum TargetGroupIpAddressType {
    /// IPv4.
    #[choice("ipv4")]
    Ipv4,
    /// IPv6.
    #[choice("ipv6")]
    Ipv6,
}

/// The codes that tell of health: one of the two.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:Matcher")]
pub struct Matcher {
    /// Codes of HTTP: one (`200`), several (`200,202`) or from one to another (`200-299`). From 200 to 499 for
    /// application balancers, to 599 for others.
    #[field(pattern(
        r"[2-5][0-9]{2}(-[2-5][0-9]{2})?(,[2-5][0-9]{2}(-[2-5][0-9]{2})?)*",
        "codes such as 200, 200,202 or 200-299"
    ))]
    pub http_code: Option<String>,
    /// Codes of gRPC, from 0 to 99, in the same forms: 12 when absent.
    #[field(pattern(r"[0-9]{1,2}(-[0-9]{1,2})?(,[0-9]{1,2}(-[0-9]{1,2})?)*", "codes such as 12, 0,1 or 0-5"))]
    pub grpc_code: Option<String>,
}

/// A target.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:TargetDescription")]
pub struct TargetDescription {
    /// What it is: the id of an instance, an address, or an ARN, as `targetType` says.
    pub id: String,
    /// Its port: the group's when absent.
    #[field(range(1, 65535))]
    pub port: Option<i32>,
    /// The Availability Zone of an address outside of the VPC, or `all`.
    pub availability_zone: Option<String>,
    /// The id by which QUIC knows it, for the protocols `QUIC` and `TCP_QUIC`: `0x` and 16 hexadecimal digits.
    #[field(length(1, 256))]
    pub quic_server_id: Option<String>,
}

impl Managed for TargetGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        rules::check(want, problems);
    }

    async fn occupant(cx: &Cx, want: &TargetGroupInputs) -> Result<Option<String>> {
        named(cx, &want.name).await
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        tagging::owner_of(cx, id).await
    }

    /// AWS says yes to a create of a group that is there already with the same settings, be it somebody else's.
    async fn create(cx: &Cx, want: &TargetGroupInputs, owner: &Owner) -> Result<String> {
        if let Some(there) = named(cx, &want.name).await? {
            return Err(Error::new(Kind::Exists, format!("there is a target group of that name: {there}")));
        }
        changes::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &TargetGroupInputs) -> Result<()> {
        changes::complete(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<TargetGroup>> {
        let Some(found) = cx.find::<types::TargetGroup>(id).await? else { return Ok(None) };
        let Some(tags) = tagging::tags(cx, id).await? else { return Ok(None) };
        let Some(attributes) = unless_gone(changes::attributes(cx, id).await)? else { return Ok(None) };
        let said = cx.recorded::<TargetGroup>();
        let targets = match said.has(fields::targets) {
            true => unless_gone(targets::registered(cx, id).await)?,
            false => None,
        };
        seen::seen(found, tags, attributes, targets, &said).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        changes::change(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.elb().delete_target_group().target_group_arn(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        targets::users(cx, id).await
    }
}

/// The ARN of the group of that name.
async fn named(cx: &Cx, name: &str) -> Result<Option<String>> {
    let found = unless_gone(cx.elb().describe_target_groups().names(name).send().await)?;
    let mut groups = found.and_then(|found| found.target_groups).unwrap_or_default().into_iter();
    Ok(groups.find(|group| group.target_group_name() == Some(name)).and_then(|group| group.target_group_arn))
}
