//! An Aurora DB cluster: a database whose storage is its own, and whose members are DB instances.

mod calls;
pub mod capacity;
mod changes;
mod laws;
mod removal;
mod seen;
mod shapes;
mod state;

use aws_sdk_rds::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner, Wait},
};

pub use shapes::{
    AuroraStorageType, DbClusterEndpoint, DbClusterMasterUserSecret, DbClusterReadEndpoint,
    ServerlessV2ScalingConfiguration,
};

use super::db_instance::{DatabaseInsightsMode, EngineLifecycleSupport, NetworkType};
use crate::aws::{
    Aws, Cx, Findable, Result, Session, TagChange, Tags, answered,
    limits::{databases, waits},
    tags::rds as tagging,
};

/// An Aurora DB cluster: a database with storage that grows by itself, for MySQL or PostgreSQL.
///
/// Its members, which answer queries, are resources of their own: `rds.DBInstance` with `dbClusterIdentifier`. The
/// first one writes, others only read, and one of them takes over when it fails.
///
/// Nothing that it holds is lost by mistake. A change that only another cluster can have is refused in the preview,
/// unless `allowReplace` is true. Deleting it makes a final snapshot first, unless `finalSnapshot` is false; if that
/// snapshot fails, the cluster stays. With `deletionProtection` AWS refuses to delete it at all.
///
/// A Region has 40 of them for an account, unless you ask for more (Amazon Aurora User Guide, "Quotas and constraints for
/// Amazon Aurora"). Multi-AZ DB clusters, global databases and Aurora Serverless v1 aren't offered.
#[derive(Resource)]
#[resource(token = "rds:DBCluster", model = "AWS::RDS::DBCluster", id = "db_cluster_identifier", holds_data)]
pub struct DbCluster {
    /// The cluster's name, unique in the account and Region, and a part of its addresses. Made up from the resource's name
    /// when absent. AWS keeps it in small letters.
    #[input(
        replaces,
        named(63),
        length(1, 63),
        pattern("[a-z](-?[a-z0-9])*", "small letters, digits and single hyphens, with a letter at the beginning")
    )]
    db_cluster_identifier: String,
    /// The database engine.
    #[input(replaces, pattern("aurora-mysql|aurora-postgresql", "one of aurora-mysql, aurora-postgresql"))]
    engine: String,
    /// The engine's version: `16` is any 16.x, and `16.3` that one or a later 16.x, as AWS may upgrade minor versions by
    /// itself. AWS's default version when absent. A change restarts all members, and never goes back to an earlier
    /// version; see `allowMajorVersionUpgrade`.
    #[input(computed, pattern("[0-9]+(\\.[0-9A-Za-z_-]+)*", "a version, such as 16 or 16.3"))]
    engine_version: Option<String>,
    /// Whether `engineVersion` may be changed to another major version, in place. The upgrade can't be undone. Own
    /// parameter groups have to be changed with it, to ones of the new version's family.
    #[input(default = false, write_only)]
    allow_major_version_upgrade: Option<bool>,
    /// Whether AWS installs later minor versions by itself, in the maintenance window. It does when absent, and when all
    /// members have it as well.
    #[input(computed)]
    auto_minor_version_upgrade: Option<bool>,
    /// The parameter group that all members get with an upgrade to another major version.
    #[input(write_only, length(1, 255))]
    db_instance_parameter_group_name: Option<String>,
    /// Whether a version whose standard support has ended goes on, at a charge (RDS Extended Support). It does when
    /// absent.
    #[input(computed)]
    engine_lifecycle_support: Option<EngineLifecycleSupport>,
    /// The name of the first database that is made on it. None is made when absent.
    #[input(
        replaces,
        computed,
        length(1, 64),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, with a letter at the beginning")
    )]
    database_name: Option<String>,
    /// The name of the master user. Required, unless `snapshotIdentifier` is given.
    #[input(
        replaces,
        computed,
        length(1, 63),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, with a letter at the beginning")
    )]
    master_username: Option<String>,
    /// The master user's password. Prefer `manageMasterUserPassword`, with which no program ever knows it.
    #[input(
        secret,
        write_only,
        length(8, 41),
        pattern("[!#-.0-?A-~]*", "printable ASCII characters without spaces, slashes, double quotes and at signs")
    )]
    master_user_password: Option<String>,
    /// Whether RDS makes the master user's password, keeps it in Secrets Manager and rotates it every seven days:
    /// `masterUserSecret` tells where. Either this or `masterUserPassword` is required, unless
    /// `snapshotIdentifier` is given.
    #[input(default = false)]
    manage_master_user_password: bool,
    /// The KMS key that encrypts the secret of `manageMasterUserPassword`: its ARN, or its id. The account's key for
    /// Secrets Manager when absent. RDS can't change it while the secret is there.
    #[input(computed, length(1, 2048))]
    master_user_secret_kms_key_id: Option<String>,
    /// How storage is paid for: `aurora` by use, as it is when absent, or `aurora-iopt1` at a higher price with all
    /// operations included. It can be changed to the latter once in 30 days.
    #[input(computed)]
    storage_type: Option<AuroraStorageType>,
    /// Whether storage, backups and snapshots are encrypted. Only a new cluster can be; one from a snapshot that is
    /// encrypted is so, too.
    #[input(replaces, computed)]
    storage_encrypted: Option<bool>,
    /// The KMS key that encrypts the storage: its ARN, or its id. The account's key for RDS when absent.
    #[input(replaces, computed, length(1, 2048))]
    kms_key_id: Option<String>,
    /// The group of subnets that its members are in. Those of the default VPC when absent.
    #[input(replaces, computed, length(1, 255))]
    db_subnet_group_name: Option<String>,
    /// The security groups of its members' network interfaces. The VPC's default group when absent.
    #[input(set, computed, items(1, 100))]
    vpc_security_group_ids: Option<Vec<String>>,
    /// The Availability Zones that its storage is in: three. AWS chooses those that are left.
    #[input(replaces, set, computed, items(1, 3))]
    availability_zones: Option<Vec<String>>,
    /// The port that its members listen to: 5432 for PostgreSQL, 3306 for MySQL when absent. A change restarts them.
    #[input(computed, range(1150, 65535))]
    port: Option<i32>,
    /// The kind of its addresses. IPv4 alone when absent.
    #[input(computed)]
    network_type: Option<NetworkType>,
    /// The cluster's parameter group, of the family of its engine and version. RDS's own for the version when absent.
    /// Static parameters of another group take effect when the members are restarted.
    #[input(computed, length(1, 255))]
    db_cluster_parameter_group_name: Option<String>,
    /// For how many days automated backups are kept, from which it can be restored to any second. One day when absent.
    #[input(computed, range(1, 35))]
    backup_retention_period: Option<i32>,
    /// When in the day backups are made, in UTC, such as `04:00-04:30`: half an hour or more. AWS chooses when absent.
    #[input(
        computed,
        pattern("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]", "a window of time such as 04:00-04:30")
    )]
    preferred_backup_window: Option<String>,
    /// When in the week AWS may change it for maintenance, in UTC, such as `sat:03:00-sat:04:00`: half an hour or more.
    /// AWS chooses when absent.
    #[input(
        computed,
        pattern(
            "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]",
            "a window of time such as sat:03:00-sat:04:00"
        )
    )]
    preferred_maintenance_window: Option<String>,
    /// Whether snapshots get the cluster's tags, the final one included.
    #[input(default = false)]
    copy_tags_to_snapshot: bool,
    /// Between which capacities members of the class `db.serverless` follow their load. Required for such members.
    #[input]
    serverless_v2_scaling_configuration: Option<ServerlessV2ScalingConfiguration>,
    /// Whether queries can be sent as HTTP requests (RDS Data API).
    #[input(default = false)]
    enable_http_endpoint: bool,
    /// Whether users can connect with their IAM identity in place of a password.
    #[input(default = false)]
    enable_iam_database_authentication: bool,
    /// The logs that are sent to CloudWatch Logs: `postgresql`, or `audit`, `error`, `general`, `slowquery`, `instance` and
    /// `iam-db-auth-error`, by engine.
    #[input(default, set)]
    enable_cloudwatch_logs_exports: Vec<String>,
    /// How much Database Insights shows of all members: `standard`, as it is when absent, or `advanced`, which wants
    /// Performance Insights with a retention of 465 days.
    #[input(computed)]
    database_insights_mode: Option<DatabaseInsightsMode>,
    /// Whether Performance Insights records what all members are busy with.
    #[input(default = false)]
    performance_insights_enabled: bool,
    /// The KMS key that encrypts what Performance Insights records: its ARN, or its id. The account's key for RDS when
    /// absent. It can't be changed once it is in use.
    #[input(computed, length(1, 2048))]
    performance_insights_kms_key_id: Option<String>,
    /// For how many days that is kept: 7, as it is when absent, a multiple of 31 up to 713, or 731.
    #[input(
        computed,
        one_of(
            7, 31, 62, 93, 124, 155, 186, 217, 248, 279, 310, 341, 372, 403, 434, 465, 496, 527, 558, 589, 620, 651,
            682, 713, 731
        )
    )]
    performance_insights_retention_period: Option<i32>,
    /// The snapshot that a new cluster begins with: its identifier, or its ARN. It can be taken out of the program later;
    /// another one needs another cluster.
    #[input(write_only, length(1, 255))]
    snapshot_identifier: Option<String>,
    /// Whether changes are made at once, and waited for. If not, some wait for the maintenance window (Amazon Aurora User
    /// Guide, "Settings for Amazon Aurora").
    #[input(default = true, write_only)]
    apply_immediately: Option<bool>,
    /// Whether AWS refuses to delete it. It has to be turned off before it can be destroyed or replaced.
    #[input(default = false)]
    deletion_protection: bool,
    /// Whether a snapshot is made before it is deleted, which stays until somebody deletes it.
    #[input(default = true, write_only)]
    final_snapshot: Option<bool>,
    /// The name of that snapshot. When absent it is made up of the cluster's name and its `dbClusterResourceId`, which no
    /// other cluster ever has.
    #[input(
        write_only,
        length(1, 255),
        pattern("[A-Za-z](-?[A-Za-z0-9])*", "letters, digits and single hyphens, with a letter at the beginning")
    )]
    final_db_snapshot_identifier: Option<String>,
    /// Whether its automated backups go with it. If not, they stay for as long as `backupRetentionPeriod` says, and cost
    /// what backups cost. The final snapshot stays in any case.
    #[input(default = true, write_only)]
    delete_automated_backups: Option<bool>,
    /// Whether it may be replaced by another cluster, where a change can't be made in place. The other one is empty,
    /// unless `snapshotIdentifier` is given.
    #[input(default = false, write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The cluster's ARN.
    #[output(stable)]
    db_cluster_arn: String,
    /// The cluster's id that no other one ever has, whatever it is called.
    #[output(stable)]
    db_cluster_resource_id: String,
    /// What RDS says of it, such as `available`, `modifying`.
    status: String,
    /// The version that runs, such as `16.4` where `engineVersion` is `16`.
    engine_version_actual: String,
    /// Where the member that writes can be reached.
    #[output(follows(db_cluster_identifier, port))]
    endpoint: Option<DbClusterEndpoint>,
    /// Where the members that only read can be reached; the one that writes if there are no others.
    #[output(follows(endpoint))]
    read_endpoint: Option<DbClusterReadEndpoint>,
    /// Where the master user's password is; none without `manageMasterUserPassword`.
    #[output(follows(manage_master_user_password, master_user_password, master_user_secret_kms_key_id))]
    master_user_secret: Option<DbClusterMasterUserSecret>,
}

