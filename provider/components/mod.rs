//! What is made of the resources: one component a folder.

pub mod alb;
mod alias;
mod arn;
pub mod aurora_postgres;
mod child_tags;
pub mod cluster;
mod covered;
pub mod dns;
mod edge;
pub mod fargate_service;
mod given;
mod isolated;
mod link;
mod linked;
mod log_retention;
mod master_password;
mod network;
pub mod postgres;
mod postgresql;
pub mod redis;
pub mod secrets;
pub mod tenant_stack;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod testing;
pub mod vpc;
mod zone;

use framework::provider::Registry;

pub use alb::Alb;
pub use aurora_postgres::AuroraPostgres;
pub use cluster::Cluster;
pub use dns::Dns;
pub use edge::Edge;
pub use fargate_service::FargateService;
pub use link::{Link, Permission};
pub use network::Network;
pub use postgres::Postgres;
pub use redis::Redis;
pub use secrets::Secrets;
pub use tenant_stack::TenantStack;
pub use vpc::Vpc;
pub use zone::Zone;

use crate::aws::Aws;

/// Adds every component to the registry.
#[must_use]
pub fn register(registry: Registry<Aws>) -> Registry<Aws> {
    registry
        .component_type::<Alb>()
        .component_type::<AuroraPostgres>()
        .component_type::<Cluster>()
        .component_type::<Dns>()
        .component_type::<FargateService>()
        .component_type::<Postgres>()
        .component_type::<Redis>()
        .component_type::<Secrets>()
        .component_type::<TenantStack>()
        .component_type::<Vpc>()
}
