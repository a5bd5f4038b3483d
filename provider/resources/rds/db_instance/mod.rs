//! A DB instance: a database of Amazon RDS, or a member of an Aurora cluster.

mod calls;
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
    DatabaseInsightsMode, DbInstanceEndpoint, DbInstanceMasterUserSecret, EngineLifecycleSupport, NetworkType,
    StorageType,
};

use crate::aws::{
    Aws, Cx, Result, TagChange, Tags, answered,
    limits::{databases, waits},
    tags::rds as tagging,
};

/// A DB instance of Amazon RDS: a database server with its storage, or, with `dbClusterIdentifier`, a member of an Aurora
/// cluster.
///
/// Nothing that it holds is lost by mistake. A change that only another instance can have is refused in the preview,
/// unless `allowReplace` is true. Deleting it makes a final snapshot first, unless `finalSnapshot` is false; if that
/// snapshot fails, the instance stays. With `deletionProtection` AWS refuses to delete it at all.
///
/// AWS takes 5 to 9 minutes to make one. A Region has 40 of them for an account, with 100,000 GiB together, unless you
/// ask for more (Amazon RDS User Guide, "Quotas and constraints for Amazon RDS"). The engines of Oracle, Microsoft
/// and IBM aren't offered yet.
#[derive(Resource)]
#[resource(token = "rds:DBInstance", model = "AWS::RDS::DBInstance", id = "db_instance_identifier", holds_data)]
pub struct DbInstance {
    /// The instance's name, unique in the account and Region, and a part of its address. Made up from the resource's name
    /// when absent. AWS keeps it in small letters.
    #[input(
        replaces,
        named(63),
        length(1, 63),
        pattern("[a-z](-?[a-z0-9])*", "small letters, digits and single hyphens, with a letter at the beginning")
    )]
    db_instance_identifier: String,
    /// How many processors and how much memory it has, such as `db.t4g.micro`; `db.serverless` for a member of an Aurora
    /// cluster whose capacity follows its load. A change restarts the database.
    #[input(length(4, 255), pattern("db\\.[a-z0-9.-]+", "the name of a class of instances, such as db.t4g.micro"))]
    db_instance_class: String,
    /// The database engine. Required, unless `dbSnapshotIdentifier` says it.
    #[input(
        replaces,
        computed,
        pattern(
            "aurora-mysql|aurora-postgresql|mariadb|mysql|postgres",
            "one of aurora-mysql, aurora-postgresql, mariadb, mysql, postgres"
        )
    )]
    engine: Option<String>,
    /// The engine's version: `16` is any 16.x, and `16.3` that one or a later 16.x, as AWS may upgrade minor versions by
    /// itself. AWS's default version when absent. A change restarts the database, and never goes back to an earlier
    /// version; see `allowMajorVersionUpgrade`.
    #[input(computed, pattern("[0-9]+(\\.[0-9A-Za-z_-]+)*", "a version, such as 16 or 16.3"))]
    engine_version: Option<String>,
    /// Whether `engineVersion` may be changed to another major version, in place. AWS makes a snapshot before it begins,
    /// if backups are on, and the upgrade can't be undone. An own parameter group has to be changed with it, to one of the
    /// new version's family.
    #[input(default = false, write_only)]
    allow_major_version_upgrade: Option<bool>,
    /// Whether AWS upgrades minor versions by itself, in the maintenance window.
    #[input(default = true)]
    auto_minor_version_upgrade: bool,
    /// Whether a version whose standard support has ended goes on, at a charge (RDS Extended Support). It does when
    /// absent.
    #[input(computed)]
    engine_lifecycle_support: Option<EngineLifecycleSupport>,
    /// The name of the first database that is made on it. What it means depends on the engine (Amazon RDS API Reference,
    /// `CreateDBInstance`); without it PostgreSQL has the database `postgres`, and MySQL and MariaDB have none.
    #[input(
        replaces,
        computed,
        length(1, 63),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, with a letter at the beginning")
    )]
    db_name: Option<String>,
    /// The name of the master user. Required, unless `dbSnapshotIdentifier` or `dbClusterIdentifier` is given.
    #[input(
        replaces,
        computed,
        length(1, 128),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, with a letter at the beginning")
    )]
    master_username: Option<String>,
    /// The master user's password. Prefer `manageMasterUserPassword`, with which no program ever knows it. MySQL
    /// and MariaDB take 41 characters at most.
    #[input(
        secret,
        write_only,
        length(8, 128),
        pattern("[!#-.0-?A-~]*", "printable ASCII characters without spaces, slashes, double quotes and at signs")
    )]
    master_user_password: Option<String>,
    /// Whether RDS makes the master user's password, keeps it in Secrets Manager and rotates it every seven days:
    /// `masterUserSecret` tells where. Either this or `masterUserPassword` is required, unless
    /// `dbSnapshotIdentifier` or `dbClusterIdentifier` is given.
    #[input(default = false)]
    manage_master_user_password: bool,
    /// The KMS key that encrypts the secret of `manageMasterUserPassword`: its ARN, or its id. The account's key for
    /// Secrets Manager when absent. RDS can't change it while the secret is there.
    #[input(computed, length(1, 2048))]
    master_user_secret_kms_key_id: Option<String>,
    /// How large its storage is at least, in GiB. Storage only grows: what it has beyond this, be it that
    /// `maxAllocatedStorage` let it grow or that somebody enlarged it, it keeps. AWS enlarges by a tenth or more, and takes
    /// the next change of storage six hours later. Required, unless `dbSnapshotIdentifier` or `dbClusterIdentifier` is
    /// given.
    #[input(computed, range(5, 65536))]
    allocated_storage: Option<i32>,
    /// Up to how many GiB RDS lets the storage grow by itself as it fills up. It doesn't when absent.
    #[input(range(6, 65536))]
    max_allocated_storage: Option<i32>,
    /// What kind of disks the storage is on. To change it takes up to days, in which the database works and nothing else
    /// can be changed.
    #[input(computed)]
    storage_type: Option<StorageType>,
    /// How many operations a second the storage can do, for `io1`, `io2`, and for `gp3` from 400 GiB.
    #[input(computed, range(1000, 256_000))]
    iops: Option<i32>,
    /// How many MiB a second the storage can move, for `gp3` from 400 GiB.
    #[input(computed, range(125, 4000))]
    storage_throughput: Option<i32>,
    /// Whether the transaction log has a volume of its own, for `io1` and `io2`. A change restarts the database.
    #[input(default = false)]
    dedicated_log_volume: bool,
    /// Whether storage, backups, snapshots and replicas are encrypted. Only a new instance can be; one from a snapshot is
    /// as the snapshot is.
    #[input(replaces, computed)]
    storage_encrypted: Option<bool>,
    /// The KMS key that encrypts the storage: its ARN, or its id. The account's key for RDS when absent.
    #[input(replaces, computed, length(1, 2048))]
    kms_key_id: Option<String>,
    /// The group of subnets that it is in. Those of the default VPC when absent.
    #[input(replaces, computed, length(1, 255))]
    db_subnet_group_name: Option<String>,
    /// The security groups of its network interfaces. The VPC's default group when absent.
    #[input(set, computed, items(1, 100))]
    vpc_security_groups: Option<Vec<String>>,
    /// The Availability Zone that it is in. AWS chooses one when absent. Not with `multiAz`.
    #[input(replaces, computed)]
    availability_zone: Option<String>,
    /// Whether a standby in another Availability Zone takes over when it fails.
    #[input(default = false)]
    multi_az: bool,
    /// Whether its name leads to a public address from outside of the VPC. Its security groups decide who may
    /// connect all the same.
    #[input(default = false)]
    publicly_accessible: bool,
    /// The port that it listens to: 5432 for PostgreSQL, 3306 for MySQL and MariaDB when absent. A change restarts
    /// the database at once, whatever `applyImmediately` says.
    #[input(computed, range(1150, 65535))]
    port: Option<i32>,
    /// The kind of its addresses. IPv4 alone when absent.
    #[input(computed)]
    network_type: Option<NetworkType>,
    /// The authority that its TLS certificate is of, such as `rds-ca-rsa2048-g1`. The account's default when absent. A
    /// change restarts some versions of some engines; see `certificateRotationRestart`.
    #[input(computed, length(1, 255))]
    ca_certificate_identifier: Option<String>,
    /// Whether a change of `caCertificateIdentifier` restarts the database. As the engine needs it when absent.
    #[input(write_only)]
    certificate_rotation_restart: Option<bool>,
    /// The parameter group, of the family of its engine and version. RDS's own for the version when absent. Static
    /// parameters of another group take effect when the database is restarted, which RDS doesn't do by itself.
    #[input(computed, length(1, 255))]
    db_parameter_group_name: Option<String>,
    /// For how many days automated backups are kept, from which it can be restored to any second; none are made with 0.
    /// One day when absent, or as the snapshot's instance had it.
    #[input(computed, range(0, 35))]
    backup_retention_period: Option<i32>,
    /// When in the day backups are made, in UTC, such as `04:00-04:30`: half an hour or more. AWS chooses when absent.
    #[input(
        computed,
        pattern("([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]", "a window of time such as 04:00-04:30")
    )]
    preferred_backup_window: Option<String>,
    /// When in the week AWS may restart it for maintenance, in UTC, such as `sat:03:00-sat:04:00`: half an hour or more.
    /// AWS chooses when absent.
    #[input(
        computed,
        pattern(
            "(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]",
            "a window of time such as sat:03:00-sat:04:00"
        )
    )]
    preferred_maintenance_window: Option<String>,
    /// Whether snapshots get the instance's tags, the final one included.
    #[input(default = false)]
    copy_tags_to_snapshot: bool,
    /// The Aurora cluster that it is a member of. The cluster has the storage, the master user, the backups and the
    /// final snapshot then, and this instance has no properties for them.
    #[input(replaces, length(1, 63))]
    db_cluster_identifier: Option<String>,
    /// In which order members of an Aurora cluster take over when its writer fails: 0 first, 15 last. 1 when absent.
    #[input(computed, range(0, 15))]
    promotion_tier: Option<i32>,
    /// Whether users can connect with their IAM identity in place of a password.
    #[input(default = false)]
    enable_iam_database_authentication: bool,
    /// The logs that are sent to CloudWatch Logs: `postgresql` and `upgrade`, or `audit`, `error`, `general`, `slowquery`
    /// and `iam-db-auth-error`, by engine.
    #[input(default, set)]
    enable_cloudwatch_logs_exports: Vec<String>,
    /// How often metrics of the operating system are taken, in seconds; 0 for not at all (Enhanced Monitoring).
    #[input(default = 0, one_of(0, 1, 5, 10, 15, 30, 60))]
    monitoring_interval: i32,
    /// The role by which these metrics reach CloudWatch Logs. Required with a `monitoringInterval` other than 0.
    #[input(length(20, 2048), pattern("arn:[a-z0-9-]+:iam::[0-9]{12}:role/.+", "the ARN of an IAM role"))]
    monitoring_role_arn: Option<String>,
    /// How much Database Insights shows: `standard`, as it is when absent, or `advanced`, which wants Performance Insights
    /// with a retention of 465 days.
    #[input(computed)]
    database_insights_mode: Option<DatabaseInsightsMode>,
    /// Whether Performance Insights records what the database is busy with.
    #[input(default = false)]
    enable_performance_insights: bool,
    /// The KMS key that encrypts what Performance Insights records: its ARN, or its id. The account's key for RDS when
    /// absent. It can't be changed once Performance Insights is on, nor by turning it off and on again: RDS keeps the first
    /// key as long as there is the instance.
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
    /// The snapshot that a new instance begins with: its identifier, or its ARN. It can be taken out of the program later;
    /// another one needs another instance.
    #[input(write_only, length(1, 255))]
    db_snapshot_identifier: Option<String>,
    /// Whether changes are made at once, and waited for. If not, those that restart the database or disturb it wait for the
    /// maintenance window (Amazon RDS User Guide, "Settings for DB instances").
    #[input(default = true, write_only)]
    apply_immediately: Option<bool>,
    /// Whether AWS refuses to delete it. It has to be turned off before it can be destroyed or replaced.
    #[input(default = false)]
    deletion_protection: bool,
    /// Whether a snapshot is made before it is deleted, which stays until somebody deletes it. A member of a cluster and a
    /// read replica have none.
    #[input(default = true, write_only)]
    final_snapshot: Option<bool>,
    /// The name of that snapshot. When absent it is made up of the instance's name and its `dbiResourceId`, which no other
    /// instance ever has.
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
    /// Whether it may be replaced by another instance, where a change can't be made in place. The other one is empty,
    /// unless `dbSnapshotIdentifier` is given.
    #[input(default = false, write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The instance's ARN.
    #[output(stable)]
    db_instance_arn: String,
    /// The instance's id that no other one ever has, whatever it is called.
    #[output(stable)]
    dbi_resource_id: String,
    /// What RDS says of it, such as `available`, `modifying`, `storage-full`.
    db_instance_status: String,
    /// The version that runs, such as `16.4` where `engineVersion` is `16`.
    engine_version_actual: String,
    /// Where it can be reached.
    #[output(follows(db_instance_identifier, port))]
    endpoint: Option<DbInstanceEndpoint>,
    /// Where the master user's password is; none without `manageMasterUserPassword`.
    #[output(follows(manage_master_user_password, master_user_password, master_user_secret_kms_key_id))]
    master_user_secret: Option<DbInstanceMasterUserSecret>,
}

