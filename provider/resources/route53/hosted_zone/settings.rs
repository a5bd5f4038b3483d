//! What is said about a hosted zone, where its queries are logged, and what else Route 53 does for it.

use aws_sdk_route53::types::{self, AcceleratedRecoveryStatus as Status};
use framework::resource::Look;

use super::{HostedZoneConfig, HostedZoneFeatures, HostedZoneInputs, HostedZoneQueryLoggingConfig};
use crate::aws::{Cx, Result, answered, limits::waits, unless_gone};

/// What the create call is told.
pub(super) fn of_new(want: &HostedZoneInputs) -> Option<types::HostedZoneConfig> {
    let comment = want.hosted_zone_config.as_ref().and_then(|config| config.comment.clone());
    let is_private = !want.vpcs.is_empty();
    let says = comment.is_some() || is_private;
    says.then(|| types::HostedZoneConfig::builder().set_comment(comment).private_zone(is_private).build())
}

/// What a zone's comment is.
pub(super) fn config(zone: &types::HostedZone) -> Option<HostedZoneConfig> {
    let comment = zone.config().and_then(|config| config.comment()).filter(|comment| !comment.is_empty());
    comment.map(|comment| HostedZoneConfig { comment: Some(comment.to_owned()) })
}

/// What a zone has beside its records.
pub(super) fn features(zone: &types::HostedZone) -> Option<HostedZoneFeatures> {
    recovers(zone).then_some(HostedZoneFeatures { enable_accelerated_recovery: Some(true) })
}

fn recovers(zone: &types::HostedZone) -> bool {
    let on = [Status::Enabled, Status::Enabling, Status::EnablingHostedZoneLocked];
    status(zone).is_some_and(|status| on.contains(status))
}

fn status(zone: &types::HostedZone) -> Option<&Status> {
    zone.features().and_then(|features| features.accelerated_recovery_status())
}

/// Brings the log and the features to what is wanted.
pub(super) async fn bring(cx: &Cx, id: &str, want: &HostedZoneInputs) -> Result<()> {
    log_to(cx, id, want.query_logging_config.as_ref()).await?;
    let wanted = want.hosted_zone_features.as_ref().and_then(|features| features.enable_accelerated_recovery);
    recover(cx, id, wanted.unwrap_or_default()).await
}

async fn recover(cx: &Cx, id: &str, wanted: bool) -> Result<()> {
    if recovers(&zone(cx, id).await?) == wanted {
        return Ok(());
    }
    cx.route53().update_hosted_zone_features().hosted_zone_id(id).enable_accelerated_recovery(wanted).send().await?;
    cx.until(&waits::HOSTED_ZONE_FEATURES, id, || async { Ok(recovery(&zone(cx, id).await?)) }).await
}

/// How far a zone's accelerated recovery is.
fn recovery(zone: &types::HostedZone) -> Look<()> {
    match status(zone) {
        None | Some(Status::Enabled | Status::Disabled) => Look::Ready(()),
        Some(Status::EnableFailed | Status::DisableFailed) => {
            let reasons = zone.features().and_then(|features| features.failure_reasons());
            Look::Failed(
                reasons.and_then(|reasons| reasons.accelerated_recovery()).unwrap_or("no reason given").to_owned(),
            )
        }
        Some(other) => Look::Pending(other.to_string()),
    }
}

async fn zone(cx: &Cx, id: &str) -> Result<types::HostedZone> {
    answered(cx.route53().get_hosted_zone().id(id).send().await?.hosted_zone, "HostedZone")
}

/// Where a zone's queries are logged. A zone has one log at most.
pub(super) async fn logging(cx: &Cx, id: &str) -> Result<Option<types::QueryLoggingConfig>> {
    let found = unless_gone(cx.route53().list_query_logging_configs().hosted_zone_id(id).send().await)?;
    Ok(found.and_then(|found| found.query_logging_configs.into_iter().next()))
}

/// Route 53 can't change a log: another one takes its place.
async fn log_to(cx: &Cx, id: &str, wanted: Option<&HostedZoneQueryLoggingConfig>) -> Result<()> {
    let there = logging(cx, id).await?;
    let wanted = wanted.map(|wanted| wanted.cloud_watch_logs_log_group_arn.as_str());
    if there.as_ref().map(types::QueryLoggingConfig::cloud_watch_logs_log_group_arn) == wanted {
        return Ok(());
    }
    if let Some(there) = there {
        stop(cx, there).await?;
    }
    if let Some(arn) = wanted {
        let call = cx.route53().create_query_logging_config().hosted_zone_id(id);
        call.cloud_watch_logs_log_group_arn(arn).send().await?;
    }
    Ok(())
}

/// Ends a log.
pub(super) async fn stop(cx: &Cx, log: types::QueryLoggingConfig) -> Result<()> {
    unless_gone(cx.route53().delete_query_logging_config().id(log.id).send().await)?;
    Ok(())
}

impl From<types::QueryLoggingConfig> for HostedZoneQueryLoggingConfig {
    fn from(found: types::QueryLoggingConfig) -> Self {
        HostedZoneQueryLoggingConfig { cloud_watch_logs_log_group_arn: found.cloud_watch_logs_log_group_arn }
    }
}
