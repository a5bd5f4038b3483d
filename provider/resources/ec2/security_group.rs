//! A security group: what traffic the network interfaces in it may have.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

use crate::{
    aws::{
        Aws, Cx, Error, Findable, Result, Session, TagChange, Tags, answered,
        limits::waits,
        tags::{ec2 as tagging, owner},
    },
    resources::{
        ec2_calls::filter,
        security_group_rule::{Direction, RulesOf},
    },
};

/// A security group of a VPC: a set of rules for the traffic of the network interfaces that are in it.
///
/// Its rules are resources of their own, `ec2.SecurityGroupIngress` and `ec2.SecurityGroupEgress`, so that
/// two groups can name each other; there are no lists of rules here. AWS adds a rule to each new group
/// that allows all traffic out; `revokeDefaultEgress` removes it.
#[derive(Resource)]
#[resource(token = "ec2:SecurityGroup", model = "AWS::EC2::SecurityGroup", id = "group_id")]
pub struct SecurityGroup {
    /// The group's name, unique in its VPC. Made up from the resource's name when absent.
    #[input(replaces, named(255), length(1, 255), never_begins("sg-"), pattern(r"[a-zA-Z0-9._\-:/()#,@\[\]+=&;{}!$*]([a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*[a-zA-Z0-9._\-:/()#,@\[\]+=&;{}!$*])?", "letters, digits, spaces between them and any of ._-:/()#,@[]+=&;{}!$*"))]
    group_name: String,
    /// What the group is for. AWS can't change it.
    #[input(
        replaces,
        default = "Managed by Pulumi",
        length(1, 255),
        pattern(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*", "letters, digits, spaces and any of ._-:/()#,@[]+=&;{}!$*")
    )]
    group_description: String,
    /// The VPC that the group is part of; the Region's default VPC when absent.
    #[input(replaces, computed)]
    vpc_id: Option<String>,
    /// Whether the rule that AWS adds to new groups, which allows all traffic out, is removed. Rules of
    /// the provider's own are never removed by this.
    #[input(default = false)]
    revoke_default_egress: bool,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's id.
    #[output(stable)]
    group_id: String,
}

