//! Laws of inputs on outputs.
use framework::Resource;

/// A machine.
#[derive(Resource)]
#[resource(token = "compute:Machine", id = "machine_id")]
struct Machine {
    /// Its zone.
    #[input]
    zone: String,

    /// Its id.
    #[output(stable, replaces)]
    machine_id: String,
    /// Its address.
    #[output(length(1, 2))]
    address: String,
    /// Its port.
    #[output(follows(zone))]
    port: String,
}

fn main() {}
