//! What Amazon ECS is asked for a service.

use std::collections::BTreeMap;

use aws_sdk_ecs::types;
use framework::{
    error::Kind,
    resource::{Change, Look, Owner},
};

use super::{ForceNewDeployment, SchedulingStrategy, Service, ServiceInputs, fields, rollout, seen};
use crate::{
    aws::{
        Cx, Error, Findable, Result, Session, answered,
        limits::{codes, counts, waits},
        tags::ecs as tagging,
        unless_gone,
    },
    resources::{ec2_calls::client_token, wire::Slot},
};

impl Findable for types::Service {
    fn id(&self) -> Option<&str> {
        self.service_arn()
    }

    /// A call is about one cluster, which the ARNs name.
    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let mut clusters: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for id in ids {
            clusters.entry(cluster_of(&id).to_owned()).or_default().push(id);
        }
        let mut found = Vec::new();
        for (cluster, ids) in clusters {
            for some in ids.chunks(counts::SERVICES_AT_ONCE) {
                found.extend(describe(session, &cluster, some.to_vec()).await?);
            }
        }
        Ok(found)
    }
}

/// The cluster's name in a service's ARN.
pub fn cluster_of(arn: &str) -> &str {
    arn.rsplit('/').nth(1).unwrap_or_default()
}

async fn describe(session: &Session, cluster: &str, services: Vec<String>) -> Result<Vec<types::Service>> {
    let call = session.ecs().describe_services().cluster(cluster).set_services(Some(services));
    let answer = unless_gone(call.include(types::ServiceField::Tags).send().await)?;
    Ok(answer.and_then(|answer| answer.services).unwrap_or_default())
}

/// The service of that name, unless it is gone.
pub async fn named(cx: &Cx, cluster: &str, name: &str) -> Result<Option<types::Service>> {
    let found = describe(cx, cluster, vec![name.to_owned()]).await?.into_iter().next();
    Ok(found.filter(|found| found.status() != Some("INACTIVE")))
}

/// Makes the service. One of the same name that is on its way out is waited for.
pub async fn create(cx: &Cx, want: &ServiceInputs, owner: &Owner) -> Result<String> {
    let name = &want.service_name;
    let vacant = || async { vacancy(named(cx, &want.cluster, name).await?, name) };
    cx.until(&waits::SERVICE_DRAINED, name, vacant).await?;
    cx.until(&waits::SERVICE_ACCEPTED, name, || ask(cx, want, owner)).await
}

fn vacancy(found: Option<types::Service>, name: &str) -> Result<Look<()>> {
    match found.as_ref().map(|found| found.status().unwrap_or_default()) {
        None => Ok(Look::Ready(())),
        Some("DRAINING") => Ok(Look::Pending("still being deleted".to_owned())),
        Some(_) => Err(Error::new(Kind::Exists, format!("the service {name} exists already"))),
    }
}

async fn ask(cx: &Cx, want: &ServiceInputs, owner: &Owner) -> Result<Look<String>> {
    let replicas = want.scheduling_strategy == SchedulingStrategy::Replica;
    let call = cx
        .ecs()
        .create_service()
        .service_name(&want.service_name)
        .cluster(&want.cluster)
        .set_task_definition(want.task_definition.clone())
        .set_desired_count(want.desired_count.or(replicas.then_some(counts::TASKS_BY_DEFAULT)))
        .set_launch_type(want.launch_type.put()?)
        .set_capacity_provider_strategy(want.capacity_provider_strategy.put()?)
        .set_platform_version(want.platform_version.clone())
        .set_network_configuration(want.network_configuration.put()?)
        .set_load_balancers(want.load_balancers.put()?.filter(|list| !list.is_empty()))
        .set_health_check_grace_period_seconds(want.health_check_grace_period_seconds)
        .set_deployment_configuration(want.deployment_configuration.put()?)
        .set_deployment_controller(want.deployment_controller.put()?)
        .enable_execute_command(want.enable_execute_command)
        .enable_ecs_managed_tags(want.enable_ecs_managed_tags)
        .set_propagate_tags(want.propagate_tags.put()?)
        .set_availability_zone_rebalancing(want.availability_zone_rebalancing.put()?)
        .set_scheduling_strategy(want.scheduling_strategy.put()?)
        .set_placement_constraints(want.placement_constraints.put()?.filter(|list| !list.is_empty()))
        .set_placement_strategy(want.placement_strategies.put()?.filter(|list| !list.is_empty()))
        .set_role(want.role.clone())
        .set_service_registries(want.service_registries.put()?.filter(|list| !list.is_empty()))
        .set_service_connect_configuration(want.service_connect_configuration.put()?)
        .set_volume_configurations(want.volume_configurations.put()?.filter(|list| !list.is_empty()))
        .set_vpc_lattice_configurations(want.vpc_lattice_configurations.put()?.filter(|list| !list.is_empty()))
        .set_gateway_connectors(want.gateway_connectors.put()?.filter(|list| !list.is_empty()))
        .set_monitoring(want.monitoring.put()?)
        .set_tags(Some(tagging::for_create(&want.tags, owner)))
        .set_client_token(client_token(owner));
    match call.send().await.map_err(Error::from) {
        Ok(made) => answered(made.service.and_then(|made| made.service_arn), "serviceArn").map(Look::Ready),
        Err(error) => not_known_yet(error),
    }
}

