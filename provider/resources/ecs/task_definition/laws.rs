//! What has to hold between the properties of a task definition.

use std::collections::BTreeSet;

use framework::{
    problem::Problems,
    property::{Encode, Properties},
    value::{Path, Value},
};

use super::{Compatibility, ContainerDefinition, NetworkMode, TaskDefinition, fields};
use crate::aws::limits::{counts, fargate};

/// Notes all that is wrong.
pub fn check(want: &Properties<'_, TaskDefinition>, problems: &mut Problems) {
    let on_fargate =
        want.get(fields::requires_compatibilities).is_some_and(|all| all.contains(&Compatibility::Fargate));
    if on_fargate {
        fargate_task(want, problems);
    }
    if let Some(containers) = want.get(fields::container_definitions) {
        let at = want.path(fields::container_definitions);
        together(&containers, &at, problems);
        for (index, container) in containers.iter().enumerate() {
            alone(container, on_fargate, &at.index(index), problems);
        }
        roles(want, &containers, on_fargate, problems);
        memory(want, &containers, on_fargate, problems);
        volumes(want, &containers, problems);
        size(want, &containers, problems);
    }
}

fn fargate_task(want: &Properties<'_, TaskDefinition>, problems: &mut Problems) {
    let another = want.get(fields::network_mode).flatten().is_some_and(|mode| mode != NetworkMode::Awsvpc);
    if another || !want.has(fields::network_mode) {
        problems.add(want.path(fields::network_mode), "must be awsvpc for FARGATE");
    }
    for (path, given) in
        [(want.path(fields::cpu), want.has(fields::cpu)), (want.path(fields::memory), want.has(fields::memory))]
    {
        if !given {
            problems.add(path, "is required for FARGATE");
        }
    }
    if want.has(fields::ipc_mode) {
        problems.add(want.path(fields::ipc_mode), "can't be given for FARGATE");
    }
    if want.get(fields::placement_constraints).is_some_and(|all| !all.is_empty()) {
        problems.add(want.path(fields::placement_constraints), "can't be given for FARGATE");
    }
    sizes(want, problems);
}

/// CPU and memory go together in certain pairs alone.
fn sizes(want: &Properties<'_, TaskDefinition>, problems: &mut Problems) {
    let number = |field| want.get(field).flatten().and_then(|text: String| text.parse::<u32>().ok());
    let Some(cpu) = number(fields::cpu) else { return };
    let Some(sizes) = fargate::memory_of(cpu) else {
        let all: Vec<_> = fargate::SIZES.iter().map(|(units, _)| units.to_string()).collect();
        return problems.add(want.path(fields::cpu), format!("must be one of {} for FARGATE", all.join(", ")));
    };
    if number(fields::memory).is_some_and(|memory| !sizes.iter().any(|some| some.has(memory))) {
        let reason = format!("must be one of {} for FARGATE with that cpu", fargate::all_told(sizes));
        problems.add(want.path(fields::memory), reason);
    }
}

/// What holds between containers.
fn together(containers: &[ContainerDefinition], at: &Path, problems: &mut Problems) {
    if !containers.iter().any(|container| container.essential) {
        problems.add(at.clone(), "must have an essential container at least");
    }
    let mut names = BTreeSet::new();
    for (index, container) in containers.iter().enumerate() {
        if !names.insert(&container.name) {
            problems.add(at.index(index).key("name"), "must be another name than those of the other containers");
        }
    }
    for (index, container) in containers.iter().enumerate() {
        let at = at.index(index).key("dependsOn");
        for dependency in container.depends_on.iter() {
            if dependency.container_name == container.name || !names.contains(&dependency.container_name) {
                problems.add(at.clone(), "must name other containers of the task definition");
            }
        }
    }
}

/// What holds in a container.
fn alone(container: &ContainerDefinition, on_fargate: bool, at: &Path, problems: &mut Problems) {
    let mut names = BTreeSet::new();
    let environment = container.environment.iter().filter_map(|pair| pair.name.as_ref());
    if !environment.into_iter().all(|name| names.insert(name)) {
        problems.add(at.key("environment"), "must give each variable once");
    }
    if !container.secrets.iter().all(|secret| names.insert(&secret.name)) {
        problems.add(at.key("secrets"), "must give each variable once, and none that environment has");
    }
    if !on_fargate {
        return;
    }
    for (name, seconds) in [("stopTimeout", container.stop_timeout), ("startTimeout", container.start_timeout)] {
        if seconds.is_some_and(|seconds| seconds > fargate::LONGEST_TIMEOUT) {
            problems.add(at.key(name), format!("must be {} at most for FARGATE", fargate::LONGEST_TIMEOUT));
        }
    }
    if container.privileged.0 {
        problems.add(at.key("privileged"), "can't be true for FARGATE");
    }
}

/// What Amazon ECS does for a task it does as the execution role.
fn roles(
    want: &Properties<'_, TaskDefinition>,
    containers: &[ContainerDefinition],
    on_fargate: bool,
    problems: &mut Problems,
) {
    if want.has(fields::execution_role_arn) {
        return;
    }
    let log = |driver: &str| driver == "awslogs" && on_fargate;
    let needs = |container: &ContainerDefinition| {
        let logs = container.log_configuration.as_ref();
        (!container.secrets.is_empty())
            .then_some("secrets")
            .or_else(|| logs.filter(|logs| log(&logs.log_driver)).map(|_| "the log driver awslogs"))
            .or_else(|| logs.filter(|logs| !logs.secret_options.is_empty()).map(|_| "secret options"))
            .or_else(|| (on_fargate && container.image.contains(".dkr.ecr.")).then_some("an image in Amazon ECR"))
    };
    if let Some(what) = containers.iter().find_map(needs) {
        problems.add(want.path(fields::execution_role_arn), format!("is required for containers with {what}"));
    }
}

