//! Turning a rotation on and off.

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use framework::{engine::Severity, error::Kind, resource::Look};

use super::{RotationRules, RotationScheduleInputs};
use crate::{
    aws::{
        Cx, Error, Result,
        limits::{codes, databases, waits},
    },
    resources::secret_calls::find,
};

/// The labels of a version that is being made by a rotation, and of the one that everybody gets.
///
/// Source: "What's in a Secrets Manager secret?", AWS Secrets Manager User Guide.
const PENDING: &str = "AWSPENDING";
const CURRENT: &str = "AWSCURRENT";

/// Whether the secret is rotated by a schedule.
pub(super) fn is_on(found: &DescribeSecretOutput) -> bool {
    found.rotation_enabled == Some(true)
}

/// Brings the rotation to what is wanted.
pub(super) async fn bring(
    cx: &Cx,
    arn: &str,
    found: &DescribeSecretOutput,
    want: &RotationScheduleInputs,
) -> Result<()> {
    if want.rotation_enabled { start(cx, arn, want).await } else { stop(cx, arn, found).await }
}

async fn start(cx: &Cx, arn: &str, want: &RotationScheduleInputs) -> Result<()> {
    let metadata = &want.external_secret_rotation_metadata;
    let is_external = want.external_secret_rotation_role_arn.is_some() || !metadata.is_empty();
    let asked = || async {
        let call = cx
            .secrets_manager()
            .rotate_secret()
            .secret_id(arn)
            .set_rotation_lambda_arn(want.rotation_lambda_arn.clone())
            .set_rotation_rules(want.rotation_rules.as_ref().map(Into::into))
            .set_external_secret_rotation_role_arn(want.external_secret_rotation_role_arn.clone())
            .set_external_secret_rotation_metadata(is_external.then(|| metadata.iter().map(Into::into).collect()))
            .rotate_immediately(want.rotate_immediately_on_update == Some(true));
        match call.send().await.map_err(Error::from) {
            Ok(_) => Ok(Look::Ready(())),
            Err(error) if codes::says(&error, codes::NOT_YET_ROTATABLE) => Ok(Look::Pending(error.to_string())),
            Err(error) => Err(error),
        }
    };
    cx.until(&waits::ROTATION_ACCEPTED, arn, asked).await
}

/// Turns a rotation off. One that is under way may be between the database and the secret, so its end is awaited.
pub(super) async fn stop(cx: &Cx, arn: &str, found: &DescribeSecretOutput) -> Result<()> {
    if !is_on(found) {
        return Ok(());
    }
    let look = || async { Ok(progress(find(cx, arn).await?.as_ref())) };
    match cx.until(&waits::ROTATION_OVER, arn, look).await {
        Err(error) if error.kind() == Kind::TimedOut => {
            let told = format!("the rotation of {arn} is turned off although one seems to be under way: {error}");
            cx.operation().tell(Severity::Warning, told);
        }
        waited => waited?,
    }
    cx.secrets_manager().cancel_rotate_secret().secret_id(arn).send().await?;
    Ok(())
}

/// Whether a rotation is under way: one that isn't leaves its label nowhere, or with the version that everybody gets.
fn progress(found: Option<&DescribeSecretOutput>) -> Look<()> {
    let versions = found.and_then(DescribeSecretOutput::version_ids_to_stages).into_iter().flatten();
    let has = |stages: &[String], label: &str| stages.iter().any(|stage| stage == label);
    match versions.filter(|(_, stages)| has(stages, PENDING) && !has(stages, CURRENT)).map(|(id, _)| id).next() {
        Some(version) => Look::Pending(format!("making the version {version}")),
        None => Look::Ready(()),
    }
}

/// Says that a service's schedule changes, where it was changed before: what it was at first needs no word.
pub(super) fn tell_of_change(
    cx: &Cx,
    arn: &str,
    service: &str,
    found: &DescribeSecretOutput,
    want: &RotationScheduleInputs,
) {
    let was = found.rotation_rules().map(|rules| RotationRules::seen(rules, None));
    let Some(was) =
        was.filter(|was| !is_usual(was) && !want.rotation_rules.as_ref().is_some_and(|now| now.is_same(was)))
    else {
        return;
    };
    let told = format!(
        "{arn}, which {service} manages, was rotated by {}; from now on it is as this resource says",
        was.told()
    );
    cx.operation().tell(Severity::Warning, told);
}

/// Whether it is what RDS begins with.
fn is_usual(rules: &RotationRules) -> bool {
    rules.is_same(&RotationRules::after(databases::PASSWORD_ROTATION_DAYS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(stages: &[&str]) -> DescribeSecretOutput {
        let stages = stages.iter().map(|stage| (*stage).to_owned()).collect();
        DescribeSecretOutput::builder().version_ids_to_stages("v1", stages).build()
    }

    #[test]
    fn a_rotation_is_under_way_while_its_version_is_not_the_current_one() {
        assert_eq!(progress(None), Look::Ready(()));
        for over in [&["AWSCURRENT"][..], &["AWSCURRENT", "AWSPENDING"], &["AWSPREVIOUS"]] {
            assert_eq!(progress(Some(&version(over))), Look::Ready(()), "{over:?}");
        }
        assert_eq!(progress(Some(&version(&["AWSPENDING"]))), Look::Pending("making the version v1".to_owned()));
    }
}