/// What Amazon ECS doesn't know yet, as it was made just now, is asked for again.
fn not_known_yet<T>(error: Error) -> Result<Look<T>> {
    if codes::says(&error, codes::ECS_ROLE_NOT_ASSUMABLE) || codes::says(&error, codes::NOT_READY_FOR_A_SERVICE) {
        Ok(Look::Pending(error.to_string()))
    } else {
        Err(error)
    }
}

/// What has to be asked for once more, though the program hasn't changed: its last deployment has failed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Again {
    /// The task definition, which the circuit breaker took back. It goes back to an older one: a newer one was
    /// deployed by somebody else, for whom the program may ignore changes.
    task_definition: Option<String>,
    /// Another deployment of the same, as nothing follows one that was given up.
    deployment: bool,
}

impl Again {
    fn of(found: &types::Service, want: &ServiceInputs) -> Self {
        let stands = found.task_definition().unwrap_or_default();
        let wanted = want.task_definition.clone().filter(|wanted| !seen::is_or_follows(wanted, stands));
        Again { deployment: wanted.is_none() && rollout::has_failed(found), task_definition: wanted }
    }
}

/// Changes all that differs, in one call.
pub async fn update(cx: &Cx, id: &str, change: &Change<Service>) -> Result<()> {
    let found = cx.find::<types::Service>(id).await?;
    let again = found.as_ref().map_or_else(Again::default, |found| Again::of(found, change.wanted()));
    if !asks_for_something(change) && again == Again::default() {
        return Ok(());
    }
    cx.until(&waits::SERVICE_ACCEPTED, id, || change_once(cx, id, change, &again)).await
}

fn asks_for_something(change: &Change<Service>) -> bool {
    change.to(fields::task_definition).is_some()
        || change.to(fields::desired_count).flatten().is_some()
        || change.to(fields::launch_type).flatten().is_some()
        || change.to(fields::capacity_provider_strategy).flatten().is_some()
        || change.to(fields::platform_version).flatten().is_some()
        || change.to(fields::network_configuration).is_some()
        || change.to(fields::load_balancers).is_some()
        || change.to(fields::health_check_grace_period_seconds).is_some()
        || change.to(fields::deployment_configuration).is_some()
        || change.to(fields::deployment_controller).is_some()
        || change.to(fields::force_new_deployment).flatten().is_some()
        || change.to(fields::enable_execute_command).is_some()
        || change.to(fields::enable_ecs_managed_tags).is_some()
        || change.to(fields::propagate_tags).is_some()
        || change.to(fields::availability_zone_rebalancing).flatten().is_some()
        || change.to(fields::placement_constraints).is_some()
        || change.to(fields::placement_strategies).is_some()
        || change.to(fields::service_registries).is_some()
        || change.to(fields::service_connect_configuration).is_some()
        || change.to(fields::volume_configurations).is_some()
        || change.to(fields::vpc_lattice_configurations).is_some()
        || change.to(fields::gateway_connectors).is_some()
        || change.to(fields::monitoring).is_some()
}

async fn change_once(cx: &Cx, id: &str, change: &Change<Service>, again: &Again) -> Result<Look<()>> {
    let call = cx
        .ecs()
        .update_service()
        .cluster(cluster_of(id))
        .service(id)
        .set_task_definition(change.to(fields::task_definition).flatten().or(again.task_definition.clone()))
        .set_desired_count(change.to(fields::desired_count).flatten())
        .set_capacity_provider_strategy(strategy(change)?)
        .set_platform_version(change.to(fields::platform_version).flatten())
        .set_network_configuration(change.to(fields::network_configuration).flatten().put()?)
        .set_load_balancers(change.to(fields::load_balancers).put()?)
        .set_health_check_grace_period_seconds(
            change.to(fields::health_check_grace_period_seconds).map(Option::unwrap_or_default),
        )
        .set_deployment_configuration(change.to(fields::deployment_configuration).map(whole).put()?)
        .set_deployment_controller(change.to(fields::deployment_controller).map(Option::unwrap_or_default).put()?)
        .set_force_new_deployment(forced(change, again))
        .set_enable_execute_command(change.to(fields::enable_execute_command))
        .set_enable_ecs_managed_tags(change.to(fields::enable_ecs_managed_tags))
        .set_propagate_tags(propagation(change)?)
        .set_availability_zone_rebalancing(change.to(fields::availability_zone_rebalancing).flatten().put()?)
        .set_placement_constraints(change.to(fields::placement_constraints).put()?)
        .set_placement_strategy(change.to(fields::placement_strategies).put()?)
        .set_service_registries(change.to(fields::service_registries).put()?)
        .set_service_connect_configuration(
            change.to(fields::service_connect_configuration).map(Option::unwrap_or_default).put()?,
        )
        .set_volume_configurations(change.to(fields::volume_configurations).put()?)
        .set_vpc_lattice_configurations(change.to(fields::vpc_lattice_configurations).put()?)
        .set_gateway_connectors(change.to(fields::gateway_connectors).put()?)
        .set_monitoring(change.to(fields::monitoring).flatten().put()?);
    match call.send().await.map_err(Error::from) {
        Ok(_) => Ok(Look::Ready(())),
        Err(error) => not_known_yet(error),
    }
}

