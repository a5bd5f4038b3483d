//! A parameter group of Amazon ElastiCache: how a cache's engine is set.

use std::collections::BTreeMap;

use aws_sdk_elasticache::types;
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
        limits::{counts, waits},
        tags::elasticache as tagging,
        unless_gone,
    },
    resources::{cache_calls as calls, cache_parameters},
};

/// A parameter group of Amazon ElastiCache: how the engine of caches is set.
///
/// Some parameters take effect at once in all caches with the group, others when their nodes are restarted (Amazon
/// ElastiCache User Guide, "Engine specific parameters"). A Region has 300 groups for an account, unless you ask for
/// more (Amazon ElastiCache User Guide, "Quotas for ElastiCache").
#[derive(Resource)]
#[resource(
    token = "elasticache:ParameterGroup",
    model = "AWS::ElastiCache::ParameterGroup",
    id = "cache_parameter_group_name"
)]
pub struct ParameterGroup {
    /// The group's name, unique in the account and Region, in small letters. Made up from the resource's name when
    /// absent.
    #[input(
        replaces,
        named(255),
        length(1, 255),
        pattern(
            r"[a-z](-?[a-z0-9])*",
            "small letters, digits and single hyphens that begin with a letter and don't end with a hyphen"
        )
    )]
    cache_parameter_group_name: String,
    /// What caches it is for: an engine and its version, such as `valkey8` or `redis7`.
    #[input(replaces, length(1, 255))]
    cache_parameter_group_family: String,
    /// What the group is for. AWS can't change it.
    #[input(replaces, length(1, 255))]
    description: String,
    /// The parameters that have another value than the engine's own, by name, such as `maxmemory-policy`. What is
    /// taken out goes back to the engine's own value.
    #[input(default)]
    properties: BTreeMap<String, String>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN.
    #[output(stable)]
    arn: String,
}

impl Managed for ParameterGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        cache_parameters::check(
            &want.get(fields::properties).unwrap_or_default(),
            &want.path(fields::properties),
            problems,
        );
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &ParameterGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.cache_parameter_group_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        match arn(cx, id).await? {
            Some(arn) => Ok(tagging::told(cx, &arn).await?.owner),
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &ParameterGroupInputs, owner: &Owner) -> Result<String> {
        cx.elasticache()
            .create_cache_parameter_group()
            .cache_parameter_group_name(&want.cache_parameter_group_name)
            .cache_parameter_group_family(&want.cache_parameter_group_family)
            .description(&want.description)
            .set_tags(Some(tagging::for_create(&want.tags, owner)))
            .send()
            .await?;
        Ok(want.cache_parameter_group_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &ParameterGroupInputs) -> Result<()> {
        // What has the engine's own value by chance is set as well, so that it keeps it.
        let stands = listed(cx, id, Some(SET)).await?;
        let differs: Vec<_> =
            want.properties.iter().filter(|(name, value)| stands.get(*name) != Some(*value)).collect();
        for some in differs.chunks(counts::CACHE_PARAMETERS_AT_ONCE) {
            accepted(cx, id, || set(cx, id, some)).await?;
        }
        let left: Vec<_> = stands.keys().filter(|name| !want.properties.contains_key(*name)).collect();
        for some in left.chunks(counts::CACHE_PARAMETERS_AT_ONCE) {
            accepted(cx, id, || reset(cx, id, some)).await?;
        }
        Ok(())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<ParameterGroup>> {
        let Some(found) = cx.find::<types::CacheParameterGroup>(id).await? else { return Ok(None) };
        let arn = answered(found.arn, "ARN")?;
        let Some(told) = unless_gone(tagging::told(cx, &arn).await)? else { return Ok(None) };
        let said = cx.recorded::<Self>().get(fields::properties).unwrap_or_default();
        let Some(properties) = unless_gone(parameters(cx, id, &said).await)? else { return Ok(None) };
        Ok(Some(ParameterGroup {
            cache_parameter_group_name: id.to_owned(),
            cache_parameter_group_family: answered(found.cache_parameter_group_family, "CacheParameterGroupFamily")?,
            description: found.description.unwrap_or_default(),
            properties,
            tags: told.tags,
            arn,
        }))
    }

    /// `settle` brings the parameters to what is wanted.
    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let tags = TagChange::of(change, fields::tags);
        match arn(cx, id).await?.filter(|_| !tags.is_empty()) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.elasticache().delete_cache_parameter_group().cache_parameter_group_name(id).send().await?;
        Ok(())
    }

    async fn blockers(cx: &Cx, id: &str) -> Result<Vec<String>> {
        calls::caches_with(cx, |cache| {
            cache.cache_parameter_group().and_then(|group| group.cache_parameter_group_name()) == Some(id)
        })
        .await
    }
}

