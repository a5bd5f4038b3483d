//! AWS's quotas, by the error code that tells that one is used up.

/// What a quota is, and what can be done about it.
pub const QUOTAS: &[(&str, &str)] = &[
    // "Amazon VPC quotas", Amazon VPC User Guide.
    (
        "VpcLimitExceeded",
        "A region has 5 VPCs, the default one included: delete one that nobody needs, let several clients share one, or ask for more in the Service Quotas console of this region",
    ),
    (
        "AddressLimitExceeded",
        "A region has 5 elastic IP addresses, and each NAT gateway takes one: release those that nobody needs, take `nat: \"single\"`, or ask for more in the Service Quotas console of this region",
    ),
    (
        "NatGatewayLimitExceeded",
        "An Availability Zone has 5 NAT gateways: delete one that nobody needs, let several clients share one, or ask for more in the Service Quotas console of this region",
    ),
    (
        "RulesPerSecurityGroupLimitExceeded",
        "A security group has 60 rules each way: let one rule be for a group or a prefix list instead of several, or ask for more in the Service Quotas console of this region",
    ),
    // "Quotas for your Application Load Balancers", User Guide for Application Load Balancers.
    (
        "TooManyRules",
        "An Application Load Balancer takes 100 rules over all of its listeners, the default rules not counted: take another balancer, or ask for more in the Service Quotas console of this region",
    ),
    ("TooManyUniqueTargetGroupsPerLoadBalancer", TARGET_GROUPS_OF_A_BALANCER),
    (
        "TargetGroupAssociationLimit",
        "A target group belongs to one load balancer at a time, which can't be raised: make another group for the other balancer",
    ),
    (
        "TooManyTargetGroups",
        "A region has 3,000 target groups, and a balancer 100, which can't be raised: delete some, take another balancer, or ask for more a region in the Service Quotas console",
    ),
    (
        "TooManyLoadBalancers",
        "A region has 50 Application Load Balancers and 50 Network Load Balancers: delete some, or ask for more in the Service Quotas console of this region",
    ),
    (
        "TooManyListeners",
        "A load balancer has 50 listeners: take another balancer, or ask for more in the Service Quotas console of this region",
    ),
    (
        "TooManyCertificates",
        "An Application Load Balancer has 25 certificates, the default ones not counted: take one for several names, or ask for more in the Service Quotas console of this region",
    ),
    (
        "TooManyTargets",
        "A target group has 1,000 targets, one if it is a Lambda function or a load balancer, and so has an Application Load Balancer: take another, or ask for more in the Service Quotas console of this region",
    ),
    (
        "TooManyActions",
        "A rule has one action of each kind, and a forward action 5 target groups, which can't be raised",
    ),
    // "Quotas and constraints for Amazon RDS", Amazon RDS User Guide.
    (
        "InstanceQuotaExceeded",
        "A region has 40 DB instances: delete some, or ask for more in the Service Quotas console",
    ),
    (
        "StorageQuotaExceeded",
        "The DB instances of a region have 100,000 GiB together: ask for more in the Service Quotas console",
    ),
    (
        "SnapshotQuotaExceeded",
        "A region has 100 manual DB snapshots, final ones included: delete some that nobody needs, or ask for more in the Service Quotas console",
    ),
    (
        "DBParameterGroupQuotaExceeded",
        "A region has 50 DB parameter groups, and 50 for clusters: delete some, let several databases use one, or ask for more in the Service Quotas console",
    ),
    (
        "DBSubnetGroupQuotaExceeded",
        "A region has 50 DB subnet groups: delete some, let several databases use one, or ask for more in the Service Quotas console",
    ),
    ("DBSubnetQuotaExceededFault", "A DB subnet group has 20 subnets, which can't be raised"),
    (
        "DBClusterQuotaExceededFault",
        "A region has 40 DB clusters: delete some, or ask for more in the Service Quotas console",
    ),
    // "Quotas for ElastiCache", Amazon ElastiCache User Guide.
    (
        "NodeQuotaForCustomerExceeded",
        "A region has 300 nodes of ElastiCache: delete some, or ask for more in the Service Quotas console of this region",
    ),
    (
        "NodeGroupsPerReplicationGroupQuotaExceeded",
        "A group has 90 nodes over all of its shards: take fewer replicas, or ask for more in the Service Quotas console of this region",
    ),
    (
        "CacheSubnetGroupQuotaExceeded",
        "A region has 300 subnet groups of ElastiCache: share one, delete some, or ask for more in the Service Quotas console of this region",
    ),
    (
        "CacheParameterGroupQuotaExceeded",
        "A region has 300 parameter groups of ElastiCache: share one, delete some, or ask for more in the Service Quotas console of this region",
    ),
];

const TARGET_GROUPS_OF_A_BALANCER: &str =
    "An Application Load Balancer has 100 target groups, which can't be raised: take another balancer for some of them";

/// How many target groups an Application Load Balancer has.
///
/// Source: "Quotas for your Application Load Balancers" (target groups per Application Load Balancer), not adjustable.
pub const TARGET_GROUPS_PER_BALANCER: usize = 100;

/// How many values the conditions of a rule have together; each takes an evaluation, of which there are as many.
///
/// Source: "Quotas for your Application Load Balancers" (condition values and match evaluations per rule), not
/// adjustable.
pub const CONDITION_VALUES_PER_RULE: usize = 5;

/// How many wildcards, `*` and `?`, the conditions of a rule have together.
///
/// Source: "Quotas for your Application Load Balancers" (condition wildcards per rule), not adjustable.
pub const WILDCARDS_PER_RULE: usize = 5;

/// The longest value of a condition, in characters.
///
/// Source: `RuleCondition` and its configurations, Elastic Load Balancing API Reference 2015-12-01.
pub const CONDITION_VALUE: usize = 128;

/// The priorities that rules get for which the program names none: they leave room before and after them.
///
/// Source: `CreateRule`, Elastic Load Balancing API Reference 2015-12-01 (1 to 50,000); the bounds are ours.
pub const CHOSEN_PRIORITIES: std::ops::RangeInclusive<i32> = 10_001..=40_000;

/// How often another priority is chosen, because somebody took it between our look and our call.
///
/// Ours: a balancer has 100 rules, and there are 30,000 such priorities.
pub const PRIORITIES_TO_TRY: usize = 16;
