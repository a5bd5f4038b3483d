//! The end of a repository, which is refused while there are images in it.

use framework::error::Kind;

use crate::aws::{Cx, Error, Result, limits::codes};

/// Asks for the repository's end: with its images, or only if there are none.
pub(super) async fn remove(cx: &Cx, name: &str, with_images: bool) -> Result<()> {
    match cx.ecr().delete_repository().repository_name(name).force(with_images).send().await.map_err(Error::from) {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(codes::REPOSITORY_NOT_EMPTY) => Err(refused(cx, name, error).await),
        Err(error) => Err(error),
    }
}

/// What stands in the way, and what can be done about it.
async fn refused(cx: &Cx, name: &str, error: Error) -> Error {
    let held = match images(cx, name).await {
        Ok(1) => "1 image".to_owned(),
        Ok(count) => format!("{count} images"),
        Err(_) => "images".to_owned(),
    };
    Error::new(Kind::Invalid, format!("the repository {name} isn't deleted, as there are {held} in it: {error}"))
        .with_advice("Delete the images, or set emptyOnDelete: true and run `pulumi up` first, so that they go with it")
}

async fn images(cx: &Cx, name: &str) -> Result<usize> {
    let mut pages = cx.ecr().list_images().repository_name(name).into_paginator().items().send();
    let mut digests = std::collections::BTreeSet::new();
    while let Some(image) = pages.next().await {
        // An image with two tags is listed twice.
        digests.extend(image?.image_digest);
    }
    Ok(digests.len())
}
