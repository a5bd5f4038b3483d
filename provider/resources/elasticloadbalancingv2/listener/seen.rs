//! A listener as AWS shows it, in the program's words.

use aws_sdk_elasticloadbalancingv2::types;
use framework::property::{Choice as _, Properties};

use super::{
    AlpnPolicy, Certificate, Listener, MutualAuthentication, MutualAuthenticationMode, OnOff, Protocol, fields,
};
use crate::{
    aws::{Result, Tags, answered, limits::load_balancing::OF_LISTENERS},
    resources::load_balancing::{
        actions,
        attributes::{self, Shown},
    },
};

fn is_imported(said: &Properties<'_, Listener>) -> bool {
    !said.has(fields::load_balancer_arn)
}

/// Whether the program names attributes; after an import it may have to.
pub(super) fn names_attributes(said: &Properties<'_, Listener>) -> bool {
    is_imported(said) || said.get(fields::listener_attributes).is_none_or(|named| !named.is_empty())
}

pub(super) fn seen(
    found: types::Listener,
    tags: Tags,
    attributes: Shown,
    said: &Properties<'_, Listener>,
) -> Result<Listener> {
    let protocol = found.protocol().and_then(|protocol| Protocol::of(protocol.as_str()));
    let named = said.get(fields::listener_attributes).filter(|_| !is_imported(said));
    let certificates: Vec<_> = found.certificates().iter().filter_map(Certificate::seen).collect();
    let policies = found.alpn_policy().iter().filter_map(|policy| AlpnPolicy::from_text(policy));
    let alpn_policy: Vec<_> = policies.collect();
    let none = alpn_policy == [AlpnPolicy::None] && said.get(fields::alpn_policy).unwrap_or_default().is_empty();
    let shown = actions::seen(found.default_actions());
    let load_balancer_arn = answered(found.load_balancer_arn, "loadBalancerArn")?;
    let of = super::rules::balancer(protocol, &load_balancer_arn);
    Ok(Listener {
        port: found.port,
        protocol,
        default_actions: actions::in_the_words_of(said.get(fields::default_actions), shown),
        certificates: (!certificates.is_empty()).then_some(certificates),
        ssl_policy: found.ssl_policy.filter(|_| protocol.is_some_and(Protocol::is_secure)),
        alpn_policy: if none { Vec::new() } else { alpn_policy },
        mutual_authentication: found
            .mutual_authentication
            .and_then(|shown| mutual(shown, said.get(fields::mutual_authentication).flatten())),
        listener_attributes: of
            .map(|of| attributes::read(attributes, named.as_deref(), OF_LISTENERS, of))
            .unwrap_or_default(),
        tags,
        load_balancer_arn,
        listener_arn: answered(found.listener_arn, "listenerArn")?,
    })
}

/// Without what is so anyway, where the program doesn't say it.
fn mutual(
    shown: types::MutualAuthenticationAttributes,
    said: Option<MutualAuthentication>,
) -> Option<MutualAuthentication> {
    let mode = MutualAuthenticationMode::from_text(shown.mode()?)?;
    if mode == MutualAuthenticationMode::Off && said.is_none() {
        return None;
    }
    let names = shown.advertise_trust_store_ca_names.and_then(|on| OnOff::from_text(on.as_str()));
    let says = |of: fn(&MutualAuthentication) -> bool| said.as_ref().is_some_and(of);
    Some(MutualAuthentication {
        mode,
        trust_store_arn: shown.trust_store_arn.filter(|arn| !arn.is_empty()),
        ignore_client_certificate_expiry: shown
            .ignore_client_certificate_expiry
            .filter(|ignored| *ignored || says(|said| said.ignore_client_certificate_expiry.is_some())),
        advertise_trust_store_ca_names: names
            .filter(|on| *on == OnOff::On || says(|said| said.advertise_trust_store_ca_names.is_some())),
    })
}
