//! Waiting until a service is steady, and finding out why it doesn't get there.

mod diagnosis;
mod evidence;
mod reasons;

use std::sync::Mutex;

use aws_sdk_ecs::types::{self, DeploymentRolloutState as Rollout};
use framework::{error::Kind, resource::Look};

use super::{DeploymentControllerType, ServiceInputs, seen::is_or_follows};
use crate::aws::{
    Cx, Error, Result,
    limits::{counts, waits},
    lock::locked,
};

/// Waits until the tasks of the service's deployment run and are healthy.
///
/// # Errors
///
/// Why they don't, as soon as Amazon ECS has given the deployment up, or enough of its tasks have failed alike.
pub async fn settled(cx: &Cx, id: &str, want: &ServiceInputs) -> Result<()> {
    let controller = want.deployment_controller.as_ref().map(|controller| controller.r#type).unwrap_or_default();
    if !want.wait_for_steady_state || controller != DeploymentControllerType::Ecs {
        return Ok(());
    }
    let watch = Watch::of(want);
    match cx.until(&waits::SERVICE_STEADY, id, || watch.look(cx, id)).await {
        Ok(None) => Ok(()),
        Ok(Some(failed)) => Err(failed.explained(cx).await),
        Err(error) if error.kind() == Kind::TimedOut => Err(watch.with_evidence(cx, id, error).await),
        Err(error) => Err(error),
    }
}

/// A deployment that failed, and what AWS says of that.
struct Failed {
    service: types::Service,
    deployment: types::Deployment,
    told: String,
}

impl Failed {
    async fn explained(self, cx: &Cx) -> Error {
        let evidence = evidence::gather(cx, &self.service, &self.deployment).await;
        let name = self.service.service_name().unwrap_or_default();
        let found = diagnosis::of(&evidence);
        let told = self.told.trim_end_matches('.');
        let runs_on = self.taken_back_to().map(|task| format!(". {task} runs on")).unwrap_or_default();
        let message = format!("the deployment of the service {name} failed: {}. {told}{runs_on}", found.what);
        let error = Error::new(Kind::Failed, with_details(&message, &found.details));
        error.with_advice(found.advice)
    }

    /// The task definition that the service has gone back to, as `family:revision`.
    fn taken_back_to(&self) -> Option<&str> {
        let runs = primary(&self.service)?.task_definition()?;
        let other = self.deployment.task_definition() != Some(runs);
        runs.rsplit('/').next().filter(|_| other)
    }
}

fn with_details(message: &str, details: &str) -> String {
    let message = message.trim_end_matches('.');
    if details.is_empty() { message.to_owned() } else { format!("{message}. {details}") }
}

/// The deployment that is watched: at the first look, the one of the task definition that is wanted.
struct Watch {
    task_definition: Option<String>,
    first: Mutex<Option<String>>,
}

impl Watch {
    fn of(want: &ServiceInputs) -> Self {
        Watch { task_definition: want.task_definition.clone(), first: Mutex::default() }
    }

    async fn look(&self, cx: &Cx, id: &str) -> Result<Look<Option<Failed>>> {
        let Some(service) = cx.find::<types::Service>(id).await? else {
            return Ok(Look::Pending("not to be seen yet".to_owned()));
        };
        if service.status() != Some("ACTIVE") {
            return Ok(Look::Failed(format!("it is {}", service.status().unwrap_or_default())));
        }
        let Some(primary) = primary(&service).cloned() else { return Ok(Look::Pending(seen(&service, None))) };
        let Some(watched) = self.watched(&service, &primary) else {
            return Ok(Look::Pending("its deployment is not to be seen yet".to_owned()));
        };
        if let Some(told) = verdict(&watched, &primary) {
            return Ok(Look::Ready(Some(Failed { service, deployment: watched, told })));
        }
        if is_steady(&service, &primary) {
            return Ok(Look::Ready(None));
        }
        if !gives_up_by_itself(&service) && may_be_hopeless(&service, &primary) {
            let evidence = evidence::gather(cx, &service, &primary).await;
            if let Some(told) = diagnosis::hopeless(&evidence) {
                return Ok(Look::Ready(Some(Failed { service, deployment: primary, told })));
            }
        }
        Ok(Look::Pending(seen(&service, Some(&primary))))
    }

    /// The deployment that is watched, as it is now. The primary is another one before AWS shows the change, and
    /// after it has taken it back.
    fn watched(&self, service: &types::Service, primary: &types::Deployment) -> Option<types::Deployment> {
        let mut first = locked(&self.first);
        let found = match first.as_deref() {
            Some(id) => service.deployments().iter().find(|deployment| deployment.id() == Some(id)).or(Some(primary)),
            None if self.is_wanted(primary) => Some(primary),
            None => service.deployments().iter().find(|deployment| self.is_wanted(deployment)),
        }?;
        first.get_or_insert_with(|| found.id().unwrap_or_default().to_owned());
        Some(found.clone())
    }

    fn is_wanted(&self, deployment: &types::Deployment) -> bool {
        let of = deployment.task_definition().unwrap_or_default();
        self.task_definition.as_ref().is_none_or(|wanted| is_or_follows(wanted, of))
    }

    /// What can be seen of the reasons when time has run out.
    async fn with_evidence(&self, cx: &Cx, id: &str, error: Error) -> Error {
        let Ok(Some(service)) = cx.find::<types::Service>(id).await else { return error };
        let Some(primary) = primary(&service).cloned() else { return error };
        let evidence = evidence::gather(cx, &service, &primary).await;
        if evidence.is_empty() {
            return error;
        }
        let found = diagnosis::of(&evidence);
        let message = with_details(&format!("{error}. What AWS shows: {}", found.what), &found.details);
        Error::new(Kind::TimedOut, message).with_advice(found.advice)
    }
}

/// Whether nothing will come of the service's deployment: another one has to follow it.
pub fn has_failed(service: &types::Service) -> bool {
    primary(service).is_some_and(|primary| match primary.rollout_state() {
        Some(Rollout::Failed) => true,
        Some(Rollout::InProgress) => !gives_up_by_itself(service) && may_be_hopeless(service, primary),
        _ => false,
    })
}

fn primary(service: &types::Service) -> Option<&types::Deployment> {
    service.deployments().iter().find(|deployment| deployment.status() == Some("PRIMARY"))
}

/// What Amazon ECS says of a deployment that it has given up.
fn verdict(watched: &types::Deployment, primary: &types::Deployment) -> Option<String> {
    let reason = |deployment: &types::Deployment| deployment.rollout_state_reason().unwrap_or_default().to_owned();
    if watched.rollout_state() == Some(&Rollout::Failed) {
        return Some(reason(watched));
    }
    let another = watched.id() != primary.id() || reason(primary).contains("rolling back");
    (another && watched.task_definition() != primary.task_definition()).then(|| reason(primary))
}

fn is_steady(service: &types::Service, primary: &types::Deployment) -> bool {
    let completed = primary.rollout_state() == Some(&Rollout::Completed);
    let others = service.deployments().iter().filter(|other| other.id() != primary.id());
    let alone = others.map(|other| other.running_count + other.pending_count).sum::<i32>() == 0;
    completed && alone && service.running_count == service.desired_count && service.pending_count == 0
}

/// Whether a circuit breaker ends a deployment that fails.
fn gives_up_by_itself(service: &types::Service) -> bool {
    let breaker = service.deployment_configuration().and_then(|found| found.deployment_circuit_breaker());
    breaker.is_some_and(|breaker| breaker.enable)
}

fn may_be_hopeless(service: &types::Service, primary: &types::Deployment) -> bool {
    let unhealthy = evidence::events_of(service, primary).filter(|message| message.contains("unhealthy")).count();
    let enough = counts::FAILURES_OF_A_KIND;
    unhealthy >= enough || usize::try_from(primary.failed_tasks).is_ok_and(|failed| failed >= enough)
}

/// How far it is, and what AWS said last.
fn seen(service: &types::Service, primary: Option<&types::Deployment>) -> String {
    let mut told = format!("{} of {} tasks run", service.running_count, service.desired_count);
    let Some(primary) = primary else { return told };
    if primary.failed_tasks > 0 {
        told += &format!(", {} failed", primary.failed_tasks);
    }
    if let Some(last) = evidence::events_of(service, primary).next() {
        told += &format!("; {last}");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deployment(id: &str, revision: &str, rollout: Rollout) -> types::Deployment {
        types::Deployment::builder()
            .id(id)
            .status("PRIMARY")
            .task_definition(revision)
            .rollout_state(rollout)
            .rollout_state_reason("what AWS says")
            .build()
    }

    #[test]
    fn a_deployment_fails_by_its_own_state_or_by_being_taken_back() {
        let going_on = deployment("one", "web:2", Rollout::InProgress);
        let failed = deployment("one", "web:2", Rollout::Failed);
        let back = deployment("two", "web:1", Rollout::InProgress);
        let again = deployment("two", "web:2", Rollout::InProgress);
        assert_eq!(verdict(&going_on, &going_on), None);
        assert_eq!(verdict(&failed, &back).as_deref(), Some("what AWS says"));
        assert_eq!(verdict(&going_on, &back).as_deref(), Some("what AWS says"));
        assert_eq!(verdict(&going_on, &again), None);
    }

    #[test]
    fn steady_is_one_deployment_with_all_of_its_tasks() {
        let primary = deployment("one", "web:2", Rollout::Completed);
        let service = |running: i32, deployments: &[&types::Deployment]| {
            let all = deployments.iter().map(|one| (*one).clone()).collect();
            let service = types::Service::builder().set_deployments(Some(all));
            service.desired_count(2).running_count(running).build()
        };
        let mut old = deployment("old", "web:1", Rollout::Completed);
        assert!(is_steady(&service(2, &[&primary, &old]), &primary));
        old.running_count = 1;
        assert!(is_steady(&service(2, &[&primary]), &primary));
        assert!(!is_steady(&service(1, &[&primary]), &primary));
        assert!(!is_steady(&service(2, &[&primary, &old]), &primary));
    }
}
