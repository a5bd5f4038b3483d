//! What the rules of security groups have in common, whichever way their traffic goes.
//!
//! AWS knows one kind of rule with a direction; programs know two types of resource, whose properties
//! differ in their names alone.

use std::str::FromStr;

use aws_sdk_ec2::types;
use framework::{
    error::Kind,
    problem::Problems,
    property::{Cidr, Decode, Decoding, Encode, FieldOf, Properties},
    resource::Owner,
    schema::{TypeSpec, Types},
    value::{Path, Value},
};

use super::{
    ec2_calls::filter,
    exclusive::{exactly_one, given},
    ipv6_cidr::Ipv6Cidr,
};
use crate::aws::{Cx, Error, Findable, Result, Session, Tags, answered, tags::ec2 as tagging};

/// Which way the traffic goes that a rule allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Into the group.
    Ingress,
    /// Out of the group.
    Egress,
}

/// A rule of a security group.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The group that it is part of.
    pub group_id: String,
    /// The protocol that it allows.
    pub ip_protocol: Protocol,
    /// The first port, or the ICMP type.
    pub from_port: Option<i32>,
    /// The last port, or the ICMP code.
    pub to_port: Option<i32>,
    /// The other side.
    pub peer: Peer,
    /// What it is for.
    pub description: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// The other side of a rule; one of its parts is there, and with a group perhaps its owner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    /// A block of IPv4 addresses.
    pub cidr_ip: Option<Cidr>,
    /// A block of IPv6 addresses.
    pub cidr_ipv6: Option<Ipv6Cidr>,
    /// A list of blocks.
    pub prefix_list_id: Option<String>,
    /// The members of a group.
    pub group_id: Option<String>,
    /// The account that the group is in, if it is another one.
    pub group_owner_id: Option<String>,
}

impl Rule {
    /// Asks for the rule, and returns its id.
    ///
    /// # Errors
    ///
    /// What the call fails with; which rule it is that allows the same already.
    pub async fn authorize(&self, cx: &Cx, direction: Direction, owner: &Owner) -> Result<String> {
        let tags = tagging::tag_specification(types::ResourceType::SecurityGroupRule, &self.tags, owner);
        match self.ask(cx, direction, tags).await {
            Ok(made) => answered(made.into_iter().find_map(|rule| rule.security_group_rule_id), "securityGroupRuleId"),
            Err(error) if error.kind() == Kind::Exists => Err(self.name_the_same(cx, direction, error).await),
            Err(error) => Err(error),
        }
    }

    async fn ask(
        &self,
        cx: &Cx,
        direction: Direction,
        tags: types::TagSpecification,
    ) -> Result<Vec<types::SecurityGroupRule>> {
        let (group, permission) = (self.group_id.as_str(), self.permission());
        let made = match direction {
            Direction::Ingress => {
                let call = cx.ec2().authorize_security_group_ingress().group_id(group);
                call.ip_permissions(permission).tag_specifications(tags).send().await?.security_group_rules
            }
            Direction::Egress => {
                let call = cx.ec2().authorize_security_group_egress().group_id(group);
                call.ip_permissions(permission).tag_specifications(tags).send().await?.security_group_rules
            }
        };
        Ok(made.unwrap_or_default())
    }

    /// AWS doesn't say which rule it is that allows the same.
    async fn name_the_same(&self, cx: &Cx, direction: Direction, error: Error) -> Error {
        let Ok(rules) = RulesOf::group(cx, &self.group_id).await else { return error };
        let same = rules.iter().find(|rule| direction.is_of(rule) && self.allows_the_same_as(rule));
        match same.and_then(types::SecurityGroupRule::security_group_rule_id) {
            Some(id) => error.context(format!("{id} of {} allows the same", self.group_id)),
            None => error,
        }
    }

    fn allows_the_same_as(&self, found: &types::SecurityGroupRule) -> bool {
        let mut other = self.clone();
        Rule::try_from(found.clone()).is_ok_and(|found| {
            other.peer.group_owner_id.clone_from(&found.peer.group_owner_id);
            (&other.ip_protocol, other.from_port, other.to_port, &other.peer)
                == (&found.ip_protocol, found.from_port, found.to_port, &found.peer)
        })
    }

