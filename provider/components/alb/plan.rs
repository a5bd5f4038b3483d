//! What a load balancer consists of, decided from plain values before anything is described.

use framework::{
    component::{Given, Scope},
    problem::Problems,
    property::Cidr,
    value::{Output, Path},
};

use super::inputs::AlbInputs;
use crate::{
    aws::{Aws, Mode},
    components::{
        Dns, Network, Vpc, Zone, alias,
        given::{self, Shared},
    },
    resources::domain_name::DomainName,
};

/// A load balancer, decided.
pub struct Plan {
    /// The network.
    pub network: Shared<Vpc, Network>,
    /// Whether it is reached from inside alone.
    pub internal: bool,
    /// What leads to it, if it has a name of the user's.
    pub name: Option<Named>,
    /// What proves who it is; without, it answers on plain HTTP.
    pub certificates: Certificates,
    /// Who may connect; the network's own addresses when absent.
    pub allowed: Option<Vec<Cidr>>,
    /// Whether AWS refuses to delete it.
    pub protected: bool,
}

/// A name, and the zone that it stands in.
pub struct Named {
    /// The name.
    pub domain: DomainName,
    /// The zone.
    pub zone: Shared<Dns, Zone>,
}

/// Where the certificates of HTTPS come from.
pub enum Certificates {
    /// There are none.
    None,
    /// The zone has one.
    OfZone,
    /// The program gives them.
    Given(Vec<Output<String>>),
}

impl Plan {
    /// Decides on a load balancer.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the inputs, each with its path.
    pub fn new(want: &AlbInputs, mode: Mode) -> Result<Self, Problems> {
        let mut problems = Problems::none();
        let network = given::network(want.vpc.as_ref(), want.network.as_ref(), &mut problems);
        let name = named(want.dns.as_ref(), want.zone.as_ref(), want.domain.as_ref(), &mut problems);
        let certificates = match (&want.certificate_arns, &name) {
            (Some(given), _) => Certificates::Given(given.clone()),
            (None, Some(_)) => Certificates::OfZone,
            (None, None) => Certificates::None,
        };
        match network {
            Some(network) if problems.is_empty() => Ok(Plan {
                network,
                internal: want.internal,
                name,
                certificates,
                allowed: want.allowed_cidrs.clone().or_else(|| (!want.internal).then(everywhere)),
                protected: want.deletion_protection.unwrap_or(mode == Mode::Production),
            }),
            _ => Err(problems),
        }
    }

    /// Takes its name.
    ///
    /// # Errors
    ///
    /// That another component of the program makes it.
    pub fn take_name(&self, scope: &Scope<Aws>) -> Result<(), Problems> {
        let mut problems = Problems::none();
        if self.name.as_ref().is_some_and(|named| !alias::take(scope, &named.zone, &named.domain)) {
            problems.add(Path::of("domain"), "is a name that another component of this program makes already");
        }
        problems.into_result()
    }

    /// Whether it answers on HTTPS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        !matches!(self.certificates, Certificates::None)
    }
}

fn everywhere() -> Vec<Cidr> {
    "0.0.0.0/0".parse().into_iter().collect()
}

/// The name and its zone; one without the other is noted as a problem.
fn named(
    dns: Option<&Given<Dns>>,
    zone: Option<&Output<Zone>>,
    domain: Option<&DomainName>,
    problems: &mut Problems,
) -> Option<Named> {
    let shared = given::ZONE.either(dns, zone, problems);
    match (domain, shared) {
        (Some(domain), Some(zone)) => Some(Named { domain: domain.clone(), zone }),
        (Some(_), None) if dns.is_none() => {
            let reason = "needs dns or zone, in which the name is made; with certificateArns alone, leave it out and \
                          make the name yourself";
            problems.add(Path::of("domain"), reason);
            None
        }
        (None, Some(_)) => {
            let reason = "must be given with dns or zone: the name in it that leads here, such as app.example.com";
            problems.add(Path::of("domain"), reason);
            None
        }
        _ => None,
    }
}
