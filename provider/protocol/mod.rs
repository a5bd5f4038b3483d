//! The gRPC edge: what the engine says to this process, and what this process says to the engine.
//!
//! A message becomes framework values, one call is made, and what comes back becomes a message
//! again. Nothing here knows a resource, and nothing outside knows gRPC.

pub mod calls;
pub mod channel;
pub mod codec;
#[cfg(test)]
mod doubles;
pub mod engine_log;
pub mod monitor;
pub mod process;
pub mod server;
pub mod trace;
pub mod wire;
