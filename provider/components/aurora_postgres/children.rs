//! The children of an Aurora `PostgreSQL` database.

use framework::{component::Scope, value::Output};

use super::{inputs::AuroraPostgresInputs, outputs::AuroraPostgresOutputs};
use crate::{
    aws::{Aws, Mode},
    components::{
        Network, Vpc,
        child_tags::ChildTags,
        given::{Shared, network_of},
        master_password,
        postgresql::{self, Site as Place, Way},
    },
    resources::{
        ec2::SecurityGroupHandle,
        rds::{
            DbClusterArgs, DbClusterHandle, DbClusterParameterGroupArgs, DbClusterParameterGroupHandle, DbInstanceArgs,
            DbInstanceHandle, DbSubnetGroupHandle, ServerlessV2ScalingConfiguration,
        },
    },
};

const ENGINE: &str = "aurora-postgresql";

/// The class of members whose capacity follows their load.
const SERVERLESS: &str = "db.serverless";

/// Describes everything of a database.
pub fn describe(
    scope: &Scope<Aws>,
    network: &Shared<Vpc, Network>,
    want: &AuroraPostgresInputs,
) -> AuroraPostgresOutputs {
    let tags = ChildTags::new(scope, want.tags.clone());
    let place = Place { scope, tags: tags.clone(), network: network_of(scope, network) };
    let (guard, subnets) = (place.security_group(), place.subnet_group());
    let site = Site { scope, want, tags };
    let parameters = site.parameter_group();
    let cluster = site.cluster(&guard, &subnets, &parameters);
    let writer = site.member(scope, "writer", &cluster);
    site.readers(&cluster, &writer);
    let outputs = site.outputs(&guard, &cluster, &writer);
    master_password::rotation(scope, outputs.secret_arn.clone(), want.password_rotation_days);
    outputs
}

/// What all parts of a database are described with.
struct Site<'a> {
    scope: &'a Scope<Aws>,
    want: &'a AuroraPostgresInputs,
    tags: ChildTags,
}

impl Site<'_> {
    fn mode(&self) -> Mode {
        self.want.mode.unwrap_or(self.scope.cloud().mode())
    }

    fn parameter_group(&self) -> DbClusterParameterGroupHandle {
        let role = "parameter-group";
        self.scope.child(
            role,
            DbClusterParameterGroupArgs {
                family: postgresql::family(ENGINE, &self.want.engine_version).into(),
                description: "The parameters of a database".into(),
                parameters: postgresql::parameters(self.want.parameters.clone()).into(),
                tags: self.tags.of(role).into(),
                ..DbClusterParameterGroupArgs::default()
            },
        )
    }

    fn cluster(
        &self,
        guard: &SecurityGroupHandle,
        subnets: &DbSubnetGroupHandle,
        parameters: &DbClusterParameterGroupHandle,
    ) -> DbClusterHandle {
        let role = "cluster";
        let (want, mode) = (self.want, self.mode());
        let capacity = ServerlessV2ScalingConfiguration {
            min_capacity: want.min_capacity,
            max_capacity: want.max_capacity,
            seconds_until_auto_pause: want.auto_pause_seconds,
        };
        // A snapshot has the database and the master user that it was taken of.
        let is_new = want.snapshot_identifier.is_none();
        self.scope.child(
            role,
            DbClusterArgs {
                engine: ENGINE.into(),
                engine_version: want.engine_version.clone().into(),
                allow_major_version_upgrade: true.into(),
                database_name: is_new.then(|| want.database_name.clone()).into(),
                master_username: is_new.then(|| want.username.clone()).into(),
                manage_master_user_password: true.into(),
                storage_encrypted: is_new.then_some(true).into(),
                kms_key_id: want.kms_key_id.clone().into(),
                snapshot_identifier: want.snapshot_identifier.clone().into(),
                db_subnet_group_name: subnets.db_subnet_group_name().into(),
                db_cluster_parameter_group_name: parameters.db_cluster_parameter_group_name().into(),
                vpc_security_group_ids: guard.group_id().map(|group| vec![group]).into(),
                backup_retention_period: want.backup_retention_days.unwrap_or(postgresql::backup_days(mode)).into(),
                copy_tags_to_snapshot: true.into(),
                serverless_v2_scaling_configuration: capacity.into(),
                enable_http_endpoint: want.data_api.into(),
                performance_insights_enabled: want.performance_insights.into(),
                deletion_protection: want.deletion_protection.unwrap_or(mode == Mode::Production).into(),
                final_snapshot: want.final_snapshot.into(),
                allow_replace: want.allow_replace.into(),
                tags: self.tags.of(role).into(),
                ..DbClusterArgs::default()
            },
        )
    }

    /// They come after the one that writes, and go before it: so a deletion that is refused leaves a database that works.
    fn readers(&self, cluster: &DbClusterHandle, writer: &DbInstanceHandle) {
        let usual = if self.mode() == Mode::Production { 1 } else { 0 };
        let after = self.scope.after(&writer.db_instance_arn());
        for number in 1..=self.want.replicas.unwrap_or(usual) {
            self.member(&after, &format!("reader-{number}"), cluster);
        }
    }

    /// A member, which has no data of its own: it may be replaced at any time.
    fn member(&self, scope: &Scope<Aws>, role: &str, cluster: &DbClusterHandle) -> DbInstanceHandle {
        scope.child(
            role,
            DbInstanceArgs {
                engine: ENGINE.into(),
                db_instance_class: SERVERLESS.into(),
                db_cluster_identifier: cluster.db_cluster_identifier().into(),
                publicly_accessible: false.into(),
                allow_replace: true.into(),
                tags: self.tags.of(role).into(),
                ..DbInstanceArgs::default()
            },
        )
    }

    /// The way to it is there with the member that writes.
    fn outputs(
        &self,
        guard: &SecurityGroupHandle,
        cluster: &DbClusterHandle,
        writer: &DbInstanceHandle,
    ) -> AuroraPostgresOutputs {
        let answering = writer.db_instance_arn();
        let endpoint = cluster.endpoint().join(&answering).map(|(endpoint, _)| endpoint);
        let reader = cluster.read_endpoint().join(&answering).map(|(endpoint, _)| endpoint);
        let secret = cluster.master_user_secret();
        let way = Way {
            host: endpoint.map(|endpoint| endpoint.map(|endpoint| endpoint.address).unwrap_or_default()),
            port: endpoint.map(|endpoint| endpoint.map(|endpoint| endpoint.port).unwrap_or_default()),
            database_name: Output::known(self.want.database_name.clone()),
            username: Output::known(self.want.username.clone()),
            secret_arn: secret.map(|secret| secret.map(|secret| secret.secret_arn).unwrap_or_default()),
            security_group_id: guard.group_id(),
        };
        AuroraPostgresOutputs {
            cluster_identifier: cluster.db_cluster_identifier(),
            cluster_arn: cluster.db_cluster_arn(),
            reader_host: reader.map(|endpoint| endpoint.map(|endpoint| endpoint.address).unwrap_or_default()),
            link: way.link(self.want.link_prefix.as_deref()),
            host: way.host,
            port: way.port,
            database_name: way.database_name,
            username: way.username,
            secret_arn: way.secret_arn,
            security_group_id: way.security_group_id,
        }
    }
}
