//! How images of containers are built and uploaded.

/// How many layers one call asks for.
///
/// Source: "BatchCheckLayerAvailability", Amazon ECR API Reference (`layerDigests`: 1 to 100).
pub const LAYERS_AT_ONCE: usize = 100;

/// How many bytes of a layer one call sends.
///
/// Source: "Amazon ECR service quotas", Amazon ECR User Guide: parts of 5 MiB at least, but for the last, and 10 MiB at
/// most. The least, so that a slow line sends one within a call's time.
pub const LAYER_PART: u64 = 5 * 1024 * 1024;

/// How often a layer's upload is begun of which AWS lost track.
///
/// Ours: as often as a person would.
pub const LAYER_ATTEMPTS: u32 = 3;

/// How many of its last lines are shown of a builder that failed.
///
/// Ours: enough for the step that failed, with what it said.
pub const BUILDER_LINES_TOLD: usize = 30;

/// How many of a service's images are kept.
///
/// Ours: deployments go back to one of the latest; each costs a few cents a month ("Amazon ECR pricing").
pub const KEPT: u32 = 30;

/// For how many days an image is kept that has no tag.
///
/// Source: `countNumber` of a life-cycle policy, Amazon ECR User Guide: at least 1.
pub const UNTAGGED_DAYS: u32 = 1;
