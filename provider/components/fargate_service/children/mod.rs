//! The children of a service, described as its plan says.

mod image;
mod links;
mod roles;
mod scaling;
mod site;
mod tasks;
mod traffic;

use framework::{component::Scope, problem::Problems, value::Output};

use super::{inputs::FargateServiceInputs, outputs::FargateServiceOutputs, plan::Plan};
use crate::{aws::Aws, resources::logs::LogGroupArgs};
use site::Site;

/// Describes everything of a service.
///
/// # Errors
///
/// What a cluster or balancer of its own doesn't take.
pub fn describe(
    scope: &Scope<Aws>,
    plan: &Plan,
    want: &FargateServiceInputs,
) -> Result<FargateServiceOutputs, Problems> {
    let site = Site::new(scope, plan, want)?;
    let log_group = site.child(
        "log-group",
        LogGroupArgs {
            retention_in_days: plan.log_retention.into(),
            tags: site.tags.of("log-group").into(),
            ..LogGroupArgs::default()
        },
    );
    let said = site.said(&site.image.uri, &log_group.arn());
    let execution = roles::execution(&site, &site.said(&site.image.source, &log_group.arn()));
    let task = roles::task(&site);
    let guard = site.security_group();
    let doors = links::describe(&site, &guard);
    let way = traffic::describe(&site, &guard)?;
    let definition = tasks::definition(&site, &said, &execution, &task);
    let ready = [execution.ready, task.ready, doors].into_iter().chain(way.as_ref().map(|way| way.ready.clone()));
    let service = tasks::service(&site, &definition, &guard, way.as_ref(), &Output::all(ready));
    scaling::describe(&site, &service.service_arn(), way.as_ref());
    Ok(FargateServiceOutputs {
        service_name: service.name(),
        service_arn: service.service_arn(),
        cluster_arn: site.cluster_arn.clone(),
        task_definition_arn: definition.task_definition_arn(),
        task_role_arn: task.arn,
        execution_role_arn: execution.arn,
        security_group_id: guard.group_id(),
        target_group_arn: way.as_ref().map_or_else(|| Output::known(None), |way| way.target_group_arn.map(Some)),
        log_group_name: log_group.log_group_name(),
        image_uri: site.image.uri.clone(),
        url: way.map_or_else(|| Output::known(None), |way| way.url.map(Some)),
    })
}
