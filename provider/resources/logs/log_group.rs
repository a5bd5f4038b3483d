//! A log group of CloudWatch Logs.

use aws_sdk_cloudwatchlogs::types;
use framework::{
    Choice, Resource,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Managed, Owner},
};

use crate::aws::{Aws, Cx, Result, TagChange, Tags, answered, tags::logs as tagging, unless_gone};

/// A log group of CloudWatch Logs: streams of log events that are kept, read and paid for alike.
#[derive(Resource)]
#[resource(token = "logs:LogGroup", model = "AWS::Logs::LogGroup", id = "log_group_name")]
pub struct LogGroup {
    /// The group's name, unique in the account and Region. Made up from the resource's name when absent.
    #[input(replaces, named(512), length(1, 512), pattern(r"[.\-_/#A-Za-z0-9]+", "letters, digits and any of ._-/#"))]
    log_group_name: String,
    /// For how many days events are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096,
    /// 1827, 2192, 2557, 2922, 3288 or 3653 (CloudWatch Logs API Reference, `PutRetentionPolicy`). For ever when absent.
    #[input(one_of(
        1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
    ))]
    retention_in_days: Option<i32>,
    /// The ARN of the KMS key that encrypts what is written from now on. CloudWatch Logs encrypts with a
    /// key of its own when absent. The key's policy has to let CloudWatch Logs use it.
    #[input(
        length(1, 256),
        pattern(r"arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+", "the ARN of a KMS key")
    )]
    kms_key_id: Option<String>,
    /// What can be done with the events, and what they cost. AWS can't change it.
    #[input(replaces, default = LogGroupClass::Standard)]
    log_group_class: LogGroupClass,
    /// Whether AWS refuses to delete the group. It has to be turned off before the group can be destroyed or replaced.
    #[input(default = false)]
    deletion_protection_enabled: bool,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The group's ARN, without the `:*` that some of AWS's policies want behind it.
    #[output(stable)]
    arn: String,
}

/// What can be done with the events of a log group, and what they cost.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "logs:LogGroupClass")]
pub enum LogGroupClass {
    /// Everything that CloudWatch Logs can do.
    #[choice("STANDARD")]
    Standard,
    /// At half the price, without live tail, metric filters, alarms and subscriptions.
    #[choice("INFREQUENT_ACCESS")]
    InfrequentAccess,
    /// For delivery of Lambda's logs elsewhere: events are kept for two days.
    #[choice("DELIVERY")]
    Delivery,
}

impl Managed for LogGroup {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if want.get(fields::log_group_class) == Some(LogGroupClass::Delivery) && want.has(fields::retention_in_days) {
            problems.add(
                want.path(fields::retention_in_days),
                "can't be given for the class DELIVERY, which keeps events for two days",
            );
        }
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &LogGroupInputs) -> Result<Option<String>> {
        Ok(Some(want.log_group_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        match find(cx, id).await?.and_then(arn_of) {
            Some(arn) => tagging::owner_of(cx, &arn).await,
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &LogGroupInputs, owner: &Owner) -> Result<String> {
        cx.logs()
            .create_log_group()
            .log_group_name(&want.log_group_name)
            .set_kms_key_id(want.kms_key_id.clone())
            .log_group_class(want.log_group_class.text().into())
            .deletion_protection_enabled(want.deletion_protection_enabled)
            .set_tags(Some(tagging::for_create(&want.tags, owner)))
            .send()
            .await?;
        Ok(want.log_group_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &LogGroupInputs) -> Result<()> {
        match want.retention_in_days {
            Some(days) => set_retention(cx, id, Some(days)).await,
            None => Ok(()),
        }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<LogGroup>> {
        let Some(found) = find(cx, id).await? else { return Ok(None) };
        let arn = answered(found.log_group_arn.or(found.arn), "logGroupArn")?;
        let arn = arn.strip_suffix(":*").unwrap_or(&arn).to_owned();
        let Some(tags) = unless_gone(tagging::tags(cx, &arn).await)? else { return Ok(None) };
        let log_group_class = found
            .log_group_class
            .and_then(|class| LogGroupClass::from_text(class.as_str()))
            .unwrap_or(LogGroupClass::Standard);
        Ok(Some(LogGroup {
            log_group_name: id.to_owned(),
            retention_in_days: found.retention_in_days.filter(|_| log_group_class != LogGroupClass::Delivery),
            kms_key_id: found.kms_key_id,
            log_group_class,
            deletion_protection_enabled: found.deletion_protection_enabled.unwrap_or_default(),
            tags,
            arn,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(days) = change.to(fields::retention_in_days) {
            set_retention(cx, id, days).await?;
        }
        if let Some(key) = change.to(fields::kms_key_id) {
            set_key(cx, id, key).await?;
        }
        if let Some(on) = change.to(fields::deletion_protection_enabled) {
            let call = cx.logs().put_log_group_deletion_protection().log_group_identifier(id);
            call.deletion_protection_enabled(on).send().await?;
        }
        let tags = TagChange::of(change, fields::tags);
        match find(cx, id).await?.filter(|_| !tags.is_empty()).and_then(arn_of) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        cx.logs().delete_log_group().log_group_name(id).send().await?;
        Ok(())
    }
}

/// CloudWatch Logs finds groups by how their names begin.
async fn find(cx: &Cx, name: &str) -> Result<Option<types::LogGroup>> {
    let mut pages = cx.logs().describe_log_groups().log_group_name_prefix(name).into_paginator().items().send();
    while let Some(group) = pages.next().await {
        let group = group?;
        if group.log_group_name() == Some(name) {
            return Ok(Some(group));
        }
    }
    Ok(None)
}

fn arn_of(group: types::LogGroup) -> Option<String> {
    group.log_group_arn.or(group.arn)
}

async fn set_retention(cx: &Cx, name: &str, days: Option<i32>) -> Result<()> {
    match days {
        Some(days) => {
            cx.logs().put_retention_policy().log_group_name(name).retention_in_days(days).send().await?;
        }
        None => {
            cx.logs().delete_retention_policy().log_group_name(name).send().await?;
        }
    }
    Ok(())
}

async fn set_key(cx: &Cx, name: &str, key: Option<String>) -> Result<()> {
    match key {
        Some(key) => {
            cx.logs().associate_kms_key().log_group_name(name).kms_key_id(key).send().await?;
        }
        None => {
            cx.logs().disassociate_kms_key().log_group_name(name).send().await?;
        }
    }
    Ok(())
}
