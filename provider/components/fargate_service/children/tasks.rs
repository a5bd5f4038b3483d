//! The task definition of a service, and the service itself.

use framework::value::Output;

use super::{roles::Role, site::Site, traffic::Traffic};
use crate::{
    components::{
        Network,
        cluster::{CapacityProvider, FargateProvider, item},
        fargate_service::{
            containers::{APP, Fixed, Said},
            parts::{Architecture, Placement},
        },
    },
    resources::{
        ec2::SecurityGroupHandle,
        ecs::{
            AssignPublicIp, AwsvpcConfiguration, CapacityProviderStrategyItem, Compatibility, CpuArchitecture,
            DeploymentCircuitBreaker, DeploymentConfiguration, EphemeralStorage, LaunchType, NetworkConfiguration,
            NetworkMode, OperatingSystemFamily, PropagateTags, RuntimePlatform, ServiceArgs, ServiceHandle,
            ServiceLoadBalancer, TaskDefinitionArgs, TaskDefinitionHandle,
        },
    },
};

/// What a task is.
pub fn definition(site: &Site<'_>, said: &Output<Said>, execution: &Role, task: &Role) -> TaskDefinitionHandle {
    let role = "task-definition";
    let (want, plan) = (site.want, site.plan);
    let fixed = Fixed { port: want.port, stop_timeout: plan.deployment.stop_timeout_seconds, exec: plan.exec };
    let platform = RuntimePlatform {
        cpu_architecture: match want.architecture {
            Architecture::Arm64 => CpuArchitecture::Arm,
            Architecture::X86_64 => CpuArchitecture::X86,
        },
        operating_system_family: OperatingSystemFamily::Linux,
    };
    site.child(
        role,
        TaskDefinitionArgs {
            container_definitions: site.scope.checked(said, move |said| said.containers(fixed)).into(),
            requires_compatibilities: vec![Compatibility::Fargate].into(),
            network_mode: NetworkMode::Awsvpc.into(),
            cpu: want.cpu.to_string().into(),
            memory: want.memory.to_string().into(),
            runtime_platform: platform.into(),
            ephemeral_storage: want.ephemeral_storage_gib.map(|size_in_gib| EphemeralStorage { size_in_gib }).into(),
            execution_role_arn: (&execution.arn).into(),
            task_role_arn: (&task.arn).into(),
            tags: site.tags.of(role).into(),
            ..TaskDefinitionArgs::default()
        },
    )
}

/// The service, once requests would reach its tasks and they may do what they have to.
pub fn service(
    site: &Site<'_>,
    definition: &TaskDefinitionHandle,
    guard: &SecurityGroupHandle,
    way: Option<&Traffic>,
    ready: &Output<Vec<()>>,
) -> ServiceHandle {
    let role = "service";
    let (want, plan) = (site.want, site.plan);
    let (launch_type, strategy) = capacity(site);
    let balancers = way.map(|way| {
        let port = way.port;
        way.target_group_arn.map(move |arn| {
            vec![ServiceLoadBalancer {
                target_group_arn: Some(arn),
                container_name: Some(APP.to_owned()),
                container_port: Some(port),
                ..ServiceLoadBalancer::default()
            }]
        })
    });
    site.scope.after(ready).child(
        role,
        ServiceArgs {
            cluster: site.cluster_arn.clone().into(),
            task_definition: definition.task_definition_arn().into(),
            desired_count: plan.desired_count.into(),
            launch_type: launch_type.into(),
            capacity_provider_strategy: strategy.into(),
            network_configuration: network(site, guard).into(),
            load_balancers: balancers.unwrap_or_else(|| Output::known(Vec::new())).into(),
            health_check_grace_period_seconds: way.map(|_| plan.health.grace_period_seconds).into(),
            deployment_configuration: deployment(site).into(),
            enable_execute_command: plan.exec.into(),
            enable_ecs_managed_tags: true.into(),
            propagate_tags: PropagateTags::Service.into(),
            wait_for_steady_state: want.wait_for_steady_state.into(),
            tags: site.tags.of(role).into(),
            ..ServiceArgs::default()
        },
    )
}

/// What the tasks run on: always said, so that taking `spot` back is a change. Of a cluster that another stack made
/// nobody knows which capacity providers it has; Fargate itself needs none.
fn capacity(site: &Site<'_>) -> (Option<LaunchType>, Option<Output<Vec<CapacityProviderStrategyItem>>>) {
    let spot = CapacityProvider { provider: FargateProvider::FargateSpot, weight: 1, base: 0 };
    match (site.want.spot, &site.capacity) {
        (true, _) => (None, Some(Output::known(vec![item(&spot)]))),
        (false, Some(providers)) => (None, Some(providers.map(|all| all.iter().map(item).collect()))),
        (false, None) => (Some(LaunchType::Fargate), None),
    }
}

fn network(site: &Site<'_>, guard: &SecurityGroupHandle) -> Output<NetworkConfiguration> {
    let placement = site.want.placement;
    site.network.join(&guard.group_id()).map(move |(network, group)| {
        let Network { public_subnet_ids, private_subnet_ids, .. } = network;
        let (subnets, assign_public_ip) = match placement {
            Placement::Private => (private_subnet_ids, AssignPublicIp::Disabled),
            Placement::Public => (public_subnet_ids, AssignPublicIp::Enabled),
        };
        let security_groups = vec![group].into();
        let configuration = AwsvpcConfiguration { subnets: subnets.into(), security_groups, assign_public_ip };
        NetworkConfiguration { awsvpc_configuration: Some(configuration) }
    })
}

fn deployment(site: &Site<'_>) -> DeploymentConfiguration {
    let deployment = &site.plan.deployment;
    let breaker = DeploymentCircuitBreaker {
        enable: deployment.circuit_breaker,
        rollback: deployment.rollback,
        ..DeploymentCircuitBreaker::default()
    };
    DeploymentConfiguration {
        minimum_healthy_percent: Some(deployment.minimum_healthy_percent),
        maximum_percent: Some(deployment.maximum_percent),
        deployment_circuit_breaker: Some(breaker),
        ..DeploymentConfiguration::default()
    }
}
