//! The component `Dns`: a domain with its zone and its certificate.

mod children;
mod inputs;
mod names;
mod outputs;

use framework::{
    Component,
    component::{self, Scope},
    problem::Problems,
};

pub use inputs::DnsInputs;
pub use outputs::DnsOutputs;

use crate::aws::Aws;
use names::Names;

/// A domain: its hosted zone, given or made, and a certificate for it and everything one label below.
///
/// AWS issues the certificate once it finds a record of ours by way of the domain's delegation. A zone that was made
/// just now isn't delegated: the deployment waits, at most 75 minutes, until the domain's registrar, or whoever has the
/// zone above, was told its name servers. With `certificate: false` nothing waits.
///
/// Nothing is deleted that isn't ours: a zone that was given stays, and so do records that others have made. A zone
/// with such records can't be deleted, and the error names them.
///
/// ```typescript
/// const dns = new tenantstack.Dns("dns", { domain: "example.com", zoneId: "Z0123456789ABCDEFGHIJ" });
/// ```
#[derive(Component)]
#[component(token = "index:Dns")]
pub struct Dns;

impl component::Component for Dns {
    type Inputs = DnsInputs;
    type Outputs = DnsOutputs;
    type Cloud = Aws;

    fn build(scope: &Scope<Aws>, want: DnsInputs) -> Result<DnsOutputs, Problems> {
        let mut problems = Problems::none();
        let names = Names::of(&want.domain, want.alternative_names.as_deref().unwrap_or_default(), &mut problems);
        if want.alternative_names.is_some() && !want.certificate {
            let reason = "are names of the certificate, which certificate: false does without";
            problems.add(framework::value::Path::of("alternativeNames"), reason);
        }
        problems.into_result()?;
        Ok(children::describe(scope, &want, &names))
    }
}
