//! What properties of a DB instance are made of.

use framework::{Choice, Object};

/// What kind of disks a database's storage is on.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "rds:StorageType")]
pub enum StorageType {
    /// Solid-state disks whose speed is said by itself.
    #[choice("gp3")]
    Gp3,
    /// Solid-state disks whose speed grows with their size.
    #[choice("gp2")]
    Gp2,
    /// Solid-state disks with as many operations a second as `iops` says.
    #[choice("io1")]
    Io1,
    /// The same, with a better promise of availability.
    #[choice("io2")]
    Io2,
    /// Magnetic disks, for old databases only.
    #[choice("standard")]
    Standard,
}

/// The kind of a database's addresses.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "rds:NetworkType")]
pub enum NetworkType {
    /// IPv4 alone.
    #[choice("IPV4")]
    Ipv4,
    /// IPv4 and IPv6.
    #[choice("DUAL")]
    Dual,
}

/// How much Database Insights shows of a database.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "rds:DatabaseInsightsMode")]
pub enum DatabaseInsightsMode {
    /// What is free.
    #[choice("standard")]
    Standard,
    /// Everything, for a price.
    #[choice("advanced")]
    Advanced,
}

/// What happens to a database whose version is out of standard support.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "rds:EngineLifecycleSupport")]
pub enum EngineLifecycleSupport {
    /// It goes on, at a charge.
    #[choice("open-source-rds-extended-support")]
    Extended,
    /// It is upgraded to a version with standard support.
    #[choice("open-source-rds-extended-support-disabled")]
    Standard,
}

/// Where a database can be reached.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "rds:DBInstanceEndpoint")]
pub struct DbInstanceEndpoint {
    /// Its name, for clients to connect to.
    pub address: String,
    /// Its port.
    pub port: i32,
    /// The hosted zone that the name is in, for alias records.
    pub hosted_zone_id: Option<String>,
}

/// The secret that RDS keeps the master user's password in.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "rds:DBInstanceMasterUserSecret")]
pub struct DbInstanceMasterUserSecret {
    /// The secret's ARN, in Secrets Manager. Its value is a JSON document with `username` and `password`.
    pub secret_arn: String,
    /// The KMS key that encrypts it.
    pub kms_key_id: Option<String>,
}
