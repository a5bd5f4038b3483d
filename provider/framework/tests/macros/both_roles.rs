//! A property that the program and the cloud would both have to say.
use framework::Resource;

/// A machine.
#[derive(Resource)]
#[resource(token = "compute:Machine", id = "zone")]
struct Machine {
    /// Its zone.
    #[input(replaces)]
    #[output(stable)]
    zone: String,
}

fn main() {}
