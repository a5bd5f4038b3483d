//! The component `Secrets`: what services have to know and nobody else may.

mod children;
mod inputs;
mod outputs;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
    value::Path,
};

pub use inputs::{Generated, SecretsInputs};
pub use outputs::SecretsOutputs;

use crate::aws::Aws;

/// Secrets of AWS Secrets Manager, by the names of the environment variables in which services get them.
///
/// A value is given by the program, as a secret of its configuration, or made by AWS: that one is in no program, no
/// state and no log. A service with `links: [secrets.link]` gets each as an environment variable that ECS fills in when
/// a task starts, and its execution role may read these secrets and no others. A value that changed reaches tasks that
/// start later: the next deployment.
///
/// A secret that is taken out of the program can be restored for `recoveryWindowInDays`.
///
/// ```typescript
/// const secrets = new tenantstack.Secrets("app", {
///     values: { STRIPE_KEY: config.requireSecret("stripeKey") },
///     generated: { SESSION_KEY: { length: 64 } },
/// });
/// const web = new tenantstack.FargateService("web", { cluster, image, port: 80, links: [secrets.link] });
/// ```
#[derive(Component)]
#[component(token = "index:Secrets")]
pub struct Secrets;

impl component::Component for Secrets {
    type Inputs = SecretsInputs;
    type Outputs = SecretsOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: SecretsInputs) -> Result<SecretsOutputs, Problems> {
        let mut problems = Problems::none();
        let given = want.values.iter().flat_map(|texts| texts.keys());
        for name in want.generated.iter().flat_map(|generated| generated.keys()) {
            if given.clone().any(|other| other == name) {
                problems.add(Path::of("generated").key(name), "is given in values already");
            }
        }
        problems.into_result()?;
        Ok(children::describe(scope, &want))
    }
}
