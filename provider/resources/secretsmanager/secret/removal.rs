//! The end of a secret, which takes days, and its way back from there.

use framework::{cloud::Cloud, engine::Severity, error::Kind, resource::Owner};

use super::{SecretInputs, calls, replicas, value};
use crate::aws::{Aws, Cx, Error, Result, answered, limits::codes, tags::secrets_manager as tagging};

/// Schedules a secret's deletion. Its copies in other Regions go at once, as it can't go before them.
pub(super) async fn schedule(cx: &Cx, arn: &str, days: Option<i32>) -> Result<()> {
    match ask(cx, arn, days).await {
        Err(error) if codes::says(&error, codes::SECRET_HAS_REPLICAS) => {
            replicas::bring(cx, arn, &[]).await?;
            match ask(cx, arn, days).await {
                Err(error) if codes::says(&error, codes::SECRET_HAS_REPLICAS) => Err(error.of_kind(Kind::Conflict)),
                asked => asked,
            }
        }
        // It was asked for before.
        Err(error) if error.code() == Some(codes::SECRET_NOT_IN_STATE) && is_ending(cx, arn).await? => {
            Err(error.of_kind(Kind::Gone))
        }
        asked => asked,
    }
}

async fn ask(cx: &Cx, arn: &str, days: Option<i32>) -> Result<()> {
    let call = cx.secrets_manager().delete_secret().secret_id(arn);
    call.set_recovery_window_in_days(days.map(i64::from)).send().await?;
    Ok(())
}

async fn is_ending(cx: &Cx, arn: &str) -> Result<bool> {
    Ok(calls::find(cx, arn).await?.is_none_or(|found| calls::is_ending(&found)))
}

/// Restores the secret that has the name, if it was this very resource's, and brings it to what is wanted.
///
/// # Errors
///
/// That it is another's.
pub(super) async fn take_back(cx: &Cx, want: &SecretInputs, owner: &Owner, error: Error) -> Result<String> {
    let Some(found) = calls::find(cx, &want.name).await?.filter(calls::is_ending) else { return Err(error) };
    let arn = answered(found.arn.clone(), "ARN")?;
    let was = tagging::owner_of(found.tags());
    let is_ours = !owner.is_nobody() && was.is_some_and(|was| owner.is(was.token()));
    if !is_ours || !Aws::adopts_any(cx) {
        return Err(error.with_advice(in_the_way(&arn)));
    }
    cx.secrets_manager().restore_secret().secret_id(&arn).send().await?;
    // From here on a run that is cut off finds it by this, as if it had been made now.
    tagging::own(cx, &arn, owner).await?;
    let call = cx
        .secrets_manager()
        .update_secret()
        .secret_id(&arn)
        .description(want.description.clone().unwrap_or_default())
        .kms_key_id(want.kms_key_id.clone().unwrap_or_default())
        .set_type(want.r#type.clone())
        .set_secret_string(value::wanted(cx, want).await?);
    call.send().await?;
    tagging::retag(cx, &arn, &tagging::tags(found.tags()).to(&want.tags)).await?;
    let told = "restored, as this resource had it before and it was scheduled for deletion; \
                the value that it had is its version AWSPREVIOUS if it has got another";
    cx.operation().tell(Severity::Info, format!("{arn} was {told}"));
    Ok(arn)
}

fn in_the_way(arn: &str) -> String {
    format!(
        "{arn} keeps its name until its recovery window is over, and wasn't this resource's. To have it back, run \
         `aws secretsmanager restore-secret --secret-id {arn}` and import it with `pulumi import`. To have another one, \
         choose another name, or end it for good with \
         `aws secretsmanager delete-secret --force-delete-without-recovery --secret-id {arn}`"
    )
}
