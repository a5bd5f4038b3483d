//! Types without a name in the schema.
use framework::{Choice, Component, Object};

/// A disk.
#[derive(Object, Clone)]
struct Disk {
    /// Its size.
    size: i64,
}

/// How a machine is paid for.
#[derive(Choice, Clone, Copy)]
#[choice(token = "compute:Billing")]
enum Billing {
    /// By the hour.
    Hourly,
}

/// A cluster.
#[derive(Component)]
#[component(name = "index:Cluster")]
struct Cluster;

fn main() {}
