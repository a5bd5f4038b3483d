//! Files and trees of files that a program hands over.

use std::collections::BTreeMap;

/// A single file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Asset {
    /// SHA-256 of the content, in hex; empty when the engine has not computed it.
    pub hash: String,
    /// Where the content is; the engine leaves it out where only equality matters.
    pub content: Option<AssetContent>,
}

/// Where an asset's content is.
#[derive(Clone, Debug, PartialEq)]
pub enum AssetContent {
    /// The content itself.
    Text(String),
    /// A file, relative to the program's directory.
    Path(String),
    /// An address.
    Uri(String),
}

/// A tree of files.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Archive {
    /// SHA-256 of the archive, in hex; empty when the engine has not computed it.
    pub hash: String,
    /// Where the content is; the engine leaves it out where only equality matters.
    pub content: Option<ArchiveContent>,
}

/// Where an archive's content is.
#[derive(Clone, Debug, PartialEq)]
pub enum ArchiveContent {
    /// Named parts, each an asset or an archive.
    Parts(BTreeMap<String, super::Value>),
    /// A file or folder, relative to the program's directory.
    Path(String),
    /// An address.
    Uri(String),
}
