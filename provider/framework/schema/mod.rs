//! Rust types as a Pulumi package schema.

mod limits;
mod package;
mod types;

pub use package::{Member, Package, PackageInfo};
pub use types::{TypeSpec, Types};
