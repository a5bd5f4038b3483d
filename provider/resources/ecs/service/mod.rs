//! A service of Amazon ECS: so many tasks of a task definition, kept running.

mod calls;
mod connect;
mod connections;
mod deployment;
mod gateways;
mod hooks;
mod json;
mod laws;
mod rollout;
mod scheduling;
mod seen;
mod volumes;

use aws_sdk_ecs::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

pub use connect::*;
pub use connections::*;
pub use deployment::*;
pub use gateways::*;
pub use hooks::*;
pub use scheduling::*;
pub use volumes::*;

use super::CapacityProviderStrategyItem;
use crate::aws::{Aws, Cx, Result, TagChange, Tags, tags::ecs as tagging};

/// A service of Amazon ECS: so many tasks of a task definition, kept running, replaced when the task definition
/// changes, and known to load balancers.
///
/// Creating or changing one waits until its tasks run and are healthy, unless `waitForSteadyState` is false. When they
/// can't, the error says why: what became of the last tasks, what load balancers think of them, and the last lines
/// that a container wrote. With a deployment circuit breaker (`deploymentConfiguration`) Amazon ECS gives up by itself
/// after some failures, and goes back to what worked before.
///
/// A cluster has 5,000 services, and a service 5,000 tasks (Amazon ECS Developer Guide, "Amazon ECS service quotas").
#[derive(Resource)]
#[resource(token = "ecs:Service", model = "AWS::ECS::Service", id = "service_arn")]
pub struct Service {
    /// The service's name, unique in its cluster. Made up from the resource's name when absent.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern(r"[a-zA-Z0-9_\-]+", "letters, digits, dashes and underscores")
    )]
    service_name: String,
    /// The name or ARN of the cluster.
    #[input(replaces, default = "default", length(1, 2048))]
    cluster: String,
    /// The task definition: an ARN, `family:revision`, or a family, whose latest revision is taken then. A change
    /// deploys it. Required, unless `deploymentController` is `EXTERNAL`.
    #[input(length(1, 2048))]
    task_definition: Option<String>,
    /// How many tasks there shall be: 1 when absent, and then what autoscaling makes of it is left alone. Where it is
    /// given, any other number is set back by the next update; leave it out of a service that scales.
    #[input(computed, range(0, 5000))]
    desired_count: Option<i32>,
    /// Where tasks run. As `capacityProviderStrategy` says, or else the cluster's own strategy, when absent.
    #[input(replaces, computed)]
    launch_type: Option<LaunchType>,
    /// How tasks are spread over capacity providers, up to 20. It can't stand beside `launchType`.
    #[input(set, computed, items(0, 20))]
    capacity_provider_strategy: Option<Vec<CapacityProviderStrategyItem>>,
    /// The version of Fargate: `LATEST` when absent.
    #[input(computed, length(1, 64))]
    platform_version: Option<String>,
    /// The network of the tasks. Required with the network mode `awsvpc`.
    #[input]
    network_configuration: Option<NetworkConfiguration>,
    /// The load balancers' ways to the containers, up to 5 target groups. A target group must be in use by a listener
    /// already: make the service depend on the listener or its rule.
    #[input(default, set, items(0, 5))]
    load_balancers: Vec<ServiceLoadBalancer>,
    /// For how many seconds after its start nobody minds that a task is unhealthy.
    #[input(range(0, 2147483647))]
    health_check_grace_period_seconds: Option<i32>,
    /// How the service goes from one set of tasks to the next.
    #[input]
    deployment_configuration: Option<DeploymentConfiguration>,
    /// What runs deployments: Amazon ECS when absent.
    #[input]
    deployment_controller: Option<DeploymentController>,
    /// That the next update begins a deployment, though nothing else changes.
    #[input(write_only)]
    force_new_deployment: Option<ForceNewDeployment>,
    /// Whether commands can be run in the containers (ECS Exec). The task role has to allow it.
    #[input(default = false)]
    enable_execute_command: bool,
    /// Whether tasks carry tags of Amazon ECS with the names of cluster and service.
    #[input(default = false)]
    enable_ecs_managed_tags: bool,
    /// Where the tags of tasks come from: from nowhere when absent.
    #[input]
    propagate_tags: Option<PropagateTags>,
    /// Whether tasks are spread over Availability Zones again when they have become uneven. AWS does where it can when absent.
    #[input(computed)]
    availability_zone_rebalancing: Option<AvailabilityZoneRebalancing>,
    /// How many tasks there are.
    #[input(replaces, default = SchedulingStrategy::Replica)]
    scheduling_strategy: SchedulingStrategy,
    /// On which instances tasks may be placed, up to 10 constraints. Not on Fargate.
    #[input(default, set, items(0, 10))]
    placement_constraints: Vec<ServicePlacementConstraint>,
    /// How tasks are spread over instances, up to 5 strategies in their order. Not on Fargate.
    #[input(default, items(0, 5))]
    placement_strategies: Vec<PlacementStrategy>,
    /// The role by which Amazon ECS calls load balancers. Its own service-linked role when absent.
    #[input(replaces, length(1, 2048))]
    role: Option<String>,
    /// Registries of Cloud Map that know the tasks.
    #[input(default, set)]
    service_registries: Vec<ServiceRegistry>,
    /// How the service is found by others, and finds them (Service Connect).
    #[input(write_only)]
    service_connect_configuration: Option<ServiceConnectConfiguration>,
    /// What the volumes are that the task definition leaves to the service.
    #[input(write_only, default)]
    volume_configurations: Vec<ServiceVolumeConfiguration>,
    /// Target groups of VPC Lattice.
    #[input(default, set, items(0, 5))]
    vpc_lattice_configurations: Vec<VpcLatticeConfiguration>,
    /// How the service is reached through gateways.
    #[input(write_only, default, items(0, 1))]
    gateway_connectors: Vec<GatewayConnector>,
    /// How often metrics of the service are taken.
    #[input(write_only)]
    monitoring: Option<MonitoringConfiguration>,
    /// Whether creating and changing the service waits until its tasks run and are healthy, and fails when they don't.
    #[input(write_only, default = true)]
    wait_for_steady_state: bool,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The service's ARN.
    #[output(stable)]
    service_arn: String,
    /// The service's name.
    #[output(stable)]
    name: String,
    /// The ARN of the cluster.
    #[output(stable)]
    cluster_arn: String,
    /// `ACTIVE`, or `DRAINING` while it is being deleted.
    status: String,
}

impl Managed for Service {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    /// What is being deleted when it is wanted again makes room for another one.
    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::status).is_some_and(|status| status == "DRAINING")
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(cx: &Cx, want: &ServiceInputs) -> Result<Option<String>> {
        Ok(calls::named(cx, &want.cluster, &want.service_name).await?.and_then(|found| found.service_arn))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(cx.find::<types::Service>(id).await?.and_then(|found| tagging::owner_of(found.tags())))
    }

    async fn create(cx: &Cx, want: &ServiceInputs, owner: &Owner) -> Result<String> {
        calls::create(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &ServiceInputs) -> Result<()> {
        rollout::settled(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Service>> {
        let found = cx.find::<types::Service>(id).await?.filter(|found| found.status() != Some("INACTIVE"));
        found.map(|found| seen::service(&cx.recorded::<Self>(), found)).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        calls::update(cx, id, change).await?;
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        calls::delete(cx, id).await
    }
}
