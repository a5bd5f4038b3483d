//! An image as a builder leaves it: a folder in the layout of the Open Container Initiative ("OCI Image Layout
//! Specification").

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::digest::{self, in_hex};

/// An image, ready to be uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// Its manifest, byte by byte as the builder wrote it.
    pub(super) manifest: String,
    /// What kind of manifest it is.
    pub(super) media_type: String,
    /// The manifest's digest.
    pub(super) digest: String,
    /// What the manifest names: the configuration and the layers.
    pub(super) blobs: Vec<Blob>,
}

/// A part of an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    /// Its digest.
    pub(super) digest: String,
    /// How many bytes it has.
    pub(super) size: u64,
    /// The kind of it.
    pub(super) media_type: String,
    /// The file.
    pub(super) path: PathBuf,
}

/// What an index says where it names what was noted about an image, not an image.
const ABOUT_AN_IMAGE: &str = "vnd.docker.reference.type";

/// How an index in an index is known.
const INDEXES: [&str; 2] =
    ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];

/// How deep indexes may lie in each other; builders write one in another at most.
const DEPTH: usize = 4;

impl Image {
    /// Reads the one image in a folder, and checks every digest.
    ///
    /// # Errors
    ///
    /// What isn't as it should be.
    pub(super) fn read(folder: &Path, platform: &str) -> Result<Self, String> {
        let index =
            fs::read(folder.join("index.json")).map_err(|error| format!("index.json can't be read: {error}"))?;
        let found = find(folder, &parsed(&index, "index.json")?, platform, DEPTH)?;
        let manifest = found.read()?;
        let said = parsed(&manifest, &found.digest)?;
        let config = Blob::named(folder, said.get("config").unwrap_or(&Value::Null))?;
        is_for(&parsed(&config.read()?, &config.digest)?, platform)?;
        let layers = said.get("layers").and_then(Value::as_array).ok_or("the manifest lists no layers")?;
        let layers = layers.iter().map(|layer| Blob::named(folder, layer)).collect::<Result<Vec<_>, _>>()?;
        layers.iter().try_for_each(Blob::check)?;
        Ok(Image {
            manifest: String::from_utf8(manifest).map_err(|_| "the manifest isn't text")?,
            media_type: text(&said, "mediaType").unwrap_or(&found.media_type).to_owned(),
            digest: found.digest,
            blobs: std::iter::once(config).chain(layers).collect(),
        })
    }
}

