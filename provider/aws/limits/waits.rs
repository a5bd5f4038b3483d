//! What is waited for: how long it takes, how long it may take.

use std::time::Duration;

use framework::resource::Wait;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// Source: "VPC state transitions are immediate as a rule", terraform-provider-aws internal/service/ec2 (`vpcCreatedTimeout`, 10 min).
pub const VPC_AVAILABLE: Wait =
    Wait { what: "the VPC is available", usual: seconds(2), every: seconds(5), at_most: minutes(10) };

/// Source: terraform-provider-aws internal/service/ec2 (subnet create timeout, 10 min).
pub const SUBNET_AVAILABLE: Wait =
    Wait { what: "the subnet is available", usual: seconds(2), every: seconds(5), at_most: minutes(10) };

/// Source: eight apply logs, median 1 min 56 s; terraform-provider-aws create timeout, 10 min.
pub const NAT_GATEWAY_AVAILABLE: Wait =
    Wait { what: "the NAT gateway is available", usual: seconds(116), every: seconds(5), at_most: minutes(10) };

/// Source: AWS::EC2::NatGateway's update timeout, 90 min; an address that is taken away drains for up to 4,000 seconds
/// ("DisassociateNatGatewayAddress", Amazon EC2 API Reference).
pub const NAT_GATEWAY_ADDRESSES: Wait = Wait {
    what: "the NAT gateway has its secondary addresses",
    usual: seconds(60),
    every: seconds(10),
    at_most: minutes(90),
};

/// Source: terraform-provider-aws delete timeout, 30 min.
pub const NAT_GATEWAY_DELETED: Wait =
    Wait { what: "the NAT gateway is deleted", usual: seconds(60), every: seconds(5), at_most: minutes(30) };

/// Source: terraform-provider-aws internal/service/ec2 (VPC endpoint create timeout, 10 min).
pub const VPC_ENDPOINT_AVAILABLE: Wait =
    Wait { what: "the VPC endpoint is available", usual: seconds(60), every: seconds(5), at_most: minutes(10) };

/// Source: terraform-provider-aws internal/service/ec2 (VPC endpoint delete timeout, 10 min), doubled for its network interfaces.
pub const VPC_ENDPOINT_DELETED: Wait =
    Wait { what: "the VPC endpoint is deleted", usual: seconds(90), every: seconds(5), at_most: minutes(20) };

/// Source: apply logs of application and network balancers, 2 to 4 min; terraform-provider-aws
/// internal/service/elbv2 (create and update timeout, 10 min).
pub const LOAD_BALANCER_ACTIVE: Wait =
    Wait { what: "the load balancer is active", usual: seconds(150), every: seconds(5), at_most: minutes(10) };

/// Source: terraform-provider-aws internal/service/elbv2 (`waitCapacityReservationProvisioned`, 10 min with the balancer's).
pub const CAPACITY_RESERVED: Wait = Wait {
    what: "the load balancer's capacity is reserved",
    usual: seconds(60),
    every: seconds(10),
    at_most: minutes(30),
};

/// Source: terraform-provider-aws internal/service/ec2 (`vpnGatewayVPCAttachmentAttachedTimeout`, 15 min); internet gateways take a second.
pub const GATEWAY_ATTACHED: Wait =
    Wait { what: "the gateway is attached", usual: seconds(2), every: seconds(5), at_most: minutes(15) };

/// Source: terraform-provider-aws internal/service/ec2 (`routeTableAssociationCreatedTimeout`, 5 min).
pub const ROUTE_TABLE_ASSOCIATED: Wait =
    Wait { what: "the route table is associated", usual: seconds(2), every: seconds(5), at_most: minutes(5) };

/// Source: terraform-provider-aws docs/retries-and-waiters.md (IAM propagation, 2 min "derived from years");
/// "Changes that I make are not always immediately visible", IAM User Guide.
pub const IAM_PROPAGATED: Wait =
    Wait { what: "IAM's change is known everywhere", usual: seconds(10), every: seconds(5), at_most: minutes(2) };

/// Records that nothing leads from to the zone (they name it by `hostedZoneName`) may go a moment later than it is asked for.
///
/// Source: ours; "DeleteHostedZone", Amazon Route 53 API Reference: a zone with records is refused for ever.
pub const HOSTED_ZONE_DELETED: Wait =
    Wait { what: "the hosted zone is empty and deleted", usual: seconds(2), every: seconds(10), at_most: minutes(2) };

/// Source: "GetChange", Amazon Route 53 API Reference ("typically within 60 seconds"); terraform-provider-aws waits
/// 30 min. A poll takes from the account's ten calls a second.
pub const ROUTE53_IN_SYNC: Wait = Wait {
    what: "all of Route 53's name servers know the change",
    usual: seconds(45),
    every: seconds(20),
    at_most: minutes(30),
};

/// Source: "UpdateHostedZoneFeatures", Amazon Route 53 API Reference: enabling takes a while that AWS doesn't name.
pub const HOSTED_ZONE_FEATURES: Wait = Wait {
    what: "the hosted zone's accelerated recovery is as wanted",
    usual: seconds(60),
    every: seconds(20),
    at_most: minutes(60),
};