/// Without memory of the task, each container says its own.
fn memory(
    want: &Properties<'_, TaskDefinition>,
    containers: &[ContainerDefinition],
    on_fargate: bool,
    problems: &mut Problems,
) {
    if on_fargate || want.has(fields::memory) {
        return;
    }
    for (index, container) in containers.iter().enumerate() {
        if container.memory.is_none() && container.memory_reservation.is_none() {
            let at = want.path(fields::container_definitions).index(index).key("memory");
            problems.add(at, "is required, unless memoryReservation or the task's memory is given");
        }
    }
}

fn volumes(want: &Properties<'_, TaskDefinition>, containers: &[ContainerDefinition], problems: &mut Problems) {
    let Some(volumes) = want.get(fields::volumes) else { return };
    for (index, container) in containers.iter().enumerate() {
        let named = container.mount_points.iter().filter_map(|point| point.source_volume.as_ref());
        if named.into_iter().any(|name| !volumes.iter().any(|volume| volume.name == *name)) {
            let at = want.path(fields::container_definitions).index(index).key("mountPoints");
            problems.add(at, "must name volumes of the task definition");
        }
    }
}

/// Amazon ECS bounds the whole; containers and volumes are nearly all of it.
fn size(want: &Properties<'_, TaskDefinition>, containers: &[ContainerDefinition], problems: &mut Problems) {
    let volumes = want.get(fields::volumes).unwrap_or_default();
    let bytes: usize = containers.iter().map(|one| weight(&one.encode())).sum::<usize>()
        + volumes.iter().map(|one| weight(&one.encode())).sum::<usize>();
    if bytes > counts::TASK_DEFINITION_BYTES {
        let reason = format!("must be at most {} KiB as JSON, all in all", counts::TASK_DEFINITION_BYTES / 1024);
        problems.add(want.path(fields::container_definitions), reason);
    }
}

/// How long a value is as JSON, about.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len() + 2,
        Value::List(items) => items.iter().map(|item| weight(item) + 1).sum::<usize>() + 2,
        Value::Map(map) => map.iter().map(|(key, value)| key.len() + weight(value) + 4).sum::<usize>() + 2,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use framework::value::Map;

    use super::*;

    fn container(more: &[(&str, Value)]) -> Value {
        let mut map = Map::from([("name".to_owned(), "web".into()), ("image".to_owned(), "web:1".into())]);
        map.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        Value::Map(map)
    }

    fn pair(name: &str, key: &str) -> Value {
        Value::Map(Map::from([("name".to_owned(), name.into()), (key.to_owned(), "value".into())]))
    }

    fn told(containers: Vec<Value>, more: &[(&str, &str)]) -> Vec<String> {
        let mut want = Map::from([
            ("containerDefinitions".to_owned(), Value::List(containers)),
            ("requiresCompatibilities".to_owned(), Value::List(vec!["FARGATE".into()])),
            ("networkMode".to_owned(), "awsvpc".into()),
            ("cpu".to_owned(), "256".into()),
            ("memory".to_owned(), "512".into()),
        ]);
        want.extend(more.iter().map(|(key, value)| ((*key).to_owned(), (*value).into())));
        let mut problems = Problems::none();
        check(&Properties::new(&want), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn what_fargate_takes_is_taken() {
        assert_eq!(told(vec![container(&[])], &[]), Vec::<String>::new());
    }

    #[test]
    fn fargate_has_certain_sizes() {
        let memory = "memory must be one of 512, 1024, 2048 for FARGATE with that cpu";
        assert_eq!(told(vec![container(&[])], &[("memory", "1536")]), [memory]);
        let cpu = "cpu must be one of 256, 512, 1024, 2048, 4096, 8192, 16384 for FARGATE";
        assert_eq!(told(vec![container(&[])], &[("cpu", "300")]), [cpu]);
        assert_eq!(
            told(vec![container(&[])], &[("networkMode", "bridge")]),
            ["networkMode must be awsvpc for FARGATE"]
        );
    }

    #[test]
    fn containers_have_names_of_their_own_and_one_is_essential() {
        let optional = ("essential", Value::Bool(false));
        assert_eq!(
            told(vec![container(std::slice::from_ref(&optional)), container(&[optional])], &[]),
            [
                "containerDefinitions must have an essential container at least",
                "containerDefinitions[1].name must be another name than those of the other containers",
            ]
        );
    }

    #[test]
    fn a_variable_has_one_source() {
        let environment = ("environment", Value::List(vec![pair("A", "value")]));
        let secrets = ("secrets", Value::List(vec![pair("A", "valueFrom")]));
        let web = container(&[environment, secrets]);
        assert_eq!(
            told(vec![web.clone()], &[("executionRoleArn", "role")]),
            ["containerDefinitions[0].secrets must give each variable once, and none that environment has"]
        );
        assert!(told(vec![web], &[]).contains(&"executionRoleArn is required for containers with secrets".to_owned()));
    }

    #[test]
    fn time_and_size_are_bounded() {
        let slow = container(&[("stopTimeout", Value::Number(121.0))]);
        assert_eq!(told(vec![slow], &[]), ["containerDefinitions[0].stopTimeout must be 120 at most for FARGATE"]);
        let long = Value::List(vec![Value::String("x".repeat(70_000))]);
        let large = container(&[("command", long)]);
        assert_eq!(told(vec![large], &[]), ["containerDefinitions must be at most 64 KiB as JSON, all in all"]);
    }
}
