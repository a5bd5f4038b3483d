//! What a program gets back from a domain.

use framework::{Outputs, value::Output};

use crate::{components::Zone, resources::domain_name::DomainName};

/// The outputs of [`Dns`](super::Dns).
#[derive(Outputs, Clone)]
pub struct DnsOutputs {
    /// The id of the hosted zone.
    pub zone_id: Output<String>,
    /// The name servers of the zone, which the domain's registrar has to know; nothing when `zoneId` was given.
    pub name_servers: Output<Option<Vec<String>>>,
    /// The domain.
    pub domain: Output<DomainName>,
    /// The ARN of the certificate, once it is issued; nothing without one.
    pub certificate_arn: Output<Option<String>>,
    /// The domain as plain data, for other stacks and for components that take it as `zone`.
    pub zone: Output<Zone>,
}
