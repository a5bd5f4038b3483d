//! A flow log: a record of the traffic of a VPC, a subnet, or a network interface.

use aws_sdk_ec2::types;
use framework::{
    Choice, Object, Resource,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{
        Aws, Cx, Error, Findable, Result, Session, TagChange, Tags, all_done, answered,
        limits::{codes, waits},
        tags::ec2 as tagging,
    },
    resources::ec2_calls::client_token,
};

/// A flow log: a record of the traffic of a VPC, a subnet, a network interface, or a gateway.
///
/// AWS can't change a flow log: all properties but the tags need another one.
#[derive(Resource)]
#[resource(token = "ec2:FlowLog", model = "AWS::EC2::FlowLog", id = "flow_log_id", delete_first)]
pub struct FlowLog {
    /// The id of what is recorded, such as `vpc-0123456789abcdef0`.
    #[input(replaces)]
    resource_id: String,
    /// What `resourceId` is the id of.
    #[input(replaces)]
    resource_type: FlowLogResourceType,
    /// Which traffic is recorded. Required, except for transit gateways, where it can't be chosen.
    #[input(replaces)]
    traffic_type: Option<TrafficType>,
    /// Where the records go.
    #[input(replaces, default = LogDestinationType::CloudWatchLogs)]
    log_destination_type: LogDestinationType,
    /// The ARN of the log group, without `:*` at its end; of the bucket, perhaps with a folder that ends in
    /// a slash; or of the Firehose stream.
    #[input(replaces)]
    log_destination: Option<String>,
    /// The log group by name, in place of `logDestination`.
    #[input(replaces)]
    log_group_name: Option<String>,
    /// The ARN of the role with which records are written to CloudWatch Logs. Required there.
    #[input(replaces)]
    deliver_logs_permission_arn: Option<String>,
    /// The ARN of the role with which records are written to another account.
    #[input(replaces)]
    deliver_cross_account_role: Option<String>,
    /// The fields of a record, such as `${version} ${srcaddr} ${dstaddr}`; AWS's default fields when absent.
    #[input(replaces, computed)]
    log_format: Option<String>,
    /// For how long packets are gathered into one record, in seconds: 60 or 600. AWS's default is 600, and
    /// 60 for transit gateways.
    #[input(replaces, computed, one_of(60, 600))]
    max_aggregation_interval: Option<i32>,
    /// How records are laid out in a bucket; for the destination `s3` only.
    #[input(replaces)]
    destination_options: Option<FlowLogDestinationOptions>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The flow log's id.
    #[output(stable)]
    flow_log_id: String,
}

/// What can be recorded.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:FlowLogResourceType")]
pub enum FlowLogResourceType {
    /// A network interface.
    #[choice("NetworkInterface")]
    NetworkInterface,
    /// All network interfaces of a subnet.
    #[choice("Subnet")]
    Subnet,
    /// All network interfaces of a VPC.
    #[choice("VPC")]
    Vpc,
    /// A transit gateway.
    #[choice("TransitGateway")]
    TransitGateway,
    /// One attachment of a transit gateway.
    #[choice("TransitGatewayAttachment")]
    TransitGatewayAttachment,
    /// A NAT gateway of a whole VPC.
    #[choice("RegionalNatGateway")]
    RegionalNatGateway,
}

/// Which traffic is recorded.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:TrafficType")]
pub enum TrafficType {
    /// What security groups and network ACLs let through.
    #[choice("ACCEPT")]
    Accept,
    /// What they refuse.
    #[choice("REJECT")]
    Reject,
    /// Both.
    #[choice("ALL")]
    All,
}

/// Where the records of a flow log go.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:LogDestinationType")]
pub enum LogDestinationType {
    /// To a log group.
    #[choice("cloud-watch-logs")]
    CloudWatchLogs,
    /// To a bucket.
    #[choice("s3")]
    S3,
    /// To a Firehose stream.
    #[choice("kinesis-data-firehose")]
    KinesisDataFirehose,
}

/// How records are laid out in a bucket.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "ec2:FlowLogDestinationOptions")]
pub struct FlowLogDestinationOptions {
    /// How files are written.
    #[field(default = FlowLogFileFormat::PlainText)]
    pub file_format: FlowLogFileFormat,
    /// Whether folders are named as Hive names them: `year=2026/month=11`.
    #[field(default = false)]
    pub hive_compatible_partitions: bool,
    /// Whether there is a folder for each hour rather than for each day.
    #[field(default = false)]
    pub per_hour_partition: bool,
}