/// An empty strategy takes a service back to its launch type.
fn strategy(change: &Change<Service>) -> Result<Option<Vec<types::CapacityProviderStrategyItem>>> {
    match change.to(fields::capacity_provider_strategy).flatten() {
        None if change.to(fields::launch_type).flatten().is_some() => Ok(Some(Vec::new())),
        given => given.put(),
    }
}

fn propagation(change: &Change<Service>) -> Result<Option<types::PropagateTags>> {
    let Some(wanted) = change.to(fields::propagate_tags) else { return Ok(None) };
    Ok(Some(wanted.put()?.unwrap_or(types::PropagateTags::None)))
}

/// What the program leaves out goes back to what it is by itself.
fn whole(wanted: Option<super::DeploymentConfiguration>) -> super::DeploymentConfiguration {
    let default = seen::by_default();
    let wanted = wanted.unwrap_or_default();
    super::DeploymentConfiguration {
        strategy: wanted.strategy.or(default.strategy),
        minimum_healthy_percent: wanted.minimum_healthy_percent.or(default.minimum_healthy_percent),
        maximum_percent: wanted.maximum_percent.or(default.maximum_percent),
        deployment_circuit_breaker: wanted.deployment_circuit_breaker.or(default.deployment_circuit_breaker),
        ..wanted
    }
}

fn forced(change: &Change<Service>, again: &Again) -> Option<bool> {
    let asked = |force: ForceNewDeployment| force.enable_force_new_deployment;
    change.to(fields::force_new_deployment).flatten().map(asked).or(again.deployment.then_some(true))
}

/// Ends the service, and waits until its tasks have ended: their network interfaces keep subnets and security groups
/// in use.
pub async fn delete(cx: &Cx, id: &str) -> Result<()> {
    let cluster = cluster_of(id);
    let Some(found) = cx.find::<types::Service>(id).await? else { return Ok(()) };
    if found.status() == Some("ACTIVE") && found.desired_count > 0 {
        unless_gone(cx.ecs().update_service().cluster(cluster).service(id).desired_count(0).send().await)?;
    }
    let tasks = tasks(cx, cluster, id).await?;
    if found.status() == Some("ACTIVE") {
        unless_gone(cx.ecs().delete_service().cluster(cluster).service(id).force(true).send().await)?;
    }
    cx.until(&waits::TASKS_STOPPED, id, || stopped(cx, cluster, &tasks)).await
}

/// The tasks of a service that have not ended yet.
async fn tasks(cx: &Cx, cluster: &str, service: &str) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for status in [types::DesiredStatus::Running, types::DesiredStatus::Stopped] {
        let call = cx.ecs().list_tasks().cluster(cluster).service_name(service).desired_status(status);
        let pages = call.into_paginator().items().send();
        let listed = pages.collect::<std::result::Result<Vec<_>, _>>().await;
        all.extend(unless_gone(listed)?.unwrap_or_default());
    }
    Ok(all)
}

async fn stopped(cx: &Cx, cluster: &str, tasks: &[String]) -> Result<Look<()>> {
    let mut left = 0;
    for some in tasks.chunks(counts::TASKS_AT_ONCE) {
        let call = cx.ecs().describe_tasks().cluster(cluster).set_tasks(Some(some.to_vec()));
        let found = unless_gone(call.send().await)?.and_then(|answer| answer.tasks).unwrap_or_default();
        left += found.iter().filter(|task| task.last_status() != Some("STOPPED")).count();
    }
    Ok(if left == 0 { Look::Ready(()) } else { Look::Pending(format!("{left} of its tasks are still stopping")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_names_the_cluster() {
        assert_eq!(cluster_of("arn:aws:ecs:eu-west-1:123456789012:service/apps/web"), "apps");
        assert_eq!(cluster_of("web"), "");
    }
}
