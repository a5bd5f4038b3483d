//! The objects in a service's inputs.

use std::collections::BTreeMap;

use framework::{Choice, Object};

/// A processor.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:Architecture")]
pub enum Architecture {
    /// AWS Graviton, which costs a fifth less.
    #[choice("arm64")]
    Arm64,
    /// Intel and AMD.
    #[choice("x86_64")]
    X86_64,
}

/// What an image is built from.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "index:Build")]
pub struct Build {
    /// The folder whose files the build sees, but for those that `.dockerignore` leaves out. A relative path begins where
    /// the program is.
    #[field(length(1, 4096))]
    pub context: String,
    /// The file that says how to build, relative to the context.
    #[field(default = "Dockerfile", length(1, 4096))]
    pub dockerfile: String,
    /// The stage of the Dockerfile that is built. The last one when absent.
    pub target: Option<String>,
    /// The values of the Dockerfile's `ARG`s. Whoever may pull the image can read them: a secret doesn't belong there.
    pub args: Option<BTreeMap<String, String>>,
}

/// Which subnets tasks stand in.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:Placement")]
pub enum Placement {
    /// Private ones, without public addresses.
    #[choice("private")]
    Private,
    /// Public ones, with a public address each: no NAT is needed, and each address costs money.
    #[choice("public")]
    Public,
}

/// A container beside the service's own, in each of its tasks.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "index:Sidecar")]
pub struct Sidecar {
    /// Its name, unlike those of the others; the service's own container is `app`.
    #[field(length(1, 255), pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores"))]
    pub name: String,
    /// Its image, by tag or by digest.
    #[field(length(1, 4096))]
    pub image: String,
    /// Its command, in place of the image's.
    pub command: Option<Vec<String>>,
    /// Its entry point, in place of the image's.
    pub entry_point: Option<Vec<String>>,
    /// Its environment variables. Nothing of the service's own is given to it.
    pub environment: Option<BTreeMap<String, String>>,
    /// Its environment variables whose values are secrets, each with the ARN that ECS reads it from.
    pub secrets: Option<BTreeMap<String, String>>,
    /// Whether a task ends when this container does.
    #[field(default = true)]
    pub essential: bool,
    /// The CPU units that are reserved for it, out of the task's.
    #[field(range(0, 16384))]
    pub cpu: Option<i32>,
    /// The MiB of memory that it may use, out of the task's.
    #[field(range(4, 122_880))]
    pub memory: Option<i32>,
}

/// How many tasks run by how much there is to do.
#[derive(Object, Clone, Debug, PartialEq)]
#[object(token = "index:Scaling")]
pub struct Scaling {
    /// The least number of tasks.
    #[field(default = 1, range(0, 5000))]
    pub min: i32,
    /// The greatest number of tasks.
    #[field(range(1, 5000))]
    pub max: i32,
    /// The use of CPU, in percent of what the tasks have, around which the number is kept.
    #[field(range(1, 100))]
    pub cpu_percent: Option<i32>,
    /// The use of memory, in percent of what the tasks have, around which the number is kept.
    #[field(range(1, 100))]
    pub memory_percent: Option<i32>,
    /// How many requests a minute each task gets, around which the number is kept. For services behind a balancer.
    #[field(range(1, 1_000_000))]
    pub requests_per_target: Option<i32>,
}

/// How a balancer sees whether a task is well.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:HealthCheck")]
pub struct HealthCheck {
    /// The path that is asked for.
    #[field(default = "/", length(1, 1024), pattern(r"/.*", "a path that begins with a slash"))]
    pub path: String,
    /// The seconds between two looks.
    #[field(default = 15, range(5, 300))]
    pub interval_seconds: i32,
    /// The seconds within which an answer must come; fewer than `intervalSeconds`.
    #[field(default = 5, range(2, 120))]
    pub timeout_seconds: i32,
    /// How many good looks make a task well.
    #[field(default = 2, range(2, 10))]
    pub healthy_threshold: i32,
    /// How many bad looks make a task unwell.
    #[field(default = 3, range(2, 10))]
    pub unhealthy_threshold: i32,
    /// Which status codes are good, such as `200` or `200-399`.
    #[field(
        default = "200-399",
        pattern(r"[2-4][0-9]{2}([,-][2-4][0-9]{2})*", "status codes such as 200, 200,204 or 200-399")
    )]
    pub matcher: String,
    /// For how many seconds after its start a task isn't ended for being unwell.
    #[field(default = 60, range(0, 2_147_483_647))]
    pub grace_period_seconds: i32,
}

/// How a new version takes the place of an old one.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Deployment")]
pub struct Deployment {
    /// The least number of tasks that run meanwhile, in percent of those wanted.
    #[field(default = 100, range(0, 100))]
    pub minimum_healthy_percent: i32,
    /// The greatest number of tasks that run meanwhile, in percent of those wanted.
    #[field(default = 200, range(100, 200))]
    pub maximum_percent: i32,
    /// Whether AWS gives up on a version whose tasks keep failing.
    #[field(default = true)]
    pub circuit_breaker: bool,
    /// Whether it then goes back to the version before.
    #[field(default = true)]
    pub rollback: bool,
    /// For how many seconds a task that is to end still answers the requests that it has.
    #[field(default = 30, range(0, 3600))]
    pub deregistration_delay_seconds: i32,
    /// How many seconds a container has to end by itself, once it was told to.
    #[field(default = 30, range(2, 120))]
    pub stop_timeout_seconds: i32,
}
