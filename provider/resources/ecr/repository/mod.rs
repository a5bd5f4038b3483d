//! A repository of container images.

mod encryption;
mod mutability;
mod policies;
mod removal;
mod scanning;

use aws_sdk_ecr::types;
use framework::{
    Resource,
    problem::Problems,
    property::{Choice as _, Json, Properties},
    resource::{Carried, Change, Managed, Owner},
};

pub use encryption::{EncryptionConfiguration, EncryptionType};
pub use mutability::{ImageTagMutability, ImageTagMutabilityExclusionFilter, ImageTagMutabilityExclusionFilterType};
pub use policies::LifecyclePolicy;
pub use scanning::ImageScanningConfiguration;

use crate::aws::{Aws, Cx, Findable, Result, Session, TagChange, Tags, answered, tags::ecr as tagging, unless_gone};

/// A repository of container images in the account's private registry.
///
/// It holds data: a change that needs another repository is refused unless `allowReplace` is true, and a
/// repository with images in it isn't deleted unless `emptyOnDelete` is. A Region has 100,000 repositories for an
/// account, each with up to 100,000 images, unless you ask for more (Amazon ECR User Guide, "Amazon ECR service quotas").
#[derive(Resource)]
#[resource(token = "ecr:Repository", model = "AWS::ECR::Repository", id = "repository_name", holds_data)]
pub struct Repository {
    /// The repository's name, unique in the registry, such as `team/web`. Made up from the resource's name when
    /// absent.
    #[input(
        replaces,
        named(256),
        length(2, 256),
        pattern(
            r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*",
            "small letters and digits, with single dots, underscores or dashes between them, and slashes between its parts"
        )
    )]
    repository_name: String,
    /// Whether a tag can be given to another image later on.
    #[input(default = ImageTagMutability::Mutable)]
    image_tag_mutability: ImageTagMutability,
    /// The tags for which it is the other way round: with `MUTABLE_WITH_EXCLUSION` those that can't be given to
    /// another image, with `IMMUTABLE_WITH_EXCLUSION` those that can. Required with these two, and only with them.
    #[input(items(1, 5))]
    image_tag_mutability_exclusion_filters: Option<Vec<ImageTagMutabilityExclusionFilter>>,
    /// When images are scanned for known vulnerabilities. AWS advises to say that for the registry as a whole
    /// (Amazon ECR API Reference, `CreateRepository`), and then it is that which counts.
    #[input]
    image_scanning_configuration: Option<ImageScanningConfiguration>,
    /// How images are encrypted. With a key of Amazon S3's own (AES256) when absent. AWS can't change it.
    #[input(replaces)]
    encryption_configuration: Option<EncryptionConfiguration>,
    /// Which images go by themselves, such as those that are old. None do when absent.
    #[input]
    lifecycle_policy: Option<LifecyclePolicy>,
    /// Who else may use the repository, as a policy document of up to 10,240 characters (Amazon ECR API Reference,
    /// `SetRepositoryPolicy`). When absent, only those of the account whom its IAM policies let.
    #[input(length(1, 10240))]
    repository_policy_text: Option<Json>,
    /// Whether the images go with the repository when it is deleted. A repository with images isn't deleted otherwise.
    #[input(default = false, write_only)]
    empty_on_delete: Option<bool>,
    /// Whether the repository may be replaced by another, empty one, where a change can't be made in place.
    #[input(default = false, write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The repository's ARN.
    #[output(stable)]
    arn: String,
    /// Where images are pushed to and pulled from, such as `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web`.
    #[output(stable)]
    repository_uri: String,
}

impl Managed for Repository {
    type Cloud = Aws;

    const OWNER: Carried = Carried::NamedTag;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        mutability::rules(want, problems);
        if let Some(Some(encryption)) = want.get(fields::encryption_configuration) {
            encryption.check(&want.path(fields::encryption_configuration), problems);
        }
        if let Some(tags) = want.get(fields::tags) {
            tags.plain_only(&want.path(fields::tags), problems);
        }
    }

    async fn occupant(_: &Cx, want: &RepositoryInputs) -> Result<Option<String>> {
        Ok(Some(want.repository_name.clone()))
    }

    async fn owner_of(cx: &Cx, id: &str) -> Result<Option<Owner>> {
        let found = cx.find::<types::Repository>(id).await?;
        match found.and_then(|found| found.repository_arn) {
            Some(arn) => tagging::owner_of(cx, &arn).await,
            None => Ok(None),
        }
    }

    async fn create(cx: &Cx, want: &RepositoryInputs, owner: &Owner) -> Result<String> {
        cx.ecr()
            .create_repository()
            .repository_name(&want.repository_name)
            .image_tag_mutability(want.image_tag_mutability.text().into())
            .set_image_tag_mutability_exclusion_filters(mutability::filters(want)?)
            .set_image_scanning_configuration(want.image_scanning_configuration.as_ref().map(Into::into))
            .set_encryption_configuration(want.encryption_configuration.as_ref().map(TryInto::try_into).transpose()?)
            .set_tags(Some(tagging::for_create(&want.tags, owner)?))
            .send()
            .await?;
        Ok(want.repository_name.clone())
    }

    async fn settle(cx: &Cx, id: &str, want: &RepositoryInputs) -> Result<()> {
        policies::bring(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Repository>> {
        let Some(found) = cx.find::<types::Repository>(id).await? else { return Ok(None) };
        let arn = answered(found.repository_arn.clone(), "repositoryArn")?;
        let Some(tags) = unless_gone(tagging::tags(cx, &arn).await)? else { return Ok(None) };
        let recorded = cx.recorded::<Self>();
        let lifecycle_policy = policies::lifecycle(cx, id, recorded.get(fields::lifecycle_policy).flatten()).await?;
        let repository_policy_text = policies::access(cx, id).await?;
        let (image_tag_mutability, image_tag_mutability_exclusion_filters) = mutability::seen(&found);
        let scanning_said = recorded.has(fields::image_scanning_configuration);
        let encryption_said = recorded.get(fields::encryption_configuration).flatten();
        Ok(Some(Repository {
            repository_name: id.to_owned(),
            image_tag_mutability,
            image_tag_mutability_exclusion_filters,
            image_scanning_configuration: scanning::seen(&found, scanning_said),
            encryption_configuration: encryption::seen(&found, encryption_said.as_ref()),
            lifecycle_policy,
            repository_policy_text,
            empty_on_delete: None,
            allow_replace: None,
            tags,
            arn,
            repository_uri: answered(found.repository_uri, "repositoryUri")?,
        }))
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        mutability::update(cx, id, change).await?;
        if let Some(scanning) = change.to(fields::image_scanning_configuration) {
            scanning::put(cx, id, scanning.unwrap_or_default()).await?;
        }
        policies::update(cx, id, change).await?;
        let tags = TagChange::of(change, fields::tags);
        if tags.is_empty() {
            return Ok(());
        }
        let found = cx.find::<types::Repository>(id).await?;
        match found.and_then(|found| found.repository_arn) {
            Some(arn) => tagging::retag(cx, &arn, &tags).await,
            None => Ok(()),
        }
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        removal::remove(cx, id, was.get(fields::empty_on_delete).flatten() == Some(true)).await
    }
}

impl Findable for types::Repository {
    fn id(&self) -> Option<&str> {
        self.repository_name()
    }

    async fn fetch(session: &Session, ids: Vec<String>) -> Result<Vec<Self>> {
        let answer = session.ecr().describe_repositories().set_repository_names(Some(ids)).send().await?;
        Ok(answer.repositories.unwrap_or_default())
    }
}
