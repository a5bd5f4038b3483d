//! What AWS shows of a deployment that fails: tasks that ended, targets that are ill, what the service and its
//! containers said. What can't be read is left out: the deployment has failed all the same.

use aws_sdk_ecs::types;
use aws_sdk_elasticloadbalancingv2::types as elb;

use super::super::calls::cluster_of;
use crate::aws::{Cx, limits::counts};

/// What is known of a deployment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Tasks that ended, the latest first.
    pub tasks: Vec<Ended>,
    /// Targets that aren't healthy.
    pub targets: Vec<Target>,
    /// What the service said, the latest first.
    pub events: Vec<String>,
    /// What the container that died had written last, the latest line at the end.
    pub log: Vec<String>,
}

/// A task that ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ended {
    /// Its id.
    pub id: String,
    /// AWS's code for why, such as `TaskFailedToStart`.
    pub code: String,
    /// AWS's words for why.
    pub reason: String,
    /// Its containers.
    pub containers: Vec<Died>,
}

/// A container of a task that ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Died {
    /// Its name.
    pub name: String,
    /// With which code it ended, if it had begun.
    pub exit_code: Option<i32>,
    /// AWS's words, if there are any.
    pub reason: String,
}

/// A target that isn't healthy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Target {
    /// Its port.
    pub port: Option<i32>,
    /// The path of the health check.
    pub path: String,
    /// AWS's code for why, such as `Target.ResponseCodeMismatch`; empty where the service alone tells it.
    pub code: String,
    /// AWS's words for why.
    pub description: String,
}

impl Evidence {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.tasks.is_empty() && self.targets.is_empty() && self.events.is_empty()
    }
}

/// What the service has said since a deployment began, the latest first.
pub fn events_of<'a>(
    service: &'a types::Service,
    deployment: &'a types::Deployment,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let begun = deployment.created_at().map_or(i64::MIN, |time| time.secs());
    let since = service.events().iter().filter(move |event| event.created_at().is_none_or(|at| at.secs() >= begun));
    since.filter_map(|event| event.message())
}

/// Asks for all that tells why a deployment fails.
pub async fn gather(cx: &Cx, service: &types::Service, deployment: &types::Deployment) -> Evidence {
    let tasks = ended(cx, service, deployment).await;
    let log = match tasks.first() {
        Some(task) => log_of(cx, task).await.unwrap_or_default(),
        None => Vec::new(),
    };
    Evidence {
        tasks: tasks.iter().map(told).collect(),
        targets: ill(cx, service, deployment).await,
        events: events_of(service, deployment).take(counts::EVENTS_TOLD).map(ToOwned::to_owned).collect(),
        log,
    }
}

/// The deployment's tasks that ended, the latest first.
async fn ended(cx: &Cx, service: &types::Service, deployment: &types::Deployment) -> Vec<types::Task> {
    let cluster = cluster_of(service.service_arn().unwrap_or_default());
    let call = cx.ecs().list_tasks().cluster(cluster).service_name(service.service_name().unwrap_or_default());
    let Ok(listed) = call.desired_status(types::DesiredStatus::Stopped).send().await else { return Vec::new() };
    let arns = listed.task_arns.unwrap_or_default();
    if arns.is_empty() {
        return Vec::new();
    }
    let Ok(found) = cx.ecs().describe_tasks().cluster(cluster).set_tasks(Some(arns)).send().await else {
        return Vec::new();
    };
    let mut tasks = found.tasks.unwrap_or_default();
    tasks.retain(|task| task.started_by() == deployment.id());
    tasks.sort_by_key(|task| std::cmp::Reverse(task.stopped_at().map(|at| at.secs())));
    tasks
}

fn told(task: &types::Task) -> Ended {
    Ended {
        id: id_of(task).to_owned(),
        code: task.stop_code().map(ToString::to_string).unwrap_or_default(),
        reason: task.stopped_reason().unwrap_or_default().to_owned(),
        containers: task.containers().iter().map(died).collect(),
    }
}

fn died(container: &types::Container) -> Died {
    Died {
        name: container.name().unwrap_or_default().to_owned(),
        exit_code: container.exit_code(),
        reason: container.reason().unwrap_or_default().to_owned(),
    }
}

fn id_of(task: &types::Task) -> &str {
    task.task_arn().and_then(|arn| arn.rsplit('/').next()).unwrap_or_default()
}

/// The last lines of the container that took the task with it.
async fn log_of(cx: &Cx, task: &types::Task) -> Option<Vec<String>> {
    let dead = |container: &&types::Container| container.exit_code().is_some_and(|code| code != 0);
    let name = task.containers().iter().find(dead).or(task.containers().first())?.name()?;
    let call = cx.ecs().describe_task_definition().task_definition(task.task_definition_arn()?);
    let definition = call.send().await.ok()?.task_definition?;
    let container = definition.container_definitions().iter().find(|container| container.name() == Some(name))?;
    let options = container.log_configuration()?.options()?;
    if options.get("awslogs-region").is_some_and(|region| region != cx.region()) {
        return None;
    }
    let stream = format!("{}/{name}/{}", options.get("awslogs-stream-prefix")?, id_of(task));
    let call = cx.logs().get_log_events().log_group_name(options.get("awslogs-group")?).log_stream_name(stream);
    let events = call.limit(counts::LOG_LINES_TOLD).start_from_head(false).send().await.ok()?.events?;
    Some(events.into_iter().filter_map(|event| event.message).collect())
}

/// The service's targets that aren't healthy. Those of a deployment that was taken back are gone, and the service
/// remembers what was said of them.
async fn ill(cx: &Cx, service: &types::Service, deployment: &types::Deployment) -> Vec<Target> {
    let groups = service.load_balancers().iter().filter_map(|balancer| balancer.target_group_arn());
    let mut ill = Vec::new();
    for group in groups {
        let Ok(answer) = cx.elb().describe_target_health().target_group_arn(group).send().await else { continue };
        let descriptions = answer.target_health_descriptions.unwrap_or_default();
        let mut found: Vec<_> = descriptions.into_iter().filter_map(target).collect();
        if found.is_empty() {
            let remembered = events_of(service, deployment).find(|event| is_of_ill_target(event, group));
            found.extend(remembered.map(|event| Target { description: event.to_owned(), ..Target::default() }));
        }
        if !found.is_empty() {
            let path = health_check_path(cx, group).await.unwrap_or_default();
            ill.extend(found.into_iter().map(|target| Target { path: path.clone(), ..target }));
        }
    }
    ill
}

/// Whether that is said of a target of a group: `(service web) (port 3000) is unhealthy in (target-group …) due to …`.
fn is_of_ill_target(event: &str, group: &str) -> bool {
    event.contains("is unhealthy in") && event.contains(group)
}

fn target(described: elb::TargetHealthDescription) -> Option<Target> {
    let health = described.target_health.filter(is_ill)?;
    Some(Target {
        port: described.target.and_then(|target| target.port),
        path: String::new(),
        code: health.reason.map(|reason| reason.as_str().to_owned()).unwrap_or_default(),
        description: health.description.unwrap_or_default(),
    })
}

fn is_ill(health: &elb::TargetHealth) -> bool {
    matches!(health.state(), Some(elb::TargetHealthStateEnum::Unhealthy | elb::TargetHealthStateEnum::Unavailable))
}

async fn health_check_path(cx: &Cx, group: &str) -> Option<String> {
    let answer = cx.elb().describe_target_groups().target_group_arns(group).send().await.ok()?;
    answer.target_groups?.into_iter().next()?.health_check_path
}
