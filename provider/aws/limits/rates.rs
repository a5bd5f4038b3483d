//! AWS's published token buckets: how many calls at once, how many a second.
//!
//! A call takes a token from every bucket that it falls into: from the first of its service's rows
//! that name it, and from its service's account-wide one.

/// The calls that a bucket is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calls {
    /// These, by name.
    Named(&'static [&'static str]),
    /// All that only look.
    Looking,
    /// All that change something.
    Changing,
    /// All of the service, whatever other bucket they fall into.
    All,
}

/// Which calls share a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Each call has one of its own.
    Each,
    /// All calls of the row draw from one.
    Together,
}

/// A token bucket, for one account in one region.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The service, as its calls are named: `ec2`.
    pub service: &'static str,
    /// The calls that it is for.
    pub calls: Calls,
    /// Which of them share it.
    pub share: Share,
    /// How many calls at once.
    pub burst: f64,
    /// How many a second after that.
    pub per_second: f64,
}

const fn rate(service: &'static str, calls: Calls, share: Share, burst: f64, per_second: f64) -> Rate {
    Rate { service, calls, share, burst, per_second }
}

use Calls::{All, Changing, Looking, Named};
use Share::{Each, Together};

/// The rows; in each service the first that names a call counts.
pub const RATES: &[Rate] = &[
    // "API request throttling", Amazon EC2 Developer Guide: the tables of token bucket sizes and refill rates.
    rate("ec2", Named(&["CreateNatGateway"]), Each, 10.0, 1.0),
    rate("ec2", Named(&["DeleteNatGateway"]), Each, 10.0, 1.0),
    rate("ec2", Named(&["CreateVpcEndpoint", "ModifyVpcEndpoint", "DeleteVpcEndpoints"]), Each, 4.0, 0.3),
    rate("ec2", Named(&["CreateTags", "DeleteTags"]), Each, 100.0, 10.0),
    rate("ec2", Named(&["CreateNetworkInterface"]), Each, 100.0, 5.0),
    rate("ec2", Named(&["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"]), Each, 50.0, 5.0),
    rate("ec2", Looking, Each, 100.0, 20.0),
    rate("ec2", Changing, Each, 50.0, 5.0),
    // "Request throttling for the Elastic Load Balancing API", Elastic Load Balancing User Guide.
    rate("elasticloadbalancing", Named(&["CreateLoadBalancer", "SetSubnets"]), Together, 10.0, 0.2),
    rate("elasticloadbalancing", Named(&["RegisterTargets", "DeregisterTargets"]), Together, 20.0, 4.0),
    rate("elasticloadbalancing", Looking, Together, 40.0, 10.0),
    rate("elasticloadbalancing", Changing, Together, 20.0, 3.0),
    rate("elasticloadbalancing", All, Together, 40.0, 10.0),
    // "Request throttling for the Amazon ECS API", Amazon ECS API Reference.
    rate("ecs", Named(&["RegisterTaskDefinition", "DeregisterTaskDefinition"]), Together, 20.0, 1.0),
    rate(
        "ecs",
        Named(&["CreateCluster", "UpdateCluster", "DeleteCluster", "PutClusterCapacityProviders"]),
        Together,
        20.0,
        1.0,
    ),
    rate("ecs", Named(&["CreateService", "UpdateService", "DeleteService"]), Together, 50.0, 5.0),
    rate("ecs", Named(&["TagResource", "UntagResource"]), Together, 20.0, 10.0),
    rate("ecs", Named(&["DescribeServices", "ListServices"]), Together, 100.0, 20.0),
    rate("ecs", Looking, Each, 50.0, 20.0),
    // "Throttling of Amazon Route 53 API requests", Amazon Route 53 Developer Guide.
    rate("route53", Named(&["CreateHostedZone"]), Each, 40.0, 2.0),
    rate("route53", Named(&["CreateHealthCheck"]), Each, 50.0, 0.5),
    rate("route53", All, Together, 50.0, 10.0),
    // "Request quotas", AWS KMS Developer Guide: per account and region, by call.
    rate("kms", Named(&["DeleteAlias", "EnableKeyRotation", "PutKeyPolicy", "ScheduleKeyDeletion"]), Each, 15.0, 15.0),
    rate("kms", Named(&["TagResource"]), Each, 10.0, 10.0),
    rate("kms", Named(&["DescribeKey", "ListResourceTags"]), Each, 2000.0, 2000.0),
    rate("kms", Named(&["GetKeyPolicy", "GetKeyRotationStatus"]), Each, 1000.0, 1000.0),
    rate("kms", Looking, Each, 500.0, 500.0),
    rate("kms", Changing, Each, 5.0, 5.0),
    // "AWS Secrets Manager quotas", AWS Secrets Manager User Guide: those that are combined draw from one.
    rate(
        "secretsmanager",
        Named(&["UpdateSecret", "RemoveRegionsFromReplication", "ReplicateSecretToRegions"]),
        Together,
        50.0,
        50.0,
    ),
    rate("secretsmanager", Named(&["TagResource", "UntagResource"]), Together, 50.0, 50.0),
    rate("secretsmanager", Named(&["RotateSecret", "CancelRotateSecret"]), Together, 50.0, 50.0),
    rate("secretsmanager", Named(&["GetRandomPassword"]), Each, 50.0, 50.0),
    rate("secretsmanager", Looking, Each, 10_000.0, 10_000.0),
    rate("secretsmanager", Changing, Each, 50.0, 50.0),
    // "Amazon CloudWatch Logs quotas", CloudWatch Logs User Guide: per account and region, by call.
    rate("logs", Named(&["CreateLogGroup", "DeleteLogGroup", "DescribeLogGroups"]), Each, 10.0, 10.0),
    rate("logs", Looking, Each, 5.0, 5.0),
    rate("logs", Changing, Each, 5.0, 5.0),
];

/// A bucket for calls that AWS publishes no rate for: it stays full until AWS throttles one of them.
///
/// Source: IAM and STS publish none; 20 a second is what the least of EC2's readers get.
pub const UNPUBLISHED: (f64, f64) = (100.0, 20.0);

/// The rows that a call draws from, with their places: the first that names it, then its service's account-wide one.
pub fn drawn_from(service: &str, operation: &str, looks: bool) -> impl Iterator<Item = (usize, &'static Rate)> {
    let rows = || RATES.iter().enumerate().filter(|(_, row)| row.service == service);
    let takes = |row: &Rate| match row.calls {
        Calls::Named(names) => names.contains(&operation),
        Calls::Looking => looks,
        Calls::Changing => !looks,
        Calls::All => false,
    };
    let own = rows().find(|(_, row)| takes(row));
    own.into_iter().chain(rows().find(|(_, row)| row.calls == Calls::All))
}
