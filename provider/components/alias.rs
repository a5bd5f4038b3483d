//! A name of the user's that leads to a load balancer.

use framework::{component::Scope, value::Output};

use super::Zone;
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
