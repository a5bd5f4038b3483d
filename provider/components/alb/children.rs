//! The children of a load balancer, described as its plan says.

use framework::{
    component::{Args, Scope},
    property::Cidr,
    value::Output,
};

use super::{
    inputs::AlbInputs,
    outputs::AlbOutputs,
    plan::{Certificates, Plan},
};
use crate::{
    aws::Aws,
    components::{
        Edge, Network, Zone,
        child_tags::ChildTags,
        domain_name::{base, is_covered},
        given::{network_of, zone_of},
    },
    resources::{
        ec2::{
            SecurityGroupArgs, SecurityGroupEgressArgs, SecurityGroupHandle, SecurityGroupIngressArgs,
        },
        elasticloadbalancingv2::{
            Action, ActionType, Certificate, FixedResponseConfig, ListenerArgs, ListenerCertificateArgs,
            ListenerHandle, LoadBalancerArgs, LoadBalancerAttribute, LoadBalancerHandle, LoadBalancerType,
            RedirectConfig, Scheme,
        },
        route53::{AliasTarget, RecordSetArgs},
    },
};

/// The ports of the World Wide Web.
const HTTP: i32 = 80;
const HTTPS: i32 = 443;

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
    let https = plan.is_secure().then(|| site.https_listener(&balancer, zone.as_ref()));
    let http = site.http_listener(&balancer);
    let named = zone.as_ref().map(|zone| site.record(&balancer, zone));
    site.outputs(&guard, &balancer, &http, https.as_ref(), named.as_ref())
}

/// What all parts of a load balancer are described with.
struct Site<'a> {
    scope: &'a Scope<Aws>,
    plan: &'a Plan,
    want: &'a AlbInputs,
    tags: ChildTags,
    network: Output<Network>,
}

impl Site<'_> {
    fn child<A: Args>(&self, role: &str, args: A) -> A::Handle {
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
                ip_protocol: "tcp".parse().ok().into(),
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
                ip_protocol: "tcp".parse().ok().into(),
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

/// The role of a rule, by what it says: blocks that are added or taken away leave the rules of others alone.
fn role_of(port: i32, block: Cidr) -> String {
    format!("in-{port}-from-{}", block.to_string().replace(['.', '/'], "-"))
}
