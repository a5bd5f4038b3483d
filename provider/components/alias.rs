//! A name of the user's that leads to a load balancer.

use framework::{
    component::{Given, Scope},
    value::Output,
};
use futures::FutureExt as _;

use super::{Alb, Dns, Zone, given::Shared};
use crate::{
    aws::Aws,
    resources::{
        domain_name::DomainName,
        route53::{RecordSetAliasTarget, RecordSetArgs, RecordSetHandle, RecordSetType},
    },
};

/// Where a load balancer is known in DNS: its own name, and the hosted zone of that name.
pub type Target = Output<(String, String)>;

/// The record by which `name`, in that zone, leads to a load balancer.
pub fn alias(
    scope: &Scope<Aws>,
    role: &str,
    zone: &Output<Zone>,
    name: &DomainName,
    target: &Target,
) -> RecordSetHandle {
    let args = RecordSetArgs {
        hosted_zone_id: zone.map(|zone| zone.zone_id).into(),
        name: name.clone().into(),
        r#type: RecordSetType::A.into(),
        alias_target: target
            .map(|(dns_name, zone)| RecordSetAliasTarget {
                dns_name: DomainName::told(&dns_name),
                hosted_zone_id: zone,
                evaluate_target_health: false,
            })
            .into(),
        ..RecordSetArgs::default()
    };
    scope.child(role, args)
}

/// Takes the name for a component; false if another one of the program makes it. What other stacks make isn't known
/// before AWS refuses.
pub fn take(scope: &Scope<Aws>, zone: &Shared<Dns, Zone>, name: &DomainName) -> bool {
    place(zone, name).is_none_or(|place| scope.cloud().seats().take(&place, scope.name(), 1))
}

/// Whether that balancer of the program makes the name, so that it leads there already.
pub fn is_made_by(scope: &Scope<Aws>, balancer: &Given<Alb>, zone: &Shared<Dns, Zone>, name: &DomainName) -> bool {
    place(zone, name).is_some_and(|place| scope.cloud().seats().has(&place, balancer.urn().name()))
}

/// A name of a zone, as far as the zone is known already.
fn place(zone: &Shared<Dns, Zone>, name: &DomainName) -> Option<String> {
    let zone = match zone {
        Shared::Object(dns) => dns.urn().as_str().to_owned(),
        Shared::Data(zone) => zone.resolve().now_or_never()?.value?.zone_id,
    };
    Some(format!("the name {name} in {zone}"))
}
