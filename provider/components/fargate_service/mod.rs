//! The component `FargateService`: containers that run, and how they are reached.
//!
//! `plan` decides, in plain values, what it consists of; `children` says it in resources; `containers` and `policies`
//! are what is made of values that are known late.

mod children;
mod containers;
mod inputs;
mod outputs;
mod parts;
mod plan;
mod policies;
mod rules;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::FargateServiceInputs;
pub use outputs::FargateServiceOutputs;
pub use parts::{Architecture, Build, Deployment, HealthCheck, Placement, Scaling, Sidecar};

use crate::aws::Aws;
use plan::Plan;

/// Containers that run on AWS Fargate, kept running, and reached through a load balancer.
///
/// With a `port` it is public: it gets a balancer of its own, or a place on a shared one by the hosts, paths and headers
/// that it asks for. Without one it is a worker, which nobody reaches. A new version takes the place of the old one
/// while that still answers; when it doesn't come up, the deployment fails and says why, and AWS goes back to what
/// worked.
///
/// Its two roles may do what it needs and nothing else: pull its image, read its secrets, write its logs; and what
/// `permissions` and `links` say. Its tasks stand in private subnets and let in the balancer alone. A service that
/// isn't reached through a balancer lets in nobody: add a rule to `securityGroupId` for whom it shall.
///
/// Its image is one that is there, or one that is built from a Dockerfile: see `build`.
///
/// ```typescript
/// const web = new tenantstack.FargateService("web", {
///     cluster, loadBalancer: alb,
///     image: "ghcr.io/us/app:1.8", port: 3000,
///     hosts: ["app.example.com"],
///     scaling: { min: 2, max: 10, cpuPercent: 60 },
/// });
/// ```
#[derive(Component)]
#[component(token = "index:FargateService")]
pub struct FargateService;

impl component::Component for FargateService {
    type Inputs = FargateServiceInputs;
    type Outputs = FargateServiceOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: FargateServiceInputs) -> Result<FargateServiceOutputs, Problems> {
        let plan = Plan::new(&want, want.mode.unwrap_or(scope.cloud().mode()))?;
        rules::beside_others(scope, &plan, &want)?;
        children::describe(scope, &plan, &want)
    }
}
