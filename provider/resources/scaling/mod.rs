//! What scalable targets and their policies share: where a target is, how it is found, how calls are made.

mod calls;
mod dimension;
mod namespace;
mod place;
mod registered;

pub use calls::once_free;
pub use dimension::ScalableDimension;
pub use namespace::ServiceNamespace;
pub use place::{Place, check};
pub use registered::Registered;
