//! A domain and its hosted zone as plain data.

use framework::Object;

use crate::resources::domain_name::DomainName;

/// A domain as plain data: what a `Dns` has as its output `zone`. It can be exported and read through a
/// `StackReference`, or written by hand for a zone that isn't ours.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Zone")]
pub struct Zone {
    /// The id of the hosted zone.
    pub zone_id: String,
    /// The domain, such as `example.com`.
    pub domain: DomainName,
    /// The ARN of a certificate for the domain and everything one label below it. It is needed where something
    /// answers on HTTPS in the domain.
    pub certificate_arn: Option<String>,
}
