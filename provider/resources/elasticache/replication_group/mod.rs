//! A replication group of Amazon ElastiCache: a cache of Valkey or Redis OSS, with its replicas and shards.

mod changes;
mod choices;
mod ending;
mod laws;
mod look;
mod making;
mod objects;
mod seen;
mod shards;
mod token;
mod transit;
mod version;

use aws_sdk_elasticache::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner, Wait},
};

pub use choices::{
    AuthTokenUpdateStrategy, CacheEngine, CacheLogType, ClusterMode, Durability, IpDiscovery, LogDestinationType,
    LogFormat, NetworkType, TransitEncryptionMode,
};
pub use objects::{
    CloudWatchLogsDestinationDetails, Endpoint, KinesisFirehoseDestinationDetails, LogDeliveryConfigurationRequest,
    LogDestinationDetails, NodeGroupConfiguration, ReadEndpoint,
};

use crate::aws::{Aws, Cx, Result, Tags, limits::waits};

/// A replication group of Amazon ElastiCache: a cache of Valkey or Redis OSS, with its replicas and shards.
///
/// It may hold data that is nowhere else. So it leaves a final snapshot when it is deleted, unless `finalSnapshot` is
/// false, and a change that needs another group is refused unless `allowReplace` is true. AWS takes six to nine minutes
/// to make a group. A Region has 300 nodes for an account, and a group with shards 90, unless you ask for more
/// (Amazon ElastiCache User Guide, "Quotas for ElastiCache").
#[derive(Resource)]
#[resource(
    token = "elasticache:ReplicationGroup",
    model = "AWS::ElastiCache::ReplicationGroup",
    id = "replication_group_id",
    holds_data
)]
pub struct ReplicationGroup {
    /// The group's id, unique in the account and Region, in small letters. Made up from the resource's name when
    /// absent.
    #[input(
        replaces,
        named(40),
        length(1, 40),
        pattern(
            r"[a-z](-?[a-z0-9])*",
            "small letters, digits and single hyphens that begin with a letter and don't end with a hyphen"
        )
    )]
    replication_group_id: String,
    /// What the group is for.
    #[input(length(1, 255))]
    replication_group_description: String,
    /// The engine: `redis` when absent. It changes in place from `redis` to `valkey`.
    #[input(computed)]
    engine: Option<CacheEngine>,
    /// The engine's version, such as `8.0` or `7.1`, or only its first number, which stands for the latest of these.
    /// What AWS's own minor upgrades make of it is no change. A newer one is an upgrade in place; AWS takes none back.
    #[input(computed, pattern(r"[0-9]+(\.[0-9]+){0,2}|6\.x", "a version such as 8.0, 7.1 or 6.x"))]
    engine_version: Option<String>,
    /// Whether AWS brings in minor upgrades of the engine, in the maintenance window.
    #[input(computed)]
    auto_minor_version_upgrade: Option<bool>,
    /// The kind of nodes, such as `cache.t4g.micro`. It is scaled up and down in place, to the types that
    /// `ListAllowedNodeTypeModifications` names. Required, unless the group comes from a snapshot, a cluster or a
    /// global datastore.
    #[input(computed, length(1, 64))]
    cache_node_type: Option<String>,
    /// How many nodes a group without shards has: the primary one and its replicas. Beside it stands
    /// `replicasPerNodeGroup`, of which this is one more.
    #[input(computed, range(1, 6))]
    num_cache_clusters: Option<i32>,
    /// How many shards the group has. With more than one it needs `automaticFailoverEnabled`. Shards come and go in
    /// place, and their data moves meanwhile.
    #[input(computed, range(1, 500))]
    num_node_groups: Option<i32>,
    /// How many replicas each shard has. They come and go in place.
    #[input(computed, range(0, 5))]
    replicas_per_node_group: Option<i32>,
    /// What is particular to each shard. Their number, and those of their replicas, change in place; a change of their
    /// zones or slots needs another group.
    #[input(replaces, write_only, items(1, 500))]
    node_group_configuration: Option<Vec<NodeGroupConfiguration>>,
    /// The Availability Zones of the nodes of a group without shards, the primary one's first: as many as
    /// `numCacheClusters`. Zones are added and taken away at the end together with nodes; any other change needs
    /// another group.
    #[input(replaces, write_only, items(1, 6))]
    preferred_cache_cluster_azs: Option<Vec<String>>,
    /// Whether a replica takes the place of a primary node that fails. It takes a replica, or shards.
    #[input(default = false)]
    automatic_failover_enabled: bool,
    /// Whether nodes are spread over Availability Zones, so that one that fails doesn't take all of them with it.
    /// It needs `automaticFailoverEnabled`.
    #[input(default = false)]
    multi_az_enabled: bool,
    /// How clients see shards. From `disabled` it goes in place to `compatible`, and from there to `enabled`; AWS takes
    /// no step back from `enabled`.
    #[input(computed)]
    cluster_mode: Option<ClusterMode>,
    /// How writes are made to last.
    #[input(computed)]
    durability: Option<Durability>,
    /// The cluster of no group that becomes the new group's primary node. Later on, the node that is to be the primary
    /// one.
    #[input(write_only, length(1, 50))]
    primary_cluster_id: Option<String>,
    /// The global datastore that the group becomes a secondary of.
    #[input(replaces, length(1, 255))]
    global_replication_group_id: Option<String>,

    /// The subnet group that the nodes are in; AWS's own, in the default VPC, when absent.
    #[input(replaces, computed, length(1, 255))]
    cache_subnet_group_name: Option<String>,
    /// The security groups of the nodes; the VPC's default one when absent.
    #[input(set, computed)]
    security_group_ids: Option<Vec<String>>,
    /// The port that nodes listen at: 6379 when absent.
    #[input(replaces, computed, range(1, 65535))]
    port: Option<i32>,
    /// The kind of the nodes' addresses: `ipv4` when absent.
    #[input(replaces, computed)]
    network_type: Option<NetworkType>,
    /// Which kind of addresses clients are told.
    #[input(computed)]
    ip_discovery: Option<IpDiscovery>,

    /// The parameter group: the engine's own when absent.
    #[input(computed, length(1, 255))]
    cache_parameter_group_name: Option<String>,
    /// Whether memory is extended by SSDs, which nodes of the types `r6gd` need.
    #[input(replaces, computed)]
    data_tiering_enabled: Option<bool>,
    /// Where logs are delivered to: one destination for each kind of log.
    #[input(default, set, items(0, 2))]
    log_delivery_configurations: Vec<LogDeliveryConfigurationRequest>,
    /// When nodes may be maintained: an hour or more a week in UTC, such as `sun:23:00-mon:01:30`. AWS chooses when
    /// absent.
    #[input(
        computed,
        pattern(
            r"(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]-(mon|tue|wed|thu|fri|sat|sun):([01][0-9]|2[0-3]):[0-5][0-9]",
            "a time of the week such as sun:23:00-mon:01:30"
        )
    )]
    preferred_maintenance_window: Option<String>,
    /// The ARN of the SNS topic that is told what happens to the group.
    #[input(length(1, 2048))]
    notification_topic_arn: Option<String>,

    /// Whether data is encrypted on disks. AWS's default is true for `valkey` and false for `redis`.
    #[input(replaces, computed)]
    at_rest_encryption_enabled: Option<bool>,
    /// The KMS key that encrypts data on disks; one of ElastiCache's own when absent.
    #[input(replaces, length(1, 2048))]
    kms_key_id: Option<String>,
    /// Whether connections are encrypted. Turned on and off in place, with a step over the mode `preferred`, in which
    /// the group takes both; its endpoints have other names then.
    #[input(default = false)]
    transit_encryption_enabled: bool,
    /// Whether connections without encryption are taken too: `required` when absent.
    #[input(computed)]
    transit_encryption_mode: Option<TransitEncryptionMode>,
    /// The password that clients have to give: of letters, digits and any of `!&#$^<>-`. It stays in the state, as a
    /// secret; `authTokenSecretArn` keeps it out of there. It takes `transitEncryptionEnabled`.
    #[input(
        secret,
        write_only,
        length(16, 128),
        pattern(r"[A-Za-z0-9!&#$^<>\-]+", "letters, digits and any of !&#$^<>-")
    )]
    auth_token: Option<String>,
    /// The ARN of a secret of Secrets Manager whose current version is the password that clients have to give. The
    /// provider reads it when the group is made and whenever it is changed, and keeps it nowhere: a tag of the group
    /// tells which version it was. When the secret was rotated, a refresh shows that the group's password isn't that of
    /// the secret any more, and the next update brings it there. The password before stays good (`authTokenUpdateStrategy`),
    /// so that containers go on that read the secret when they started.
    #[input(
        length(1, 2048),
        pattern(r"arn:[a-z0-9-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+", "the ARN of a secret")
    )]
    auth_token_secret_arn: Option<String>,
    /// The key of the password, where the secret is a JSON object; the secret as a whole is the password when absent.
    #[input(write_only, length(1, 255))]
    auth_token_secret_key: Option<String>,
    /// What becomes of the password before when another one is set, be it by `authToken` or by its secret: it is taken
    /// until the next change, so that clients that know no other go on until they follow (`ROTATE`, AWS's own default),
    /// or it isn't taken any more (`SET`). Of two passwords both are good, and no third (Amazon ElastiCache User Guide,
    /// "Authenticating with the Valkey and Redis OSS AUTH command"). Once all clients have the new one, `SET` alone
    /// ends the old one.
    #[input(write_only, default = AuthTokenUpdateStrategy::Rotate)]
    auth_token_update_strategy: Option<AuthTokenUpdateStrategy>,
    /// The user group whose users may connect. It can't stand beside a password.
    #[input(
        default,
        set,
        items(0, 1),
        each(length(1, 255), pattern(r"[a-zA-Z][a-zA-Z0-9\-]*", "the id of a user group"))
    )]
    user_group_ids: Vec<String>,

    /// The ARNs of files in S3 that a new group gets its data from. When they are taken out later, nothing changes.
    #[input(replaces, write_only, set, items(1, 500))]
    snapshot_arns: Option<Vec<String>>,
    /// The snapshot that a new group gets its data from. When it is taken out later, nothing changes.
    #[input(replaces, write_only, length(1, 255))]
    snapshot_name: Option<String>,
    /// For how many days daily snapshots are kept: 0, which is none, to 35.
    #[input(default = 0, range(0, 35))]
    snapshot_retention_limit: i32,
    /// When the daily snapshot is made: an hour or more in UTC, such as `05:00-09:00`. AWS chooses when absent.
    #[input(
        computed,
        pattern(
            r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]",
            "a time of the day such as 05:00-09:00"
        )
    )]
    snapshot_window: Option<String>,
    /// The node of a group without shards that daily snapshots are made of. AWS chooses when absent.
    #[input(computed, length(1, 50))]
    snapshotting_cluster_id: Option<String>,
    /// Whether a snapshot is made before the group is deleted. Its name is the group's id, `final`, and the time at
    /// which the group was made; it stays, and is paid for, until somebody deletes it. Without it the data is lost.
    #[input(write_only, default = true)]
    final_snapshot: Option<bool>,
    /// Whether the group may be replaced by another, empty one, where a change can't be made in place.
    #[input(write_only, default = false)]
    allow_replace: Option<bool>,
    /// Whether changes are made at once, or in the next maintenance window. Replicas, shards, passwords and encryption
    /// always change at once.
    #[input(write_only, default = true)]
    apply_immediately: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    arn: String,
    /// What clients connect to for reading and writing, in a group without shards.
    #[output(follows(
        replication_group_id,
        port,
        cluster_mode,
        num_node_groups,
        transit_encryption_enabled,
        transit_encryption_mode
    ))]
    primary_end_point: Option<Endpoint>,
    /// What clients connect to for reading, in a group without shards.
    #[output(follows(primary_end_point))]
    reader_end_point: Option<Endpoint>,
    /// What clients connect to in a group with shards.
    #[output(follows(primary_end_point))]
    configuration_end_point: Option<Endpoint>,
    /// What each node can be reached at.
    read_end_point: ReadEndpoint,
    /// The nodes, by the ids under which their metrics are.
    member_clusters: Vec<String>,
    /// How writes are made to last, where `durability` leaves it to AWS.
    effective_durability: Option<String>,
    /// Why the group is of no use any more: `create-failed`, or `deleting`. Another one takes its place then.
    failure: Option<String>,
}

