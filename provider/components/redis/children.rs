//! The children of a cache.

use std::collections::BTreeMap;

use framework::{component::Scope, property::Choice as _, value::Output};

use super::{
    inputs::{RedisEngine, RedisInputs},
    outputs::RedisOutputs,
};
use crate::{
    aws::{Aws, Mode},
    components::{
        Link, Network, Vpc,
        child_tags::ChildTags,
        given::{Shared, network_of},
        isolated,
    },
    resources::{
        ec2::SecurityGroupHandle,
        elasticache::{
            CacheEngine, ClusterMode, Endpoint, ParameterGroupArgs, ParameterGroupHandle, ReplicationGroupArgs,
            ReplicationGroupHandle, SubnetGroupArgs, SubnetGroupHandle,
        },
        secretsmanager::{GenerateSecretString, SecretArgs, SecretHandle},
    },
};

/// The port of Redis.
const PORT: i32 = 6379;

/// How many characters the token has.
///
/// Source: "Authenticating with the AUTH command", Amazon ElastiCache User Guide: 16 to 128, of the signs only some.
const TOKEN: i32 = 64;

/// Describes everything of a cache.
pub fn describe(scope: &Scope<Aws>, network: &Shared<Vpc, Network>, want: &RedisInputs) -> RedisOutputs {
    let tags = ChildTags::new(scope, want.tags.clone());
    let site = Site { scope, want, tags, network: network_of(scope, network) };
    let guard = isolated::security_group(scope, "A cache", &site.network, &site.tags);
    let subnets = site.subnet_group();
    let parameters = site.parameter_group();
    let token = site.token();
    let group = site.group(&guard, &subnets, &parameters, &token);
    site.outputs(&guard, &token, &group)
}

/// What all parts of a cache are described with.
struct Site<'a> {
    scope: &'a Scope<Aws>,
    want: &'a RedisInputs,
    tags: ChildTags,
    network: Output<Network>,
}

