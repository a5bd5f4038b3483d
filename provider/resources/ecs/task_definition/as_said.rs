//! What AWS fills in, taken out again where the program says nothing of it.

use super::{ContainerDefinition, PortMapping, Volume};

/// The containers, in the program's order and without the host ports that AWS fills in.
pub fn containers(found: Vec<ContainerDefinition>, said: &[ContainerDefinition]) -> Vec<ContainerDefinition> {
    let place = |container: &ContainerDefinition| said.iter().position(|said| said.name == container.name);
    let mut found: Vec<_> = found
        .into_iter()
        .map(|mut container| {
            let said = place(&container).map(|at| &said[at]);
            let ports = said.map_or(&[][..], |said| &said.port_mappings);
            container.port_mappings.0.iter_mut().for_each(|mapping| forget_host_port(mapping, ports));
            container
        })
        .collect();
    found.sort_by_key(|container| place(container).unwrap_or(usize::MAX));
    found
}

/// With `awsvpc` and `host` the host's port is the container's own, with `bridge` 0 stands for any.
fn forget_host_port(mapping: &mut PortMapping, said: &[PortMapping]) {
    let filled_in = mapping.host_port == mapping.container_port || mapping.host_port == Some(0);
    let same = |said: &&PortMapping| said.container_port == mapping.container_port && said.protocol == mapping.protocol;
    if filled_in && said.iter().find(same).is_none_or(|said| said.host_port.is_none()) {
        mapping.host_port = None;
    }
}

/// The volumes, without the empty host that AWS shows for those that have nothing else.
pub fn volumes(found: Vec<Volume>, said: &[Volume]) -> Vec<Volume> {
    let says_host = |name: &str| said.iter().any(|said| said.name == name && said.host.is_some());
    let trimmed = found.into_iter().map(|mut volume| {
        let is_empty = volume.host.as_ref().is_none_or(|host| host.source_path.is_none());
        if is_empty {
            volume.host = says_host(&volume.name).then(Default::default);
        }
        volume
    });
    trimmed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listening(name: &str, port: i32, host_port: Option<i32>) -> ContainerDefinition {
        let mapping = PortMapping { container_port: Some(port), host_port, ..PortMapping::default() };
        let port_mappings = vec![mapping].into();
        ContainerDefinition { name: name.to_owned(), port_mappings, ..ContainerDefinition::default() }
    }

    #[test]
    fn a_port_that_aws_filled_in_is_nobodys_word() {
        let found = || vec![listening("web", 80, Some(80))];
        let silent = listening("web", 80, None);
        assert_eq!(containers(found(), &[]), std::slice::from_ref(&silent));
        assert_eq!(containers(found(), std::slice::from_ref(&silent)), [silent]);
        assert_eq!(containers(found(), &found()), found());
        let another = vec![listening("web", 80, Some(8080))];
        assert_eq!(containers(another.clone(), &[]), another);
    }

    #[test]
    fn containers_stand_as_the_program_has_them() {
        let names = |of: &[ContainerDefinition]| of.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
        let of = |names: &[&str]| names.iter().map(|name| listening(name, 80, None)).collect::<Vec<_>>();
        assert_eq!(names(&containers(of(&["new", "a", "b"]), &of(&["b", "a"]))), ["b", "a", "new"]);
    }
}
