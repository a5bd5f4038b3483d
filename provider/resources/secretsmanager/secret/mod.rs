//! A secret of AWS Secrets Manager.

mod calls;
mod generate;
mod removal;
mod replicas;
mod value;

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use framework::{
    Resource,
    problem::Problems,
    property::Properties,
    resource::{Carried, Change, Managed, Owner},
};

pub use generate::GenerateSecretString;
pub use replicas::ReplicaRegion;

use crate::{
    aws::{Aws, Cx, Error, Result, TagChange, Tags, answered, limits::codes, tags::secrets_manager as tagging},
    resources::exclusive::{at_most_one, given},
};

/// A secret of AWS Secrets Manager: a password, a token, or a document of several, for those who may read it.
///
/// Its value is yours (`secretString`), is made by AWS (`generateSecretString`) and then known to nobody else, not
/// even to this program and its state, or is left for others to put. Whoever needs it gets the secret's ARN. A rotation,
/// or somebody else who puts another value, is no change of this resource: the value stays until the program says
/// another. `versionId` tells after a refresh that there is one.
///
/// A secret holds data: a change that needs another one is refused unless `allowReplace` is true. A secret that is
/// deleted can be had back within `recoveryWindowInDays`, and keeps its name until then. If the same resource of a stack
/// that lives on is made again meanwhile, the secret is restored, and gets the value that is wanted then. A Region has 500,000 secrets for
/// an account (AWS Secrets Manager User Guide, "AWS Secrets Manager quotas").
#[derive(Resource)]
#[resource(token = "secretsmanager:Secret", model = "AWS::SecretsManager::Secret", id = "arn", holds_data)]
pub struct Secret {
    /// The secret's name, unique in the account and Region, such as `app/database`. Made up from the resource's name
    /// when absent. A name that ends like `-a1b2c3`, in a dash and six characters, can be taken for the end of an ARN
    /// (AWS Secrets Manager API Reference, `CreateSecret`); one that is made up doesn't.
    #[input(
        replaces,
        named(512),
        length(1, 512),
        pattern(r"[A-Za-z0-9/_+=.@\-]+", "letters, digits and any of /_+=.@-")
    )]
    name: String,
    /// What the secret is for.
    #[input(length(0, 2048))]
    description: Option<String>,
    /// The ARN, id or alias of the KMS key that encrypts the value. Secrets Manager's own key, `aws/secretsmanager`,
    /// when absent, which other accounts can't use.
    #[input(length(1, 2048))]
    kms_key_id: Option<String>,
    /// The value, of up to 65,536 bytes. It is sent again when the program says another; when the program stops saying
    /// it, the secret keeps it. It is kept encrypted in the state.
    #[input(secret, write_only, length(1, 65536))]
    secret_string: Option<String>,
    /// How AWS makes the value, which is in no state then. Another value is made whenever this changes, and when it is
    /// added to a secret that has one, such as one that was imported; the former value stays as the version
    /// `AWSPREVIOUS`.
    #[input(write_only)]
    generate_secret_string: Option<GenerateSecretString>,
    /// The Regions that have a copy of the secret. A secret of the same name that is there already is left alone, and
    /// fails the replication.
    #[input(default, set)]
    replica_regions: Vec<ReplicaRegion>,
    /// The partner that holds an external secret, in the exact words of the AWS Secrets Manager User Guide, "Managed
    /// external secrets".
    #[input(length(0, 256))]
    r#type: Option<String>,
    /// For how many days a deleted secret can be had back.
    #[input(default = 30, write_only, range(7, 30))]
    recovery_window_in_days: Option<i32>,
    /// Whether the secret may be replaced by another one, where a change can't be made in place.
    #[input(default = false, write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The secret's ARN, which ends in six characters that Secrets Manager adds.
    #[output(stable)]
    arn: String,
    /// The version that is `AWSCURRENT`; none while the secret has no value. Whatever needs the latest value, such as a
    /// service whose containers read it at their start, can have this among its inputs, and is deployed again when the
    /// value changes. What a rotation changed is seen by `pulumi refresh`.
    version_id: Option<String>,
}