    fn permission(&self) -> types::IpPermission {
        let described = self.description.clone();
        let builder = types::IpPermission::builder()
            .ip_protocol(self.ip_protocol.as_str())
            .set_from_port(self.from_port)
            .set_to_port(self.to_port);
        let Peer { cidr_ip, cidr_ipv6, prefix_list_id, group_id, group_owner_id } = &self.peer;
        let builder = if let Some(block) = cidr_ip {
            let range = types::IpRange::builder().cidr_ip(block.to_string());
            builder.ip_ranges(range.set_description(described).build())
        } else if let Some(block) = cidr_ipv6 {
            let range = types::Ipv6Range::builder().cidr_ipv6(block.to_string());
            builder.ipv6_ranges(range.set_description(described).build())
        } else if let Some(list) = prefix_list_id {
            let list = types::PrefixListId::builder().prefix_list_id(list);
            builder.prefix_list_ids(list.set_description(described).build())
        } else {
            let pair = types::UserIdGroupPair::builder().set_group_id(group_id.clone());
            let pair = pair.set_user_id(group_owner_id.clone()).set_description(described);
            builder.user_id_group_pairs(pair.build())
        };
        builder.build()
    }

    /// The rule with that id, if its traffic goes that way.
    ///
    /// # Errors
    ///
    /// What the call fails with.
    pub async fn find(cx: &Cx, direction: Direction, id: &str) -> Result<Option<Rule>> {
        let found = cx.find::<types::SecurityGroupRule>(id).await?;
        found.filter(|rule| direction.is_of(rule)).map(Rule::try_from).transpose()
    }
}

impl Direction {
    /// Whether the rule's traffic goes this way.
    #[must_use]
    pub fn is_of(self, rule: &types::SecurityGroupRule) -> bool {
        rule.is_egress() == Some(self == Direction::Egress)
    }

    /// Ends rules of a group.
    ///
    /// # Errors
    ///
    /// What the call fails with.
    pub async fn revoke(self, cx: &Cx, group_id: &str, ids: Vec<String>) -> Result<()> {
        let ids = Some(ids);
        match self {
            Direction::Ingress => {
                let call = cx.ec2().revoke_security_group_ingress().group_id(group_id);
                call.set_security_group_rule_ids(ids).send().await?;
            }
            Direction::Egress => {
                let call = cx.ec2().revoke_security_group_egress().group_id(group_id);
                call.set_security_group_rule_ids(ids).send().await?;
            }
        }
        Ok(())
    }

    /// Gives a rule another description, or none.
    ///
    /// # Errors
    ///
    /// What the call fails with.
    pub async fn describe(self, cx: &Cx, group_id: &str, id: &str, description: Option<String>) -> Result<()> {
        let described = types::SecurityGroupRuleDescription::builder()
            .security_group_rule_id(id)
            .set_description(description)
            .build();
        match self {
            Direction::Ingress => {
                let call = cx.ec2().update_security_group_rule_descriptions_ingress().group_id(group_id);
                call.security_group_rule_descriptions(described).send().await?;
            }
            Direction::Egress => {
                let call = cx.ec2().update_security_group_rule_descriptions_egress().group_id(group_id);
                call.security_group_rule_descriptions(described).send().await?;
            }
        }
        Ok(())
    }
}

impl TryFrom<types::SecurityGroupRule> for Rule {
    type Error = Error;

