//! What has to hold between the properties of a service.

use framework::{problem::Problems, property::Properties};

use super::{DeploymentControllerType, LaunchType, SchedulingStrategy, Service, fields};
use crate::resources::ecs::strategy_rules;

/// Notes all that is wrong.
pub fn check(want: &Properties<'_, Service>, problems: &mut Problems) {
    let controller = want.get(fields::deployment_controller).flatten().map(|controller| controller.r#type);
    if controller.unwrap_or_default() != DeploymentControllerType::External && !want.has(fields::task_definition) {
        problems.add(want.path(fields::task_definition), "is required, unless deploymentController is EXTERNAL");
    }
    capacity(want, problems);
    scheduling(want, problems);
    load_balancers(want, problems);
    percents(want, problems);
}

fn capacity(want: &Properties<'_, Service>, problems: &mut Problems) {
    let strategy = want.get(fields::capacity_provider_strategy).flatten().unwrap_or_default();
    strategy_rules(&strategy, &want.path(fields::capacity_provider_strategy), problems);
    if !strategy.is_empty() && want.has(fields::launch_type) {
        problems.add(want.path(fields::capacity_provider_strategy), "can't be given together with launchType");
    }
    if want.get(fields::launch_type).flatten() != Some(LaunchType::Fargate) {
        return;
    }
    if !want.has(fields::network_configuration) {
        problems.add(want.path(fields::network_configuration), "is required for FARGATE");
    }
    if want.get(fields::placement_constraints).is_some_and(|all| !all.is_empty()) {
        problems.add(want.path(fields::placement_constraints), "can't be given for FARGATE");
    }
    if want.get(fields::placement_strategies).is_some_and(|all| !all.is_empty()) {
        problems.add(want.path(fields::placement_strategies), "can't be given for FARGATE");
    }
    if want.get(fields::scheduling_strategy) == Some(SchedulingStrategy::Daemon) {
        problems.add(want.path(fields::scheduling_strategy), "must be REPLICA for FARGATE");
    }
}

fn scheduling(want: &Properties<'_, Service>, problems: &mut Problems) {
    if want.get(fields::scheduling_strategy) == Some(SchedulingStrategy::Daemon) && want.has(fields::desired_count) {
        problems.add(want.path(fields::desired_count), "can't be given for DAEMON");
    }
}

fn load_balancers(want: &Properties<'_, Service>, problems: &mut Problems) {
    for (index, balancer) in want.get(fields::load_balancers).unwrap_or_default().iter().enumerate() {
        let at = want.path(fields::load_balancers).index(index);
        match (&balancer.target_group_arn, &balancer.load_balancer_name) {
            (None, None) => problems.add(at.key("targetGroupArn"), "is required, unless loadBalancerName is given"),
            (Some(_), Some(_)) => {
                problems.add(at.key("loadBalancerName"), "can't be given together with targetGroupArn");
            }
            _ => {}
        }
        for (name, given) in
            [("containerName", balancer.container_name.is_some()), ("containerPort", balancer.container_port.is_some())]
        {
            if !given {
                problems.add(at.key(name), "is required");
            }
        }
    }
}

/// A deployment needs room: fewer tasks than desired for a while, or more.
fn percents(want: &Properties<'_, Service>, problems: &mut Problems) {
    let Some(configuration) = want.get(fields::deployment_configuration).flatten() else { return };
    let (least, most) = (configuration.minimum_healthy_percent, configuration.maximum_percent);
    if let (Some(least), Some(most)) = (least, most)
        && most <= least
    {
        let at = want.path(fields::deployment_configuration).key("maximumPercent");
        problems.add(at, "must be more than minimumHealthyPercent, or no deployment can begin");
    }
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn told(want: &[(&str, Value)]) -> Vec<String> {
        let want: Map = want.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        let mut problems = Problems::none();
        check(&Properties::new(&want), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    fn map(of: &[(&str, Value)]) -> Value {
        Value::Map(of.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
    }

    #[test]
    fn a_service_needs_a_task_definition_and_fargate_a_network() {
        assert_eq!(
            told(&[("launchType", "FARGATE".into())]),
            [
                "taskDefinition is required, unless deploymentController is EXTERNAL",
                "networkConfiguration is required for FARGATE",
            ]
        );
        let external = map(&[("type", "EXTERNAL".into())]);
        assert_eq!(told(&[("deploymentController", external)]), Vec::<String>::new());
    }

    #[test]
    fn a_load_balancer_names_a_container() {
        let balancers = Value::List(vec![map(&[])]);
        assert_eq!(
            told(&[("taskDefinition", "web".into()), ("loadBalancers", balancers)]),
            [
                "loadBalancers[0].targetGroupArn is required, unless loadBalancerName is given",
                "loadBalancers[0].containerName is required",
                "loadBalancers[0].containerPort is required",
            ]
        );
    }

    #[test]
    fn a_deployment_needs_room() {
        let full = map(&[("minimumHealthyPercent", Value::Number(100.0)), ("maximumPercent", Value::Number(100.0))]);
        let told = told(&[("taskDefinition", "web".into()), ("deploymentConfiguration", full)]);
        assert_eq!(
            told,
            [
                "deploymentConfiguration.maximumPercent must be more than minimumHealthyPercent, or no deployment can begin"
            ]
        );
    }
}