/// Source: terraform-provider-aws internal/service/acm (`certificateDNSValidationAssignmentTimeout`, 5 min).
pub const CERTIFICATE_RECORDS: Wait =
    Wait { what: "ACM says how the domains are validated", usual: seconds(5), every: seconds(5), at_most: minutes(5) };

/// Source: terraform-provider-aws internal/service/acm (certificate validation create timeout, 75 min); apply logs:
/// 2 to 61 s once the record is seen. ACM gives up after 72 hours ("DNS validation", ACM User Guide).
pub const CERTIFICATE_ISSUED: Wait =
    Wait { what: "the certificate is issued", usual: seconds(60), every: seconds(10), at_most: minutes(75) };

/// Source: terraform-provider-aws internal/service/acm (`certificateDeleteTimeout`, 10 min, for what used it to be
/// forgotten), doubled.
pub const CERTIFICATE_DELETED: Wait = Wait {
    what: "nothing uses the certificate any more",
    usual: seconds(30),
    every: seconds(10),
    at_most: minutes(20),
};

/// Source: "Eventual consistency", Amazon EC2 Developer Guide; terraform-provider-aws: 2 min typical.
pub const VISIBLE: Wait =
    Wait { what: "AWS shows what it has made", usual: seconds(2), every: seconds(5), at_most: minutes(2) };

/// Source: "Eventual consistency", Amazon EC2 Developer Guide: seconds as a rule; longer would only delay
/// the answer to a misspelt id.
pub const REFERENCES_KNOWN: Wait =
    Wait { what: "AWS knows what it refers to", usual: seconds(2), every: seconds(5), at_most: seconds(20) };

/// Source: EC2's answers are lost after seconds at most, and its tags are seen within some more ("Eventual
/// consistency", Amazon EC2 Developer Guide).
pub const REAPPEARS: Wait =
    Wait { what: "what the unanswered call made is seen", usual: seconds(2), every: seconds(5), at_most: seconds(30) };

/// Source: lingering network interfaces of balancers and endpoints; terraform-provider-aws delete timeout of subnets, 20 min.
pub const UNUSED: Wait =
    Wait { what: "nothing uses it any more", usual: seconds(30), every: seconds(10), at_most: minutes(20) };

/// Source: pulumi-aws issue 1041 (the first cluster of an account: the service-linked role isn't ready); IAM propagation, as above.
pub const ECS_ROLE_ASSUMABLE: Wait =
    Wait { what: "Amazon ECS can assume its role", usual: seconds(10), every: seconds(5), at_most: minutes(2) };

/// Source: terraform-provider-aws internal/service/ecs (`clusterAvailableTimeout`, 10 min).
pub const CLUSTER_ACTIVE: Wait =
    Wait { what: "the cluster is active", usual: seconds(5), every: seconds(5), at_most: minutes(10) };

/// Source: terraform-provider-aws internal/service/ecs (`serviceInactiveTimeout`, 10 min), doubled for targets that drain.
pub const SERVICE_DRAINED: Wait =
    Wait { what: "the service of that name is gone", usual: seconds(60), every: seconds(5), at_most: minutes(20) };

/// Source: terraform-provider-aws internal/service/ecs (service create: roles, target groups and clusters that are too new
/// are retried as propagation, 2 min).
pub const SERVICE_ACCEPTED: Wait =
    Wait { what: "Amazon ECS accepts the service", usual: seconds(10), every: seconds(5), at_most: minutes(2) };

/// Source: "Replicate AWS Secrets Manager secrets across Regions", AWS Secrets Manager User Guide (no figure);
/// terraform-provider-aws internal/service/secretsmanager doesn't wait. Ours: seconds as a rule.
pub const SECRET_REPLICATED: Wait =
    Wait { what: "the secret's replicas are in sync", usual: seconds(10), every: seconds(5), at_most: minutes(10) };

/// Source: terraform-provider-aws internal/service/secretsmanager (secret rotation: a function that can't be invoked yet is
/// retried for a minute); "Managed rotation for AWS Secrets Manager secrets", AWS Secrets Manager User Guide (a rotation is
/// over within a minute as a rule).
pub const ROTATION_ACCEPTED: Wait =
    Wait { what: "Secrets Manager takes the rotation", usual: seconds(10), every: seconds(5), at_most: minutes(2) };

/// Source: "Managed rotation for AWS Secrets Manager secrets", AWS Secrets Manager User Guide (within a minute as a rule).
pub const ROTATION_OVER: Wait =
    Wait { what: "the rotation under way is over", usual: seconds(30), every: seconds(5), at_most: minutes(3) };

/// Source: terraform-provider-aws internal/service/kms (`propagationTimeout` of a key's state, 20 min); "AWS KMS eventual
/// consistency", AWS KMS Developer Guide: under a minute as a rule, five at most.
pub const KEY_STATE_KNOWN: Wait =
    Wait { what: "all of KMS knows the key's state", usual: seconds(5), every: seconds(5), at_most: minutes(20) };

