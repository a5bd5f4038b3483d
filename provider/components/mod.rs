//! What is made of the resources: one component a folder.

pub mod alb;
mod alias;
mod arn;
mod child_tags;
pub mod cluster;
mod covered;
pub mod dns;
mod edge;
pub mod fargate_service;
mod given;
mod link;
mod log_retention;
mod network;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod testing;
pub mod vpc;
mod zone;

use framework::provider::Registry;

pub use alb::Alb;
pub use cluster::Cluster;
pub use dns::Dns;
pub use edge::Edge;
pub use fargate_service::FargateService;
pub use link::{Link, Permission};
pub use network::Network;
pub use vpc::Vpc;
pub use zone::Zone;

use crate::aws::Aws;

/// Adds every component to the registry.
#[must_use]
pub fn register(registry: Registry<Aws>) -> Registry<Aws> {
    registry
        .component_type::<Alb>()
        .component_type::<Cluster>()
        .component_type::<Dns>()
        .component_type::<FargateService>()
        .component_type::<Vpc>()
}
