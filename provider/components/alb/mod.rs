//! The component `Alb`: one load balancer that many services share.
//!
//! `plan` decides, in plain values, what it consists of; `children` says it in resources.

mod children;
mod inputs;
mod listeners;
mod outputs;
mod plan;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub(super) use children::certificate_for;
pub use inputs::{AccessLogs, AlbInputs};
pub use outputs::AlbOutputs;

use crate::aws::Aws;
use plan::Plan;

/// An Application Load Balancer that many services share, each by the hosts, paths and headers that it asks for.
///
/// With `dns` or `zone` and a `domain`, or with `certificateArns`, it answers on HTTPS and sends whoever comes to
/// port 80 there; otherwise it answers on port 80 in plain text. A request that no service asks for is answered
/// with 404. Its security group lets in the ports that it listens on and nothing else, requests whose headers
/// aren't valid are cleaned of them, and what it sends stays in the network.
///
/// A load balancer holds 100 target groups, one for each service, and 100 rules (Elastic Load Balancing, "Quotas
/// for your Application Load Balancers").
///
/// ```typescript
/// const alb = new tenantstack.Alb("edge", { vpc, dns, domain: "*.example.com" });
/// ```
#[derive(Component)]
#[component(token = "index:Alb")]
pub struct Alb;

impl component::Component for Alb {
    type Inputs = AlbInputs;
    type Outputs = AlbOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: AlbInputs) -> Result<AlbOutputs, Problems> {
        let plan = Plan::new(&want, want.mode.unwrap_or(scope.cloud().mode()))?;
        plan.take_name(scope)?;
        Ok(children::describe(scope, &plan, &want))
    }
}
