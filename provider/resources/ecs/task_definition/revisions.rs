//! A family's revisions: which is the latest, whether it is as wanted, which have had their day.

use aws_sdk_ecs::types::{self, SortOrder, TaskDefinitionStatus};
use framework::{
    error::Kind,
    property::{EncodeRecord, Properties, Role},
    resource::{Resource, changes},
};

use super::{TaskDefinition, TaskDefinitionInputs, as_said, fields};
use crate::{
    aws::{
        Cx, Error, Result, TagChange, Tags, answered,
        limits::{codes, counts},
        tags::{ecs as tagging, owner},
    },
    resources::wire::Slot,
};

/// A revision, and its tags.
type Revision = (types::TaskDefinition, Vec<types::Tag>);

/// The latest active revision of a family.
pub async fn latest(cx: &Cx, family: &str) -> Result<Option<Revision>> {
    Ok(describe(cx, family).await?.filter(|(found, _)| found.status() != Some(&TaskDefinitionStatus::Inactive)))
}

async fn describe(cx: &Cx, revision: &str) -> Result<Option<Revision>> {
    let call = cx.ecs().describe_task_definition().task_definition(revision);
    match call.include(types::TaskDefinitionField::Tags).send().await.map_err(Error::from) {
        Ok(answer) => Ok(answer.task_definition.map(|found| (found, answer.tags.unwrap_or_default()))),
        Err(error) if error.is_gone() || codes::says(&error, codes::NO_SUCH_TASK_DEFINITION) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Registers a revision. The roles in it may be too new for Amazon ECS to know them; it takes them all the same.
pub async fn register(cx: &Cx, want: &TaskDefinitionInputs, tags: Vec<types::Tag>) -> Result<()> {
    let call = cx.ecs().register_task_definition().family(&want.family);
    call.set_container_definitions(want.container_definitions.put()?)
        .set_requires_compatibilities(want.requires_compatibilities.put()?.filter(|list| !list.is_empty()))
        .set_cpu(want.cpu.clone())
        .set_memory(want.memory.clone())
        .set_network_mode(want.network_mode.put()?)
        .set_execution_role_arn(want.execution_role_arn.clone())
        .set_task_role_arn(want.task_role_arn.clone())
        .set_runtime_platform(want.runtime_platform.put()?)
        .set_volumes(want.volumes.put()?)
        .set_ephemeral_storage(want.ephemeral_storage.put()?)
        .set_placement_constraints(want.placement_constraints.put()?)
        .set_proxy_configuration(want.proxy_configuration.put()?)
        .set_pid_mode(want.pid_mode.put()?)
        .set_ipc_mode(want.ipc_mode.put()?)
        .set_enable_fault_injection(want.enable_fault_injection.then_some(true))
        .set_tags(Some(tags).filter(|tags| !tags.is_empty()))
        .send()
        .await?;
    Ok(())
}

/// A revision as the resource's properties, in the program's words where they mean the same.
pub fn seen(
    said: &Properties<'_, TaskDefinition>,
    found: types::TaskDefinition,
    tags: &[types::Tag],
) -> Result<TaskDefinition> {
    Ok(TaskDefinition {
        container_definitions: as_said::containers(
            Slot::take(found.container_definitions),
            &said.get(fields::container_definitions).unwrap_or_default(),
        ),
        requires_compatibilities: Slot::take(found.requires_compatibilities),
        cpu: found.cpu,
        memory: found.memory,
        network_mode: Slot::take(found.network_mode),
        execution_role_arn: found.execution_role_arn,
        task_role_arn: found.task_role_arn,
        runtime_platform: Slot::take(found.runtime_platform),
        volumes: as_said::volumes(Slot::take(found.volumes), &said.get(fields::volumes).unwrap_or_default()),
        ephemeral_storage: Slot::take(found.ephemeral_storage),
        placement_constraints: Slot::take(found.placement_constraints),
        proxy_configuration: Slot::take(found.proxy_configuration),
        pid_mode: Slot::take(found.pid_mode),
        ipc_mode: Slot::take(found.ipc_mode),
        enable_fault_injection: found.enable_fault_injection.unwrap_or_default(),
        tags: tagging::tags(tags),
        task_definition_arn: answered(found.task_definition_arn, "taskDefinitionArn")?,
        revision: found.revision,
        family: answered(found.family, "family")?,
    })
}

/// Makes the latest revision what is wanted: it is used if it is, and another one is registered if it isn't. So it
/// can be repeated, be the answer to the first call lost or not.
pub async fn bring(cx: &Cx, family: &str, want: &TaskDefinitionInputs, tags: &TagChange) -> Result<()> {
    let Some((found, found_tags)) = latest(cx, family).await? else {
        return Err(Error::new(Kind::Gone, format!("the task definition {family} has no active revision")));
    };
    let owner = found_tags.iter().find(|tag| tag.key() == Some(owner::KEY)).cloned();
    if !is_as_wanted(cx, found, want)? {
        let own = want.tags.iter().map(|(key, value)| types::Tag::builder().key(key).value(value).build());
        register(cx, want, own.chain(owner.clone()).collect()).await?;
    }
    let active = active(cx, family).await?;
    let (kept, old) = active.split_at(counts::TASK_DEFINITION_REVISIONS_KEPT.min(active.len()));
    if !tags.is_empty() {
        for arn in kept {
            retag(cx, arn, &want.tags).await?;
        }
    }
    for arn in old {
        if let Some(owner) = &owner
            && describe(cx, arn).await?.is_some_and(|(_, tags)| tags.contains(owner))
        {
            deregister(cx, arn).await?;
        }
    }
    Ok(())
}

fn is_as_wanted(cx: &Cx, found: types::TaskDefinition, want: &TaskDefinitionInputs) -> Result<bool> {
    let found = seen(&cx.recorded(), found, &[])?.properties();
    let revised = TaskDefinition::FIELDS.iter().filter(|field| field.role == Role::Input && field.name != "tags");
    Ok(changes(revised, &found, &want.encode_fields()).is_empty())
}

/// Brings a revision's tags to what is wanted.
async fn retag(cx: &Cx, arn: &str, want: &Tags) -> Result<()> {
    match describe(cx, arn).await? {
        Some((_, tags)) => tagging::retag(cx, arn, &tagging::tags(&tags).to(want)).await,
        None => Ok(()),
    }
}

/// The ARNs of the active revisions, the latest first.
async fn active(cx: &Cx, family: &str) -> Result<Vec<String>> {
    let call = cx.ecs().list_task_definitions().family_prefix(family).status(TaskDefinitionStatus::Active);
    let pages = call.sort(SortOrder::Desc).into_paginator().items().send();
    let mut arns = pages.collect::<std::result::Result<Vec<_>, _>>().await?;
    arns.retain(|arn| family_of(arn) == Some(family));
    arns.sort_by_key(|arn| std::cmp::Reverse(number_of(arn)));
    Ok(arns)
}

fn family_of(arn: &str) -> Option<&str> {
    Some(arn.rsplit_once('/')?.1.rsplit_once(':')?.0)
}

fn number_of(arn: &str) -> Option<u64> {
    arn.rsplit_once(':')?.1.parse().ok()
}

/// Deregisters every revision that is ours: that carries the owner of the newest one that has any, or none at all.
///
/// What somebody else has registered into the family stays.
pub async fn deregister_all(cx: &Cx, family: &str) -> Result<()> {
    let mut revisions = Vec::new();
    for arn in active(cx, family).await? {
        if let Some((_, tags)) = describe(cx, &arn).await? {
            revisions.push((arn, tagging::owner_of(&tags)));
        }
    }
    let ours = revisions.iter().find_map(|(_, owner)| owner.clone());
    let token = |owner: &Option<framework::resource::Owner>| owner.as_ref().map(|owner| owner.token().to_owned());
    let (own, others): (Vec<_>, Vec<_>) =
        revisions.into_iter().partition(|(_, owner)| owner.is_none() || token(owner) == token(&ours));
    for (arn, _) in own {
        deregister(cx, &arn).await?;
    }
    match others.is_empty() {
        true => Ok(()),
        false => Err(Error::new(Kind::Gone, format!("what is left of {family} was registered by somebody else"))),
    }
}

async fn deregister(cx: &Cx, arn: &str) -> Result<()> {
    cx.ecs().deregister_task_definition().task_definition(arn).send().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_names_family_and_revision() {
        let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:12";
        assert_eq!((family_of(arn), number_of(arn)), (Some("web"), Some(12)));
    }
}
