//! The services of a tenant.

use framework::{problem::Problems, value::Path};

use super::{data::Data, site::Site};
use crate::components::{
    FargateService,
    fargate_service::{FargateServiceInputs, FargateServiceOutputs},
    given::Shared,
    tenant_stack::{
        parts::TenantService,
        plan::{Cells, Door, services},
    },
};

/// A service of a tenant.
pub struct Running {
    /// What the tenant calls it.
    pub name: String,
    /// What it is.
    pub service: FargateServiceOutputs,
}

/// Describes all services. One that something is wrong with is left out, and what it is is noted.
pub fn describe(site: &Site<'_>, data: &Data, problems: &mut Problems) -> Vec<Running> {
    let all = services(site.want).iter().enumerate();
    all.filter_map(|(index, wanted)| {
        let at = Path::of("services").index(index);
        let inputs = inputs(site, data, wanted);
        let service = site.part::<FargateService>(&wanted.name, &at, inputs, problems)?;
        Some(Running { name: wanted.name.clone(), service })
    })
    .collect()
}

/// What the program says of a service, and what the stack says to all of its services.
fn inputs(site: &Site<'_>, data: &Data, wanted: &TenantService) -> FargateServiceInputs {
    let said = wanted.service.clone();
    let links = data.links().into_iter().chain(said.links.clone().unwrap_or_default());
    let (cluster, cluster_arn) = match &site.plan.cluster {
        Cells::Given(cluster) => (Some(cluster.clone()), None),
        Cells::Named(_) | Cells::Own => (None, Some(site.cluster_arn.clone())),
    };
    let reached = FargateServiceInputs {
        cluster,
        cluster_arn,
        network: Some(site.network.clone()),
        links: Some(links.collect()),
        mode: site.want.mode,
        tags: Some(site.tags.clone()),
        ..said
    };
    if reached.port.is_some() { through_the_door(site, reached) } else { reached }
}

/// A service behind the tenant's balancer: it gets the requests to the tenant's names, unless it says which of its own.
fn through_the_door(site: &Site<'_>, service: FargateServiceInputs) -> FargateServiceInputs {
    let (load_balancer, edge) = match &site.plan.balancer {
        Some(Door::Given(Shared::Object(balancer))) => (Some(balancer.clone()), None),
        Some(Door::Given(Shared::Data(_)) | Door::Own) | None => (None, site.edge.clone()),
    };
    let tenants = (!site.plan.hosts.is_empty()).then(|| site.plan.hosts.clone());
    let hosts = service.hosts.clone().or(tenants);
    let everything = hosts.is_none() && service.paths.is_none() && service.headers.is_none();
    FargateServiceInputs {
        load_balancer,
        edge,
        hosts,
        paths: if everything { Some(vec!["/*".to_owned()]) } else { service.paths.clone() },
        ..service
    }
}
