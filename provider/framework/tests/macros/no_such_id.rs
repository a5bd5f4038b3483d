//! An id that is no property.
use framework::Resource;

/// A machine.
#[derive(Resource)]
#[resource(token = "compute:Machine", id = "machineid")]
struct Machine {
    /// Its zone.
    #[input]
    zone: String,

    machine_id: String,
}

fn main() {}
