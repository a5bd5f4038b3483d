//! What the resources of Elastic Load Balancing share.

pub mod actions;
pub mod attributes;
pub mod calls;
pub mod certificates;
pub mod protocol;