/// Source: as for the state of a key.
pub const ALIAS_KNOWN: Wait =
    Wait { what: "all of KMS knows the alias's key", usual: seconds(2), every: seconds(5), at_most: minutes(10) };

/// Source: deregistration delay 300 s and `stopTimeout` of 120 s at most (Amazon ECS Developer Guide, "Optimize load
/// balancer connection draining parameters"); terraform-provider-aws service delete timeout, 20 min.
pub const TASKS_STOPPED: Wait =
    Wait { what: "the service's tasks have stopped", usual: seconds(60), every: seconds(5), at_most: minutes(20) };
/// Source: terraform-provider-aws internal/service/appautoscaling (`propagationTimeout`, 2 min), after which it gives
/// up on `ConcurrentUpdateException` and the like.
pub const SCALING_FREE: Wait = Wait {
    what: "Application Auto Scaling is done with an earlier change",
    usual: seconds(5),
    every: seconds(5),
    at_most: minutes(2),
};

/// Source: pulumi-awsx issue 1112 and terraform-provider-aws (steady state timeout, 20 min); health checks of a load
/// balancer alone take 150 s by default.
pub const SERVICE_STEADY: Wait =
    Wait { what: "the service is steady", usual: seconds(180), every: seconds(5), at_most: minutes(20) };

/// Source: terraform-provider-aws internal/service/rds (parameter groups: `InvalidDBParameterGroupState` is retried for 3 min).
pub const PARAMETER_GROUP_FREE: Wait = Wait {
    what: "RDS is done with an earlier change of the parameter group",
    usual: seconds(10),
    every: seconds(5),
    at_most: minutes(3),
};

/// Source: eight apply logs, 5 to 9 min; terraform-provider-aws internal/service/rds (instance create timeout, 40 min).
pub const DB_INSTANCE_AVAILABLE: Wait =
    Wait { what: "the DB instance is available", usual: minutes(7), every: seconds(15), at_most: minutes(40) };

/// Source: terraform-provider-aws internal/service/rds (instance update timeout, 80 min).
pub const DB_INSTANCE_CHANGED: Wait =
    Wait { what: "the DB instance is as wanted", usual: minutes(7), every: seconds(15), at_most: minutes(80) };

/// Source: terraform-provider-aws internal/service/rds (instance delete timeout, 60 min); the final snapshot of a large
/// one takes most of it.
pub const DB_INSTANCE_DELETED: Wait =
    Wait { what: "the DB instance is deleted", usual: minutes(5), every: seconds(15), at_most: minutes(60) };

/// Source: terraform-provider-aws internal/service/rds (cluster create timeout, 120 min). Aurora User Guide, "Restoring from a DB
/// cluster snapshot", names no figure; an empty cluster is there in a minute or two.
pub const DB_CLUSTER_AVAILABLE: Wait =
    Wait { what: "the DB cluster is available", usual: minutes(2), every: seconds(15), at_most: minutes(120) };

/// Source: terraform-provider-aws internal/service/rds (cluster update timeout, 120 min).
pub const DB_CLUSTER_CHANGED: Wait =
    Wait { what: "the DB cluster is as wanted", usual: minutes(3), every: seconds(15), at_most: minutes(120) };

/// Source: terraform-provider-aws internal/service/rds (cluster delete timeout, 120 min).
pub const DB_CLUSTER_DELETED: Wait =
    Wait { what: "the DB cluster is deleted", usual: minutes(3), every: seconds(15), at_most: minutes(120) };

/// Source: ours; RDS shows what was asked for as pending within seconds, and what is applied at once within a minute or
/// two.
pub const DB_CHANGE_SEEN: Wait =
    Wait { what: "RDS shows the change", usual: seconds(15), every: seconds(10), at_most: minutes(5) };
/// Source: five apply logs, 6 to 9 min; terraform-provider-aws internal/service/elasticache (create timeout, 60 min).
pub const REPLICATION_GROUP_AVAILABLE: Wait =
    Wait { what: "the replication group is available", usual: seconds(420), every: seconds(10), at_most: minutes(60) };

/// Source: terraform-provider-aws internal/service/elasticache (update timeout, 40 min; shards take longer), raised to
/// that of a create.
pub const REPLICATION_GROUP_CHANGED: Wait = Wait {
    what: "the replication group is done with its last change",
    usual: seconds(300),
    every: seconds(10),
    at_most: minutes(60),
};

/// Source: terraform-provider-aws internal/service/elasticache (delete timeout, 45 min), raised for the final snapshot.
pub const REPLICATION_GROUP_DELETED: Wait =
    Wait { what: "the replication group is deleted", usual: seconds(300), every: seconds(10), at_most: minutes(60) };

/// Source: terraform-provider-aws internal/service/elasticache (parameter group: 30 s for `InvalidCacheParameterGroupState`,
/// 3 min at its end), raised.
pub const PARAMETERS_ACCEPTED: Wait =
    Wait { what: "ElastiCache accepts the parameters", usual: seconds(10), every: seconds(5), at_most: minutes(5) };
