//! A law that doesn't exist.
use framework::Object;

/// A disk.
#[derive(Object, Clone)]
#[object(token = "compute:Disk")]
struct Disk {
    /// Its size.
    #[field(rang(1, 2))]
    size: i64,
}

fn main() {}
