//! The children of a `PostgreSQL` database.

use framework::{component::Scope, value::Output};

use super::{inputs::PostgresInputs, outputs::PostgresOutputs};
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
            DbInstanceArgs, DbInstanceHandle, DbParameterGroupArgs, DbParameterGroupHandle, DbSubnetGroupHandle,
            StorageType,
        },
    },
};

/// Describes everything of a database.
pub fn describe(scope: &Scope<Aws>, network: &Shared<Vpc, Network>, want: &PostgresInputs) -> PostgresOutputs {
    let tags = ChildTags::new(scope, want.tags.clone());
    let network = network_of(scope, network);
    let place = Place { scope, tags: tags.clone(), network };
    let (guard, subnets) = (place.security_group(), place.subnet_group());
    let site = Site { scope, want, tags };
    let parameters = site.parameter_group();
    let instance = site.instance(&guard, &subnets, &parameters);
    let outputs = site.outputs(&guard, &instance);
    master_password::rotation(scope, outputs.secret_arn.clone(), want.password_rotation_days);
    outputs
}

/// What all parts of a database are described with.
struct Site<'a> {
    scope: &'a Scope<Aws>,
    want: &'a PostgresInputs,
    tags: ChildTags,
}

impl Site<'_> {
    fn parameter_group(&self) -> DbParameterGroupHandle {
        let role = "parameter-group";
        self.scope.child(
            role,
            DbParameterGroupArgs {
                family: postgresql::family("postgres", &self.want.engine_version).into(),
                description: "The parameters of a database".into(),
                parameters: postgresql::parameters(self.want.parameters.clone()).into(),
                tags: self.tags.of(role).into(),
                ..DbParameterGroupArgs::default()
            },
        )
    }

    fn instance(
        &self,
        guard: &SecurityGroupHandle,
        subnets: &DbSubnetGroupHandle,
        parameters: &DbParameterGroupHandle,
    ) -> DbInstanceHandle {
        let role = "instance";
        let want = self.want;
        let mode = want.mode.unwrap_or(self.scope.cloud().mode());
        // A snapshot has the database, the master user and the key of what it was taken of.
        let is_new = want.snapshot_identifier.is_none();
        self.scope.child(
            role,
            DbInstanceArgs {
                engine: "postgres".into(),
                engine_version: want.engine_version.clone().into(),
                allow_major_version_upgrade: true.into(),
                db_instance_class: want.instance_class.clone().into(),
                allocated_storage: want.allocated_storage.into(),
                max_allocated_storage: Some(want.max_allocated_storage)
                    .filter(|most| *most > want.allocated_storage)
                    .into(),
                storage_type: StorageType::Gp3.into(),
                storage_encrypted: is_new.then_some(true).into(),
                kms_key_id: want.kms_key_id.clone().filter(|_| is_new).into(),
                db_name: is_new.then(|| want.database_name.clone()).into(),
                master_username: is_new.then(|| want.username.clone()).into(),
                manage_master_user_password: true.into(),
                db_snapshot_identifier: want.snapshot_identifier.clone().into(),
                db_subnet_group_name: subnets.db_subnet_group_name().into(),
                db_parameter_group_name: parameters.db_parameter_group_name().into(),
                vpc_security_groups: guard.group_id().map(|group| vec![group]).into(),
                publicly_accessible: false.into(),
                multi_az: want.multi_az.unwrap_or(mode == Mode::Production).into(),
                backup_retention_period: want.backup_retention_days.unwrap_or(postgresql::backup_days(mode)).into(),
                copy_tags_to_snapshot: true.into(),
                deletion_protection: want.deletion_protection.unwrap_or(mode == Mode::Production).into(),
                final_snapshot: want.final_snapshot.into(),
                enable_performance_insights: want.performance_insights.into(),
                allow_replace: want.allow_replace.into(),
                tags: self.tags.of(role).into(),
                ..DbInstanceArgs::default()
            },
        )
    }

    fn outputs(&self, guard: &SecurityGroupHandle, instance: &DbInstanceHandle) -> PostgresOutputs {
        let endpoint = instance.endpoint();
        let secret_arn =
            instance.master_user_secret().map(|secret| secret.map(|secret| secret.secret_arn).unwrap_or_default());
        let way = Way {
            host: endpoint.map(|endpoint| endpoint.map(|endpoint| endpoint.address).unwrap_or_default()),
            port: endpoint.map(|endpoint| endpoint.map(|endpoint| endpoint.port).unwrap_or_default()),
            database_name: Output::known(self.want.database_name.clone()),
            username: Output::known(self.want.username.clone()),
            secret_arn,
            security_group_id: guard.group_id(),
        };
        PostgresOutputs {
            instance_identifier: instance.db_instance_identifier(),
            instance_arn: instance.db_instance_arn(),
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
