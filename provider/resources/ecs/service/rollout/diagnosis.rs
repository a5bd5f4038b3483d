//! What the evidence comes to: one sentence, its details, and what to do.

use std::collections::BTreeMap;

use super::{
    evidence::{Died, Ended, Evidence, Target},
    reasons::{self, Reason},
};
use crate::aws::limits::counts;

/// What was found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Why it fails.
    pub what: String,
    /// What AWS and the containers say of it.
    pub details: String,
    /// What to do.
    pub advice: String,
}

/// Why a deployment fails.
pub fn of(evidence: &Evidence) -> Found {
    let reason = reason_of(evidence);
    let what = reason.map_or("its tasks don't stay up", |row| row.what);
    let advice =
        reason.map_or("Look at the service's events and at its tasks in the console of Amazon ECS", |row| row.advice);
    Found { what: what.to_owned(), details: details(evidence), advice: advice.to_owned() }
}

/// What the last task says; what is said of memory and of processors says more than that a container ended.
fn reason_of(evidence: &Evidence) -> Option<&'static Reason> {
    let log = evidence.log.join("\n");
    let of_log = reasons::find(&log).filter(|row| row.said.contains(&"exec format error"));
    let of_tasks = evidence.tasks.first().and_then(of_task);
    let of_targets = evidence.targets.first().and_then(|_| reasons::find("target health checks"));
    let of_events = || evidence.events.iter().find_map(|event| reasons::find(event));
    of_log.or(of_tasks).or(of_targets).or_else(of_events)
}

fn of_task(task: &Ended) -> Option<&'static Reason> {
    let of_containers = || task.containers.iter().find_map(|container| reasons::find(&container.reason));
    of_containers().or_else(|| reasons::find(&task.reason))
}

fn details(evidence: &Evidence) -> String {
    let task = evidence.tasks.first();
    let mut told: Vec<String> = task.into_iter().flat_map(of_one_task).collect();
    told.extend(evidence.targets.first().map(of_target));
    if told.is_empty() {
        told.extend(evidence.events.first().map(|event| format!("The service says: {event}")));
    }
    let mut text = told.iter().map(|sentence| sentence.trim_end_matches('.')).collect::<Vec<_>>().join(". ");
    if !evidence.log.is_empty() {
        let lines: String = evidence.log.iter().map(|line| format!("\n  {}", line.trim_end())).collect();
        text = format!("{text}. Its last lines:{lines}\n");
    }
    text
}

fn of_one_task(task: &Ended) -> Vec<String> {
    let mut told = Vec::new();
    if !task.reason.is_empty() {
        told.push(format!("AWS says of task {}: {}", task.id, task.reason));
    }
    told.extend(task.containers.iter().filter_map(of_container));
    told
}

fn of_container(container: &Died) -> Option<String> {
    let exit = container.exit_code.map(|code| match reasons::of_exit_code(code) {
        Some(meaning) => format!("Container {} exited with code {code}: {meaning}", container.name),
        None => format!("Container {} exited with code {code}", container.name),
    });
    match (exit, container.reason.as_str()) {
        (None, "") => None,
        (Some(exit), "") => Some(exit),
        (Some(exit), reason) => Some(format!("{exit} ({reason})")),
        (None, reason) => Some(format!("Container {}: {reason}", container.name)),
    }
}

fn of_target(target: &Target) -> String {
    let path = if target.path.is_empty() { String::new() } else { format!(" on {}", target.path) };
    let Target { code, description, .. } = target;
    match target.port {
        Some(port) => format!("The load balancer's health check{path} on port {port} says: {description} ({code})"),
        None => format!("Of the load balancer's health check{path} the service says: {description}"),
    }
}

/// Why a deployment is hopeless, though nobody gives it up: enough of its tasks have failed alike.
pub fn hopeless(evidence: &Evidence) -> Option<String> {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for row in evidence.tasks.iter().filter_map(of_task) {
        *kinds.entry(row.what).or_default() += 1;
    }
    let most = kinds.values().copied().max().filter(|count| *count >= counts::FAILURES_OF_A_KIND)?;
    Some(format!("{most} of its tasks have failed in the same way, and no circuit breaker ends it"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ended(reason: &str, exit_code: Option<i32>, said: &str) -> Ended {
        let container = Died { name: "web".to_owned(), exit_code, reason: said.to_owned() };
        Ended { id: "abc".to_owned(), code: String::new(), reason: reason.to_owned(), containers: vec![container] }
    }

    fn of_tasks(tasks: Vec<Ended>, log: &[&str]) -> Evidence {
        let log = log.iter().map(ToString::to_string).collect();
        Evidence { tasks, log, ..Evidence::default() }
    }

    #[test]
    fn a_container_that_ends_is_told_with_its_last_lines() {
        let task = ended("Essential container in task exited", Some(1), "");
        let found = of(&of_tasks(vec![task], &["starting\n", "no DATABASE_URL\n"]));
        assert_eq!(found.what, "a container ended");
        assert_eq!(
            found.details,
            "AWS says of task abc: Essential container in task exited. Container web exited with code 1. Its last \
             lines:\n  starting\n  no DATABASE_URL\n"
        );
    }

    #[test]
    fn the_log_knows_of_a_wrong_processor() {
        let task = ended("Essential container in task exited", Some(1), "");
        let found = of(&of_tasks(vec![task], &["exec /app: exec format error"]));
        assert_eq!(found.what, "the image is for another processor than runtimePlatform says");
    }

    #[test]
    fn memory_says_more_than_an_end() {
        let task = ended(
            "Essential container in task exited",
            Some(137),
            "OutOfMemoryError: Container killed due to memory usage",
        );
        let found = of(&of_tasks(vec![task], &[]));
        assert_eq!(found.what, "a container used more memory than it has");
        assert!(found.details.contains("exited with code 137: it was killed"), "{}", found.details);
    }

    #[test]
    fn a_target_is_told_with_path_and_port() {
        let target = Target {
            port: Some(3000),
            path: "/".to_owned(),
            code: "Target.ResponseCodeMismatch".to_owned(),
            description: "Health checks failed with these codes: [404]".to_owned(),
        };
        let found = of(&Evidence { targets: vec![target], ..Evidence::default() });
        assert_eq!(found.what, "the load balancer's health check fails");
        assert_eq!(
            found.details,
            "The load balancer's health check on / on port 3000 says: Health checks failed with these codes: [404] \
             (Target.ResponseCodeMismatch)"
        );
    }

    #[test]
    fn what_the_service_remembers_of_a_target_is_told_with_the_path() {
        let event = "(service web) (port 3000) is unhealthy in (target-group a) due to (reason Request timed out).";
        let target = Target { path: "/up".to_owned(), description: event.to_owned(), ..Target::default() };
        let found = of(&Evidence { targets: vec![target], ..Evidence::default() });
        assert_eq!(found.what, "the load balancer's health check fails");
        let remembered = event.trim_end_matches('.');
        assert_eq!(found.details, format!("Of the load balancer's health check on /up the service says: {remembered}"));
    }

    #[test]
    fn a_few_failures_alike_are_hopeless() {
        let task = || ended("CannotPullContainerError: not found", None, "");
        let other = ended("Task failed ELB health checks", None, "");
        let few = of_tasks(vec![task(), task(), other], &[]);
        assert_eq!(hopeless(&few), None);
        assert!(hopeless(&of_tasks(vec![task(), task(), task()], &[])).is_some());
    }
}
