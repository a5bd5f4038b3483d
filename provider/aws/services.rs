//! The services that we talk to, by each of the names that they go by.

/// One of AWS's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// As its IAM actions begin, and as `endpoints` names it: `logs`.
    pub name: &'static str,
    /// As the SDK's metadata calls it: `CloudWatch Logs`.
    pub id: &'static str,
    /// As the SDK's crate is called after `aws_sdk_`: `cloudwatchlogs`.
    pub module: &'static str,
    /// Whether it is the same in all regions.
    pub global: bool,
}

/// AWS Certificate Manager.
pub const ACM: Service = Service { name: "acm", id: "ACM", module: "acm", global: false };
/// Application Auto Scaling.
pub const APPLICATION_AUTOSCALING: Service = Service {
    name: "application-autoscaling",
    id: "Application Auto Scaling",
    module: "applicationautoscaling",
    global: false,
};
/// Amazon EC2.
pub const EC2: Service = Service { name: "ec2", id: "EC2", module: "ec2", global: false };
/// Amazon Elastic Container Registry.
pub const ECR: Service = Service { name: "ecr", id: "ECR", module: "ecr", global: false };
/// Amazon Elastic Container Service.
pub const ECS: Service = Service { name: "ecs", id: "ECS", module: "ecs", global: false };
/// Elastic Load Balancing.
pub const ELASTIC_LOAD_BALANCING: Service = Service {
    name: "elasticloadbalancing",
    id: "Elastic Load Balancing v2",
    module: "elasticloadbalancingv2",
    global: false,
};
/// Amazon ElastiCache.
pub const ELASTICACHE: Service =
    Service { name: "elasticache", id: "ElastiCache", module: "elasticache", global: false };
/// AWS Identity and Access Management.
pub const IAM: Service = Service { name: "iam", id: "IAM", module: "iam", global: true };
/// AWS Key Management Service.
pub const KMS: Service = Service { name: "kms", id: "KMS", module: "kms", global: false };
/// Amazon CloudWatch Logs.
pub const LOGS: Service = Service { name: "logs", id: "CloudWatch Logs", module: "cloudwatchlogs", global: false };
/// Amazon RDS.
pub const RDS: Service = Service { name: "rds", id: "RDS", module: "rds", global: false };
/// Amazon Route 53.
pub const ROUTE53: Service = Service { name: "route53", id: "Route 53", module: "route53", global: true };
/// AWS Secrets Manager.
pub const SECRETS_MANAGER: Service =
    Service { name: "secretsmanager", id: "Secrets Manager", module: "secretsmanager", global: false };
/// AWS Security Token Service.
pub const STS: Service = Service { name: "sts", id: "STS", module: "sts", global: false };

/// All of them.
pub const SERVICES: &[Service] = &[
    ACM,
    APPLICATION_AUTOSCALING,
    EC2,
    ECR,
    ECS,
    ELASTIC_LOAD_BALANCING,
    ELASTICACHE,
    IAM,
    KMS,
    LOGS,
    RDS,
    ROUTE53,
    SECRETS_MANAGER,
    STS,
];

impl Service {
    /// The service that the SDK's metadata calls so.
    #[must_use]
    pub fn with_id(id: &str) -> Option<Service> {
        SERVICES.iter().find(|service| service.id == id).copied()
    }

    /// The service that one of the SDK's types belongs to, and the rest of the type's path.
    #[must_use]
    pub fn of_type(path: &str) -> Option<(Service, &str)> {
        let (module, rest) = path.strip_prefix("aws_sdk_")?.split_once("::")?;
        SERVICES.iter().find(|service| service.module == module).map(|service| (*service, rest))
    }
}
