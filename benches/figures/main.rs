//! `make bench`: the provider's figures, printed with their units. None of them passes or fails.
//!
//! Everything is measured from outside, as the engine sees the plugin: this program links the wire contract alone, so
//! that a release build optimises the provider once.
//!
//! `ONLY=small` and `ONLY=scale` in the environment leave the other half out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench"
)]

mod calls;
mod engine;
mod loopback;
mod many;
mod plugin;
mod scale;
mod size;
mod stack;
mod start;
mod wire;

use std::{path::PathBuf, time::Duration};

fn main() {
    // One half takes minutes, the other the better part of an hour.
    let wanted = |half| std::env::var("ONLY").map_or(true, |only| only == half);
    if wanted("small") {
        small();
    }
    if wanted("scale") {
        scale::print();
    }
}

/// The provider by itself, and a few hundred resources.
fn small() {
    println!("{:<58}{:>24}", "figure", "measured");
    size::print();
    start::print();
    // One thread: the engine's side must not add hops between threads of its own to what is measured.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        calls::print().await;
        many::print().await;
    });
    engine::print();
}

/// The repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file that a make target makes.
fn made(path: &str, target: &str) -> PathBuf {
    let path = root().join("target/tools").join(path);
    assert!(path.exists(), "{} is missing: run `make {target}`", path.display());
    path
}

/// One line of the table.
fn line(figure: &str, measured: impl std::fmt::Display) {
    println!("{figure:<58}{measured:>24}");
}

#[allow(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// The least value that this share of all is not above.
fn percentile(all: &mut [Duration], percent: usize) -> Duration {
    all.sort();
    all[(all.len() * percent).div_ceil(100).max(1) - 1]
}