/// Where a parameter's value comes from when somebody has set it.
const SET: &str = "user";

/// The parameters that somebody has set, by name. One that was set to the engine's own value may not be told as such:
/// it is among them if the program says so.
async fn parameters(cx: &Cx, group: &str, said: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>> {
    let mut set = listed(cx, group, Some(SET)).await?;
    if said.keys().any(|name| !set.contains_key(name)) {
        let all = listed(cx, group, None).await?;
        set.extend(all.into_iter().filter(|(name, value)| said.get(name) == Some(value)));
    }
    Ok(set)
}

async fn listed(cx: &Cx, group: &str, source: Option<&str>) -> Result<BTreeMap<String, String>> {
    let call = cx.elasticache().describe_cache_parameters().cache_parameter_group_name(group);
    let mut pages = call.set_source(source.map(ToOwned::to_owned)).into_paginator().items().send();
    let mut found = BTreeMap::new();
    while let Some(parameter) = pages.next().await {
        let parameter = parameter?;
        let is_such = source.is_none_or(|source| parameter.source() == Some(source));
        if let (Some(name), Some(value), true) = (parameter.parameter_name, parameter.parameter_value, is_such) {
            found.insert(name, value);
        }
    }
    Ok(found)
}

async fn set(cx: &Cx, group: &str, parameters: &[(&String, &String)]) -> Result<()> {
    let pair = |(name, value): &(&String, &String)| {
        types::ParameterNameValue::builder().parameter_name(*name).parameter_value(*value).build()
    };
    let call = cx.elasticache().modify_cache_parameter_group().cache_parameter_group_name(group);
    call.set_parameter_name_values(Some(parameters.iter().map(pair).collect())).send().await?;
    Ok(())
}

async fn reset(cx: &Cx, group: &str, names: &[&String]) -> Result<()> {
    let named = |name: &&String| types::ParameterNameValue::builder().parameter_name(*name).build();
    let call = cx.elasticache().reset_cache_parameter_group().cache_parameter_group_name(group);
    call.set_parameter_name_values(Some(names.iter().map(named).collect())).send().await?;
    Ok(())
}

/// Asks until it is taken: while the group's caches are being changed, its parameters can't be.
async fn accepted<F, L>(cx: &Cx, group: &str, mut ask: F) -> Result<()>
where
    F: FnMut() -> L + Send,
    L: Future<Output = Result<()>> + Send,
{
    cx.until(&waits::PARAMETERS_ACCEPTED, group, || {
        let asked = ask();
        async move { busy_is_pending(asked.await) }
    })
    .await
}

fn busy_is_pending(asked: Result<()>) -> Result<Look<()>> {
    match asked {
        Ok(()) => Ok(Look::Ready(())),
        Err(error) if error.kind() == Kind::Conflict => Ok(Look::Pending(Error::to_string(&error))),
        Err(error) => Err(error),
    }
}

async fn arn(cx: &Cx, name: &str) -> Result<Option<String>> {
    Ok(cx.find::<types::CacheParameterGroup>(name).await?.and_then(|found| found.arn))
}

impl Findable for types::CacheParameterGroup {
    fn id(&self) -> Option<&str> {
        self.cache_parameter_group_name()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let call = session.elasticache().describe_cache_parameter_groups();
        let call = call.set_cache_parameter_group_name(calls::only(&ids));
        Ok(call.into_paginator().items().send().try_collect().await?)
    }
}
