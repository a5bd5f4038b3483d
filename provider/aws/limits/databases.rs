//! What a database says of itself while it is made, changed and running, as AWS documents it.

/// States in which a database does its work, and nothing is going on that a change has to wait for.
///
/// `storage-optimization` lasts for hours after storage grew, and `stopped` until somebody starts the database.
///
/// Source: "Viewing Amazon RDS DB instance status", Amazon RDS User Guide; terraform-provider-aws internal/service/rds
/// (`waitDBInstanceAvailable`: its targets).
pub const READY: &[&str] = &["available", "storage-optimization", "storage-config-upgrade", "stopped"];

/// States that a database doesn't leave by itself, with what they mean.
///
/// Source: "Viewing Amazon RDS DB instance status", Amazon RDS User Guide.
pub const FAILED: &[(&str, &str)] = &[
    ("failed", "it failed, and RDS can't recover it: restore it to a point in time, or from a snapshot"),
    (
        "inaccessible-encryption-credentials",
        "RDS can't use its KMS key: the key was disabled, deleted, or its grant was taken away",
    ),
    (
        "inaccessible-encryption-credentials-recoverable",
        "RDS can't use its KMS key: enable the key, and start the database within seven days",
    ),
    ("incompatible-credentials", "the CloudHSM credentials don't fit"),
    ("incompatible-create", "it can't be made with what was asked for"),
    ("incompatible-network", "there are no IP addresses left in its subnets, or the VPC isn't as it was"),
    ("incompatible-option-group", "it can't be changed to its option group"),
    ("incompatible-parameters", "it can't start with the values in its parameter group: change them, and restart it"),
    ("incompatible-restore", "it can't be restored from what was asked for"),
    (
        "insufficient-capacity",
        "AWS has no such instance in this zone now: take another class or zone, or try again later",
    ),
    ("restore-error", "it couldn't be restored"),
    ("storage-full", "it has no storage left: raise allocatedStorage"),
];

/// States in which RDS takes no final snapshot.
///
/// Source: "DeleteDBInstance", Amazon RDS API Reference.
pub const WITHOUT_SNAPSHOT: &[&str] = &["failed", "incompatible-restore", "incompatible-network"];

/// The state of what is being deleted, after the last snapshot or while that is made.
pub const DELETING: &str = "deleting";

/// The parameter groups of an instance that has to be restarted before their static parameters take effect.
///
/// Source: `DBParameterGroupStatus`, Amazon RDS API Reference.
pub const PENDING_REBOOT: &str = "pending-reboot";

/// Between which capacities a member of the class `db.serverless` can be, in Aurora capacity units.
///
/// Source: "ServerlessV2ScalingConfiguration", Amazon RDS API Reference.
pub const CAPACITY: std::ops::RangeInclusive<f64> = 0.0..=256.0;

/// The least that the most of it can be.
///
/// Source: "Choosing the maximum Aurora Serverless v2 capacity setting for a cluster", Amazon Aurora User Guide.
pub const LEAST_GREATEST_CAPACITY: f64 = 1.0;

/// Whether a state is one in which a database does its work.
#[must_use]
pub fn is_ready(status: &str) -> bool {
    READY.contains(&status)
}

/// What a state means that a database doesn't leave by itself.
#[must_use]
pub fn failure(status: &str) -> Option<&'static str> {
    FAILED.iter().find(|(of, _)| *of == status).map(|(_, meaning)| *meaning)
}

/// After how many days RDS rotates a master password that it manages, unless it is told another schedule.
///
/// Source: "Password management with Amazon RDS and AWS Secrets Manager", Amazon RDS User Guide (every seven days).
pub const PASSWORD_ROTATION_DAYS: i32 = 7;
