//! An image that is built from a Dockerfile, and kept in a repository under the hash of its content.

mod builder;
mod digest;
mod ignore;
mod layout;
mod publish;
mod recipe;
mod upload;

use std::collections::BTreeMap;

use aws_sdk_ecr::types;
use framework::{
    Choice, Resource,
    error::Kind,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::{Carried, Change, Managed, Owner},
    value::{Map, Value},
};

use crate::aws::{Aws, Cx, Error, Result, answered, limits::codes};
use recipe::{Recipe, Unreadable};

/// An image of a container, built from a Dockerfile and kept in a repository of Amazon ECR.
///
/// Its tag is the hash of its content: of every file of the context that `.dockerignore` doesn't leave out, the
/// Dockerfile, the target, the arguments and the platform. As long as that is the same nothing is built and nothing is
/// sent, whoever runs the program on whatever machine; and what has been built once isn't built again. A base image that
/// changes under its tag isn't seen: name it by its digest where that matters.
///
/// It is built by your own `docker buildx`, of version 0.10 or later, with a builder that can hand an image out: one of
/// the driver `docker-container`, or Docker with its containerd image store. It is uploaded through ECR's API, with the
/// provider's credentials; no `docker login` is needed.
///
/// When it is deleted, or gets another content, the image stays in the repository: other resources may use the same
/// content, and tasks that run may have to start again. The repository's `lifecyclePolicy` says how long, and
/// its `emptyOnDelete` that they go with it. An image can't be imported: declare it, and what is there under its tag is
/// taken.
#[derive(Resource)]
#[resource(token = "ecr:Image", id = "repository_name")]
pub struct Image {
    /// The name of the repository that keeps it.
    #[input(
        replaces,
        length(2, 256),
        pattern(
            r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*",
            "a repository's name such as team/web"
        )
    )]
    repository_name: String,
    /// The folder whose files the build sees. A relative path begins where the program is.
    #[input(write_only, length(1, 4096))]
    context: String,
    /// The file that says how to build, relative to the context.
    #[input(default = "Dockerfile", write_only, length(1, 4096))]
    dockerfile: String,
    /// The stage of the Dockerfile that is built. The last one when empty.
    #[input(default, write_only, pattern(r"([A-Za-z0-9][A-Za-z0-9_.-]*)?", "the name or the number of a stage"))]
    target: String,
    /// The values of the Dockerfile's `ARG`s. Whoever may pull the image can read them: a secret doesn't belong there.
    #[input(default, write_only)]
    args: BTreeMap<String, String>,
    /// What it is built for.
    #[input(write_only)]
    platform: Platform,

    /// The hash of its content, which is its tag.
    #[output(derived)]
    content_hash: String,
    /// The digest of the image, which names this image for ever.
    image_digest: String,
    /// The image by its digest, to be run: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web@sha256:…`.
    image_uri: String,
}

/// What an image is built for.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ecr:Platform")]
pub enum Platform {
    /// ARM, such as AWS Graviton.
    #[choice("linux/arm64")]
    Arm64,
    /// Intel and AMD.
    #[choice("linux/amd64")]
    Amd64,
}

impl Managed for Image {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Nowhere;

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        for name in want.get(fields::args).unwrap_or_default().keys().filter(|name| !is_a_name(name)) {
            let reason = "must be called as an ARG is: letters, digits and underscores, no digit first";
            problems.add(want.path(fields::args).key(name), reason);
        }
    }

    fn derive(want: &Properties<'_, Self>, problems: &mut Problems) -> Map {
        let Some(recipe) = recipe_of(want) else { return Map::new() };
        let (at, why) = match recipe.hash() {
            Ok(hash) => return Map::from([(fields::content_hash.name().to_owned(), Value::String(hash))]),
            Err(Unreadable::Context(why) | Unreadable::Inside(why)) => (want.path(fields::context), why),
            Err(Unreadable::Dockerfile(why)) => (want.path(fields::dockerfile), why),
        };
        problems.add(at, why);
        Map::new()
    }

    async fn create(cx: &Cx, want: &ImageInputs, _: &Owner) -> Result<String> {
        publish::publish(cx, want).await?;
        Ok(want.repository_name.clone())
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Image>> {
        let said = cx.recorded::<Self>();
        let (Some(context), Some(content_hash)) = (said.get(fields::context), said.get(fields::content_hash)) else {
            return Err(not_imported());
        };
        let Some(found) = cx.find::<types::Repository>(id).await? else { return Ok(None) };
        let Some(image_digest) = there(cx, id, &content_hash).await? else { return Ok(None) };
        Ok(Some(Image {
            repository_name: id.to_owned(),
            context,
            dockerfile: said.get(fields::dockerfile).unwrap_or_default(),
            target: said.get(fields::target).unwrap_or_default(),
            args: said.get(fields::args).unwrap_or_default(),
            platform: said.get(fields::platform).ok_or_else(not_imported)?,
            content_hash,
            image_uri: format!("{}@{image_digest}", answered(found.repository_uri, "repositoryUri")?),
            image_digest,
        }))
    }

    async fn update(cx: &Cx, _: &str, change: &Change<Self>) -> Result<()> {
        publish::publish(cx, change.wanted()).await
    }

    async fn delete(_: &Cx, id: &str, _: &Properties<'_, Self>) -> Result<()> {
        Err(Error::new(Kind::Gone, format!("the images of {id} stay there, for others may use them")))
    }
}

/// The digest of what has that tag, if anything has.
async fn there(cx: &Cx, repository: &str, tag: &str) -> Result<Option<String>> {
    let tag = types::ImageIdentifier::builder().image_tag(tag).build();
    let asked = cx.ecr().describe_images().repository_name(repository).image_ids(tag).send();
    match asked.await.map_err(Error::from) {
        Ok(found) => Ok(found.image_details().first().and_then(|image| image.image_digest.clone())),
        Err(error) if error.code() == Some(codes::NO_SUCH_IMAGE) => Ok(None),
        Err(error) => Err(error),
    }
}

fn not_imported() -> Error {
    Error::new(Kind::Invalid, "an image can't be imported: nothing in AWS tells what it was built from")
        .with_advice("Declare it; if an image of the same content is there already, that one is taken")
}

/// What is to be built, once all of it is known.
fn recipe_of(want: &Properties<'_, Image>) -> Option<Recipe> {
    Some(Recipe {
        context: want.get(fields::context)?.into(),
        dockerfile: want.get(fields::dockerfile)?.into(),
        target: want.get(fields::target)?,
        args: want.get(fields::args)?,
        platform: want.get(fields::platform)?.text(),
    })
}

impl From<&ImageInputs> for Recipe {
    fn from(want: &ImageInputs) -> Self {
        Recipe {
            context: want.context.clone().into(),
            dockerfile: want.dockerfile.clone().into(),
            target: want.target.clone(),
            args: want.args.clone(),
            platform: want.platform.text(),
        }
    }
}

/// Whether a text can be the name of an argument, and of a variable of the environment.
fn is_a_name(name: &str) -> bool {
    !name.starts_with(|first: char| first.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}
