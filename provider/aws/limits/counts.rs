//! How many of something are kept, asked for, or told.

/// How many of a task definition's revisions stay active: the latest, and the one that services go back to.
///
/// Source: "How Amazon ECS deployment circuit breaker detects failures", Amazon ECS Developer Guide: a service rolls
/// back to its last completed deployment.
pub const TASK_DEFINITION_REVISIONS_KEPT: usize = 2;

/// How many services one call describes.
///
/// Source: "DescribeServices", Amazon ECS API Reference: up to 10.
pub const SERVICES_AT_ONCE: usize = 10;

/// How many tasks one call describes.
///
/// Source: "DescribeTasks", Amazon ECS API Reference: up to 100.
pub const TASKS_AT_ONCE: usize = 100;

/// How many tasks a service has of which nobody says a number.
///
/// Source: `DesiredCount` of AWS::ECS::Service, CloudFormation Template Reference.
pub const TASKS_BY_DEFAULT: i32 = 1;

/// After how many tasks that failed in the same way a deployment is hopeless that no circuit breaker ends.
///
/// Source: "How Amazon ECS deployment circuit breaker detects failures", Amazon ECS Developer Guide: its least threshold, 3.
pub const FAILURES_OF_A_KIND: usize = 3;

/// How many of a service's events are looked at when its deployment fails.
///
/// Ours: the latest say it.
pub const EVENTS_TOLD: usize = 10;

/// How many of its last lines are shown of a container that died.
///
/// Ours: enough for the end of a stack trace, and few enough to be read.
pub const LOG_LINES_TOLD: i32 = 10;

/// How large a task definition may be.
///
/// Source: "Amazon ECS service quotas", Amazon ECS Developer Guide: 64 KiB.
pub const TASK_DEFINITION_BYTES: usize = 64 * 1024;

/// How many parameters one call changes or resets.
///
/// Source: "ModifyDBParameterGroup", Amazon RDS API Reference: a maximum of 20.
pub const PARAMETERS_AT_ONCE: usize = 20;

/// How many of a database's last events are told when something goes wrong.
///
/// Ours: the latest say it.
pub const DB_EVENTS_TOLD: usize = 5;

/// For how many minutes back a database's events are asked for.
///
/// Ours: an hour is longer than most waits; RDS keeps them for 14 days ("DescribeEvents", Amazon RDS API Reference).
pub const DB_EVENTS_MINUTES: i32 = 60;
/// How many parameters of a cache one call changes.
///
/// Source: "ModifyCacheParameterGroup", Amazon ElastiCache API Reference: up to 20.
pub const CACHE_PARAMETERS_AT_ONCE: usize = 20;

/// How many of a cache's events are told when it fails.
///
/// Ours: the latest say it.
pub const CACHE_EVENTS_TOLD: usize = 3;

/// For how many minutes back a cache's events are asked for.
///
/// Ours: as long as the longest wait for a replication group.
pub const CACHE_EVENTS_MINUTES: i32 = 60;
