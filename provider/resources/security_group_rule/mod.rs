//! What the rules of security groups have in common, whichever way their traffic goes.
//!
//! AWS knows one kind of rule with a direction; programs know two types of resource, whose properties
//! differ in their names alone.

mod laws;
mod of_group;
mod protocol;

use aws_sdk_ec2::types;
use framework::{
    error::Kind,
    property::Cidr,
    resource::{Managed, Owner},
};

pub use laws::Names;
pub use of_group::RulesOf;
pub use protocol::{Ports, Protocol};

use super::ipv6_cidr::Ipv6Cidr;
use crate::aws::{Cx, Error, Result, Tags, answered, tags::ec2 as tagging};

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
    /// Asks for the rule as an `R`, and returns its id.
    ///
    /// # Errors
    ///
    /// What the call fails with; which rule it is that allows the same already.
    pub async fn authorize<R: Managed>(&self, cx: &Cx, direction: Direction, owner: &Owner) -> Result<String> {
        let tags = tagging::tag_specification::<R>(&self.tags, owner);
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
            Some(id) => error.context(format!("{id} of {} allows the same", self.group_id)).with_advice(
                "Import it or remove it. If AWS added it to let all traffic out, set revokeDefaultEgress on the group; a forced replacement needs the resource option deleteBeforeReplace",
            ),
            None => error,
        }
    }

    fn allows_the_same_as(&self, found: &types::SecurityGroupRule) -> bool {
        let Ok(found) = Rule::try_from(found.clone()) else { return false };
        let peer = Peer { group_owner_id: found.peer.group_owner_id.clone(), ..self.peer.clone() };
        (&self.ip_protocol, self.from_port, self.to_port, &peer)
            == (&found.ip_protocol, found.from_port, found.to_port, &found.peer)
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
