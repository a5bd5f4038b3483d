//! Laws that mean nothing where they stand.
use framework::{Object, Resource};

/// A disk.
#[derive(Object, Clone)]
#[object(token = "compute:Disk")]
struct Disk {
    /// Where it is seen.
    #[field(default)]
    mount: Option<String>,
    /// Its size.
    #[field(computed)]
    size: i64,
}

/// A machine.
#[derive(Resource)]
#[resource(token = "compute:Machine", id = "machine_id")]
struct Machine {
    /// Its zone.
    #[input(stable)]
    zone: String,
    /// Its id.
    machine_id: String,
}

fn main() {}
