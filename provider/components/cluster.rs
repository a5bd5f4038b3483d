//! The component `Cluster`: where services run.

use framework::{
    Choice, Component, Inputs, Object, Outputs,
    component::{self, Given, Scope},
    problem::Problems,
    property::Choice as _,
    value::{Output, Path},
};

use super::{
    Network, Vpc,
    child_tags::ChildTags,
    given::{network, network_of},
};
use crate::{
    aws::{Aws, Mode, Tags},
    resources::ecs::{
        CapacityProviderStrategyItem, ClusterArgs, ClusterSetting, ClusterSettingName, ContainerInsights,
        strategy_rules,
    },
};

/// A cluster of Amazon ECS, in which services run on Fargate: there are no machines to look after, and an empty
/// cluster costs nothing.
///
/// It stands in a network, which the services in it find there.
///
/// ```typescript
/// const cluster = new tenantstack.Cluster("apps", { vpc });
/// const thrifty = new tenantstack.Cluster("batch", { vpc, capacityProviders: [
///     { provider: "FARGATE", base: 1, weight: 1 },
///     { provider: "FARGATE_SPOT", weight: 4 },
/// ] });
/// ```
#[derive(Component)]
#[component(token = "index:Cluster")]
pub struct Cluster;

/// The inputs of [`Cluster`].
#[derive(Inputs, Clone)]
pub struct ClusterInputs {
    /// The network that services stand in.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,
    /// How tasks are spread over Fargate and Fargate Spot, where a service doesn't say. All run on Fargate when
    /// absent. Spot costs less, and its tasks can be ended by AWS with two minutes' notice.
    #[field(items(1, 2))]
    pub capacity_providers: Option<Vec<CapacityProvider>>,
    /// Which metrics CloudWatch Container Insights gathers, for which it charges. `enabled` in production,
    /// `disabled` in development.
    pub container_insights: Option<ContainerInsights>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for the cluster. It is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

/// How many of the tasks run on a kind of capacity.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:CapacityProvider")]
pub struct CapacityProvider {
    /// The kind of capacity.
    pub provider: FargateProvider,
    /// Its part of all tasks, beside the weight of the other.
    #[field(default = 1, range(0, 1000))]
    pub weight: i32,
    /// How many tasks it gets before the weights count. Only one of the two may have a base.
    #[field(default = 0, range(0, 100_000))]
    pub base: i32,
}

/// A kind of capacity.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:FargateProvider")]
pub enum FargateProvider {
    /// Fargate.
    #[choice("FARGATE")]
    Fargate,
    /// Fargate Spot, which AWS can end.
    #[choice("FARGATE_SPOT")]
    FargateSpot,
}

/// The outputs of [`Cluster`].
#[derive(Outputs, Clone)]
pub struct ClusterOutputs {
    /// The cluster's name.
    pub cluster_name: Output<String>,
    /// The cluster's ARN, which can be exported and given to services of other stacks.
    pub cluster_arn: Output<String>,
    /// The network that services stand in.
    pub network: Output<Network>,
    /// How tasks are spread over Fargate and Fargate Spot, where a service doesn't say.
    pub capacity_providers: Output<Vec<CapacityProvider>>,
}

impl component::Component for Cluster {
    type Inputs = ClusterInputs;
    type Outputs = ClusterOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: ClusterInputs) -> Result<ClusterOutputs, Problems> {
        let mut problems = Problems::none();
        let shared = network(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        let wanted = want.capacity_providers.clone().unwrap_or_else(usual);
        let strategy: Vec<_> = wanted.iter().map(item).collect();
        let at = Path::of("capacityProviders");
        if strategy.windows(2).any(|pair| pair[0].capacity_provider == pair[1].capacity_provider) {
            problems.add(at.clone(), "must name each capacity provider once");
        }
        strategy_rules(&strategy, &at, &mut problems);
        let Some(shared) = shared.filter(|_| problems.is_empty()) else { return Err(problems) };

        let role = "cluster";
        let cluster = scope.child(
            role,
            ClusterArgs {
                // Both can be used by any service that says so; neither costs anything by being there.
                capacity_providers: [FargateProvider::Fargate, FargateProvider::FargateSpot].map(name).to_vec().into(),
                default_capacity_provider_strategy: strategy.into(),
                cluster_settings: vec![insights(&want, scope.cloud().mode())].into(),
                tags: ChildTags::new(scope, want.tags).of(role).into(),
                ..ClusterArgs::default()
            },
        );
        Ok(ClusterOutputs {
            cluster_name: cluster.cluster_name(),
            cluster_arn: cluster.arn(),
            network: network_of(scope, &shared),
            capacity_providers: cluster.arn().map(|_| wanted),
        })
    }
}

fn name(provider: FargateProvider) -> String {
    provider.text().to_owned()
}

/// Everything on Fargate.
fn usual() -> Vec<CapacityProvider> {
    vec![CapacityProvider { provider: FargateProvider::Fargate, weight: 1, base: 0 }]
}

/// The same, as ECS has it.
pub(super) fn item(provider: &CapacityProvider) -> CapacityProviderStrategyItem {
    CapacityProviderStrategyItem {
        capacity_provider: name(provider.provider),
        weight: provider.weight,
        base: provider.base,
    }
}

fn insights(want: &ClusterInputs, usual: Mode) -> ClusterSetting {
    let chosen = want.container_insights.unwrap_or(match want.mode.unwrap_or(usual) {
        Mode::Production => ContainerInsights::Enabled,
        Mode::Development => ContainerInsights::Disabled,
    });
    ClusterSetting { name: ClusterSettingName::ContainerInsights, value: chosen }
}
