//! A component's output that is no value to come.
use framework::Outputs;

#[derive(Outputs, Clone)]
struct ClusterOutputs {
    /// How many machines there are.
    machines: i64,
}

fn main() {}
