//! A service as AWS tells it, in the program's words where they mean the same.

use aws_sdk_ecs::types;
use framework::property::Properties;

use super::{
    DeploymentCircuitBreaker, DeploymentConfiguration, DeploymentController, DeploymentStrategy, Service, fields,
};
use crate::{
    aws::{Result, answered, tags::ecs as tagging},
    resources::wire::Slot,
};

/// The service's properties.
pub fn service(said: &Properties<'_, Service>, found: types::Service) -> Result<Service> {
    let primary = found.deployments().iter().find(|deployment| deployment.status() == Some("PRIMARY")).cloned();
    let cluster_arn = answered(found.cluster_arn, "clusterArn")?;
    let service_name = answered(found.service_name, "serviceName")?;
    let controller: Option<DeploymentController> = Slot::take(found.deployment_controller);
    let configuration: Option<DeploymentConfiguration> = Slot::take(found.deployment_configuration);
    let said_configuration = said.get(fields::deployment_configuration).flatten();
    Ok(Service {
        cluster: said.get(fields::cluster).filter(|said| names(said, &cluster_arn)).unwrap_or(cluster_arn.clone()),
        task_definition: found.task_definition.map(|arn| {
            let said = said.get(fields::task_definition).flatten();
            said.filter(|said| is_revision(said, &arn)).unwrap_or(arn)
        }),
        desired_count: Some(found.desired_count),
        launch_type: Slot::take(found.launch_type),
        capacity_provider_strategy: Slot::take(found.capacity_provider_strategy.filter(|items| !items.is_empty())),
        platform_version: found.platform_version.filter(|version| !version.is_empty()),
        network_configuration: Slot::take(found.network_configuration),
        load_balancers: Slot::take(found.load_balancers),
        health_check_grace_period_seconds: found
            .health_check_grace_period_seconds
            .filter(|seconds| *seconds != 0 || said.has(fields::health_check_grace_period_seconds)),
        deployment_configuration: configuration.and_then(|found| as_said(found, said_configuration.as_ref())),
        deployment_controller: controller
            .filter(|found| *found != DeploymentController::default() || said.has(fields::deployment_controller)),
        force_new_deployment: None,
        enable_execute_command: found.enable_execute_command,
        enable_ecs_managed_tags: found.enable_ecs_managed_tags,
        propagate_tags: Slot::take(found.propagate_tags),
        availability_zone_rebalancing: Slot::take(found.availability_zone_rebalancing),
        scheduling_strategy: Slot::take(found.scheduling_strategy),
        placement_constraints: Slot::take(found.placement_constraints),
        placement_strategies: Slot::take(found.placement_strategy),
        role: found.role_arn.filter(|_| said.has(fields::role)).map(|arn| {
            let said = said.get(fields::role).flatten();
            said.filter(|said| names(said, &arn)).unwrap_or(arn)
        }),
        service_registries: Slot::take(found.service_registries),
        service_connect_configuration: None,
        volume_configurations: Vec::new(),
        vpc_lattice_configurations: Slot::take(primary.and_then(|primary| primary.vpc_lattice_configurations)),
        gateway_connectors: Vec::new(),
        monitoring: None,
        wait_for_steady_state: said.get(fields::wait_for_steady_state).unwrap_or(true),
        tags: tagging::tags(found.tags.as_deref().unwrap_or_default()),
        service_arn: answered(found.service_arn, "serviceArn")?,
        name: service_name.clone(),
        service_name,
        cluster_arn,
        status: found.status.unwrap_or_default(),
    })
}

/// Whether a name, or an ARN, is that of the thing.
fn names(said: &str, arn: &str) -> bool {
    said == arn || arn.rsplit_once('/').is_some_and(|(_, name)| name == said)
}

/// Whether a program means that revision: by its ARN, as `family:revision`, or as the latest of the family.
pub fn is_revision(said: &str, arn: &str) -> bool {
    names(said, arn) || names(&format!("{said}:{}", revision(arn)), arn)
}

