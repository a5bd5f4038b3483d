//! When a secret of AWS Secrets Manager is rotated, or that it isn't.

mod calls;
mod rules;

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use framework::{
    Resource,
    error::Kind,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
    value::Path,
};

pub use rules::{ExternalSecretRotationMetadata, RotationRules};

use crate::{
    aws::{Aws, Cx, Error, Result, answered, tags::secrets_manager as tagging},
    resources::{
        exclusive::given,
        secret_calls::{find, is_ending, is_same},
    },
};

/// When a secret of AWS Secrets Manager is rotated, which gives it a new value, or that it isn't rotated at all.
///
/// A secret that a service manages, such as the master password of a database that RDS made (`masterUserSecret`), is
/// rotated by that service, without a Lambda function. RDS does so every seven days unless this resource says another
/// schedule, or `rotationEnabled: false`. Containers read a secret only when they start: a service that was deployed before
/// a rotation has the old password, and opens no new connection with it. So turn the rotation off, or deploy whatever reads
/// the secret after each one. `aws secretsmanager rotate-secret --secret-id <ARN>` rotates it on purpose, and turns the
/// rotation by schedule on again, which the next `pulumi refresh` shows and the next `pulumi up` takes back.
///
/// A secret has one schedule. That of a service is taken over, as the secret never is without; a rotation that somebody else
/// has set up for another secret isn't, and has to be imported. When this resource is deleted the rotation is turned off, as
/// AWS CloudFormation and Terraform do, even where a service had set one up: the value stays as it is, and no password
/// changes unexpectedly. Nothing is asked for when the secret is gone already.
#[derive(Resource)]
#[resource(token = "secretsmanager:RotationSchedule", model = "AWS::SecretsManager::RotationSchedule", id = "arn")]
pub struct RotationSchedule {
    /// The ARN or the name of the secret. Another one needs another schedule.
    #[input(replaces, length(1, 2048))]
    secret_id: String,
    /// Whether the secret is rotated by the schedule. False turns the rotation off; the secret keeps its value until
    /// somebody rotates it or puts another. Nothing but `secretId` and `rotateImmediatelyOnUpdate` is said then.
    #[input(default = true)]
    rotation_enabled: bool,
    /// The schedule. Required, unless `rotationEnabled` is false.
    #[input]
    rotation_rules: Option<RotationRules>,
    /// The ARN of the Lambda function that rotates the secret, which Secrets Manager has to be allowed to invoke. None for
    /// a secret that a service manages.
    #[input(length(1, 2048))]
    rotation_lambda_arn: Option<String>,
    /// What the partner wants to know for the rotation of a managed external secret (AWS Secrets Manager User Guide,
    /// "Managed external secrets").
    #[input(default, set)]
    external_secret_rotation_metadata: Vec<ExternalSecretRotationMetadata>,
    /// The ARN of the role with which Secrets Manager rotates a managed external secret.
    #[input(length(20, 2048))]
    external_secret_rotation_role_arn: Option<String>,
    /// Whether the secret is rotated at once when this resource is made or its schedule changes, and not only at its next
    /// time. False here, so that no deployment changes the password of what is running; AWS CloudFormation's default is
    /// true. The rotation is over about a minute later. Where this is false and a schedule by days or `rate()` is changed,
    /// the next rotation may still come at its former time; one by `cron()` keeps to the new schedule (AWS Secrets Manager
    /// API Reference, `RotateSecret`).
    #[input(default = false, write_only)]
    rotate_immediately_on_update: Option<bool>,

    /// The ARN of the secret.
    #[output(stable)]
    arn: String,
}

