//! What properties of a DB cluster are made of.

use framework::{Choice, Object};

/// How the storage of an Aurora cluster is paid for.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "rds:AuroraStorageType")]
pub enum AuroraStorageType {
    /// By the GiB and by the operation.
    #[choice("aurora")]
    Standard,
    /// By the GiB alone, at a higher price (I/O-Optimized).
    #[choice("aurora-iopt1")]
    IoOptimized,
}

/// Between which capacities members of the class `db.serverless` follow their load.
#[derive(Object, Clone, Copy, Debug, PartialEq)]
#[object(token = "rds:ServerlessV2ScalingConfiguration")]
pub struct ServerlessV2ScalingConfiguration {
    /// The least, in Aurora capacity units of some 2 GiB of memory each: in halves, from 0, with which a member that nobody
    /// uses stops.
    pub min_capacity: f64,
    /// The most, in Aurora capacity units: in halves, from 1 to 256.
    pub max_capacity: f64,
    /// After how many seconds without a connection a member stops, with a `minCapacity` of 0. 300 when absent.
    #[field(range(300, 86_400))]
    pub seconds_until_auto_pause: Option<i32>,
}

/// Where the member of a cluster that writes can be reached.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "rds:DBClusterEndpoint")]
pub struct DbClusterEndpoint {
    /// Its name, for clients to connect to.
    pub address: String,
    /// Its port.
    pub port: i32,
}

/// Where the members of a cluster that only read can be reached.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "rds:DBClusterReadEndpoint")]
pub struct DbClusterReadEndpoint {
    /// Its name, for clients to connect to.
    pub address: String,
}

/// The secret that RDS keeps the master user's password in.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "rds:DBClusterMasterUserSecret")]
pub struct DbClusterMasterUserSecret {
    /// The secret's ARN, in Secrets Manager. Its value is a JSON document with `username` and `password`.
    pub secret_arn: String,
    /// The KMS key that encrypts it.
    pub kms_key_id: Option<String>,
}