impl Managed for ReplicationGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    const DELETED: &'static Wait = &waits::REPLICATION_GROUP_DELETED;

    const INSTEAD: &'static str = "Take the change back; or make a second group beside this one, which gets the data by \
         `snapshotName` from a snapshot of this one, and take this one out once nobody uses it; where it has to be the \
         same resource, make a snapshot first, give its name as `snapshotName`";

    fn is_beyond_repair(was: &Properties<'_, Self>) -> bool {
        was.get(fields::failure).flatten().is_some()
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
    }

    fn forbids(was: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::forbid(was, want, problems);
    }

    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        laws::replaces(property, was, want)
    }

    async fn occupant(_: &Cx, want: &ReplicationGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.replication_group_id.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        seen::owner(cx, id).await
    }

    async fn create(cx: &Cx, want: &ReplicationGroupInputs, owner: &Owner) -> Result<String> {
        making::make(cx, want, owner).await
    }

    async fn settle(cx: &Cx, id: &str, want: &ReplicationGroupInputs) -> Result<()> {
        making::complete(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ReplicationGroup>> {
        match cx.find::<types::ReplicationGroup>(id).await? {
            Some(found) => seen::seen(cx, found).await,
            None => Ok(None),
        }
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        changes::change(cx, id, change).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        // Whoever doesn't say otherwise keeps the data: imported groups, and those whose state was lost.
        ending::end(cx, id, was.get(fields::final_snapshot).flatten().unwrap_or(true)).await
    }
}