impl Managed for DbInstance {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    const DELETED: &'static Wait = &waits::DB_INSTANCE_DELETED;

    const INSTEAD: &'static str = "Take the change back; or make a second database beside this one and move the data; \
        or make a snapshot of it (`aws rds create-db-snapshot`) and give its name as dbSnapshotIdentifier, with which the \
        new one begins";

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    fn forbids(was: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::forbid(was, want, problems);
    }

    /// A snapshot is what an instance began with: to name it no longer changes nothing.
    fn replaces(property: &str, _: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        (property == fields::db_snapshot_identifier.name()).then(|| want.has(fields::db_snapshot_identifier))
    }

    /// What is being deleted when it is wanted again makes room for another one.
    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::db_instance_status).is_some_and(|status| status == databases::DELETING)
    }

    async fn occupant(_: &Cx, want: &DbInstanceInputs) -> Result<Option<String>> {
        Ok(Some(want.db_instance_identifier.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(cx.find::<types::DbInstance>(id).await?.and_then(|found| tagging::owner_among(found.tag_list())))
    }

    async fn create(cx: &Cx, want: &DbInstanceInputs, owner: &Owner) -> Result<String> {
        calls::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &DbInstanceInputs) -> Result<()> {
        let is_new = !cx.recorded::<Self>().has(fields::dbi_resource_id);
        let wait = if is_new { &waits::DB_INSTANCE_AVAILABLE } else { &waits::DB_INSTANCE_CHANGED };
        let found = state::until_done(cx, id, want, wait).await?;
        if is_new && want.db_snapshot_identifier.is_some() {
            changes::complete(cx, found, want).await?;
            state::until_done(cx, id, want, &waits::DB_INSTANCE_CHANGED).await?;
        }
        Ok(())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<DbInstance>> {
        let Some(found) = cx.find::<types::DbInstance>(id).await? else { return Ok(None) };
        seen::seen(found, &cx.recorded::<Self>()).map(Some)
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let found = changes::change(cx, id, change).await?;
        let arn = answered(found.db_instance_arn, "DBInstanceArn")?;
        tagging::retag(cx, &arn, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        removal::remove(cx, id, was).await
    }
}
