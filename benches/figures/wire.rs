//! The engine's side of the wire contract, which `build.rs` generates for the provider as well.
#![allow(missing_docs, dead_code, unused_imports, clippy::all, reason = "generated")]

mod generated {
    pub mod pulumirpc {
        tonic::include_proto!("pulumirpc");
    }

    pub mod google {
        pub mod rpc {
            tonic::include_proto!("google.rpc");
        }
    }
}

pub use generated::pulumirpc::{self, resource_provider_client::ResourceProviderClient};
use prost_types::{Struct, Value, value::Kind};

/// The provider, as the engine calls it.
pub type Client = ResourceProviderClient<tonic::transport::Channel>;

/// Texts as properties.
pub fn texts<'a>(of: impl IntoIterator<Item = (&'a str, &'a str)>) -> Struct {
    let text = |text: &str| Value { kind: Some(Kind::StringValue(text.to_owned())) };
    Struct { fields: of.into_iter().map(|(name, value)| (name.to_owned(), text(value))).collect() }
}

/// The URN of a resource in the stack of this bench.
pub fn urn(kind: &str, name: &str) -> String {
    format!("urn:pulumi:bench::bench::tenantstack:{kind}::{name}")
}
