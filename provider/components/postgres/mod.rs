//! The component `Postgres`: a database of Amazon RDS.

mod children;
mod inputs;
mod outputs;
mod rules;
#[cfg(test)]
mod tests;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::PostgresInputs;
pub use outputs::PostgresOutputs;

use crate::{aws::Aws, components::given};

/// A `PostgreSQL` database of Amazon RDS, in subnets without a way to or from the Internet.
///
/// It is encrypted, asks for TLS, and is reached by those alone that have its `link`: a service with `links: [db.link]`
/// gets `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGSSLMODE` and, as a secret, `PGPASSWORD`, and the one rule in the
/// database's security group that lets it in. The master password is made and kept by RDS in Secrets Manager: it is in
/// no program, no state and no task definition. It stays the same until somebody rotates it, unless
/// `passwordRotationDays` says how often that happens by itself.
///
/// What would lose its data is refused: a change that needs another database fails in the preview, unless
/// `allowReplace` is true. In production RDS refuses to delete it until `deletionProtection` is false, and whatever
/// deletes it takes a final snapshot before, unless `finalSnapshot` is false. A snapshot is restored by
/// `snapshotIdentifier`.
///
/// ```typescript
/// const db = new tenantstack.Postgres("db", { vpc });
/// const web = new tenantstack.FargateService("web", { cluster, image, port: 80, links: [db.link] });
/// ```
#[derive(Component)]
#[component(token = "index:Postgres")]
pub struct Postgres;

impl component::Component for Postgres {
    type Inputs = PostgresInputs;
    type Outputs = PostgresOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: PostgresInputs) -> Result<PostgresOutputs, Problems> {
        let mut problems = Problems::none();
        let network = given::network(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        rules::check(&want, &mut problems);
        match network {
            Some(network) if problems.is_empty() => Ok(children::describe(scope, &network, &want)),
            _ => Err(problems),
        }
    }
}
