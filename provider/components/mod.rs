//! What is made of the resources: one component a folder.

use framework::provider::Registry;

use crate::aws::Aws;

/// Adds every component to the registry.
#[must_use]
pub fn register(registry: Registry<Aws>) -> Registry<Aws> {
    registry
}
