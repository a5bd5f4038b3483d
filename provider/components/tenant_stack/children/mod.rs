//! The parts of a tenant's stack, each a component of its own.

mod data;
mod names;
mod running;
mod site;

use std::collections::BTreeMap;

use framework::{component::Scope, problem::Problems, value::Output};

use super::{inputs::TenantStackInputs, outputs::TenantStackOutputs, plan::Plan};
use crate::{aws::Aws, components::fargate_service::FargateServiceOutputs};
use data::Data;
use names::Named;
use running::Running;
use site::Site;

/// What security groups of the data are called among the outputs.
const DATABASE: &str = "database";
const CACHE: &str = "cache";

/// Describes everything of a tenant: the data, then the services that use it, then the names that lead to them. What is
/// wrong with a part is noted, and the others are described all the same.
pub fn describe(
    scope: &Scope<Aws>,
    plan: &Plan,
    want: &TenantStackInputs,
    problems: &mut Problems,
) -> Option<TenantStackOutputs> {
    let site = Site::new(scope, plan, want, problems);
    let data = Data::describe(&site, problems);
    let running = running::describe(&site, &data, problems);
    let named = names::describe(&site, &running);
    problems.is_empty().then(|| outputs(&site, &data, &running, &named))
}

fn outputs(site: &Site<'_>, data: &Data, running: &[Running], named: &Named) -> TenantStackOutputs {
    let database = data.database.as_ref();
    let cache = data.cache.as_ref();
    let groups = running.iter().map(|one| (one.name.clone(), one.service.security_group_id.clone()));
    let groups = groups
        .chain(database.map(|database| (DATABASE.to_owned(), database.security_group_id.clone())))
        .chain(cache.map(|cache| (CACHE.to_owned(), cache.security_group_id.clone())));
    TenantStackOutputs {
        tenant: Output::known(site.want.tenant.clone()),
        url: named.url.clone(),
        hosts: named.hosts.clone(),
        service_urls: where_there_is(running, |service| &service.url),
        service_names: by_name(running, |service| &service.service_name),
        service_arns: by_name(running, |service| &service.service_arn),
        task_definition_arns: by_name(running, |service| &service.task_definition_arn),
        task_role_arns: by_name(running, |service| &service.task_role_arn),
        target_group_arns: where_there_is(running, |service| &service.target_group_arn),
        log_group_names: by_name(running, |service| &service.log_group_name),
        cluster_arn: site.cluster_arn.clone(),
        edge: perhaps(site.edge.as_ref()),
        database_identifier: perhaps(database.map(|database| &database.identifier)),
        database_arn: perhaps(database.map(|database| &database.arn)),
        database_host: perhaps(database.map(|database| &database.host)),
        database_secret_arn: perhaps(database.map(|database| &database.secret_arn)),
        database_link: perhaps(database.map(|database| &database.link)),
        cache_replication_group_id: perhaps(cache.map(|cache| &cache.replication_group_id)),
        cache_host: perhaps(cache.map(|cache| &cache.host)),
        cache_link: perhaps(cache.map(|cache| &cache.link)),
        secret_arns: data
            .secrets
            .as_ref()
            .map_or_else(|| Output::known(BTreeMap::new()), |secrets| secrets.arns.clone()),
        security_group_ids: together(groups),
        network: site.network.clone(),
    }
}

fn perhaps<T: Clone + Send + Sync + 'static>(output: Option<&Output<T>>) -> Output<Option<T>> {
    output.map_or_else(|| Output::known(None), |output| output.map(Some))
}

/// What each service has, by the services' names.
fn by_name(
    running: &[Running],
    what: impl Fn(&FargateServiceOutputs) -> &Output<String>,
) -> Output<BTreeMap<String, String>> {
    together(running.iter().map(|one| (one.name.clone(), what(&one.service).clone())))
}

/// The same of what not every service has.
fn where_there_is(
    running: &[Running],
    what: impl Fn(&FargateServiceOutputs) -> &Output<Option<String>>,
) -> Output<BTreeMap<String, String>> {
    let pairs = running.iter().map(|one| {
        let name = one.name.clone();
        what(&one.service).map(move |what| what.map(|what| (name, what)))
    });
    Output::all(pairs).map(|pairs| pairs.into_iter().flatten().collect())
}

fn together(pairs: impl Iterator<Item = (String, Output<String>)>) -> Output<BTreeMap<String, String>> {
    let pairs = pairs.map(|(name, what)| what.map(|what| (name, what)));
    Output::all(pairs).map(|pairs| pairs.into_iter().collect())
}
