//! Where everything of a tenant stands: what it is given, or what is made for it alone.

use framework::{
    component::{Component, Scope, inputs_of},
    problem::Problems,
    value::{Map, Output, Path},
};

use crate::{
    aws::{Aws, Tags},
    components::{
        Alb, Cluster, Edge, Network, Vpc, Zone,
        alb::{AlbInputs, AlbOutputs, certificate_for},
        cluster::{ClusterInputs, ClusterOutputs},
        given::{edge_of, network_of, zone_of},
        tenant_stack::{
            inputs::{TenantStackInputs, Tier},
            plan::{Cells, Door, Ground, Plan},
        },
        vpc::{VpcInputs, VpcOutputs},
    },
    resources::domain_name::DomainName,
};

/// The tags by which everything of a tenant is told from everything else.
const TENANT: &str = "Tenant";
const TIER: &str = "Tier";

/// A tenant's stack in the making.
pub struct Site<'a> {
    /// Where its parts are described.
    pub scope: &'a Scope<Aws>,
    /// What was decided.
    pub plan: &'a Plan,
    /// What the program says.
    pub want: &'a TenantStackInputs,
    /// The tags of everything.
    pub tags: Output<Tags>,
    /// The network.
    pub network: Output<Network>,
    /// The cluster.
    pub cluster_arn: Output<String>,
    /// The balancer, if anything is reached through one.
    pub edge: Option<Output<Edge>>,
    /// The zone of the tenant's names.
    pub zone: Option<Output<Zone>>,
}

impl<'a> Site<'a> {
    /// Finds out where everything goes, and makes what the tenant has to itself.
    pub fn new(scope: &'a Scope<Aws>, plan: &'a Plan, want: &'a TenantStackInputs, problems: &mut Problems) -> Self {
        let tags = tags(want);
        let zone = plan.zone.as_ref().map(|zone| zone_of(scope, zone));
        let (network, cluster_arn) = (Output::unknown(), Output::unknown());
        let mut site = Site { scope, plan, want, tags, network, cluster_arn, edge: None, zone };
        // What another tier would make isn't described for one that must be given it.
        let given = match &plan.balancer {
            Some(Door::Given(shared)) => Some(edge_of(scope, shared)),
            Some(Door::Own) | None => None,
        };
        site.network = site.network(problems);
        site.cluster_arn = site.cluster_arn(problems);
        site.edge = given.or_else(|| plan.balancer.as_ref().and_then(|_| site.own_balancer(problems)));
        site
    }

    /// A part, by its role; nothing if something is wrong with it, which is noted below `at`.
    pub fn part<K: Component<Cloud = Aws>>(
        &self,
        role: &str,
        at: &Path,
        inputs: K::Inputs,
        problems: &mut Problems,
    ) -> Option<K::Outputs> {
        let (scope, role) = self.named(self.scope, role);
        match scope.component::<K>(&role, inputs) {
            Ok(outputs) => Some(outputs),
            Err(wrong) => {
                problems.append(wrong.under(at));
                None
            }
        }
    }

    /// The scope and the role of a part in it. The tenant is in its name, be it by the stack's own; so that the stack
    /// can be given a name that has it, or one that hasn't, the part is found under both.
    pub fn named(&self, scope: &Scope<Aws>, role: &str) -> (Scope<Aws>, String) {
        let (called, otherwise) = roles(scope.name(), &self.want.tenant, role);
        (scope.formerly(&otherwise), called)
    }

    fn is_silo(&self) -> bool {
        self.want.tier == Tier::Silo
    }

    fn network(&self, problems: &mut Problems) -> Output<Network> {
        match &self.plan.network {
            Ground::Given(network) => network_of(self.scope, network),
            Ground::OfCluster(cluster) => self.scope.outputs_of(cluster).network,
            Ground::OfBalancer(balancer) => edge_of(self.scope, balancer).map(|edge| edge.network),
            Ground::Own if self.is_silo() => self.own_network(problems).map_or_else(Output::unknown, |vpc| vpc.network),
            Ground::Own => Output::unknown(),
        }
    }

