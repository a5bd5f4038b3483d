//! An output that follows what isn't an input.
use framework::Resource;

/// A machine.
#[derive(Resource)]
#[resource(token = "compute:Machine", id = "machine_id")]
struct Machine {
    /// Its zone.
    #[input]
    zone: String,

    /// Its id.
    #[output(stable)]
    machine_id: String,
    /// Its address.
    #[output(follows(zone, machine_id, network))]
    address: String,
}

fn main() {}