impl Managed for SecurityGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "security-group" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if want.get(fields::group_name).is_some_and(|name| name == "default") {
            problems.add(want.path(fields::group_name), "must not be default: each VPC has a group of that name");
        }
    }

    async fn create(cx: &Cx, want: &SecurityGroupInputs, owner: &Owner) -> Result<String> {
        let made = cx
            .ec2()
            .create_security_group()
            .group_name(&want.group_name)
            .description(&want.group_description)
            .set_vpc_id(want.vpc_id.clone())
            .tag_specifications(tagging::tag_specification::<SecurityGroup>(&want.tags, owner))
            .send()
            .await?;
        answered(made.group_id, "groupId")
    }

    async fn settle(cx: &Cx, id: &str, want: &SecurityGroupInputs) -> Result<()> {
        if !want.revoke_default_egress {
            return Ok(());
        }
        let unwanted = cx.until(&waits::VISIBLE, id, || default_egress(cx, id)).await?;
        if unwanted.is_empty() { Ok(()) } else { Direction::Egress.revoke(cx, id, unwanted).await }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<SecurityGroup>> {
        let Some(found) = cx.find::<types::SecurityGroup>(id).await? else { return Ok(None) };
        let said = cx.recorded::<Self>().get(fields::revoke_default_egress);
        Ok(Some(SecurityGroup {
            revoke_default_egress: revokes_default(&RulesOf::group(cx, id).await?, said),
            tags: tagging::tags(found.tags()),
            group_name: answered(found.group_name, "groupName")?,
            group_description: found.description.unwrap_or_default(),
            vpc_id: found.vpc_id,
            group_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if change.to(fields::revoke_default_egress) == Some(false) {
            restore_default_egress(cx, id).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.ec2().delete_security_group().group_id(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        let mut blockers = interfaces_in(cx, id).await?;
        for group in groups_that_name(cx, id).await? {
            let naming = RulesOf::group(cx, &group).await?.into_iter().filter(|rule| {
                rule.referenced_group_info().and_then(types::ReferencedSecurityGroup::group_id) == Some(id)
            });
            blockers.extend(
                naming.map(|rule| format!("rule {} of {group}", rule.security_group_rule_id.unwrap_or_default())),
            );
        }
        Ok(blockers)
    }
}

impl Findable for types::SecurityGroup {
    fn id(&self) -> Option<&str> {
        self.group_id()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        groups(session, vec![filter("group-id", ids)]).await
    }
}

/// The groups to which all of these filters apply.
pub(super) async fn groups(session: &Session, filters: Vec<types::Filter>) -> Result<Vec<types::SecurityGroup>> {
    let pages = session.ec2().describe_security_groups().set_filters(Some(filters)).into_paginator().items().send();
    Ok(pages.collect::<std::result::Result<_, _>>().await?)
}

/// Whether the group is without the rule that AWS adds. A rule of ours that allows the same leaves open what was said.
fn revokes_default(rules: &[types::SecurityGroupRule], said: Option<bool>) -> bool {
    match (rules.iter().any(is_default), rules.iter().any(allows_all_out)) {
        (true, _) => false,
        (false, true) => said.unwrap_or(true),
        (false, false) => true,
    }
}

/// Whether AWS added the rule by itself: it allows all traffic out, and doesn't carry our owner tag.
fn is_default(rule: &types::SecurityGroupRule) -> bool {
    allows_all_out(rule) && !rule.tags().iter().any(|tag| tag.key() == Some(owner::KEY))
}

fn allows_all_out(rule: &types::SecurityGroupRule) -> bool {
    let everywhere = rule.cidr_ipv4() == Some("0.0.0.0/0") || rule.cidr_ipv6() == Some("::/0");
    Direction::Egress.is_of(rule) && rule.ip_protocol() == Some("-1") && everywhere
}

/// The ids of the rules that AWS added, once its description of a new group and its list of rules agree.
async fn default_egress(cx: &Cx, id: &str) -> Result<Look<Vec<String>>> {
    let Some(group) = cx.find::<types::SecurityGroup>(id).await? else {
        return Ok(Look::Pending("not to be seen yet".to_owned()));
    };
    let rules = RulesOf::group(cx, id).await?;
    if group.ip_permissions_egress().is_empty() == rules.iter().any(|rule| Direction::Egress.is_of(rule)) {
        return Ok(Look::Pending("its rules are not to be seen yet".to_owned()));
    }
    let defaults = rules.into_iter().filter(is_default).filter_map(|rule| rule.security_group_rule_id);
    Ok(Look::Ready(defaults.collect()))
}

/// Gives back the rule that AWS adds to a new group.
async fn restore_default_egress(cx: &Cx, id: &str) -> Result<()> {
    let everywhere = types::IpRange::builder().cidr_ip("0.0.0.0/0").build();
    let all = types::IpPermission::builder().ip_protocol("-1").ip_ranges(everywhere).build();
    let call = cx.ec2().authorize_security_group_egress().group_id(id).ip_permissions(all);
    match call.send().await.map_err(Error::from) {
        Err(error) if error.kind() != Kind::Exists => Err(error),
        _ => Ok(()),
    }
}

async fn interfaces_in(cx: &Cx, id: &str) -> Result<Vec<String>> {
    let in_group = filter("group-id", vec![id.to_owned()]);
    let pages = cx.ec2().describe_network_interfaces().filters(in_group).into_paginator().items().send();
    let interfaces = pages.collect::<std::result::Result<Vec<_>, _>>().await?;
    let told = |interface: &types::NetworkInterface| {
        let id = interface.network_interface_id().unwrap_or_default();
        format!("network interface {id} ({})", interface.description().unwrap_or_default())
    };
    Ok(interfaces.iter().map(told).collect())
}

/// The other groups that have a rule about this one.
async fn groups_that_name(cx: &Cx, id: &str) -> Result<Vec<String>> {
    let mut naming = Vec::new();
    for attribute in ["ip-permission.group-id", "egress.ip-permission.group-id"] {
        let found = groups(cx, vec![filter(attribute, vec![id.to_owned()])]).await?;
        naming.extend(found.into_iter().filter_map(|group| group.group_id).filter(|group| group != id));
    }
    naming.sort();
    naming.dedup();
    Ok(naming)
}
