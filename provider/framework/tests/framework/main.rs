//! The framework as its users meet it: a provider of a few types over a cloud in memory, driven
//! verb by verb; components against a monitor double.
#![allow(missing_docs, reason = "the derives of the types under test bring their own")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod check;
mod component;
mod config;
mod derived;
mod diff;
mod lifecycle;
mod monitor;
mod names;
mod schema;
mod stage;
mod values;
mod waits;
mod world;
