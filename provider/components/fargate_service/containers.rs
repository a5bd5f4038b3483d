//! The containers of a task, from values that are known late.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::Sidecar;
use crate::{
    components::{Link, arn::Arn},
    resources::{
        collections,
        ecs::{
            ContainerDefinition, ContainerLogConfiguration, ContainerSecret, KeyValuePair, LinuxParameters, PortMapping,
        },
    },
};

/// The name of the service's own container.
pub const APP: &str = "app";

/// Texts by name.
pub type Texts = BTreeMap<String, String>;

/// What is known of the service's own container before anything else is.
#[derive(Clone, Copy)]
pub struct Fixed {
    /// Its port.
    pub port: Option<i32>,
    /// How many seconds it has to end by itself.
    pub stop_timeout: i32,
    /// Whether a shell can be opened in it.
    pub exec: bool,
}

/// What the containers are told.
#[derive(Clone, Default)]
pub struct Said {
    /// The image.
    pub image: String,
    /// The command.
    pub command: Vec<String>,
    /// The entry point.
    pub entry_point: Vec<String>,
    /// The variables that the program gives.
    pub environment: Texts,
    /// The secret ones.
    pub secrets: Texts,
    /// What is used.
    pub links: Vec<Link>,
    /// The other containers.
    pub sidecars: Vec<Sidecar>,
    /// The ARN of the log group.
    pub log_group: String,
}

impl Said {
    /// The containers of a task.
    ///
    /// # Errors
    ///
    /// What doesn't go together, in words.
    pub fn containers(self, fixed: Fixed) -> Result<Vec<ContainerDefinition>, String> {
        let (environment, secrets) = self.variables()?;
        let mut names = BTreeSet::from([APP]);
        if let Some(taken) = self.sidecars.iter().find(|sidecar| !names.insert(&sidecar.name)) {
            return Err(format!("sidecars: two containers are called {}; the service's own is {APP}", taken.name));
        }
        let app = ContainerDefinition {
            name: APP.to_owned(),
            image: self.image,
            essential: true,
            command: self.command.into(),
            entry_point: self.entry_point.into(),
            environment: pairs(environment),
            secrets: references(secrets),
            port_mappings: fixed.port.into_iter().map(mapped).collect(),
            log_configuration: Some(logs(&self.log_group, APP)),
            stop_timeout: Some(fixed.stop_timeout),
            // Commands that are run in the container leave processes behind that somebody has to reap.
            linux_parameters: fixed
                .exec
                .then(|| LinuxParameters { init_process_enabled: true.into(), ..LinuxParameters::default() }),
            ..ContainerDefinition::default()
        };
        let others = self.sidecars.into_iter().map(|sidecar| beside(sidecar, &self.log_group));
        Ok(std::iter::once(app).chain(others).collect())
    }

    /// The variables and the secret ones: the program's own, and those of links that it doesn't say itself.
    fn variables(&self) -> Result<(Texts, Texts), String> {
        if let Some(twice) = self.environment.keys().find(|name| self.secrets.contains_key(*name)) {
            return Err(format!("secrets.{twice} is in environment too: a variable has one value"));
        }
        let (mut environment, mut secrets) = (self.environment.clone(), self.secrets.clone());
        let mut from: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, link) in self.links.iter().enumerate() {
            let (plain, secret) = (link.environment.iter().flatten(), link.secrets.iter().flatten());
            for (name, value, is_secret) in
                plain.map(|(name, value)| (name, value, false)).chain(secret.map(|(name, value)| (name, value, true)))
            {
                if let Some(first) = from.insert(name, index) {
                    return Err(format!(
                        "links[{first}] and links[{index}] both define {name}: give one of the two a linkPrefix"
                    ));
                }
                if self.environment.contains_key(name) || self.secrets.contains_key(name) {
                    continue;
                }
                let all = if is_secret { &mut secrets } else { &mut environment };
                all.insert(name.clone(), value.clone());
            }
        }
        match secrets.iter().find(|(_, from)| !from.starts_with("arn:")) {
            Some((name, _)) => Err(format!(
                "secrets.{name} must be the ARN of a secret of Secrets Manager or a parameter of Systems Manager, so \
                 that the execution role may read that one alone"
            )),
            None => Ok((environment, secrets)),
        }
    }

    /// The images of all containers.
    pub fn images(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.image.as_str()).chain(self.sidecars.iter().map(|sidecar| sidecar.image.as_str()))
    }

    /// Where all containers' secrets are.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let links = self.links.iter().flat_map(|link| link.secrets.iter().flatten());
        let others = self.sidecars.iter().flat_map(|sidecar| sidecar.secrets.iter().flatten());
        self.secrets.iter().chain(links).chain(others).map(|(_, from)| from.as_str())
    }
}

