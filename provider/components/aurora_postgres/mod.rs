//! The component `AuroraPostgres`: a database of Amazon Aurora.

mod children;
mod inputs;
mod outputs;
mod rules;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::AuroraPostgresInputs;
pub use outputs::AuroraPostgresOutputs;

use crate::{aws::Aws, components::given};

/// A `PostgreSQL` database of Amazon Aurora whose capacity follows its load (Aurora Serverless v2), in subnets without a
/// way to or from the Internet.
///
/// It is encrypted, asks for TLS, and is reached by those alone that have its `link`: a service with `links: [db.link]`
/// gets `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGSSLMODE` and, as a secret, `PGPASSWORD`, and the one rule in the
/// database's security group that lets it in. The master password is made and kept by RDS in Secrets Manager: it is in
/// no program, no state and no task definition.
///
/// Its storage is in three Availability Zones and grows by itself. Each member, the one that writes and its `replicas`,
/// has between `minCapacity` and `maxCapacity`.
///
/// What would lose its data is refused: a change that needs another cluster fails in the preview, unless
/// `allowReplace` is true. In production RDS refuses to delete it until `deletionProtection` is false, and whatever
/// deletes it takes a final snapshot before, unless `finalSnapshot` is false. A snapshot is restored by
/// `snapshotIdentifier`.
///
/// ```typescript
/// const db = new tenantstack.AuroraPostgres("db", { vpc, maxCapacity: 8 });
/// const web = new tenantstack.FargateService("web", { cluster, image, port: 80, links: [db.link] });
/// ```
#[derive(Component)]
#[component(token = "index:AuroraPostgres")]
pub struct AuroraPostgres;

impl component::Component for AuroraPostgres {
    type Inputs = AuroraPostgresInputs;
    type Outputs = AuroraPostgresOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: AuroraPostgresInputs) -> Result<AuroraPostgresOutputs, Problems> {
        let mut problems = Problems::none();
        let network = given::network(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        rules::check(&want, &mut problems);
        match network {
            Some(network) if problems.is_empty() => Ok(children::describe(scope, &network, &want)),
            _ => Err(problems),
        }
    }
}