/// How the files of a flow log are written.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ec2:FlowLogFileFormat")]
pub enum FlowLogFileFormat {
    /// As lines of text.
    #[choice("plain-text")]
    PlainText,
    /// As Apache Parquet, which is smaller and faster to query.
    #[choice("parquet")]
    Parquet,
}

impl Managed for FlowLog {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "vpc-flow-log" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        check_resource(want, problems);
        check_destination(want, problems);
    }

    async fn create(cx: &Cx, want: &FlowLogInputs, owner: &Owner) -> Result<String> {
        cx.until(&waits::IAM_PROPAGATED, &want.resource_id, || ask(cx, want, owner)).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<FlowLog>> {
        let Some(found) = cx.find::<types::FlowLog>(id).await? else { return Ok(None) };
        let tags = tagging::tags(found.tags());
        let resource_id = answered(found.resource_id, "resourceId")?;
        let said = cx.recorded::<Self>();
        let by_name = said.has(fields::log_group_name) || found.log_destination.is_none();
        let destination_options = found.destination_options.map(FlowLogDestinationOptions::from);
        Ok(Some(FlowLog {
            resource_type: answered(kind_of(&resource_id), "resourceType")?,
            resource_id,
            traffic_type: found.traffic_type.and_then(|kind| TrafficType::from_text(kind.as_str())),
            log_destination_type: found
                .log_destination_type
                .and_then(|kind| LogDestinationType::from_text(kind.as_str()))
                .unwrap_or(LogDestinationType::CloudWatchLogs),
            log_destination: found.log_destination.filter(|_| !by_name).map(|arn| without_star(&arn).to_owned()),
            log_group_name: found.log_group_name.filter(|_| by_name),
            deliver_logs_permission_arn: found.deliver_logs_permission_arn,
            deliver_cross_account_role: found.deliver_cross_account_role,
            log_format: found.log_format,
            max_aggregation_interval: found.max_aggregation_interval,
            destination_options: destination_options.filter(|options| {
                said.has(fields::destination_options) || *options != FlowLogDestinationOptions::default()
            }),
            tags,
            flow_log_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let answer = cx.ec2().delete_flow_logs().flow_log_ids(id).send().await?;
        all_done("ec2:DeleteFlowLogs", answer.unsuccessful())
    }
}

fn check_resource(want: &Properties<'_, FlowLog>, problems: &mut Problems) {
    use FlowLogResourceType::{TransitGateway, TransitGatewayAttachment};
    let Some(kind) = want.get(fields::resource_type) else { return };
    let is_transit = matches!(kind, TransitGateway | TransitGatewayAttachment);
    match (is_transit, want.has(fields::traffic_type)) {
        (true, true) => problems.add(want.path(fields::traffic_type), format!("can't be given for a {}", kind.text())),
        (false, false) => problems.add(want.path(fields::traffic_type), format!("is required for a {}", kind.text())),
        _ => {}
    }
    if is_transit && want.get(fields::max_aggregation_interval) == Some(Some(600)) {
        problems.add(want.path(fields::max_aggregation_interval), format!("must be 60 for a {}", kind.text()));
    }
    if let Some(id) = want.get(fields::resource_id)
        && kind_of(&id).is_some_and(|other| other != kind)
    {
        problems.add(want.path(fields::resource_id), format!("must be the id of a {}", kind.text()));
    }
}

fn check_destination(want: &Properties<'_, FlowLog>, problems: &mut Problems) {
    let Some(kind) = want.get(fields::log_destination_type) else { return };
    let (by_arn, by_name) = (want.has(fields::log_destination), want.has(fields::log_group_name));
    if kind == LogDestinationType::CloudWatchLogs {
        match (by_arn, by_name) {
            (false, false) => {
                problems.add(want.path(fields::log_destination), "is required, unless logGroupName is given")
            }
            (true, true) => {
                problems.add(want.path(fields::log_group_name), "can't be given together with logDestination")
            }
            _ => {}
        }
        if !want.has(fields::deliver_logs_permission_arn) {
            problems.add(
                want.path(fields::deliver_logs_permission_arn),
                "is required for the destination cloud-watch-logs",
            );
        }
    } else {
        if !by_arn {
            problems
                .add(want.path(fields::log_destination), format!("is required for the destination {}", kind.text()));
        }
        if by_name {
            problems.add(want.path(fields::log_group_name), "is for the destination cloud-watch-logs only");
        }
    }
    if kind != LogDestinationType::S3 && want.has(fields::destination_options) {
        problems.add(want.path(fields::destination_options), "is for the destination s3 only");
    }
    if let Some(Some(arn)) = want.get(fields::log_destination)
        && without_star(&arn) != arn
    {
        problems.add(
            want.path(fields::log_destination),
            format!("must be {}, without `:*` at its end", without_star(&arn)),
        );
    }
}

fn without_star(arn: &str) -> &str {
    arn.strip_suffix(":*").unwrap_or(arn)
}

/// Asks for the flow log. A role that was made just now can't be assumed everywhere yet.
async fn ask(cx: &Cx, want: &FlowLogInputs, owner: &Owner) -> Result<Look<String>> {
    match asked(cx, want, owner).await {
        Ok(id) => Ok(Look::Ready(id)),
        Err(error) if error.to_string().contains(codes::ROLE_NOT_ASSUMABLE) => Ok(Look::Pending(error.to_string())),
        Err(error) => Err(error),
    }
}

async fn asked(cx: &Cx, want: &FlowLogInputs, owner: &Owner) -> Result<String> {
    let answer = cx
        .ec2()
        .create_flow_logs()
        .resource_ids(&want.resource_id)
        .resource_type(want.resource_type.text().into())
        .set_traffic_type(want.traffic_type.map(|kind| kind.text().into()))
        .log_destination_type(want.log_destination_type.text().into())
        .set_log_destination(want.log_destination.clone())
        .set_log_group_name(want.log_group_name.clone())
        .set_deliver_logs_permission_arn(want.deliver_logs_permission_arn.clone())
        .set_deliver_cross_account_role(want.deliver_cross_account_role.clone())
        .set_log_format(want.log_format.clone())
        .set_max_aggregation_interval(want.max_aggregation_interval)
        .set_destination_options(want.destination_options.as_ref().map(types::DestinationOptionsRequest::from))
        .tag_specifications(tagging::tag_specification::<FlowLog>(&want.tags, owner))
        .set_client_token(client_token(owner))
        .send()
        .await?;
    all_done("ec2:CreateFlowLogs", answer.unsuccessful())?;
    answered(answer.flow_log_ids.and_then(|ids| ids.into_iter().next()), "flowLogId")
}

/// What AWS doesn't tell back: the kind of thing that an id belongs to.
fn kind_of(id: &str) -> Option<FlowLogResourceType> {
    use FlowLogResourceType as Kind;
    // The longer of two prefixes first.
    let prefixes = [
        ("vpc-", Kind::Vpc),
        ("subnet-", Kind::Subnet),
        ("eni-", Kind::NetworkInterface),
        ("tgw-attach-", Kind::TransitGatewayAttachment),
        ("tgw-", Kind::TransitGateway),
        ("nat-", Kind::RegionalNatGateway),
    ];
    prefixes.iter().find(|(prefix, _)| id.starts_with(prefix)).map(|(_, kind)| *kind)
}

impl Default for FlowLogDestinationOptions {
    fn default() -> Self {
        FlowLogDestinationOptions {
            file_format: FlowLogFileFormat::PlainText,
            hive_compatible_partitions: false,
            per_hour_partition: false,
        }
    }
}

impl From<types::DestinationOptionsResponse> for FlowLogDestinationOptions {
    fn from(found: types::DestinationOptionsResponse) -> Self {
        let format = found.file_format.and_then(|format| FlowLogFileFormat::from_text(format.as_str()));
        FlowLogDestinationOptions {
            file_format: format.unwrap_or(FlowLogFileFormat::PlainText),
            hive_compatible_partitions: found.hive_compatible_partitions.unwrap_or_default(),
            per_hour_partition: found.per_hour_partition.unwrap_or_default(),
        }
    }
}

impl From<&FlowLogDestinationOptions> for types::DestinationOptionsRequest {
    fn from(want: &FlowLogDestinationOptions) -> Self {
        types::DestinationOptionsRequest::builder()
            .file_format(want.file_format.text().into())
            .hive_compatible_partitions(want.hive_compatible_partitions)
            .per_hour_partition(want.per_hour_partition)
            .build()
    }
}

impl Findable for types::FlowLog {
    fn id(&self) -> Option<&str> {
        self.flow_log_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let pages = session.ec2().describe_flow_logs().set_flow_log_ids(Some(ids)).into_paginator().items().send();
        pages.collect::<std::result::Result<_, _>>().await.map_err(Error::from)
    }
}