    fn own_network(&self, problems: &mut Problems) -> Option<VpcOutputs> {
        let said = self.want.cidr_block.iter().map(|block| ("cidrBlock".to_owned(), block.to_string().into()));
        let inputs = kept(inputs_of::<VpcInputs>(&said.collect::<Map>()), problems)?;
        let inputs = VpcInputs { mode: self.want.mode, tags: Some(self.tags.clone()), ..inputs };
        self.part::<Vpc>("vpc", &Path::root(), inputs, problems)
    }

    fn cluster_arn(&self, problems: &mut Problems) -> Output<String> {
        match &self.plan.cluster {
            Cells::Given(cluster) => self.scope.outputs_of(cluster).cluster_arn,
            Cells::Named(arn) => arn.clone(),
            Cells::Own if self.is_silo() => {
                self.own_cluster(problems).map_or_else(Output::unknown, |cluster| cluster.cluster_arn)
            }
            Cells::Own => Output::unknown(),
        }
    }

    fn own_cluster(&self, problems: &mut Problems) -> Option<ClusterOutputs> {
        let inputs = kept(inputs_of::<ClusterInputs>(&Map::new()), problems)?;
        let inputs = ClusterInputs {
            network: Some(self.network.clone()),
            mode: self.want.mode,
            tags: Some(self.tags.clone()),
            ..inputs
        };
        self.part::<Cluster>("cluster", &Path::root(), inputs, problems)
    }

    fn own_balancer(&self, problems: &mut Problems) -> Option<Output<Edge>> {
        if !self.is_silo() {
            return None;
        }
        let inputs = kept(inputs_of::<AlbInputs>(&Map::new()), problems)?;
        let certificates = self.certificates();
        let inputs = AlbInputs {
            network: Some(self.network.clone()),
            certificate_arns: (!certificates.is_empty()).then_some(certificates),
            deletion_protection: self.want.deletion_protection,
            mode: self.want.mode,
            tags: Some(self.tags.clone()),
            ..inputs
        };
        self.part::<Alb>("alb", &Path::root(), inputs, problems).map(|made: AlbOutputs| made.edge)
    }

    /// The certificates of a balancer of its own. Its name is made by the stack, once the services answer: that's why
    /// the balancer isn't told of it.
    fn certificates(&self) -> Vec<Output<String>> {
        let of_zone = self.zone.as_ref().zip(self.want.domain.as_ref()).map(|(zone, domain)| {
            let name = DomainName::told(&format!("{}.{domain}", self.want.tenant));
            self.scope.checked(zone, move |zone| certificate_for(&name, zone))
        });
        of_zone.into_iter().chain(self.want.certificate_arns.iter().flatten().cloned()).collect()
    }
}

/// What there is, if nothing is wrong with it.
fn kept<T>(made: Result<T, Problems>, problems: &mut Problems) -> Option<T> {
    made.map_err(|wrong| problems.append(wrong)).ok()
}

/// The program's tags, and those of the tenant, which it can't change.
fn tags(want: &TenantStackInputs) -> Output<Tags> {
    let tier = framework::property::Choice::text(want.tier).to_owned();
    let own = [(TENANT.to_owned(), want.tenant.clone()), (TIER.to_owned(), tier)];
    let given = want.tags.clone().unwrap_or_else(|| Output::known(Tags::default()));
    given.map(move |given| {
        let given = given.iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
        given.chain(own).collect()
    })
}

/// What a part is called after a stack of that name, and what it would be called after one whose name does without the
/// tenant if this one has it, or the other way round. Dashes of the role are written in another way, so that the part
/// `web` of `acme-eu` isn't called as the part `eu-web` of `acme`.
fn roles(stack: &str, tenant: &str, role: &str) -> (String, String) {
    let short = role.replace('-', "_");
    let long = format!("{tenant}-{short}");
    let has_it = stack.strip_suffix(tenant).is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
    if has_it { (short, long) } else { (long, short) }
}
