//! The component `Vpc`: a network that a whole stack can stand in.
//!
//! `plan` decides, in plain values, what the network consists of; `children` says it in resources.

mod children;
mod flow_logs;
mod inputs;
mod layout;
mod nat;
mod outputs;
mod plan;
mod services;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod zones;

use framework::{
    Component,
    cloud::Cloud,
    component::{self, Scope},
    problem::Problems,
    value::Map,
};

pub use flow_logs::FlowLogs;
pub use inputs::VpcInputs;
pub use nat::Nat;
pub use outputs::VpcOutputs;

use crate::aws::Aws;
use plan::{Plan, Setting};

/// A network: three tiers of subnets in each of its zones, with routing, NAT, endpoints and nothing open.
///
/// - **Public** subnets are reached from the Internet and reach it: load balancers and NAT gateways.
/// - **Private** subnets reach the Internet through NAT: services and functions.
/// - **Isolated** subnets do neither: databases and caches.
///
/// Each subnet's addresses follow from the network's own, the tier and the zone alone, so zones can be added
/// and taken away, and no other subnet changes. Half of the network's addresses are for private subnets, an
/// eighth each for public and isolated ones, and a quarter is kept for what may come. In `10.0.0.0/16` that
/// is `10.0.0.0/17`, `10.0.128.0/19`, `10.0.160.0/19` and `10.0.192.0/18`; each tier has room for eight zones.
///
/// The security group that AWS makes with a VPC is emptied of rules, so that nothing can be reached by having
/// forgotten to choose one.
///
/// ```typescript
/// const vpc = new tenantstack.Vpc("net");
/// const small = new tenantstack.Vpc("lab", { cidrBlock: "10.1.0.0/20", nat: "none", endpoints: ["s3", "ecr.api", "ecr.dkr", "logs"] });
/// ```
#[derive(Component)]
#[component(token = "index:Vpc")]
pub struct Vpc;

impl component::Component for Vpc {
    type Inputs = VpcInputs;
    type Outputs = VpcOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: VpcInputs) -> Result<VpcOutputs, Problems> {
        let session = scope.cloud().session(&Map::new()).ok();
        let region = session.as_ref().map(|session| session.region());
        let plan = Plan::new(&want, Setting { mode: scope.cloud().mode(), region })?;
        Ok(children::describe(scope, &plan, region, want.tags))
    }
}
