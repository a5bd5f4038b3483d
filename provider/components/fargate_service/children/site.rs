//! What all parts of a service are described with.

use framework::{
    component::{Args, Scope},
    problem::Problems,
    value::Output,
};

use super::image::{self, Image};
use crate::{
    aws::Aws,
    components::{
        Cluster, Edge, Network,
        child_tags::ChildTags,
        cluster::{CapacityProvider, ClusterInputs},
        fargate_service::{
            containers::Said,
            inputs::FargateServiceInputs,
            plan::{Balancer, Home, Plan},
        },
        given::{edge_of, network_of},
    },
    resources::ec2::{SecurityGroupArgs, SecurityGroupHandle},
};

/// A service in the making.
pub struct Site<'a> {
    /// Where its children are described.
    pub scope: &'a Scope<Aws>,
    /// What was decided.
    pub plan: &'a Plan,
    /// What the program says.
    pub want: &'a FargateServiceInputs,
    /// The children's tags.
    pub tags: ChildTags,
    /// The network that the tasks stand in.
    pub network: Output<Network>,
    /// The cluster that they run in.
    pub cluster_arn: Output<String>,
    /// What the cluster's tasks run on, where that is known: of clusters that other stacks made it isn't.
    pub capacity: Option<Output<Vec<CapacityProvider>>>,
    /// The image that runs.
    pub image: Image,
    /// The balancer that it shares with others, if it does.
    pub shared: Option<Output<Edge>>,
}

impl<'a> Site<'a> {
    /// Finds out where everything goes; a cluster of the service's own is made here.
    pub fn new(scope: &'a Scope<Aws>, plan: &'a Plan, want: &'a FargateServiceInputs) -> Result<Self, Problems> {
        let shared = match &plan.balancer {
            Some(Balancer::Shared(shared)) => Some(edge_of(scope, shared)),
            Some(Balancer::Own) | None => None,
        };
        let given = match &plan.cluster {
            Home::Given(cluster) => Some(scope.outputs_of(cluster)),
            Home::Named(_) | Home::Own => None,
        };
        let network = match (&plan.network, &given, &shared) {
            (Some(named), ..) => network_of(scope, named),
            (None, Some(cluster), _) => cluster.network.clone(),
            (None, None, shared) => shared.as_ref().map_or_else(Output::unknown, |edge| edge.map(|edge| edge.network)),
        };
        let (cluster_arn, capacity) = match (&plan.cluster, given) {
            (_, Some(cluster)) => (cluster.cluster_arn, Some(cluster.capacity_providers)),
            (Home::Named(arn), None) => (arn.clone(), None),
            (Home::Given(_) | Home::Own, None) => {
                let inputs = ClusterInputs {
                    vpc: None,
                    network: Some(network.clone()),
                    capacity_providers: None,
                    container_insights: None,
                    mode: want.mode,
                    tags: want.tags.clone(),
                };
                let own = scope.component::<Cluster>("cluster", inputs)?;
                (own.cluster_arn, Some(own.capacity_providers))
            }
        };
        let tags = ChildTags::new(scope, want.tags.clone());
        let image = image::describe(scope, plan, want, &tags);
        Ok(Site { scope, plan, want, tags, network, cluster_arn, capacity, image, shared })
    }

    /// A child.
    pub fn child<A: Args>(&self, role: &str, args: A) -> A::Handle {
        self.scope.child(role, args)
    }

    /// What the containers are told, with the image's name or where it comes from.
    pub fn said(&self, image: &Output<String>, log_group: &Output<String>) -> Output<Said> {
        let want = self.want;
        let texts = Output::all([image.clone(), log_group.clone()]);
        let command = Output::all(want.command.iter().flatten().cloned());
        let entry_point = Output::all(want.entry_point.iter().flatten().cloned());
        let variables = or_none(want.environment.as_ref()).join(&or_none(want.secrets.as_ref()));
        let links = Output::all(want.links.iter().flatten().map(|linked| linked.link.clone()));
        let sidecars = Output::all(want.sidecars.iter().flatten().cloned());
        let all = texts.join(&command.join(&entry_point)).join(&variables.join(&links.join(&sidecars)));
        all.map(|((texts, (command, entry_point)), ((environment, secrets), (links, sidecars)))| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap_or_default();
            let (image, log_group) = (next(), next());
            Said { image, command, entry_point, environment, secrets, links, sidecars, log_group }
        })
    }

    /// The security group of the tasks: nobody comes in as long as no rule says so.
    pub fn security_group(&self) -> SecurityGroupHandle {
        let role = "security-group";
        self.child(
            role,
            SecurityGroupArgs {
                group_description: "The tasks of a service".into(),
                vpc_id: self.network.map(|network| network.vpc_id).into(),
                tags: self.tags.of(role).into(),
                ..SecurityGroupArgs::default()
            },
        )
    }
}

fn or_none<T: Clone + Default + Send + Sync + 'static>(given: Option<&Output<T>>) -> Output<T> {
    given.cloned().unwrap_or_else(|| Output::known(T::default()))
}