    fn try_from(found: types::SecurityGroupRule) -> Result<Self> {
        let tags = tagging::tags(found.tags());
        let ip_protocol: Protocol = answered(found.ip_protocol.and_then(|name| name.parse().ok()), "ipProtocol")?;
        let (group_id, group_owner_id) = match found.referenced_group_info {
            Some(other) => (other.group_id, other.user_id.filter(|owner| found.group_owner_id.as_ref() != Some(owner))),
            None => (None, None),
        };
        let ports = ip_protocol.ports();
        Ok(Rule {
            group_id: answered(found.group_id, "groupId")?,
            from_port: found.from_port.filter(|_| ports != Ports::None),
            to_port: found.to_port.filter(|_| ports != Ports::None),
            ip_protocol,
            peer: Peer {
                cidr_ip: found.cidr_ipv4.and_then(|block| block.parse().ok()),
                cidr_ipv6: found.cidr_ipv6.and_then(|block| block.parse().ok()),
                prefix_list_id: found.prefix_list_id,
                group_id,
                group_owner_id,
            },
            description: found.description.filter(|text| !text.is_empty()),
            tags,
        })
    }
}

impl Findable for types::SecurityGroupRule {
    fn id(&self) -> Option<&str> {
        self.security_group_rule_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        rules(session, "security-group-rule-id", ids).await
    }
}

/// All rules of a group.
#[derive(Clone, Debug)]
pub struct RulesOf {
    group_id: String,
    rules: Vec<types::SecurityGroupRule>,
}

impl RulesOf {
    /// All rules of the group with that id.
    ///
    /// # Errors
    ///
    /// What the call fails with.
    pub async fn group(cx: &Cx, id: &str) -> Result<Vec<types::SecurityGroupRule>> {
        Ok(cx.find::<RulesOf>(id).await?.map(|found| found.rules).unwrap_or_default())
    }
}

impl Findable for RulesOf {
    fn id(&self) -> Option<&str> {
        Some(&self.group_id)
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let found = rules(session, "group-id", ids.clone()).await?;
        let of = |id: &str| found.iter().filter(|rule| rule.group_id() == Some(id)).cloned().collect();
        Ok(ids.into_iter().map(|group_id| RulesOf { rules: of(&group_id), group_id }).collect())
    }
}

async fn rules(session: &Session, by: &str, ids: Vec<String>) -> Result<Vec<types::SecurityGroupRule>> {
    let pages = session.ec2().describe_security_group_rules().filters(filter(by, ids)).into_paginator().items().send();
    Ok(pages.collect::<std::result::Result<_, _>>().await?)
}

/// An IP protocol, as AWS calls it: by name if it is `tcp`, `udp`, `icmp` or `icmpv6`, otherwise by number; `-1` is all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocol(String);

/// What the ports of a rule mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// The first and the last port.
    Range,
    /// An ICMP type and code.
    TypeAndCode,
    /// Nothing: the protocol has none.
    None,
}

/// The protocols that AWS calls by name. Source: `IpPermission`, Amazon EC2 API Reference.
const NAMED: [(&str, &str); 5] = [("1", "icmp"), ("6", "tcp"), ("17", "udp"), ("58", "icmpv6"), ("all", "-1")];

impl Protocol {
    /// As AWS calls it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the ports of a rule mean.
    #[must_use]
    pub fn ports(&self) -> Ports {
        match self.as_str() {
            "tcp" | "udp" => Ports::Range,
            "icmp" | "icmpv6" => Ports::TypeAndCode,
            _ => Ports::None,
        }
    }
}

impl FromStr for Protocol {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.to_lowercase();
        if let Some((_, name)) = NAMED.iter().find(|(number, name)| lower == *number || lower == *name) {
            return Ok(Protocol((*name).to_owned()));
        }
        match lower.parse::<u8>() {
            Ok(number) => Ok(Protocol(number.to_string())),
            Err(_) => Err(format!("must be tcp, udp, icmp, icmpv6, a protocol number, or -1 for all, not {text:?}")),
        }
    }
}

impl Decode for Protocol {
    fn spec(types: &mut Types) -> TypeSpec {
        String::spec(types)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        // YAML programs write protocol numbers as numbers.
        let text = match value {
            Value::Number(number) => number.to_string(),
            other => String::from_known(other, at, to)?,
        };
        text.parse().map_err(|reason: String| to.problem(at, reason)).ok()
    }
}

