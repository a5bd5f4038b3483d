//! What a program says of an Aurora `PostgreSQL` database.

use std::collections::BTreeMap;

use framework::{Inputs, component::Given, value::Output};

use crate::{
    aws::{Mode, Tags},
    components::{Network, Vpc, postgresql},
};

/// The inputs of [`AuroraPostgres`](super::AuroraPostgres).
#[derive(Inputs, Clone)]
pub struct AuroraPostgresInputs {
    /// The network that the database stands in, in its isolated subnets: two or more, in as many Availability Zones.
    /// It stays there: another network needs another database, which may begin with a snapshot of this one.
    pub vpc: Option<Given<Vpc>>,
    /// The same as plain data, for a network of another stack or one that isn't ours.
    pub network: Option<Output<Network>>,
    /// The version of `PostgreSQL`: `17` for the latest 17 that Aurora offers, whose minor versions RDS installs in the
    /// maintenance window, or `17.4` for just that one. A later one is installed in place, which ends connections for
    /// minutes; going back needs another database.
    #[field(default = AuroraPostgresInputs::ENGINE_VERSION, pattern(r"[0-9]{2}(\.[0-9]{1,2})?", "a version such as 17 or 17.4"))]
    pub engine_version: String,
    /// The least capacity of each member, in Aurora capacity units of some 2 GiB of memory: in halves. With 0 a member
    /// that nobody uses stops, and costs nothing until the next connection, which waits for some 15 seconds.
    #[field(default = AuroraPostgresInputs::MIN_CAPACITY)]
    pub min_capacity: f64,
    /// The most capacity of each member, in Aurora capacity units: in halves, from 1 to 256.
    #[field(default = AuroraPostgresInputs::MAX_CAPACITY)]
    pub max_capacity: f64,
    /// After how many seconds without a connection a member stops, with a `minCapacity` of 0. 300 when absent.
    #[field(range(300, 86_400))]
    pub auto_pause_seconds: Option<i32>,
    /// How many members there are beside the one that writes. They can be read from, and one of them takes over when
    /// the writer fails. 1 in production, 0 in development. Each costs what its capacity costs.
    #[field(range(0, 15))]
    pub replicas: Option<i32>,
    /// Whether queries can be sent as HTTP requests (RDS Data API).
    #[field(default = false)]
    pub data_api: bool,
    /// The database that is made in the cluster. Another name needs another cluster.
    #[field(
        default = AuroraPostgresInputs::DATABASE_NAME,
        length(1, 63),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, a letter first")
    )]
    pub database_name: String,
    /// The master user. Another name needs another cluster.
    #[field(
        default = AuroraPostgresInputs::USERNAME,
        length(1, 63),
        pattern("[A-Za-z][A-Za-z0-9_]*", "letters, digits and underscores, a letter first")
    )]
    pub username: String,
    /// After how many days the master password is rotated, again and again. It isn't rotated by itself when absent: a
    /// container reads it when it starts, so a service that was deployed before a rotation opens no new connection until it
    /// is deployed again, and RDS would rotate it every seven days. To rotate it on purpose, run `aws rds
    /// modify-db-cluster --db-cluster-identifier <clusterIdentifier> --rotate-master-user-password --apply-immediately`
    /// and deploy the services again when that is over, after about a minute. Should it have turned the schedule on,
    /// `pulumi up --refresh` turns it off.
    #[field(range(1, 1000))]
    pub password_rotation_days: Option<i32>,
    /// For how many days RDS keeps what it takes to go back to any second. 35 in production, 7 in development.
    #[field(range(1, 35))]
    pub backup_retention_days: Option<i32>,
    /// Whether RDS refuses to delete it. True in production, false in development. Set it to false and deploy before you
    /// destroy the stack.
    pub deletion_protection: Option<bool>,
    /// Whether whatever deletes it takes a final snapshot before.
    #[field(default = true)]
    pub final_snapshot: bool,
    /// The snapshot that the database begins with, by its name or ARN. It means something while the database is made.
    #[field(length(1, 255))]
    pub snapshot_identifier: Option<String>,
    /// Parameters of the cluster, by name, such as `log_min_duration_statement`. `rds.force_ssl` is always 1. Those that
    /// take effect with a restart alone wait for the next one.
    pub parameters: Option<BTreeMap<String, String>>,
    /// Whether Performance Insights keeps seven days of what the database was busy with, which costs nothing.
    #[field(default = true)]
    pub performance_insights: bool,
    /// The ARN of the key of KMS that encrypts the storage; AWS's own for RDS when absent. Another one needs another
    /// cluster.
    #[field(length(1, 2048))]
    pub kms_key_id: Option<Output<String>>,
    /// Whether the database may be replaced by an empty one, where a change needs that.
    #[field(default = false)]
    pub allow_replace: bool,
    /// What stands in front of the names of the variables of `link`: `ORDERS_` gives `ORDERS_PGHOST` and so on. For a
    /// service with two databases.
    #[field(length(1, 40), pattern("[A-Za-z_][A-Za-z0-9_]*", "letters, digits and underscores, not a digit first"))]
    pub link_prefix: Option<String>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for everything of the database. Each resource is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

impl AuroraPostgresInputs {
    /// The version, unless the program says another.
    pub const ENGINE_VERSION: &'static str = "17";
    /// The least capacity of a member.
    pub const MIN_CAPACITY: f64 = 0.5;
    /// The most capacity of a member.
    pub const MAX_CAPACITY: f64 = 4.0;
    /// The database, unless the program names another.
    pub const DATABASE_NAME: &'static str = postgresql::DATABASE_NAME;
    /// The master user, unless the program names another.
    pub const USERNAME: &'static str = postgresql::USERNAME;
}
