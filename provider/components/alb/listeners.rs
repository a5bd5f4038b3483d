//! What a load balancer listens on: HTTPS with its certificates, HTTP that leads there.

use framework::value::Output;

use super::children::Site;
use crate::{
    components::Zone,
    resources::{
        elasticloadbalancingv2::{ListenerArgs, ListenerCertificateArgs, LoadBalancerHandle},
        load_balancing::{
            actions::{Action, ActionType, FixedResponseConfig, RedirectConfig, RedirectStatusCode},
            certificates::Certificate,
            protocol::Protocol,
        },
    },
};

/// The ports of the World Wide Web.
pub(super) const HTTP: i32 = 80;
pub(super) const HTTPS: i32 = 443;

/// The listener on port 80: it sends everybody to HTTPS, or is the one that services join.
pub(super) fn http(site: &Site<'_>, balancer: &LoadBalancerHandle) -> Output<String> {
    let role = "http";
    let action = if site.plan.is_secure() { to_https() } else { not_found() };
    let args = ListenerArgs {
        load_balancer_arn: balancer.load_balancer_arn().into(),
        port: HTTP.into(),
        protocol: Protocol::Http.into(),
        default_actions: vec![action].into(),
        tags: site.tags.of(role).into(),
        ..ListenerArgs::default()
    };
    site.child(role, args).listener_arn()
}

/// The listener on port 443, with all of its certificates.
pub(super) fn https(site: &Site<'_>, balancer: &LoadBalancerHandle, zone: Option<&Output<Zone>>) -> Output<String> {
    let role = "https";
    let mut certificates = site.certificates(zone).into_iter();
    let usual = certificates.next().unwrap_or_else(Output::unknown);
    let listener = site.child(
        role,
        ListenerArgs {
            load_balancer_arn: balancer.load_balancer_arn().into(),
            port: HTTPS.into(),
            protocol: Protocol::Https.into(),
            ssl_policy: site.want.ssl_policy.clone().into(),
            certificates: listed(&usual).into(),
            default_actions: vec![not_found()].into(),
            tags: site.tags.of(role).into(),
            ..ListenerArgs::default()
        },
    );
    let more = certificates.enumerate().map(|(index, arn)| {
        let args =
            ListenerCertificateArgs { listener_arn: listener.listener_arn().into(), certificates: listed(&arn).into() };
        site.child(&format!("certificate-{}", index + 1), args).listener_certificate_id()
    });
    let more = Output::all(more);
    listener.listener_arn().after(&more)
}

fn listed(arn: &Output<String>) -> Output<Vec<Certificate>> {
    arn.map(|certificate_arn| vec![Certificate { certificate_arn }])
}

/// What is answered to a request that no service asks for.
fn not_found() -> Action {
    let response = FixedResponseConfig {
        status_code: "404".to_owned(),
        content_type: Some("text/plain".to_owned()),
        message_body: Some("Not Found".to_owned()),
    };
    Action { fixed_response_config: Some(response), ..Action::of(ActionType::FixedResponse) }
}

/// The same address on HTTPS.
fn to_https() -> Action {
    let redirect = RedirectConfig {
        protocol: Some("HTTPS".to_owned()),
        port: Some(HTTPS.to_string()),
        host: None,
        path: None,
        query: None,
        status_code: RedirectStatusCode::Http301,
    };
    Action { redirect_config: Some(redirect), ..Action::of(ActionType::Redirect) }
}