impl Managed for RotationSchedule {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Identity;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        let parts = [
            given(want, fields::rotation_rules),
            given(want, fields::rotation_lambda_arn),
            given(want, fields::external_secret_rotation_role_arn),
            (
                fields::external_secret_rotation_metadata.name(),
                want.get(fields::external_secret_rotation_metadata).is_some_and(|told| !told.is_empty()),
            ),
        ];
        match want.get(fields::rotation_enabled) {
            Some(false) => {
                for (name, _) in parts.iter().filter(|(_, given)| *given) {
                    problems.add(Path::of(name), "must be absent while rotationEnabled is false: nothing is rotated");
                }
            }
            Some(true) if !want.has(fields::rotation_rules) => {
                problems.add(want.path(fields::rotation_rules), "is required, unless rotationEnabled is false");
            }
            _ => {}
        }
        if let Some(rules) = want.get(fields::rotation_rules).flatten() {
            rules.check(&want.path(fields::rotation_rules), problems);
        }
    }

    /// Another name of the same secret is no other secret: the one that goes would turn the rotation off.
    fn replaces(property: &str, was: &Properties<'_, Self>, want: &Properties<'_, Self>) -> Option<bool> {
        let (was, want) = (was.get(fields::secret_id)?, want.get(fields::secret_id)?);
        (property == fields::secret_id.name()).then(|| !is_same(&was, &want))
    }

    async fn occupant(cx: &Cx, want: &RotationScheduleInputs) -> Result<Option<String>> {
        Ok(find(cx, &want.secret_id).await?.and_then(|found| found.arn))
    }

    async fn holder(cx: &Cx, want: &RotationScheduleInputs) -> Result<Option<Owner>> {
        Ok(find(cx, &want.secret_id).await?.and_then(|found| tagging::owner_of(found.tags())))
    }

    /// A rotation that is on is somebody's, unless the secret is a service's: such a secret comes with one.
    async fn create(cx: &Cx, want: &RotationScheduleInputs, _: &Owner) -> Result<String> {
        let found = find(cx, &want.secret_id).await?.filter(|found| !is_ending(found));
        let found = found.ok_or_else(|| gone(&want.secret_id))?;
        let arn = answered(found.arn.clone(), "ARN")?;
        if calls::is_on(&found) {
            match found.owning_service() {
                None => return Err(rotated_already(&arn)),
                Some(service) => calls::tell_of_change(cx, &arn, service, &found, want),
            }
        }
        calls::bring(cx, &arn, &found, want).await?;
        Ok(arn)
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<RotationSchedule>> {
        let found = find(cx, id).await?.filter(|found| !is_ending(found));
        found.map(|found| RotationSchedule::seen(cx, found)).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let elsewhere = [fields::secret_id.name(), fields::rotate_immediately_on_update.name()];
        if change.names().iter().all(|name| elsewhere.contains(name)) {
            return Ok(());
        }
        let found = find(cx, id).await?.ok_or_else(|| gone(id))?;
        calls::bring(cx, id, &found, change.wanted()).await
    }

    /// The secret can still be read afterwards: what ends is its rotation.
    async fn delete(cx: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        let Some(found) = find(cx, id).await?.filter(|found| !is_ending(found)) else { return Err(gone(id)) };
        calls::stop(cx, id, &found).await?;
        Err(Error::new(Kind::Gone, format!("{id} isn't rotated any more")))
    }
}

impl RotationSchedule {
    /// Secrets Manager goes on telling the schedule and the function of a rotation that is off.
    fn seen(cx: &Cx, found: DescribeSecretOutput) -> Result<Self> {
        let recorded = cx.recorded::<Self>();
        let on = calls::is_on(&found);
        let arn = answered(found.arn, "ARN")?;
        let metadata = found.external_secret_rotation_metadata.filter(|_| on).unwrap_or_default();
        Ok(RotationSchedule {
            secret_id: recorded
                .get(fields::secret_id)
                .filter(|said| is_same(said, &arn))
                .unwrap_or_else(|| arn.clone()),
            rotation_enabled: on,
            rotation_rules: found
                .rotation_rules
                .filter(|_| on)
                .map(|rules| RotationRules::seen(&rules, recorded.get(fields::rotation_rules).flatten())),
            rotation_lambda_arn: found.rotation_lambda_arn.filter(|function| on && !function.is_empty()),
            external_secret_rotation_metadata: metadata.into_iter().map(Into::into).collect(),
            external_secret_rotation_role_arn: found
                .external_secret_rotation_role_arn
                .filter(|role| on && !role.is_empty()),
            rotate_immediately_on_update: None,
            arn,
        })
    }
}

fn gone(secret: &str) -> Error {
    Error::new(Kind::Gone, format!("there is no secret {secret}"))
}

fn rotated_already(arn: &str) -> Error {
    Error::new(Kind::Exists, format!("{arn} is rotated already, by a schedule that wasn't made for this resource"))
}