impl Encode for Protocol {
    fn encode(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// The properties that a rule's laws are about, by their names in one direction.
pub struct Names<R> {
    /// The protocol.
    pub ip_protocol: FieldOf<R, Protocol>,
    /// The first port, or the ICMP type.
    pub from_port: FieldOf<R, Option<i32>>,
    /// The last port, or the ICMP code.
    pub to_port: FieldOf<R, Option<i32>>,
    /// A block of IPv4 addresses.
    pub cidr_ip: FieldOf<R, Option<Cidr>>,
    /// A block of IPv6 addresses.
    pub cidr_ipv6: FieldOf<R, Option<Ipv6Cidr>>,
    /// A list of blocks.
    pub prefix_list_id: FieldOf<R, Option<String>>,
    /// The members of a group.
    pub group_id: FieldOf<R, Option<String>>,
    /// The account of that group.
    pub group_owner_id: FieldOf<R, Option<String>>,
}

impl<R> Names<R> {
    /// Notes what is wrong between the properties of a rule.
    pub fn check(&self, want: &Properties<'_, R>, problems: &mut Problems) {
        self.check_peer(want, problems);
        if let Some(protocol) = want.get(self.ip_protocol) {
            match protocol.ports() {
                Ports::Range => self.check_range(want, &protocol, problems),
                Ports::TypeAndCode => self.check_type_and_code(want, &protocol, problems),
                Ports::None => self.check_no_ports(want, &protocol, problems),
            }
        }
    }

    fn check_peer(&self, want: &Properties<'_, R>, problems: &mut Problems) {
        let peers = [
            given(want, self.cidr_ip),
            given(want, self.cidr_ipv6),
            given(want, self.prefix_list_id),
            given(want, self.group_id),
        ];
        exactly_one(&peers, problems);
        if want.has(self.group_owner_id) && !want.has(self.group_id) {
            problems.add(want.path(self.group_owner_id), format!("needs {}", self.group_id.name()));
        }
    }

    fn check_range(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for port in [self.from_port, self.to_port] {
            match want.get(port) {
                _ if !want.has(port) => problems.add(want.path(port), format!("is required for {}", protocol.as_str())),
                Some(Some(-1)) => {
                    problems.add(want.path(port), format!("must be a port from 0 to 65535 for {}", protocol.as_str()))
                }
                _ => {}
            }
        }
        if let (Some(Some(from)), Some(Some(to))) = (want.get(self.from_port), want.get(self.to_port))
            && from > to
        {
            problems.add(
                want.path(self.to_port),
                format!("must not be less than {}, which is {from}", self.from_port.name()),
            );
        }
    }

    fn check_type_and_code(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for (port, what) in [(self.from_port, "type"), (self.to_port, "code")] {
            let told = format!("an ICMP {what} from 0 to {}, or -1 for all", u8::MAX);
            match want.get(port) {
                _ if !want.has(port) => {
                    problems.add(want.path(port), format!("is required for {}: {told}", protocol.as_str()))
                }
                Some(Some(number)) if number > i32::from(u8::MAX) => {
                    problems.add(want.path(port), format!("must be {told}"))
                }
                _ => {}
            }
        }
        if let (Some(Some(-1)), Some(Some(0..))) = (want.get(self.from_port), want.get(self.to_port)) {
            problems.add(
                want.path(self.to_port),
                format!("must be -1, as {} is -1, which is all ICMP types", self.from_port.name()),
            );
        }
    }

    fn check_no_ports(&self, want: &Properties<'_, R>, protocol: &Protocol, problems: &mut Problems) {
        for port in [self.from_port, self.to_port].into_iter().filter(|port| want.has(*port)) {
            problems
                .add(want.path(port), format!("must be left out: protocol {} has no ports here", protocol.as_str()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_have_one_spelling() {
        for (said, meant) in
            [("TCP", "tcp"), ("6", "tcp"), ("58", "icmpv6"), ("all", "-1"), ("-1", "-1"), ("050", "50")]
        {
            assert_eq!(said.parse(), Ok(Protocol(meant.to_owned())));
        }
        for wrong in ["", "256", "-2", "http"] {
            assert!(wrong.parse::<Protocol>().is_err(), "{wrong}");
        }
    }
}
