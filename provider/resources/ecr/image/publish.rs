//! How an image comes into being: looked for, built if nobody has built it, uploaded.

use framework::error::Kind;
use tempfile::TempDir;

use super::{
    Image, ImageInputs, builder, fields, layout,
    recipe::{Recipe, Unreadable},
    there, upload,
};
use crate::aws::{Cx, Error, Result, answered};

/// Sees to it that there is an image of the content that Check has seen.
///
/// # Errors
///
/// That it can't be built or uploaded, or that its content changes meanwhile.
pub(super) async fn publish(cx: &Cx, want: &ImageInputs) -> Result<()> {
    let tag = answered(cx.recorded::<Image>().get(fields::content_hash), "contentHash")?;
    if there(cx, &want.repository_name, &tag).await?.is_some() {
        return Ok(());
    }
    let recipe = Recipe::from(want);
    is_still(&recipe, &tag).await?;
    let folder = TempDir::new().map_err(|error| failed(&format!("no temporary folder can be made: {error}")))?;
    builder::build(cx, &recipe, &secrets(cx), folder.path()).await?;
    is_still(&recipe, &tag).await?;
    let (built, platform) = (folder.path().join(builder::IMAGE), recipe.platform);
    let image = aside(move || layout::Image::read(&built, platform)).await?;
    let image = image.map_err(|why| failed(&format!("what the builder wrote is no image: {why}")))?;
    upload::upload(cx, &want.repository_name, &tag, &image).await.map_err(not_taken)
}

/// What the builder might say and nobody shall read, line by line as it is said; the longest first.
fn secrets(cx: &Cx) -> Vec<String> {
    let recorded = cx.recorded::<Image>();
    let lines = recorded.secrets(fields::args).into_iter().flat_map(str::lines).map(str::trim);
    let mut secrets: Vec<_> = lines.filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect();
    secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    secrets
}

/// That the content is what Check has seen: else an image would have the tag of another content.
async fn is_still(recipe: &Recipe, tag: &str) -> Result<()> {
    let recipe = recipe.clone();
    match aside(move || recipe.hash()).await? {
        Ok(hash) if hash == tag => Ok(()),
        Ok(_) => Err(failed("a file in its context changed meanwhile").with_advice(
            "Run `pulumi up` again. If a build step writes into the context, name what it writes in .dockerignore",
        )),
        Err(Unreadable::Context(why) | Unreadable::Inside(why)) => Err(failed(&format!("its context {why}"))),
        Err(Unreadable::Dockerfile(why)) => Err(failed(&format!("its Dockerfile {why}"))),
    }
}

/// What reads many files, on a thread that may wait for them.
async fn aside<T: Send + 'static>(read: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(read).await.map_err(|error| Error::new(Kind::Internal, error.to_string()))
}

fn failed(why: &str) -> Error {
    Error::new(Kind::Failed, format!("the image couldn't be built: {why}"))
}

/// A refusal of the upload is about the image: it says nothing of what the state has.
fn not_taken(error: Error) -> Error {
    let error = error.context("the image was built, and couldn't be uploaded");
    match error.kind() {
        Kind::Gone | Kind::Invalid | Kind::Exists | Kind::Lost => error.of_kind(Kind::Failed),
        _ => error,
    }
}
