//! The names of a tenant: made when its services answer, gone before they go.

use framework::value::Output;

use super::{running::Running, site::Site};
use crate::{
    components::{alias::alias, tenant_stack::plan::Door},
    resources::{elasticloadbalancingv2::ListenerCertificateArgs, load_balancing::certificates::Certificate},
};

/// By what a tenant is reached.
pub struct Named {
    /// Where its first name leads.
    pub url: Output<Option<String>>,
    /// All names.
    pub hosts: Output<Vec<String>>,
}

/// Describes the names, and the certificates that prove them.
pub fn describe(site: &Site<'_>, running: &[Running]) -> Named {
    let hosts = Output::known(site.plan.hosts.clone());
    let Some(edge) = &site.edge else { return Named { url: Output::known(None), hosts } };
    let ready = Output::all(running.iter().map(|one| one.service.service_arn.clone())).join(&certificates(site));
    let target = edge.map(|edge| (edge.dns_name, edge.canonical_hosted_zone_id));
    let made = site.zone.iter().flat_map(|zone| {
        let scope = site.scope.after(&ready);
        let target = target.clone();
        site.plan.names.iter().enumerate().map(move |(index, name)| {
            // The first is `<tenant>.<domain>`; the others are called after themselves, so that they come and go alone.
            let role = if index == 0 { "name".to_owned() } else { format!("name-{}", name.as_str().replace('.', "_")) };
            let (scope, role) = site.named(&scope, &role);
            alias(&scope, &role, zone, name, &target).name()
        })
    });
    let made = Output::all(made);
    let first = site.plan.hosts.iter().find(|host| !host.contains(['*', '?'])).cloned();
    let url = edge.map(move |edge| match (first, edge.url.split_once("://")) {
        (Some(host), Some((scheme, _))) => Some(format!("{scheme}://{host}")),
        _ => Some(edge.url),
    });
    Named { url: url.after(&made), hosts: hosts.after(&made) }
}

/// The tenant's own certificates on a balancer that it shares. One of its own has them from the beginning.
fn certificates(site: &Site<'_>) -> Output<()> {
    let (Some(Door::Given(_)), Some(edge)) = (&site.plan.balancer, &site.edge) else { return Output::known(()) };
    let given = site.want.certificate_arns.iter().flatten().enumerate().map(|(index, arn)| {
        let listed = arn.map(|certificate_arn| vec![Certificate { certificate_arn }]);
        let args = ListenerCertificateArgs {
            listener_arn: edge.map(|edge| edge.listener_arn).into(),
            certificates: listed.into(),
        };
        let (scope, role) = site.named(site.scope, &format!("certificate-{}", index + 1));
        scope.child(&role, args).listener_certificate_id()
    });
    Output::all(given).map(|_| ())
}
