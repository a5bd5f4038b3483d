//! Rules and names with arguments that mean nothing.
use framework::Object;

/// A disk.
#[derive(Object, Clone)]
#[object(token = "compute:Disk")]
struct Disk {
    /// Its size.
    #[field(range(1))]
    size: i64,
}

/// A shelf.
#[derive(Object, Clone)]
#[object(token = "compute:Shelf")]
struct Shelf {
    /// Its name.
    #[field(named("long"))]
    name: String,
}

fn main() {}
