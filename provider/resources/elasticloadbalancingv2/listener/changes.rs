//! Making and changing a listener.

use aws_sdk_elasticloadbalancingv2::types;
use framework::{
    property::Choice as _,
    resource::{Change, Owner},
};

use super::{AlpnPolicy, Attribute, Certificate, Listener, ListenerInputs, MutualAuthentication, Protocol, fields};
use crate::{
    aws::{Cx, Result, answered, limits::load_balancing::OF_LISTENERS, tags::elb as tagging},
    resources::load_balancing::{
        actions,
        attributes::{self, Shown},
    },
};

pub(super) async fn make(cx: &Cx, want: &ListenerInputs, owner: &Owner) -> Result<String> {
    let made = cx
        .elb()
        .create_listener()
        .load_balancer_arn(&want.load_balancer_arn)
        .set_port(want.port)
        .set_protocol(want.protocol.map(|protocol| protocol.text().into()))
        .set_default_actions(Some(actions::to_aws(&want.default_actions)))
        .set_certificates(want.certificates.as_deref().map(certificates))
        .set_ssl_policy(want.ssl_policy.clone())
        .set_alpn_policy((!want.alpn_policy.is_empty()).then(|| alpn(&want.alpn_policy)))
        .set_mutual_authentication(want.mutual_authentication.as_ref().map(mutual))
        .set_tags(Some(tagging::for_create(&want.tags, owner)))
        .send()
        .await?;
    let made = made.listeners.unwrap_or_default().into_iter().next();
    answered(made.and_then(|listener| listener.listener_arn), "listenerArn")
}

/// Gives a listener the attributes that the program names, as far as it lacks them.
pub(super) async fn complete(cx: &Cx, arn: &str, want: &ListenerInputs) -> Result<()> {
    if want.listener_attributes.is_empty() {
        return Ok(());
    }
    let shown = attributes(cx, arn).await?;
    set(cx, arn, attributes::to_set(&shown, &want.listener_attributes)).await
}

pub(super) async fn change(cx: &Cx, arn: &str, change: &Change<Listener>) -> Result<()> {
    let want = change.wanted();
    let secure = change.to(fields::protocol).is_some()
        || change.to(fields::certificates).is_some()
        || change.to(fields::ssl_policy).is_some();
    // What a protocol doesn't know goes with the one that knew it.
    let speaks = |protocol| want.protocol == Some(protocol);
    let mutual_authentication = change.to(fields::mutual_authentication).filter(|_| speaks(Protocol::Https));
    let alpn_policy = change.to(fields::alpn_policy).filter(|_| speaks(Protocol::Tls));
    let port = change.to(fields::port);
    let other_actions = change.to(fields::default_actions).is_some();
    if secure || mutual_authentication.is_some() || port.is_some() || alpn_policy.is_some() || other_actions {
        let call = cx
            .elb()
            .modify_listener()
            .listener_arn(arn)
            .set_port(port.flatten())
            .set_default_actions(other_actions.then(|| actions::to_aws(&want.default_actions)))
            .set_alpn_policy(alpn_policy.map(|policy| alpn(&policy)))
            .set_mutual_authentication(mutual_authentication.map(|wanted| wanted.as_ref().map_or_else(off, mutual)));
        // These three have to fit each other: all of them, or none.
        let call = match secure {
            true => call
                .set_protocol(want.protocol.map(|protocol| protocol.text().into()))
                .set_certificates(want.certificates.as_deref().map(certificates))
                .set_ssl_policy(want.ssl_policy.clone()),
            false => call,
        };
        call.send().await?;
    }
    let Some(of) = super::rules::balancer(want.protocol, &want.load_balancer_arn) else { return Ok(()) };
    let was = change.was().get(fields::listener_attributes).unwrap_or_default();
    set(cx, arn, attributes::to_reset(&was, &want.listener_attributes, OF_LISTENERS, of)).await
}

/// All attributes, by key.
pub(super) async fn attributes(cx: &Cx, arn: &str) -> Result<Shown> {
    let answer = cx.elb().describe_listener_attributes().listener_arn(arn).send().await?;
    let pairs = answer.attributes.unwrap_or_default().into_iter();
    Ok(attributes::shown(pairs.map(|attribute| (attribute.key, attribute.value))))
}

async fn set(cx: &Cx, arn: &str, wanted: Vec<Attribute>) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let pair = |Attribute { key, value }| types::ListenerAttribute::builder().key(key).value(value).build();
    let call = cx.elb().modify_listener_attributes().listener_arn(arn);
    call.set_attributes(Some(wanted.into_iter().map(pair).collect())).send().await?;
    Ok(())
}

fn certificates(wanted: &[Certificate]) -> Vec<types::Certificate> {
    wanted.iter().map(Certificate::to_aws).collect()
}

/// As AWS has it: `None` where there is none, which takes away the one that was.
fn alpn(wanted: &[AlpnPolicy]) -> Vec<String> {
    let none = vec![AlpnPolicy::None.text().to_owned()];
    if wanted.is_empty() { none } else { wanted.iter().map(|policy| policy.text().to_owned()).collect() }
}

fn mutual(wanted: &MutualAuthentication) -> types::MutualAuthenticationAttributes {
    types::MutualAuthenticationAttributes::builder()
        .mode(wanted.mode.text())
        .set_trust_store_arn(wanted.trust_store_arn.clone())
        .set_ignore_client_certificate_expiry(wanted.ignore_client_certificate_expiry)
        .set_advertise_trust_store_ca_names(wanted.advertise_trust_store_ca_names.map(|on| on.text().into()))
        .build()
}

fn off() -> types::MutualAuthenticationAttributes {
    types::MutualAuthenticationAttributes::builder().mode(super::MutualAuthenticationMode::Off.text()).build()
}