impl Managed for Secret {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
        at_most_one(&[given(want, fields::secret_string), given(want, fields::generate_secret_string)], problems);
        if let Some(how) = want.get(fields::generate_secret_string).flatten() {
            how.check(&want.path(fields::generate_secret_string), problems);
        }
        if let Some(regions) = want.get(fields::replica_regions) {
            replicas::check(&regions, &want.path(fields::replica_regions), problems);
        }
    }

    async fn occupant(cx: &Cx, want: &SecretInputs) -> Result<Option<String>> {
        Ok(calls::find(cx, &want.name).await?.and_then(|found| found.arn))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        Ok(calls::find(cx, id).await?.and_then(|found| tagging::owner_of(found.tags())))
    }

    async fn create(cx: &Cx, want: &SecretInputs, owner: &Owner) -> Result<String> {
        // The SDK adds a token by which this call, and no other, can be sent again. One that said who asks would let
        // AWS answer well, and do nothing, when an earlier run had made the secret with another description.
        let call = cx
            .secrets_manager()
            .create_secret()
            .name(&want.name)
            .set_description(want.description.clone())
            .set_kms_key_id(want.kms_key_id.clone())
            .set_secret_string(value::wanted(cx, want).await?)
            .set_type(want.r#type.clone())
            .set_tags(Some(tagging::for_create(&want.tags, owner)));
        match call.send().await.map_err(Error::from) {
            Ok(made) => answered(made.arn, "ARN"),
            Err(error) if codes::says(&error, codes::SECRET_SCHEDULED_FOR_DELETION) => {
                removal::take_back(cx, want, owner, error).await
            }
            // A key that was made just now isn't there for all of Secrets Manager.
            Err(error) if error.code() == Some(codes::SECRET_KEY_UNUSABLE) && want.kms_key_id.is_some() => {
                Err(error.of_kind(framework::error::Kind::Gone))
            }
            Err(error) => Err(error),
        }
    }

    async fn settle(cx: &Cx, id: &str, want: &SecretInputs) -> Result<()> {
        match want.replica_regions.is_empty() {
            true => Ok(()),
            false => replicas::bring(cx, id, &want.replica_regions).await,
        }
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Secret>> {
        let found = calls::find(cx, id).await?;
        found.filter(|found| !calls::is_ending(found)).map(|found| Secret::seen(cx, found)).transpose()
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        let (description, key) = (change.to(fields::description), change.to(fields::kms_key_id));
        let (kind, value) = (change.to(fields::r#type), value::changed(cx, change).await?);
        if description.is_some() || key.is_some() || kind.is_some() || value.is_some() {
            let call = cx
                .secrets_manager()
                .update_secret()
                .secret_id(id)
                .set_description(description.map(Option::unwrap_or_default))
                .set_kms_key_id(key.map(Option::unwrap_or_default))
                .set_type(kind.map(Option::unwrap_or_default))
                .set_secret_string(value);
            call.send().await?;
        }
        if change.to(fields::replica_regions).is_some_and(|wanted| wanted.is_empty()) {
            replicas::bring(cx, id, &[]).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        removal::schedule(cx, id, was.get(fields::recovery_window_in_days).flatten()).await
    }
}

impl Secret {
    fn seen(cx: &Cx, found: DescribeSecretOutput) -> Result<Self> {
        let recorded = cx.recorded::<Self>();
        let said_key = recorded.get(fields::kms_key_id).flatten();
        let said_replicas = recorded.get(fields::replica_regions).unwrap_or_default();
        Ok(Secret {
            version_id: calls::current_version(&found),
            replica_regions: replicas::seen(&found, &said_replicas),
            kms_key_id: calls::key(said_key, found.kms_key_id),
            tags: tagging::tags(found.tags.as_deref().unwrap_or_default()),
            name: answered(found.name, "Name")?,
            description: found.description.filter(|text| !text.is_empty()),
            secret_string: None,
            generate_secret_string: None,
            r#type: found.r#type.filter(|text| !text.is_empty()),
            recovery_window_in_days: None,
            allow_replace: None,
            arn: answered(found.arn, "ARN")?,
        })
    }
}
