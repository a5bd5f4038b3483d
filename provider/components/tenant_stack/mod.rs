//! The component `TenantStack`: a client's whole stack.
//!
//! `parts` are its inputs in the words of the components that make them; `plan` decides what is shared and what is the
//! tenant's own; `rules` says what has to hold between the inputs; `children` says it in components.

mod children;
mod inputs;
mod outputs;
mod parts;
mod plan;
mod rules;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::{TenantStackInputs, Tier};
pub use outputs::TenantStackOutputs;
pub use parts::{TenantCache, TenantCacheEngine, TenantDatabase, TenantDatabaseEngine, TenantSecrets, TenantService};

use crate::aws::Aws;
use plan::Plan;

/// A client's whole stack: services, database, cache, secrets, names, and nothing that another client could reach, read
/// or name.
///
/// With the tier `bridge` it shares a network, a cluster and a balancer with other tenants, and the next client is one
/// more line; with `silo` it has all of these to itself, but for what it is given. What is shared comes from the same
/// program, or as plain data from a stack of its own: `network`, `clusterArn`, `edge`, `zone`.
///
/// Every service is linked to the tenant's database, cache and secrets: it gets their variables, and the way to them is
/// open to the tenant's services alone. Services with a `port` are reached by `<tenant>.<domain>` and by `hosts`; several
/// share these by their `paths`.
///
/// When the client leaves, take the line out: what holds data is protected in production until you say otherwise, and
/// leaves a final snapshot.
///
/// ```typescript
/// for (const tenant of ["acme", "globex"]) {
///     new tenantstack.TenantStack(tenant, {
///         tenant, cluster, loadBalancer: alb, dns, domain: "example.com",
///         services: [{ name: "web", image: "ghcr.io/us/app:1.8", port: 3000 }],
///         cache: { engine: "valkey" },
///     });
/// }
/// ```
#[derive(Component)]
#[component(token = "index:TenantStack")]
pub struct TenantStack;

impl component::Component for TenantStack {
    type Inputs = TenantStackInputs;
    type Outputs = TenantStackOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: TenantStackInputs) -> Result<TenantStackOutputs, Problems> {
        let mut problems = Problems::none();
        rules::check(&want, &mut problems);
        let plan = Plan::new(&want, &mut problems);
        plan.take_names(scope, &want, &mut problems);
        // Described even if something is wrong already, so that what is wrong with the parts comes along. Nothing is made
        // of it then.
        let outputs = children::describe(scope, &plan, &want, &mut problems);
        outputs.filter(|_| problems.is_empty()).ok_or(problems)
    }
}
