//! AWS's limits for tags.
//!
//! Source of all: "Tag naming limits and requirements", Tagging AWS Resources and Tag Editor User Guide.

/// How many a resource may have, the owner tag included.
pub const PER_RESOURCE: usize = 50;

/// The longest key, in characters; the shortest has one.
pub const KEY: usize = 128;

/// The longest value, in characters; the shortest is empty.
pub const VALUE: usize = 256;

/// What AWS keeps for itself, whatever the case.
pub const RESERVED: &str = "aws:";

/// The characters that every service takes. EC2 takes any.
///
/// Source: `tagKeyType` and `tagValueType`, IAM API Reference.
pub const CHARACTERS: &str = r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";