impl Managed for DbCluster {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    const DELETED: &'static Wait = &waits::DB_CLUSTER_DELETED;

    const INSTEAD: &'static str = "Take the change back, or make a second database beside this one and move the data. Or \
        make a snapshot of it (`aws rds create-db-cluster-snapshot`), and set snapshotIdentifier to that together with \
        `allowReplace: true`: the new one begins with its data";

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    fn forbids(was: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::forbid(was, want, problems);
    }

    /// A snapshot is what a cluster began with: to name it no longer changes nothing.
    fn replaces(property: &str, _: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        (property == fields::snapshot_identifier.name()).then(|| want.has(fields::snapshot_identifier))
    }

    /// What is being deleted when it is wanted again makes room for another one.
    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::status).is_some_and(|status| status == databases::DELETING)
    }

    async fn occupant(_: &Cx, want: &DbClusterInputs) -> Result<Option<String>> {
        Ok(Some(want.db_cluster_identifier.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(cx.find::<types::DbCluster>(id).await?.and_then(|found| tagging::owner_among(found.tag_list())))
    }

    async fn create(cx: &Cx, want: &DbClusterInputs, owner: &Owner) -> Result<String> {
        calls::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &DbClusterInputs) -> Result<()> {
        let is_new = !cx.recorded::<Self>().has(fields::db_cluster_resource_id);
        let wait = if is_new { &waits::DB_CLUSTER_AVAILABLE } else { &waits::DB_CLUSTER_CHANGED };
        let found = state::until_done(cx, id, want, wait).await?;
        if is_new && want.snapshot_identifier.is_some() {
            changes::complete(cx, found, want).await?;
            state::until_done(cx, id, want, &waits::DB_CLUSTER_CHANGED).await?;
        }
        Ok(())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<DbCluster>> {
        let Some(found) = cx.find::<types::DbCluster>(id).await? else { return Ok(None) };
        seen::seen(found, &cx.recorded::<Self>()).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let found = changes::change(cx, id, change).await?;
        let arn = answered(found.db_cluster_arn, "DBClusterArn")?;
        tagging::retag(cx, &arn, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        removal::remove(cx, id, was).await
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let found = cx.find::<types::DbCluster>(id).await?;
        let members = found.and_then(|found| found.db_cluster_members).unwrap_or_default().into_iter();
        Ok(members.filter_map(|member| member.db_instance_identifier).collect())
    }
}

impl Findable for types::DbCluster {
    fn id(&self) -> Option<&str> {
        self.db_cluster_identifier()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let named = types::Filter::builder().name("db-cluster-id").set_values(Some(ids)).build();
        let clusters = session.rds().describe_db_clusters().filters(named);
        Ok(clusters.into_paginator().items().send().try_collect().await?)
    }
}
