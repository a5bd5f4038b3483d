//! What the properties of a listener must keep between each other.

use framework::{
    problem::Problems,
    property::{Choice as _, Properties},
};

use super::{ActionType, Listener, MutualAuthenticationMode, Protocol, fields};
use crate::{
    aws::limits::load_balancing::{OF_LISTENERS, Of},
    resources::load_balancing::{actions, attributes},
};

type Wanted<'a> = Properties<'a, Listener>;

pub(super) fn check(want: &Wanted<'_>, problems: &mut Problems) {
    if let Some(wanted) = want.get(fields::default_actions) {
        actions::check(&wanted, &want.path(fields::default_actions), problems);
    }
    fits_the_balancer(want, problems);
    is_secured(want, problems);
    mutual_authentication(want, problems);
    if let Some(given) = want.get(fields::listener_attributes) {
        let protocol = want.get(fields::protocol).flatten();
        let whose = protocol.map_or("a listener".to_owned(), |it| format!("a listener of {}", it.text()));
        let of = want.get(fields::load_balancer_arn).and_then(|arn| balancer(protocol, &arn));
        let at = want.path(fields::listener_attributes);
        attributes::check(&given, OF_LISTENERS, of.or(protocol.map(Protocol::balancer)), &whose, &at, problems);
    }
    if let Some(tags) = want.get(fields::tags) {
        tags.plain_only(&want.path(fields::tags), problems);
    }
}

/// The kind of balancer, by the protocol, or by the ARN, which tells it.
pub(super) fn balancer(protocol: Option<Protocol>, load_balancer: &str) -> Option<Of> {
    let kinds = [(":loadbalancer/app/", Of::Application), (":loadbalancer/net/", Of::Network)];
    let by_arn =
        kinds.iter().chain([&(":loadbalancer/gwy/", Of::Gateway)]).find(|(part, _)| load_balancer.contains(part));
    protocol.map(Protocol::balancer).or(by_arn.map(|(_, of)| *of))
}

fn fits_the_balancer(want: &Wanted<'_>, problems: &mut Problems) {
    let of = want.get(fields::load_balancer_arn).and_then(|arn| balancer(None, &arn));
    let (port, protocol) = (want.path(fields::port), want.path(fields::protocol));
    match of {
        Some(Of::Gateway) => {
            let reason = "can't be given for a gateway load balancer";
            for (at, _) in [(port, want.has(fields::port)), (protocol, want.has(fields::protocol))]
                .into_iter()
                .filter(|(_, given)| *given)
            {
                problems.add(at, reason);
            }
        }
        Some(_) | None if want.has(fields::port) != want.has(fields::protocol) => {
            let missing = if want.has(fields::port) { protocol } else { port };
            problems.add(missing, "is required, unless the load balancer is of type gateway");
        }
        Some(of) => match want.get(fields::protocol) {
            Some(None) => {
                for at in [port, protocol] {
                    problems.add(at, "is required, unless the load balancer is of type gateway");
                }
            }
            Some(Some(given)) if given.balancer() != of && of == Of::Application => {
                problems.add(protocol, "must be HTTP or HTTPS for an application load balancer");
            }
            Some(Some(given)) if given.balancer() != of => {
                problems.add(protocol, "must be TCP, TLS, UDP, TCP_UDP, QUIC or TCP_QUIC for a network load balancer");
            }
            _ => {}
        },
        None => {}
    }
    if of.is_none() && want.get(fields::protocol).flatten() == Some(Protocol::Geneve) {
        problems.add(want.path(fields::protocol), "is the one between a gateway load balancer and its targets");
    }
}

/// Certificates and policies belong to protocols that encrypt, and those need a certificate.
fn is_secured(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(protocol) = want.get(fields::protocol) else { return };
    let secure = protocol.is_some_and(Protocol::is_secure);
    if secure && !want.has(fields::certificates) {
        problems.add(want.path(fields::certificates), "is required for the protocols HTTPS and TLS");
    }
    let only = "can be given only for the protocols HTTPS and TLS";
    if !secure && want.has(fields::certificates) {
        problems.add(want.path(fields::certificates), only);
    }
    if !secure && want.has(fields::ssl_policy) {
        problems.add(want.path(fields::ssl_policy), only);
    }
    if protocol != Some(Protocol::Tls) && want.get(fields::alpn_policy).is_none_or(|policy| !policy.is_empty()) {
        problems.add(want.path(fields::alpn_policy), "can be given only for the protocol TLS");
    }
    if protocol != Some(Protocol::Https) {
        if want.has(fields::mutual_authentication) {
            problems.add(want.path(fields::mutual_authentication), "can be given only for the protocol HTTPS");
        }
        signs_nobody_in(protocol, want, problems);
    }
}

/// Only what came encrypted, and was read, can be asked who it is.
fn signs_nobody_in(protocol: Option<Protocol>, want: &Wanted<'_>, problems: &mut Problems) {
    for (index, action) in want.get(fields::default_actions).unwrap_or_default().iter().enumerate() {
        let at = want.path(fields::default_actions).index(index).key("type");
        match action.r#type {
            ActionType::Forward => {}
            ActionType::Redirect | ActionType::FixedResponse => {
                if protocol != Some(Protocol::Http) {
                    problems.add(at, "must be forward, unless the protocol is HTTP or HTTPS");
                }
            }
            _ => problems.add(at, "needs the protocol HTTPS"),
        }
    }
}

fn mutual_authentication(want: &Wanted<'_>, problems: &mut Problems) {
    let Some(wanted) = want.get(fields::mutual_authentication).flatten() else { return };
    let at = want.path(fields::mutual_authentication);
    let verifies = wanted.mode == MutualAuthenticationMode::Verify;
    if verifies && wanted.trust_store_arn.is_none() {
        problems.add(at.key("trustStoreArn"), "is required for the mode verify");
    }
    let others = [
        ("trustStoreArn", wanted.trust_store_arn.is_some()),
        ("ignoreClientCertificateExpiry", wanted.ignore_client_certificate_expiry.is_some()),
        ("advertiseTrustStoreCaNames", wanted.advertise_trust_store_ca_names.is_some()),
    ];
    for (name, _) in others.into_iter().filter(|(_, given)| *given && !verifies) {
        problems.add(at.key(name), "can be given only for the mode verify");
    }
}
