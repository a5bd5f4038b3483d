//! The security group that AWS made with a VPC: emptied, so that nobody uses it by accident.

use aws_sdk_ec2::types;
use framework::{
    Resource,
    cloud::Cloud,
    error::Kind,
    property::Properties,
    resource::{Carried, Change, Look, Managed, Owner},
};

use super::security_group::groups;
use crate::{
    aws::{
        Aws, Cx, Error, Result, TagChange, Tags,
        limits::waits,
        tags::{ec2 as tagging, owner},
    },
    resources::{
        ec2_calls::filter,
        security_group_rule::{Direction, RulesOf},
    },
};

/// The default security group of a VPC, without any rule.
///
/// AWS makes a group named `default` with each VPC, and puts into it whatever names no group. Its rules
/// allow all traffic between its members and all traffic out. This resource takes hold of the group,
/// removes all of its rules, and removes those that somebody adds. There can be one for each VPC.
/// Destroying it lets go of the group, which AWS keeps as long as the VPC; its rules don't come back.
#[derive(Resource)]
#[resource(token = "ec2:DefaultSecurityGroup", id = "group_id", delete_first)]
pub struct DefaultSecurityGroup {
    /// The VPC whose default group is emptied.
    #[input(replaces)]
    vpc_id: String,
    /// The rules of the group: none. What `pulumi refresh` finds here was added by somebody; the next `pulumi up` removes it.
    #[input(default, set, items(0, 0))]
    rules: Vec<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's id.
    #[output(stable)]
    group_id: String,
}

impl Managed for DefaultSecurityGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "security-group" };

    async fn create(cx: &Cx, want: &DefaultSecurityGroupInputs, owner: &Owner) -> Result<String> {
        let look = || default_group(cx, &want.vpc_id);
        let group = cx.until(&waits::VISIBLE, &want.vpc_id, look).await?;
        let id = group.group_id().unwrap_or_default();
        match tagging::owner_of(group.tags()) {
            Some(other) if !owner.is(other.token()) => return Err(held_by_another(id, &want.vpc_id, other.token())),
            // There is but one: a replacement by force would be the group itself, and end with the old one.
            Some(own) if !Aws::adopts(cx, own.asked()) => return Err(held_already(id, &want.vpc_id)),
            _ => {}
        }
        tagging::retag(cx, id, &claim(&want.tags, owner)).await?;
        Ok(id.to_owned())
    }

    async fn settle(cx: &Cx, id: &str, _: &DefaultSecurityGroupInputs) -> Result<()> {
        let rules = RulesOf::group(cx, id).await?;
        for direction in [Direction::Ingress, Direction::Egress] {
            let ids = rules
                .iter()
                .filter(|rule| direction.is_of(rule))
                .filter_map(|rule| rule.security_group_rule_id.clone());
            let ids: Vec<_> = ids.collect();
            if !ids.is_empty() {
                direction.revoke(cx, id, ids).await?;
            }
        }
        Ok(())
    }

    /// The group outlives the resource: what ends is our tag on it.
    async fn read(cx: &Cx, id: &str) -> Result<Option<DefaultSecurityGroup>> {
        let found =
            cx.find::<types::SecurityGroup>(id).await?.filter(|group| tagging::owner_of(group.tags()).is_some());
        let Some(found) = found else { return Ok(None) };
        let rules = RulesOf::group(cx, id).await?;
        Ok(Some(DefaultSecurityGroup {
            tags: tagging::tags(found.tags()),
            vpc_id: found.vpc_id.unwrap_or_default(),
            rules: rules.iter().map(told).collect(),
            group_id: id.to_owned(),
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        let tags = was.get(fields::tags).unwrap_or_default();
        let own = tags.iter().map(|(key, _)| key.to_owned());
        let all = TagChange { set: Vec::new(), remove: own.chain([owner::KEY.to_owned()]).collect() };
        tagging::retag(cx, id, &all).await
    }
}

/// The VPC's default group, as soon as it is to be seen.
async fn default_group(cx: &Cx, vpc: &str) -> Result<Look<types::SecurityGroup>> {
    let filters = vec![filter("vpc-id", vec![vpc.to_owned()]), filter("group-name", vec!["default".to_owned()])];
    let found = groups(cx, filters).await?;
    let not_yet = || Look::Pending("without a default security group".to_owned());
    Ok(found.into_iter().next().map_or_else(not_yet, Look::Ready))
}

fn held_by_another(id: &str, vpc: &str, other: &str) -> Error {
    Error::new(
        Kind::Exists,
        format!("{id}, the default security group of {vpc}, is held by another resource ({other})"),
    )
    .with_advice(format!(
        "Have one DefaultSecurityGroup for each VPC; if the other one is no more, remove the tag {} from {id}",
        owner::KEY
    ))
}

fn held_already(id: &str, vpc: &str) -> Error {
    Error::new(Kind::Exists, format!("{id}, the default security group of {vpc}, is held by this resource already"))
}

/// The tags that make the group ours.
fn claim(tags: &Tags, owner: &Owner) -> TagChange {
    let own = tags.iter().map(|(key, value)| (key.to_owned(), value.to_owned()));
    TagChange {
        set: own.chain(owner::value(owner).map(|value| (owner::KEY.to_owned(), value))).collect(),
        remove: Vec::new(),
    }
}

/// A rule in words: `in: tcp 22-22 from 0.0.0.0/0 (sgr-1)`.
fn told(rule: &types::SecurityGroupRule) -> String {
    let (way, side) = if Direction::Egress.is_of(rule) { ("out", "to") } else { ("in", "from") };
    let ports = match (rule.from_port(), rule.to_port()) {
        (Some(from @ 0..), Some(to)) => format!(" {from}-{to}"),
        _ => String::new(),
    };
    let group = rule.referenced_group_info().and_then(types::ReferencedSecurityGroup::group_id);
    let peer = rule.cidr_ipv4().or(rule.cidr_ipv6()).or(rule.prefix_list_id()).or(group).unwrap_or_default();
    let id = rule.security_group_rule_id().unwrap_or_default();
    format!("{way}: {}{ports} {side} {peer} ({id})", rule.ip_protocol().unwrap_or_default())
}