impl Site<'_> {
    fn mode(&self) -> Mode {
        self.want.mode.unwrap_or(self.scope.cloud().mode())
    }

    fn subnet_group(&self) -> SubnetGroupHandle {
        let role = "subnet-group";
        self.scope.child(
            role,
            SubnetGroupArgs {
                description: "The subnets of a cache".into(),
                subnet_ids: isolated::subnets(self.scope, &self.network).into(),
                tags: self.tags.of(role).into(),
                ..SubnetGroupArgs::default()
            },
        )
    }

    fn parameter_group(&self) -> ParameterGroupHandle {
        let role = "parameter-group";
        let clustered = self.want.shards.is_some().then(|| ("cluster-enabled".to_owned(), "yes".to_owned()));
        let given = self.want.parameters.clone().unwrap_or_default();
        self.scope.child(
            role,
            ParameterGroupArgs {
                cache_parameter_group_family: family(self.want.engine, &self.version()).into(),
                description: "The parameters of a cache".into(),
                properties: given.into_iter().chain(clustered).collect::<BTreeMap<_, _>>().into(),
                tags: self.tags.of(role).into(),
                ..ParameterGroupArgs::default()
            },
        )
    }

    /// The token, which AWS makes and keeps.
    fn token(&self) -> SecretHandle {
        let role = "token";
        let characters = GenerateSecretString { exclude_punctuation: true, ..GenerateSecretString::of(TOKEN) };
        self.scope.child(
            role,
            SecretArgs {
                description: "The password of a cache".into(),
                generate_secret_string: characters.into(),
                tags: self.tags.of(role).into(),
                ..SecretArgs::default()
            },
        )
    }

    fn group(
        &self,
        guard: &SecurityGroupHandle,
        subnets: &SubnetGroupHandle,
        parameters: &ParameterGroupHandle,
        token: &SecretHandle,
    ) -> ReplicationGroupHandle {
        let role = "replication-group";
        let want = self.want;
        let replicas = want.replicas.unwrap_or(usual(self.mode(), 1, 0));
        let keeps = want.snapshot_retention_days.unwrap_or(usual(self.mode(), 7, 1));
        self.scope.child(
            role,
            ReplicationGroupArgs {
                replication_group_description: "A cache".into(),
                engine: cache_engine(want.engine).into(),
                engine_version: self.version().into(),
                cache_node_type: want.node_type.clone().into(),
                cluster_mode: want.shards.map(|_| ClusterMode::Enabled).into(),
                num_node_groups: want.shards.into(),
                num_cache_clusters: want.shards.is_none().then_some(replicas + 1).into(),
                replicas_per_node_group: want.shards.map(|_| replicas).into(),
                automatic_failover_enabled: (replicas > 0 || want.shards.is_some()).into(),
                multi_az_enabled: (replicas > 0).into(),
                port: PORT.into(),
                at_rest_encryption_enabled: true.into(),
                transit_encryption_enabled: true.into(),
                kms_key_id: want.kms_key_id.clone().into(),
                auth_token_secret_arn: token.arn().into(),
                cache_subnet_group_name: subnets.cache_subnet_group_name().into(),
                cache_parameter_group_name: parameters.cache_parameter_group_name().into(),
                security_group_ids: guard.group_id().map(|group| vec![group]).into(),
                snapshot_retention_limit: keeps.into(),
                final_snapshot: want.final_snapshot.into(),
                allow_replace: want.allow_replace.into(),
                tags: self.tags.of(role).into(),
                ..ReplicationGroupArgs::default()
            },
        )
    }

    fn version(&self) -> String {
        let usual = || match self.want.engine {
            RedisEngine::Valkey => "8.1",
            RedisEngine::Redis => "7.1",
        };
        self.want.engine_version.clone().unwrap_or_else(|| usual().to_owned())
    }

    fn outputs(
        &self,
        guard: &SecurityGroupHandle,
        token: &SecretHandle,
        group: &ReplicationGroupHandle,
    ) -> RedisOutputs {
        let (host, reader) = match self.want.shards {
            Some(_) => (group.configuration_end_point(), group.configuration_end_point()),
            None => (group.primary_end_point(), group.reader_end_point()),
        };
        let outputs = RedisOutputs {
            replication_group_id: group.replication_group_id(),
            host: address(&host),
            reader_host: address(&reader),
            port: group.replication_group_id().map(|_| PORT),
            secret_arn: token.arn(),
            security_group_id: guard.group_id(),
            link: Output::unknown(),
        };
        RedisOutputs { link: self.link(&outputs), ..outputs }
    }

    fn link(&self, of: &RedisOutputs) -> Output<Link> {
        let prefix = self.want.link_prefix.clone().unwrap_or_default();
        of.host.join(&of.port).join(&of.security_group_id).join(&of.secret_arn).map(
            move |(((host, port), group), secret)| {
                let name = |end: &str| format!("{prefix}REDIS_{end}");
                let environment =
                    [(name("HOST"), host), (name("PORT"), port.to_string()), (name("TLS"), "true".to_owned())];
                Link {
                    environment: Some(environment.into()),
                    secrets: Some([(name("PASSWORD"), secret)].into()),
                    security_group_id: Some(group),
                    port: Some(port),
                    permissions: None,
                }
            },
        )
    }
}

fn address(endpoint: &Output<Option<Endpoint>>) -> Output<String> {
    endpoint.map(|endpoint| endpoint.map(|endpoint| endpoint.address).unwrap_or_default())
}

/// The same, as ElastiCache has it.
fn cache_engine(engine: RedisEngine) -> CacheEngine {
    match engine {
        RedisEngine::Valkey => CacheEngine::Valkey,
        RedisEngine::Redis => CacheEngine::Redis,
    }
}

/// The family of parameter groups of a version: 8.1 of Valkey is of `valkey8`.
fn family(engine: RedisEngine, version: &str) -> String {
    let major = version.split('.').next().unwrap_or(version);
    match (engine, major) {
        (RedisEngine::Redis, "6") => "redis6.x".to_owned(),
        (engine, major) => format!("{}{major}", engine.text()),
    }
}

fn usual(mode: Mode, production: i32, development: i32) -> i32 {
    match mode {
        Mode::Production => production,
        Mode::Development => development,
    }
}
