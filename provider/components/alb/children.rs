//! The children of a load balancer, described as its plan says.

use framework::{
    component::{Args, Scope},
    property::Cidr,
    value::Output,
};

use super::{
    inputs::AlbInputs,
    listeners::{self, HTTP, HTTPS},
    outputs::AlbOutputs,
    plan::{Certificates, Plan},
};
use crate::{
    aws::Aws,
    components::{
        Edge, Network, Zone,
        alias::alias,
        child_tags::ChildTags,
        covered::{base, is_covered},
        given::{network_of, zone_of},
    },
    resources::{
        domain_name::DomainName,
        ec2::{SecurityGroupArgs, SecurityGroupEgressArgs, SecurityGroupHandle, SecurityGroupIngressArgs},
        elasticloadbalancingv2::{LoadBalancerArgs, LoadBalancerHandle, Scheme},
        load_balancing::attributes::Attribute,
        security_group_rule::Protocol as IpProtocol,
    },
};

/// Describes everything of a load balancer.
pub fn describe(scope: &Scope<Aws>, plan: &Plan, want: &AlbInputs) -> AlbOutputs {
    let site = Site {
        scope,
        plan,
        want,
        tags: ChildTags::new(scope, want.tags.clone()),
        network: network_of(scope, &plan.network),
    };
    let zone = plan.name.as_ref().map(|name| zone_of(scope, &name.zone));
    let guard = site.security_group();
    let balancer = site.load_balancer(&guard);
    let https = plan.is_secure().then(|| listeners::https(&site, &balancer, zone.as_ref()));
    let http = listeners::http(&site, &balancer);
    let url = site.url(&balancer, zone.as_ref());
    outputs(&site, &guard, &balancer, &http, https.as_ref(), url)
}

/// What the program gets back.
fn outputs(
    site: &Site<'_>,
    guard: &SecurityGroupHandle,
    balancer: &LoadBalancerHandle,
    http: &Output<String>,
    https: Option<&Output<String>>,
    url: Output<String>,
) -> AlbOutputs {
    let outputs = AlbOutputs {
        load_balancer_arn: balancer.load_balancer_arn(),
        load_balancer_name: balancer.load_balancer_name(),
        dns_name: balancer.dns_name(),
        canonical_hosted_zone_id: balancer.canonical_hosted_zone_id().map(Option::unwrap_or_default),
        http_listener_arn: http.clone(),
        https_listener_arn: https.map_or_else(|| Output::known(None), |https| https.map(Some)),
        listener_arn: https.unwrap_or(http).clone(),
        security_group_id: guard.group_id(),
        url,
        network: site.network.clone(),
        edge: Output::unknown(),
    };
    AlbOutputs { edge: edge(&outputs), ..outputs }
}

/// The same as plain data.
fn edge(of: &AlbOutputs) -> Output<Edge> {
    let names = [&of.load_balancer_arn, &of.listener_arn, &of.security_group_id, &of.dns_name];
    let places = [&of.canonical_hosted_zone_id, &of.url];
    let texts = Output::all(names.into_iter().chain(places).cloned());
    texts.join(&of.network).map(|(texts, network)| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap_or_default();
        Edge {
            load_balancer_arn: next(),
            listener_arn: next(),
            security_group_id: next(),
            dns_name: next(),
            canonical_hosted_zone_id: next(),
            url: next(),
            network,
        }
    })
}

/// What all parts of a load balancer are described with.
pub(super) struct Site<'a> {
    scope: &'a Scope<Aws>,
    /// What was decided.
    pub(super) plan: &'a Plan,
    /// What the program says.
    pub(super) want: &'a AlbInputs,
    /// The children's tags.
    pub(super) tags: ChildTags,
    network: Output<Network>,
}

impl Site<'_> {
    /// A child.
    pub(super) fn child<A: Args>(&self, role: &str, args: A) -> A::Handle {
        self.scope.child(role, args)
    }

    /// The security group: in come the ports that are listened on, out goes what stays in the network.
    fn security_group(&self) -> SecurityGroupHandle {
        let role = "security-group";
        let group = self.child(
            role,
            SecurityGroupArgs {
                group_description: "A load balancer".into(),
                vpc_id: self.network.map(|network| network.vpc_id).into(),
                revoke_default_egress: true.into(),
                tags: self.tags.of(role).into(),
                ..SecurityGroupArgs::default()
            },
        );
        let ports: &[i32] = if self.plan.is_secure() { &[HTTP, HTTPS] } else { &[HTTP] };
        for port in ports {
            self.lets_in(&group, *port);
        }
        self.lets_out(&group);
        group
    }

    fn lets_in(&self, group: &SecurityGroupHandle, port: i32) {
        let rule = |role: String, from: Output<Cidr>| {
            let args = SecurityGroupIngressArgs {
                group_id: group.group_id().into(),
                ip_protocol: IpProtocol::tcp().into(),
                from_port: port.into(),
                to_port: port.into(),
                cidr_ip: from.into(),
                tags: self.tags.of(&role).into(),
                ..SecurityGroupIngressArgs::default()
            };
            self.child(&role, args);
        };
        match &self.plan.allowed {
            None => rule(format!("in-{port}"), self.network.map(|network| network.cidr_block)),
            Some(blocks) => blocks.iter().for_each(|block| rule(role_of(port, *block), Output::known(*block))),
        }
    }

    /// Services choose their ports, so all of them; but in this network alone.
    fn lets_out(&self, group: &SecurityGroupHandle) {
        let role = "out";
        self.child(
            role,
            SecurityGroupEgressArgs {
                group_id: group.group_id().into(),
                ip_protocol: IpProtocol::tcp().into(),
                from_port: 1.into(),
                to_port: 65535.into(),
                cidr_ip: self.network.map(|network| network.cidr_block).into(),
                description: "Services in the network".into(),
                tags: self.tags.of(role).into(),
                ..SecurityGroupEgressArgs::default()
            },
        );
    }
}

