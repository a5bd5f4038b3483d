//! The record of the network's traffic.

use super::site::Site;
use crate::{
    components::vpc::flow_logs::{permissions, trust},
    resources::{
        ec2::{FlowLogArgs, FlowLogResourceType, LogDestinationType, TrafficType},
        iam::{RoleArgs, RoleHandle, RolePolicyArgs},
        logs::{LogGroupArgs, LogGroupHandle},
    },
};

/// The record, if one was decided on, with the log group that it is kept in and the role that writes it.
pub fn describe(site: &Site<'_>) {
    let Some(days) = site.plan.flow_logs else { return };
    let group = log_group(site, days);
    let role = role(site, &group);
    let policy = site.child(
        "flow-logs-policy",
        RolePolicyArgs {
            role_name: role.role_name().into(),
            policy_document: group.arn().map(|arn| permissions(&arn)).into(),
            ..RolePolicyArgs::default()
        },
    );
    let name = "flow-log";
    site.after(&policy.id()).child(
        name,
        FlowLogArgs {
            resource_id: site.vpc.vpc_id().into(),
            resource_type: FlowLogResourceType::Vpc.into(),
            traffic_type: TrafficType::All.into(),
            log_destination_type: LogDestinationType::CloudWatchLogs.into(),
            log_destination: group.arn().into(),
            deliver_logs_permission_arn: role.arn().into(),
            tags: site.tags.of(name).into(),
            ..FlowLogArgs::default()
        },
    );
}

fn log_group(site: &Site<'_>, days: i32) -> LogGroupHandle {
    let name = "flow-logs";
    let tags = site.tags.of(name).into();
    site.child(name, LogGroupArgs { retention_in_days: days.into(), tags, ..LogGroupArgs::default() })
}

fn role(site: &Site<'_>, group: &LogGroupHandle) -> RoleHandle {
    let name = "flow-logs-role";
    site.child(
        name,
        RoleArgs {
            assume_role_policy_document: group.arn().map(|arn| trust(&arn)).into(),
            description: "Writes the flow logs of a VPC to its log group".into(),
            tags: site.tags.of(name).into(),
            ..RoleArgs::default()
        },
    )
}
