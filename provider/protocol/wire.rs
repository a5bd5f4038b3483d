//! The messages and services of the wire contract, as `build.rs` generates them from `proto/`.
//!
//! None of them may be printed: secrets lie open in them.

#[allow(missing_docs, reason = "the contract itself is commented, in proto/")]
#[allow(clippy::all, reason = "generated")]
mod generated {
    /// Pulumi's own services and messages.
    pub mod pulumirpc {
        tonic::include_proto!("pulumirpc");
    }

    /// What gRPC says of errors.
    pub mod google {
        /// The shape of an error's details.
        pub mod rpc {
            tonic::include_proto!("google.rpc");
        }
    }
}

pub use generated::{google, pulumirpc};

/// The largest message, in bytes, that the engine sends and takes. States with assets come close.
pub const MESSAGE_LIMIT: usize = 419_430_400;

/// The largest header list, in bytes: trailers carry errors with all that is known of a resource.
pub const HEADER_LIMIT: u32 = 16 * 1024 * 1024;