fn beside(sidecar: Sidecar, log_group: &str) -> ContainerDefinition {
    ContainerDefinition {
        log_configuration: Some(logs(log_group, &sidecar.name)),
        name: sidecar.name,
        image: sidecar.image,
        essential: sidecar.essential,
        cpu: sidecar.cpu.unwrap_or_default(),
        memory: sidecar.memory,
        command: sidecar.command.unwrap_or_default().into(),
        entry_point: sidecar.entry_point.unwrap_or_default().into(),
        environment: pairs(sidecar.environment.unwrap_or_default()),
        secrets: references(sidecar.secrets.unwrap_or_default()),
        ..ContainerDefinition::default()
    }
}

fn pairs<C: FromIterator<KeyValuePair>>(texts: Texts) -> C {
    texts.into_iter().map(|(name, value)| KeyValuePair { name: Some(name), value: Some(value) }).collect()
}

fn references<C: FromIterator<ContainerSecret>>(texts: Texts) -> C {
    texts.into_iter().map(|(name, value_from)| ContainerSecret { name, value_from }).collect()
}

fn mapped(port: i32) -> PortMapping {
    PortMapping { container_port: Some(port), ..PortMapping::default() }
}

/// Where a container's output goes: the group, in the region that its ARN names, and a stream for each task.
fn logs(log_group: &str, container: &str) -> ContainerLogConfiguration {
    let Arn { region, resource, .. } = Arn::of(log_group.trim_end_matches(":*"));
    let name = resource.split_once(':').map_or("", |(_, name)| name);
    let options = [("awslogs-group", name), ("awslogs-region", region), ("awslogs-stream-prefix", container)];
    ContainerLogConfiguration {
        log_driver: "awslogs".to_owned(),
        options: collections::Texts(options.map(|(name, value)| (name.to_owned(), value.to_owned())).into()),
        ..ContainerLogConfiguration::default()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const FIXED: Fixed = Fixed { port: Some(3000), stop_timeout: 30, exec: false };

    fn texts(pairs: &[(&str, &str)]) -> Texts {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn linked(environment: &[(&str, &str)]) -> Link {
        Link { environment: Some(texts(environment)), ..Link::default() }
    }

    #[test]
    fn two_links_that_define_a_name_are_both_named() {
        let links = vec![linked(&[("A", "1")]), linked(&[("PGHOST", "x")]), linked(&[("PGHOST", "y")])];
        let refusal = Said { links: links.clone(), ..Said::default() }.containers(FIXED).err().unwrap();
        assert!(refusal.contains("links[1] and links[2] both define PGHOST"), "{refusal}");
        // Whether the program says the name too or not.
        let environment = texts(&[("PGHOST", "mine")]);
        assert!(Said { links, environment, ..Said::default() }.containers(FIXED).is_err());
    }

    #[test]
    fn what_the_program_says_itself_counts() {
        let said = Said {
            environment: texts(&[("PGHOST", "mine")]),
            links: vec![linked(&[("PGHOST", "theirs"), ("PGPORT", "5432")])],
            ..Said::default()
        };
        let (environment, secrets) = said.variables().unwrap();
        assert_eq!(environment, texts(&[("PGHOST", "mine"), ("PGPORT", "5432")]));
        assert!(secrets.is_empty());
    }

    #[test]
    fn a_secret_is_named_by_its_arn_and_is_no_plain_variable_too() {
        let secrets = texts(&[("KEY", "my-parameter")]);
        let refusal = Said { secrets: secrets.clone(), ..Said::default() }.containers(FIXED).err().unwrap();
        assert!(refusal.contains("secrets.KEY must be the ARN"), "{refusal}");
        let twice = Said { secrets, environment: texts(&[("KEY", "x")]), ..Said::default() };
        assert!(twice.containers(FIXED).err().unwrap().contains("secrets.KEY is in environment too"));
    }

    #[test]
    fn sidecars_log_to_streams_of_their_own() {
        let sidecar = Sidecar { name: "agent".to_owned(), image: "agent:1".to_owned(), ..Sidecar::default() };
        let log_group = "arn:aws:logs:eu-west-1:123456789012:log-group:web".to_owned();
        let said = Said { sidecars: vec![sidecar.clone()], log_group, ..Said::default() };
        let containers = said.clone().containers(FIXED).unwrap();
        let options = |index: usize| containers[index].log_configuration.clone().unwrap().options.0;
        let usual = [("awslogs-group", "web"), ("awslogs-region", "eu-west-1")];
        assert_eq!(options(0), texts(&[&usual[..], &[("awslogs-stream-prefix", "app")]].concat()));
        assert_eq!(options(1), texts(&[&usual[..], &[("awslogs-stream-prefix", "agent")]].concat()));
        let twins = Said { sidecars: vec![sidecar.clone(), sidecar], ..said };
        assert!(twins.containers(FIXED).err().unwrap().contains("two containers are called agent"));
    }
}
