//! A subnet group of Amazon ElastiCache: where caches have their nodes.

use aws_sdk_elasticache::types;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, tags::elasticache as tagging, unless_gone},
    resources::{cache_calls as calls, subnet_group},
};

/// A subnet group of Amazon ElastiCache: the subnets of a VPC that caches may have their nodes in.
///
/// A Region has 300 for an account, each with up to 20 subnets, unless you ask for more (Amazon ElastiCache User Guide,
/// "Quotas for ElastiCache").
#[derive(Resource)]
#[resource(token = "elasticache:SubnetGroup", model = "AWS::ElastiCache::SubnetGroup", id = "cache_subnet_group_name")]
pub struct SubnetGroup {
    /// The group's name, unique in the account and Region, in small letters. Made up from the resource's name when
    /// absent.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern(
            r"[a-z0-9]([a-z0-9\-]*[a-z0-9])?",
            "small letters, digits and hyphens, with no hyphen at the beginning and at the end"
        )
    )]
    cache_subnet_group_name: String,
    /// What the group is for.
    #[input(length(1, 255))]
    description: String,
    /// The subnets, all of one VPC. One that a cache has a node in can't be taken out, and one of those that are
    /// there has to stay.
    #[input(set, items(1, 2147483647))]
    subnet_ids: Vec<String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    arn: String,
    /// The VPC that the subnets are of.
    #[output(stable)]
    vpc_id: Option<String>,
}

impl Managed for SubnetGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    fn forbids(was: &Properties<'_, Self>, want: &Properties<'_, Self>, problems: &mut Problems) {
        subnet_group::stays(was, want, fields::subnet_ids, problems);
    }

    async fn occupant(_: &Cx, want: &SubnetGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.cache_subnet_group_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        match arn(cx, id).await? {
            Some(arn) => Ok(tagging::told(cx, &arn).await?.owner),
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &SubnetGroupInputs, owner: &Owner) -> Result<String> {
        cx.elasticache()
            .create_cache_subnet_group()
            .cache_subnet_group_name(&want.cache_subnet_group_name)
            .cache_subnet_group_description(&want.description)
            .set_subnet_ids(Some(want.subnet_ids.clone()))
            .set_tags(Some(tagging::for_create(&want.tags, owner)))
            .send()
            .await?;
        Ok(want.cache_subnet_group_name.clone())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<SubnetGroup>> {
        let Some(found) = cx.find::<types::CacheSubnetGroup>(id).await? else { return Ok(None) };
        let arn = answered(found.arn, "ARN")?;
        let Some(told) = unless_gone(tagging::told(cx, &arn).await)? else { return Ok(None) };
        let subnets = found.subnets.unwrap_or_default().into_iter();
        Ok(Some(SubnetGroup {
            cache_subnet_group_name: id.to_owned(),
            description: found.cache_subnet_group_description.unwrap_or_default(),
            subnet_ids: subnets.filter_map(|subnet| subnet.subnet_identifier).collect(),
            tags: told.tags,
            arn,
            vpc_id: found.vpc_id,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let (description, subnets) = (change.to(fields::description), change.to(fields::subnet_ids));
        if description.is_some() || subnets.is_some() {
            let call = cx.elasticache().modify_cache_subnet_group().cache_subnet_group_name(id);
            call.set_cache_subnet_group_description(description).set_subnet_ids(subnets).send().await?;
        }
        let tags = TagChange::of(change, fields::tags);
        match arn(cx, id).await?.filter(|_| !tags.is_empty()) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.elasticache().delete_cache_subnet_group().cache_subnet_group_name(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        calls::caches_with(cx, |cache| cache.cache_subnet_group_name() == Some(id)).await
    }
}

async fn arn(cx: &Cx, name: &str) -> Result<Option<String>> {
    Ok(cx.find::<types::CacheSubnetGroup>(name).await?.and_then(|found| found.arn))
}

impl Findable for types::CacheSubnetGroup {
    fn id(&self) -> Option<&str> {
        self.cache_subnet_group_name()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let call = session.elasticache().describe_cache_subnet_groups();
        let call = call.set_cache_subnet_group_name(calls::only(&ids));
        Ok(call.into_paginator().items().send().try_collect().await?)
    }
}
