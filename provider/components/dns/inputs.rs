//! What a program says of a domain.

use framework::{Inputs, value::Output};

use crate::{
    aws::{Mode, Tags},
    resources::domain_name::DomainName,
};

/// The inputs of [`Dns`](super::Dns).
#[derive(Inputs, Clone)]
pub struct DnsInputs {
    /// The domain, such as `example.com`. A certificate takes at most 64 characters.
    #[field(
        length(1, 64),
        pattern(
            r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?",
            "a domain name of letters, digits and dashes, such as example.com"
        )
    )]
    pub domain: DomainName,
    /// The id of the domain's hosted zone, if it has one: `Z0123…`. When absent one is made, and the domain's
    /// registrar has to be told its `nameServers` before anything in it is found.
    #[field(length(1, 32), pattern("[A-Z0-9]+", "a hosted zone's id, such as Z0123456789ABCDEFGHIJ"))]
    pub zone_id: Option<Output<String>>,
    /// Whether there is a certificate for the domain and everything one label below it, `*.example.com`. AWS
    /// issues it once it finds a record in the zone, which is made too: a new zone must be delegated for that.
    #[field(default = true)]
    pub certificate: bool,
    /// Names that the certificate is for as well, in the domain: `app.eu.example.com`, `*.eu.example.com`. The
    /// certificate takes 10 names in all unless you ask AWS for more (AWS Certificate Manager User Guide,
    /// "Quotas"). Another set of names needs another certificate, which is there before the old one goes.
    #[field(items(1, 98))]
    pub alternative_names: Option<Vec<DomainName>>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for the zone and the certificate. Each is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}
