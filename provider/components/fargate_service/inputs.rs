//! What a program says of a service.

use std::collections::BTreeMap;

use framework::{Inputs, component::Given, value::Output};

use super::parts::{Architecture, Build, Deployment, HealthCheck, Placement, Scaling, Sidecar};
use crate::{
    aws::{Mode, Tags},
    components::{Alb, Cluster, Dns, Edge, Network, Permission, Vpc, Zone, linked::Linked},
    resources::domain_name::DomainName,
};

/// The inputs of [`FargateService`](super::FargateService).
#[derive(Inputs, Clone)]
pub struct FargateServiceInputs {
    /// The cluster that the service runs in, with its network. One of its own is made when neither this nor
    /// `clusterArn` is given.
    pub cluster: Option<Given<Cluster>>,
    /// The ARN of a cluster of another stack or one that isn't ours. It goes with `vpc`, `network` or a balancer, where
    /// the network is found. The tasks run on Fargate, or on Fargate Spot with `spot`, whatever its own capacity
    /// providers are.
    pub cluster_arn: Option<Output<String>>,
    /// The network that the tasks stand in, where no cluster or balancer has it.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,

    /// The image, by tag or by digest: `ghcr.io/us/app:1.8`, `123456789012.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:…`.
    pub image: Option<Output<String>>,
    /// What the image is built from, in place of `image`. Your own `docker buildx` builds it, and it is kept in a
    /// repository of the service's own under the hash of its content: what hasn't changed is neither built nor
    /// deployed.
    pub build: Option<Output<Build>>,
    /// The port on which the container listens, with HTTP. Without one the service is a worker, which nobody reaches.
    #[field(range(1, 65535))]
    pub port: Option<i32>,
    /// CPU units of a task, 1024 of which are a vCPU: 256, 512, 1024, 2048, 4096, 8192 or 16384.
    #[field(default = 256, one_of(256, 512, 1024, 2048, 4096, 8192, 16384))]
    pub cpu: i32,
    /// Memory of a task in MiB. Which sizes there are depends on `cpu`: with 256 units 512, 1024 and 2048 (Amazon ECS
    /// Developer Guide, "Fargate task definition considerations for CPU and memory").
    #[field(default = 512, range(512, 122880))]
    pub memory: i32,
    /// Storage of a task in GiB, from 21 to 200. AWS's 20 when absent.
    #[field(range(21, 200))]
    pub ephemeral_storage_gib: Option<i32>,
    /// The processor that the image is for.
    #[field(default = Architecture::Arm64)]
    pub architecture: Architecture,
    /// The container's command, in place of the image's.
    pub command: Option<Vec<Output<String>>>,
    /// The container's entry point, in place of the image's.
    pub entry_point: Option<Vec<Output<String>>>,
    /// Environment variables. What is secret belongs in `secrets`: a value here that is a secret is refused.
    pub environment: Option<Output<BTreeMap<String, String>>>,
    /// Environment variables whose values are secrets, each with the ARN that ECS reads it from: of a Secrets Manager
    /// secret, with `:key::` behind it for one key of a JSON secret, or of a Systems Manager parameter.
    pub secrets: Option<Output<BTreeMap<String, String>>>,
    /// What the service uses: the `link` of databases, caches, secrets, or links written by hand.
    pub links: Option<Vec<Linked>>,
    /// Containers beside the service's own, up to 9.
    #[field(items(0, 9))]
    pub sidecars: Option<Vec<Output<Sidecar>>>,

    /// How many tasks run: 2 in production, 1 in development. It goes without `scaling`.
    #[field(range(0, 5000))]
    pub desired_count: Option<i32>,
    /// How many tasks run by how much there is to do.
    pub scaling: Option<Scaling>,

    /// The balancer that the service is reached through. With `port` it gets one of its own when neither this nor `edge`
    /// is given, unless `public` is false.
    pub load_balancer: Option<Given<Alb>>,
    /// The same as plain data, for a balancer of another stack or one that isn't ours.
    pub edge: Option<Output<Edge>>,
    /// Whether a service with a `port` that is given no balancer gets one of its own.
    #[field(default = true)]
    pub public: bool,
    /// Whether AWS refuses to delete the balancer of the service's own. True in production, false in development. Set it
    /// to false and deploy before you take the service away.
    pub deletion_protection: Option<bool>,
    /// The hosts whose requests come here, such as `app.example.com`. Hosts, paths and values of headers are five
    /// together at most, with five wildcards, `*` and `?` (Elastic Load Balancing, "Quotas for your Application Load
    /// Balancers").
    #[field(items(1, 5), each(length(1, 128)))]
    pub hosts: Option<Vec<String>>,
    /// The paths whose requests come here, such as `/api/*`.
    #[field(items(1, 5), each(length(1, 128), pattern(r"[/*?].*", "a path that begins with a slash")))]
    pub paths: Option<Vec<String>>,
    /// The headers, by name, and the values with which requests come here.
    pub headers: Option<BTreeMap<String, Vec<String>>>,
    /// The rank of the service's rule on the balancer: of several rules that fit, the least one counts. Chosen when
    /// absent, the same on every run.
    #[field(range(1, 50000))]
    pub priority: Option<i32>,
    /// The domain in whose zone the service gets a name.
    pub dns: Option<Given<Dns>>,
    /// The same as plain data, for a zone of another stack or one that isn't ours.
    pub zone: Option<Output<Zone>>,
    /// The name that leads to the service, such as `app.example.com`. Its requests come here, unless `hosts` says which.
    /// It is made in the zone, unless the balancer makes it already.
    pub domain: Option<DomainName>,
    /// How the balancer sees whether a task is well.
    pub health_check: Option<HealthCheck>,

    /// Which subnets the tasks stand in.
    #[field(default = Placement::Private)]
    pub placement: Placement,
    /// Whether tasks run on Fargate Spot, which costs less, and which AWS can end with two minutes' notice.
    #[field(default = false)]
    pub spot: bool,
    /// What the service's own role may do, beside what its links ask for.
    pub permissions: Option<Vec<Output<Permission>>>,
    /// The ARN of a role that the containers have, in place of one that is made. What links ask for is yours to give
    /// it then.
    pub task_role_arn: Option<Output<String>>,
    /// The ARN of a role by which ECS pulls the image, reads secrets and writes logs, in place of one that is made.
    /// Where secrets are encrypted with a key of your own, it's this role that has to use the key.
    pub execution_role_arn: Option<Output<String>>,
    /// The ARN of the policy that bounds what both roles may be allowed.
    pub permissions_boundary_arn: Option<Output<String>>,
    /// How many days the logs are kept: 90 in production, 30 in development, or one of the other numbers that CloudWatch
    /// Logs knows, such as 7 or 365 (CloudWatch Logs API Reference, `PutRetentionPolicy`).
    #[field(one_of(
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
    ))]
    pub log_retention_in_days: Option<i32>,
    /// How a new version takes the place of an old one.
    pub deployment: Option<Deployment>,
    /// Whether a deployment waits until the new version runs, and fails if it doesn't.
    #[field(default = true)]
    pub wait_for_steady_state: bool,
    /// Whether `aws ecs execute-command` can open a shell in a container. False in production, true in development.
    pub enable_execute_command: Option<bool>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything of the service, its tasks included. Each resource is also given a `Name` tag, unless there is
    /// one here.
    pub tags: Option<Output<Tags>>,
}
