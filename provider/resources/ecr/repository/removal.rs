//! The end of a repository, which is refused while there are images in it.

use std::collections::BTreeSet;

use framework::error::Kind;

use crate::aws::{Cx, Error, Result, limits::codes};

/// Asks for the repository's end: with its images, or only if there are none.
pub(super) async fn remove(cx: &Cx, name: &str, with_images: bool) -> Result<()> {
    match cx.ecr().delete_repository().repository_name(name).force(with_images).send().await.map_err(Error::from) {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(codes::REPOSITORY_NOT_EMPTY) => {
            Err(refused(name, images(cx, name).await.ok(), &error))
        }
        Err(error) => Err(error),
    }
}

/// What stands in the way, and what can be done about it.
fn refused(name: &str, images: Option<usize>, error: &Error) -> Error {
    let held = match images {
        Some(1) => "1 image in it".to_owned(),
        Some(count) => format!("{count} images in it"),
        None => "images in it".to_owned(),
    };
    Error::new(Kind::Invalid, format!("the repository {name} isn't deleted, with {held}: {error}"))
        .with_advice("Delete the images, or set emptyOnDelete: true and run `pulumi up` first, so that they go with it")
}

/// How many images there are. One with two tags is listed twice.
async fn images(cx: &Cx, name: &str) -> Result<usize> {
    let mut pages = cx.ecr().list_images().repository_name(name).into_paginator().items().send();
    let mut digests = BTreeSet::new();
    while let Some(image) = pages.next().await {
        digests.extend(image?.image_digest);
    }
    Ok(digests.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_how_many_images_there_are_and_what_to_do() {
        let error = Error::new(Kind::Invalid, "it still contains images");
        for (images, words) in
            [(Some(1), "with 1 image in it"), (Some(12), "with 12 images in it"), (None, "with images")]
        {
            let told = refused("team/web", images, &error).to_string();
            assert!(told.contains("team/web isn't deleted") && told.contains(words), "{told}");
            assert!(told.contains("it still contains images") && told.contains("emptyOnDelete: true"), "{told}");
        }
    }
}
