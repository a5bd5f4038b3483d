//! The contract that every registered resource keeps, with the real binary and AWS on loopback.
//!
//! A resource takes part with a file in `programs/`; the laws are the same for all. What can't hold for
//! one is excused in its file, with a reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests; each case that ends is printed, for those who ask with --nocapture"
)]

#[path = "../engine/loopback.rs"]
#[allow(dead_code, reason = "some of it is for programs that the real engine runs")]
mod loopback;
#[path = "../engine/tools.rs"]
#[allow(dead_code, reason = "some of it is for programs that the real engine runs")]
mod tools;

mod cases;
mod cuts;
mod deployment;
mod life;
mod owners;
mod plugin;
mod program;
mod tags;
mod waits;
mod world;