fn revision(arn: &str) -> &str {
    arn.rsplit_once(':').map_or("", |(_, revision)| revision)
}

/// Whether a program means that revision, or an earlier one of the same family.
pub fn is_or_follows(said: &str, arn: &str) -> bool {
    is_revision(said, arn) || is_before(said, arn)
}

fn is_before(said: &str, arn: &str) -> bool {
    let Some((family, earlier)) = said.rsplit_once(':') else { return false };
    let Some((own, later)) = arn.rsplit_once(':') else { return false };
    let both = earlier.parse::<u64>().ok().zip(later.parse::<u64>().ok());
    names(family, own) && both.is_some_and(|(earlier, later)| earlier < later)
}

/// What Amazon ECS makes of a deployment configuration that says nothing.
pub fn by_default() -> DeploymentConfiguration {
    DeploymentConfiguration {
        strategy: Some(DeploymentStrategy::Rolling),
        minimum_healthy_percent: Some(100),
        maximum_percent: Some(200),
        deployment_circuit_breaker: Some(DeploymentCircuitBreaker::default()),
        ..DeploymentConfiguration::default()
    }
}

/// The configuration without what AWS fills in where the program says nothing.
fn as_said(found: DeploymentConfiguration, said: Option<&DeploymentConfiguration>) -> Option<DeploymentConfiguration> {
    let (empty, default) = (DeploymentConfiguration::default(), by_default());
    let silent = said.unwrap_or(&empty);
    let trimmed = DeploymentConfiguration {
        strategy: unless_filled_in(found.strategy, silent.strategy, default.strategy),
        minimum_healthy_percent: unless_filled_in(
            found.minimum_healthy_percent,
            silent.minimum_healthy_percent,
            default.minimum_healthy_percent,
        ),
        maximum_percent: unless_filled_in(found.maximum_percent, silent.maximum_percent, default.maximum_percent),
        deployment_circuit_breaker: unless_filled_in(
            found.deployment_circuit_breaker,
            silent.deployment_circuit_breaker.clone(),
            default.deployment_circuit_breaker,
        ),
        alarms: found.alarms.filter(|found| !found.alarm_names.is_empty() || silent.alarms.is_some()),
        bake_time_in_minutes: unless_filled_in(found.bake_time_in_minutes, silent.bake_time_in_minutes, Some(0)),
        ..found
    };
    Some(trimmed).filter(|trimmed| said.is_some() || *trimmed != empty)
}

fn unless_filled_in<T: PartialEq>(found: Option<T>, said: Option<T>, default: Option<T>) -> Option<T> {
    if said.is_none() && found == default { None } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_has_three_names() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:12";
        assert!([arn, "web:12", "web"].iter().all(|said| is_revision(said, arn)));
        assert!(!["web:11", "we", "web:1", "b:12"].iter().any(|said| is_revision(said, arn)));
    }

    #[test]
    fn revisions_of_a_family_follow_each_other() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:12";
        assert!(
            ["arn:aws:ecs:eu-west-1:123456789012:task-definition/web:9", "web:11"]
                .iter()
                .all(|said| is_before(said, arn))
        );
        assert!(!["web:12", "web:13", "web", "api:11", arn].iter().any(|said| is_before(said, arn)));
    }

    #[test]
    fn what_aws_fills_in_is_nobodys_word() {
        let filled = || DeploymentConfiguration { bake_time_in_minutes: Some(0), ..by_default() };
        assert_eq!(as_said(filled(), None), None);
        let said = DeploymentConfiguration { maximum_percent: Some(200), ..DeploymentConfiguration::default() };
        assert_eq!(as_said(filled(), Some(&said)), Some(said));
        let other = DeploymentConfiguration { maximum_percent: Some(150), ..filled() };
        let told = DeploymentConfiguration { maximum_percent: Some(150), ..DeploymentConfiguration::default() };
        assert_eq!(as_said(other, None), Some(told));
    }
}