impl Blob {
    /// The blob that a descriptor names.
    fn named(folder: &Path, descriptor: &Value) -> Result<Self, String> {
        let digest = text(descriptor, "digest").ok_or("a part has no digest")?;
        let size = descriptor.get("size").and_then(Value::as_u64).ok_or_else(|| format!("{digest} has no size"))?;
        // The digest is about to be a file's name.
        let hex = digest
            .strip_prefix("sha256:")
            .filter(|hex| hex.len() == 64 && hex.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')));
        let hex = hex.ok_or_else(|| format!("{digest} isn't a digest by SHA-256"))?;
        Ok(Blob {
            digest: digest.to_owned(),
            size,
            media_type: text(descriptor, "mediaType").unwrap_or_default().to_owned(),
            path: folder.join("blobs/sha256").join(hex),
        })
    }

    /// All of it, for blobs that are documents.
    fn read(&self) -> Result<Vec<u8>, String> {
        let content = fs::read(&self.path).map_err(|error| self.lacking(&error))?;
        self.is_whole(&Sha256::digest(&content)).map(|()| content)
    }

    /// That the content is what the digest says.
    fn check(&self) -> Result<(), String> {
        self.is_whole(&digest::of_file(&self.path).map_err(|error| self.lacking(&error))?)
    }

    fn is_whole(&self, found: &[u8]) -> Result<(), String> {
        match format!("sha256:{}", in_hex(found)) {
            found if found == self.digest => Ok(()),
            found => Err(format!("{} is damaged: the digest of what is there is {found}", self.digest)),
        }
    }

    fn lacking(&self, error: &io::Error) -> String {
        format!("{} can't be read: {error}", self.digest)
    }
}

/// The one manifest for a platform that an index leads to, past those that say something about an image.
fn find(folder: &Path, index: &Value, platform: &str, depth: usize) -> Result<Blob, String> {
    let all = index.get("manifests").and_then(Value::as_array).ok_or("an index lists no manifests")?;
    let images: Vec<&Value> = all.iter().filter(|one| !is_about_an_image(one)).collect();
    let fitting: Vec<&Value> = match images.len() {
        1 => images,
        _ => images.into_iter().filter(|image| is_of(image.get("platform"), platform)).collect(),
    };
    let [found] = fitting.as_slice() else {
        return Err(format!("there should be one image for {platform}, and there are {}", fitting.len()));
    };
    let blob = Blob::named(folder, found)?;
    match depth.checked_sub(1) {
        Some(depth) if INDEXES.contains(&blob.media_type.as_str()) => {
            find(folder, &parsed(&blob.read()?, &blob.digest)?, platform, depth)
        }
        _ => Ok(blob),
    }
}

fn is_about_an_image(descriptor: &Value) -> bool {
    descriptor.get("annotations").is_some_and(|annotations| annotations.get(ABOUT_AN_IMAGE).is_some())
}

fn is_of(found: Option<&Value>, platform: &str) -> bool {
    let said = |key| found.and_then(|found| text(found, key)).unwrap_or_default();
    format!("{}/{}", said("os"), said("architecture")) == platform
}

/// That an image runs on the platform, where its configuration says for which it is.
fn is_for(config: &Value, platform: &str) -> Result<(), String> {
    let (os, architecture) = (text(config, "os"), text(config, "architecture"));
    if architecture.is_none() || is_of(Some(config), platform) {
        return Ok(());
    }
    Err(format!(
        "it is for {}/{}, not for {platform}: see which platform the last FROM in the Dockerfile names",
        os.unwrap_or("linux"),
        architecture.unwrap_or_default()
    ))
}

fn parsed(document: &[u8], name: &str) -> Result<Value, String> {
    serde_json::from_slice(document).map_err(|error| format!("{name} isn't JSON: {error}"))
}

fn text<'a>(of: &'a Value, key: &str) -> Option<&'a str> {
    of.get(key).and_then(Value::as_str)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use serde_json::json;
    use tempfile::TempDir;

    use super::*;

    const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
    const ARM: &str = "linux/arm64";

    struct Layout(TempDir);

    impl Layout {
        fn new() -> Self {
            let layout = Layout(TempDir::new().unwrap());
            fs::create_dir_all(layout.0.path().join("blobs/sha256")).unwrap();
            layout
        }

        /// Writes a blob, and says how it is named.
        fn blob(&self, content: &[u8], media_type: &str) -> Value {
            let hex = in_hex(&Sha256::digest(content));
            fs::write(self.0.path().join("blobs/sha256").join(&hex), content).unwrap();
            json!({ "mediaType": media_type, "digest": format!("sha256:{hex}"), "size": content.len() })
        }

        fn document(&self, content: &Value, media_type: &str) -> Value {
            self.blob(content.to_string().as_bytes(), media_type)
        }

        /// Writes an image for an architecture, and says how it is named.
        fn image(&self, architecture: &str) -> Value {
            let config = json!({ "os": "linux", "architecture": architecture });
            let config = self.document(&config, "application/vnd.oci.image.config.v1+json");
            let layer = self.blob(b"layer", "application/vnd.oci.image.layer.v1.tar+gzip");
            let manifest = json!({ "mediaType": MANIFEST, "config": config, "layers": [layer] });
            let mut named = self.document(&manifest, MANIFEST);
            named["platform"] = json!({ "os": "linux", "architecture": architecture });
            named
        }

        fn index(&self, manifests: &[Value]) {
            fs::write(self.0.path().join("index.json"), json!({ "manifests": manifests }).to_string()).unwrap();
        }

        fn read(&self) -> Result<Image, String> {
            Image::read(self.0.path(), ARM)
        }

        fn break_blob(&self, named: &Value, content: &[u8]) {
            let hex = named["digest"].as_str().unwrap().trim_start_matches("sha256:");
            fs::write(self.0.path().join("blobs/sha256").join(hex), content).unwrap();
        }
    }

    #[test]
    fn an_image_is_its_manifest_and_what_that_names() {
        let layout = Layout::new();
        let named = layout.image("arm64");
        layout.index(std::slice::from_ref(&named));
        let image = layout.read().unwrap();
        assert_eq!(image.digest, named["digest"].as_str().unwrap());
        assert_eq!(image.media_type, MANIFEST);
        assert_eq!(format!("sha256:{}", in_hex(&Sha256::digest(&image.manifest))), image.digest);
        let kinds: Vec<_> = image.blobs.iter().map(|blob| blob.media_type.rsplit('.').next().unwrap()).collect();
        assert_eq!(kinds, ["v1+json", "tar+gzip"]);
        assert_eq!(image.blobs[1].size, 5);
    }

    #[test]
    fn the_one_for_the_platform_is_found_in_an_index_beside_what_is_noted_about_it() {
        let layout = Layout::new();
        let (arm, amd) = (layout.image("arm64"), layout.image("amd64"));
        let mut noted = layout.document(&json!({}), MANIFEST);
        noted["annotations"] = json!({ ABOUT_AN_IMAGE: "attestation-manifest" });
        let inner = layout.document(&json!({ "manifests": [amd, arm, noted] }), INDEXES[0]);
        layout.index(&[inner]);
        assert_eq!(layout.read().unwrap().digest, arm["digest"].as_str().unwrap());
        layout.index(&[arm.clone(), noted]);
        assert_eq!(layout.read().unwrap().digest, arm["digest"].as_str().unwrap());
        layout.index(&[]);
        assert!(layout.read().unwrap_err().contains("there are 0"));
    }

    #[test]
    fn an_image_for_another_processor_is_refused() {
        let layout = Layout::new();
        layout.index(&[layout.image("amd64")]);
        let why = layout.read().unwrap_err();
        assert!(why.contains("it is for linux/amd64, not for linux/arm64"), "{why}");
    }

    #[test]
    fn damage_is_seen() {
        let layout = Layout::new();
        let named = layout.image("arm64");
        layout.index(std::slice::from_ref(&named));
        layout.break_blob(&layout.blob(b"layer", ""), b"lawyer");
        let why = layout.read().unwrap_err();
        assert!(why.contains("is damaged: the digest of what is there is sha256:"), "{why}");
        layout.blob(b"layer", "");
        layout.read().unwrap();
        layout.break_blob(&named, b"{}");
        assert!(layout.read().unwrap_err().contains("is damaged"));
    }

    #[test]
    fn a_digest_is_no_path() {
        let layout = Layout::new();
        layout.index(&[json!({ "digest": "sha256:../../../etc/passwd", "size": 1 })]);
        assert!(layout.read().unwrap_err().contains("isn't a digest by SHA-256"));
        layout.index(&[json!({ "digest": "sha512:00", "size": 1 })]);
        assert!(layout.read().unwrap_err().contains("isn't a digest by SHA-256"));
    }
}
