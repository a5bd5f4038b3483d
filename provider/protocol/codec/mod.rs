//! Pulumi's values to `google.protobuf.Struct` and back.
//!
//! A struct that has a certain key, its signature, isn't an object but something that JSON has
//! no word for, and some strings stand for "not known yet". Both may be anywhere, at any depth.
//! Absent, null and empty are three things, and stay three.

mod accepts;
mod decode;
mod encode;
mod malformed;
mod signature;
mod special;

#[cfg(test)]
mod tests;

pub use accepts::Accepts;
pub use decode::{decode, decode_value};
pub use encode::{encode, encode_value};
pub use malformed::Malformed;
pub use signature::{UNKNOWN, is_unknown};

/// How deep values may nest. Prost refuses what is deeper than about half of this before we see it;
/// this holds for what comes from elsewhere, so that no value overflows the stack.
const DEEPEST: usize = 64;

/// The error for a value that nests deeper.
fn too_deep() -> Malformed {
    Malformed::new(format!("nested more than {DEEPEST} levels deep"))
}
