//! A rule that lets traffic out of a security group.

use framework::{
    Resource,
    problem::Problems,
    property::{Cidr, Properties},
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Result, TagChange, Tags, tags::ec2 as tagging},
    resources::{
        ipv6_cidr::Ipv6Cidr,
        security_group_rule::{Direction, Names, Peer, Protocol, Rule},
    },
};

/// A rule of a security group that allows traffic from its members.
///
/// The destination is one of `cidrIp`, `cidrIpv6`, `destinationPrefixListId` and `destinationSecurityGroupId`. A group
/// takes 60 rules in each direction unless you ask for more (Amazon VPC User Guide, "Amazon VPC quotas").
#[derive(Resource)]
#[resource(token = "ec2:SecurityGroupEgress", model = "AWS::EC2::SecurityGroupEgress", id = "security_group_rule_id")]
pub struct SecurityGroupEgress {
    /// The security group that the rule is part of.
    #[input(replaces)]
    group_id: String,
    /// The protocol: `tcp`, `udp`, `icmp`, `icmpv6`, any protocol's number, or `-1` for all.
    #[input(replaces)]
    ip_protocol: Protocol,
    /// The first port, from 0 to 65535; for ICMP the type, or -1 for all types. Required for `tcp`, `udp`,
    /// `icmp` and `icmpv6`; other protocols have none.
    #[input(replaces, range(-1, 65535))]
    from_port: Option<i32>,
    /// The last port, from 0 to 65535; for ICMP the code, or -1 for all codes. Required where `fromPort` is.
    #[input(replaces, range(-1, 65535))]
    to_port: Option<i32>,
    /// IPv4 addresses that may be sent to, such as `10.0.0.0/16`.
    #[input(replaces)]
    cidr_ip: Option<Cidr>,
    /// IPv6 addresses that may be sent to, such as `2001:db8::/32`.
    #[input(replaces)]
    cidr_ipv6: Option<Ipv6Cidr>,
    /// A prefix list whose addresses may be sent to.
    #[input(replaces)]
    destination_prefix_list_id: Option<String>,
    /// A security group whose members may be sent to: this one too, a peered VPC's, or another account's.
    #[input(replaces)]
    destination_security_group_id: Option<String>,
    /// The account of `destinationSecurityGroupId`, if it is another one.
    #[input(replaces, pattern("[0-9]{12}", "an account id of twelve digits"))]
    destination_security_group_owner_id: Option<String>,
    /// What the rule is for.
    #[input(
        length(1, 255),
        pattern(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*", "letters, digits, spaces and any of ._-:/()#,@[]+=&;{}!$*")
    )]
    description: Option<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The rule's id.
    #[output(stable)]
    security_group_rule_id: String,
}

const WAY: Direction = Direction::Egress;

const NAMES: Names<SecurityGroupEgress> = Names {
    of_group: fields::group_id,
    ip_protocol: fields::ip_protocol,
    from_port: fields::from_port,
    to_port: fields::to_port,
    cidr_ip: fields::cidr_ip,
    cidr_ipv6: fields::cidr_ipv6,
    prefix_list_id: fields::destination_prefix_list_id,
    group_id: fields::destination_security_group_id,
    group_owner_id: fields::destination_security_group_owner_id,
};

impl Managed for SecurityGroupEgress {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "security-group-rule" };

    fn deletes_first(was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> bool {
        NAMES.allow_the_same(was, want)
    }

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        NAMES.check(want, problems);
    }

    async fn create(cx: &Cx, want: &SecurityGroupEgressInputs, owner: &Owner) -> Result<String> {
        Rule::from(want.clone()).authorize::<Self>(cx, WAY, owner).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<SecurityGroupEgress>> {
        let rule = Rule::find(cx, WAY, id).await?;
        let said_owner = cx.recorded::<Self>().get(fields::destination_security_group_owner_id).flatten();
        Ok(rule.map(|rule| SecurityGroupEgress {
            group_id: rule.group_id,
            ip_protocol: rule.ip_protocol,
            from_port: rule.from_port,
            to_port: rule.to_port,
            cidr_ip: rule.peer.cidr_ip,
            cidr_ipv6: rule.peer.cidr_ipv6,
            destination_prefix_list_id: rule.peer.prefix_list_id,
            destination_security_group_id: rule.peer.group_id,
            destination_security_group_owner_id: rule.peer.group_owner_id.or(said_owner),
            description: rule.description,
            tags: rule.tags,
            security_group_rule_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(description) = change.to(fields::description) {
            WAY.describe(cx, &change.wanted().group_id, id, description).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        WAY.revoke(cx, &was.get(fields::group_id).unwrap_or_default(), vec![id.to_owned()]).await
    }
}

impl From<SecurityGroupEgressInputs> for Rule {
    fn from(want: SecurityGroupEgressInputs) -> Self {
        Rule {
            group_id: want.group_id,
            ip_protocol: want.ip_protocol,
            from_port: want.from_port,
            to_port: want.to_port,
            peer: Peer {
                cidr_ip: want.cidr_ip,
                cidr_ipv6: want.cidr_ipv6,
                prefix_list_id: want.destination_prefix_list_id,
                group_id: want.destination_security_group_id,
                group_owner_id: want.destination_security_group_owner_id,
            },
            description: want.description,
            tags: want.tags,
        }
    }
}
