//! The record of the network's traffic: where it is kept, and who may write it.

use framework::{Object, problem::Problems, property::Json, value::Path};
use serde_json::json;

use crate::{
    aws::Mode,
    components::{arn::Arn, log_retention},
};

/// The numbers of days that CloudWatch Logs knows: "PutRetentionPolicy", CloudWatch Logs API Reference.
const RETENTIONS: [i32; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

/// A record of the network's traffic in CloudWatch Logs.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:FlowLogs")]
pub struct FlowLogs {
    /// How many days a record is kept: one of the numbers that CloudWatch Logs knows, such as 7, 30, 90 or 365.
    /// 90 in production, 30 in development.
    pub retention_in_days: Option<i32>,
}

impl FlowLogs {
    /// How many days a record is kept, unless CloudWatch Logs doesn't know that number; then that is noted.
    pub fn retention(&self, mode: Mode, problems: &mut Problems) -> Option<i32> {
        let days = self.retention_in_days.unwrap_or(log_retention::usual(mode));
        if RETENTIONS.contains(&days) {
            return Some(days);
        }
        let known = RETENTIONS.map(|days| days.to_string()).join(", ");
        let reason = format!("must be a number of days that CloudWatch Logs knows ({known}), not {days}");
        problems.add(Path::of("flowLogs").key("retentionInDays"), reason);
        None
    }
}

/// Who may take the role that writes to a log group: flow logs of the group's own account and region.
#[must_use]
pub fn trust(log_group: &str) -> Json {
    let home = Arn::of(log_group);
    let source = format!("arn:{}:ec2:{}:{}:vpc-flow-log/*", home.partition, home.region, home.account);
    Json::from(json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": { "aws:SourceAccount": home.account },
                "ArnLike": { "aws:SourceArn": source },
            },
        }],
    }))
}

/// What that role may do: write to the group's streams, and nothing else.
#[must_use]
pub fn permissions(log_group: &str) -> Json {
    let group = log_group.trim_end_matches(":*");
    Json::from(json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Action": ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
            "Resource": [group, format!("{group}:*")],
        }],
    }))
}
