//! How an image gets into a repository: part by part, through ECR's own API.
//!
//! Nobody logs in to a registry, and no credentials are left on the machine. Everything is known by its digest, so
//! whatever is repeated does no harm: what is there already isn't sent again.

use std::{
    collections::BTreeSet,
    io::{self, Read as _},
    path::Path,
};

use aws_sdk_ecr::types::LayerAvailability;
use aws_smithy_types::Blob as Bytes;
use framework::error::Kind;

use super::layout::{Blob, Image};
use crate::aws::{
    Cx, Error, Result, answered,
    limits::{codes, images},
};

/// Puts an image into a repository, under a tag.
///
/// # Errors
///
/// What AWS refuses, or that a layer isn't what its digest says.
pub(super) async fn upload(cx: &Cx, repository: &str, tag: &str, image: &Image) -> Result<()> {
    let lacking = lacking(cx, repository, &image.blobs).await?;
    for (index, blob) in lacking.iter().enumerate() {
        let step = format!("uploading {} of {}", index + 1, lacking.len());
        layer(cx, repository, blob, &step).await.map_err(|error| error.context(format!("layer {}", blob.digest)))?;
    }
    put(cx, repository, tag, image).await
}

/// The blobs that the repository doesn't have, each once.
async fn lacking<'a>(cx: &Cx, repository: &str, blobs: &'a [Blob]) -> Result<Vec<&'a Blob>> {
    let mut there = BTreeSet::new();
    for some in blobs.chunks(images::LAYERS_AT_ONCE) {
        let digests = some.iter().map(|blob| blob.digest.clone()).collect();
        let asked = cx.ecr().batch_check_layer_availability().repository_name(repository);
        let answer = asked.set_layer_digests(Some(digests)).send().await?;
        let available =
            |layer: &&aws_sdk_ecr::types::Layer| layer.layer_availability() == Some(&LayerAvailability::Available);
        there.extend(answer.layers().iter().filter(available).filter_map(|layer| layer.layer_digest.clone()));
    }
    Ok(blobs.iter().filter(|blob| there.insert(blob.digest.clone())).collect())
}

/// Sends a blob. If an answer is lost nobody knows which parts AWS has, and it begins anew.
async fn layer(cx: &Cx, repository: &str, blob: &Blob, step: &str) -> Result<()> {
    let mut attempt = 1;
    loop {
        let error = match send(cx, repository, blob, step).await {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        let begins_anew =
            error.kind() == Kind::Lost || error.code().is_some_and(|code| codes::UPLOAD_UNDONE.contains(&code));
        if !begins_anew || attempt == images::LAYER_ATTEMPTS {
            return Err(error);
        }
        attempt += 1;
        if lacking(cx, repository, std::slice::from_ref(blob)).await?.is_empty() {
            return Ok(());
        }
    }
}

async fn send(cx: &Cx, repository: &str, blob: &Blob, step: &str) -> Result<()> {
    let begun = cx.ecr().initiate_layer_upload().repository_name(repository).send().await?;
    let upload = answered(begun.upload_id, "uploadId")?;
    let mut first = 0;
    while first < blob.size {
        cx.operation().still_wanted()?;
        cx.operation().status(format!("{step}, {} of {}", mebibytes(first), mebibytes(blob.size)));
        let part = read_part(blob, first).await.map_err(|error| unreadable(blob, &error))?;
        let next = first + u64::try_from(part.len()).unwrap_or_default();
        cx.ecr()
            .upload_layer_part()
            .repository_name(repository)
            .upload_id(&upload)
            .part_first_byte(whole(first))
            .part_last_byte(whole(next.saturating_sub(1)))
            .layer_part_blob(Bytes::new(part))
            .send()
            .await?;
        first = next;
    }
    let done = cx.ecr().complete_layer_upload().repository_name(repository).upload_id(upload);
    match done.layer_digests(&blob.digest).send().await.map_err(Error::from) {
        Ok(_) => Ok(()),
        Err(error) if error.code() == Some(codes::LAYER_EXISTS) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Gives the image its tag. One that has it already has the same content: somebody else was faster.
async fn put(cx: &Cx, repository: &str, tag: &str, image: &Image) -> Result<()> {
    let call = cx.ecr().put_image().repository_name(repository).image_tag(tag).image_digest(&image.digest);
    let call = call.image_manifest(&image.manifest).image_manifest_media_type(&image.media_type);
    match call.send().await.map_err(Error::from) {
        Ok(_) => Ok(()),
        Err(error) if error.code().is_some_and(|code| codes::IMAGE_EXISTS.contains(&code)) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn read_part(blob: &Blob, first: u64) -> io::Result<Vec<u8>> {
    let (path, most) = (blob.path.clone(), images::LAYER_PART.min(blob.size - first));
    let read = tokio::task::spawn_blocking(move || part_of(&path, first, most));
    read.await.map_err(io::Error::other)?
}

/// So many bytes of a file; fewer are a mistake, for the file is all there.
fn part_of(path: &Path, first: u64, most: u64) -> io::Result<Vec<u8>> {
    let mut file = std::fs::File::open(path)?;
    io::Seek::seek(&mut file, io::SeekFrom::Start(first))?;
    let mut part = Vec::new();
    match file.take(most).read_to_end(&mut part)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(part),
    }
}

fn unreadable(blob: &Blob, error: &io::Error) -> Error {
    Error::new(Kind::Failed, format!("what the builder wrote can't be read any more: {}: {error}", blob.digest))
}

fn whole(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

fn mebibytes(bytes: u64) -> String {
    const MEBIBYTE: u64 = 1024 * 1024;
    format!("{} MiB", bytes.div_ceil(MEBIBYTE))
}
