//! The ways to what a service uses: one rule on the security group of each linked thing.

use std::collections::{BTreeMap, BTreeSet};

use framework::value::{Output, Urn};
use futures::FutureExt;

use super::site::Site;
use crate::{
    components::{
        Link,
        linked::{Linked, OURS},
    },
    resources::{
        ec2::{SecurityGroupHandle, SecurityGroupIngressArgs},
        security_group_rule::Protocol as IpProtocol,
    },
};

/// What stands between a program and another stack's outputs, and says nothing of either.
const STACK_REFERENCE: &str = "pulumi:pulumi:StackReference";

/// Lets the tasks in to all that is linked. Known when all of it is done.
pub fn describe(site: &Site<'_>, guard: &SecurityGroupHandle) -> Output<()> {
    let links = site.want.links.as_deref().unwrap_or_default();
    let rules = labels(links).into_iter().zip(links).map(|(label, linked)| {
        let link = &linked.link;
        let role = format!("to-{label}");
        let rule = site.scope.only_if(&linked.has_door()).child(
            &role,
            SecurityGroupIngressArgs {
                group_id: link.map(|link| link.security_group_id.unwrap_or_default()).into(),
                ip_protocol: IpProtocol::tcp().into(),
                from_port: link.map(|link| link.port.unwrap_or_default()).into(),
                to_port: link.map(|link| link.port.unwrap_or_default()).into(),
                source_security_group_id: guard.group_id().into(),
                description: "A linked service".into(),
                tags: site.tags.of(&role).into(),
                ..SecurityGroupIngressArgs::default()
            },
        );
        rule.id().map(|_| ())
    });
    Output::all(rules).map(|_| ())
}

/// What tells links apart, the same on every run whatever others come and go: a rule that took another's place would be
/// made while that one still stands, and AWS has none twice.
fn labels(links: &[Linked]) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let label = |(index, linked): (usize, &Linked)| {
        let known = linked.label.clone().or_else(|| label(&linked.link));
        let label = known.unwrap_or_else(|| (index + 1).to_string());
        let times = taken.entry(label.clone()).or_default();
        *times += 1;
        if *times == 1 { label } else { format!("{label}-{times}") }
    };
    links.iter().enumerate().map(label).collect()
}

/// The components that a link comes from, which are known in a preview already; or else where it leads. One that is
/// written by hand can come from several: the first alone could be the same for many.
fn label(link: &Output<Link>) -> Option<String> {
    let link = link.resolve().now_or_never()?;
    let sources = || link.dependencies.iter().filter(|urn| urn.kind() != STACK_REFERENCE);
    let ours: BTreeSet<_> = sources().filter(|urn| urn.kind().starts_with(OURS)).map(plain).collect();
    if !ours.is_empty() {
        return Some(ours.into_iter().collect::<Vec<_>>().join("-"));
    }
    if let Some(source) = sources().next() {
        return Some(plain(source));
    }
    let link = link.value?;
    Some(format!("{}-{}", link.security_group_id?, link.port?))
}

fn plain(urn: &Urn) -> String {
    urn.name().replace(|sign: char| !sign.is_ascii_alphanumeric(), "-")
}