impl Site<'_> {
    /// The load balancer, in a subnet of each zone.
    fn load_balancer(&self, guard: &SecurityGroupHandle) -> LoadBalancerHandle {
        let role = "load-balancer";
        let internal = self.plan.internal;
        let subnets = self.network.map(move |network| match internal {
            true => network.private_subnet_ids,
            false => network.public_subnet_ids,
        });
        self.child(
            role,
            LoadBalancerArgs {
                scheme: if internal { Scheme::Internal } else { Scheme::InternetFacing }.into(),
                subnets: subnets.into(),
                security_groups: Output::all([guard.group_id()]).into(),
                load_balancer_attributes: self.attributes().into(),
                tags: self.tags.of(role).into(),
                ..LoadBalancerArgs::default()
            },
        )
    }

    fn attributes(&self) -> Vec<Attribute> {
        let usual = [
            ("routing.http.drop_invalid_header_fields.enabled", "true".to_owned()),
            ("idle_timeout.timeout_seconds", self.want.idle_timeout_seconds.to_string()),
            ("deletion_protection.enabled", self.plan.protected.to_string()),
        ];
        let logs = self.want.access_logs.iter().flat_map(|logs| {
            let prefix = logs.prefix.clone().map(|prefix| ("access_logs.s3.prefix", prefix));
            [("access_logs.s3.enabled", "true".to_owned()), ("access_logs.s3.bucket", logs.bucket.clone())]
                .into_iter()
                .chain(prefix)
        });
        // Said where there are none as well, so that taking them out of the program turns them off.
        let none = self.want.access_logs.is_none().then(|| ("access_logs.s3.enabled", "false".to_owned()));
        let all = usual.into_iter().chain(logs).chain(none);
        all.map(|(key, value)| Attribute { key: key.to_owned(), value }).collect()
    }

    /// Where it answers, once its name leads there.
    fn url(&self, balancer: &LoadBalancerHandle, zone: Option<&Output<Zone>>) -> Output<String> {
        let scheme = if self.plan.is_secure() { "https" } else { "http" };
        let Some((named, zone)) = self.plan.name.as_ref().zip(zone) else {
            return balancer.dns_name().map(move |name| format!("{scheme}://{name}"));
        };
        let target = balancer.dns_name().join(&balancer.canonical_hosted_zone_id().map(Option::unwrap_or_default));
        let record = alias(self.scope, "name", zone, &named.domain, &target);
        Output::known(format!("{scheme}://{}", base(&named.domain))).after(&record.name())
    }

    /// The ARNs of the certificates of HTTPS, the usual one first.
    pub(super) fn certificates(&self, zone: Option<&Output<Zone>>) -> Vec<Output<String>> {
        match (&self.plan.certificates, self.plan.name.as_ref().zip(zone)) {
            (Certificates::Given(arns), _) => arns.clone(),
            (Certificates::OfZone, Some((named, zone))) => {
                let name = named.domain.clone();
                vec![self.scope.checked(zone, move |zone| certificate_for(&name, zone))]
            }
            (Certificates::OfZone | Certificates::None, _) => Vec::new(),
        }
    }
}

/// The zone's certificate, if it covers that name.
pub fn certificate_for(name: &DomainName, zone: Zone) -> Result<String, String> {
    let Zone { domain, certificate_arn, .. } = zone;
    if !is_covered(name, &domain) {
        return Err(format!(
            "domain {name} isn't covered by the certificate of the zone, which is for {domain} and everything one label \
             below: give certificateArns, or a zone of {domain}'s own part"
        ));
    }
    let none = || format!("the zone of {domain} has no certificate: give it one, or give certificateArns");
    certificate_arn.ok_or_else(none)
}

/// The role of a rule, by what it says: blocks that are added or taken away leave the rules of others alone.
fn role_of(port: i32, block: Cidr) -> String {
    format!("in-{port}-from-{}", block.to_string().replace(['.', '/'], "-"))
}
