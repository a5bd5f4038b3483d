//! Whatever may arrive: values, bytes, whole requests, and inputs that no program should have.
//!
//! Each call has an answer, never a panic; no answer, message or print shows a secret; what was checked stays
//! as it is when it is checked again. Each law is tried on random cases, few enough for a minute in all; for a
//! long search, with as many cases of each as there is time for:
//!
//!     PROPTEST_CASES=20000 cargo test --test malformed
//!
//! No case waits: the clock stands still and jumps to the next thing that is waited for. No case reaches AWS:
//! its endpoint is a port of this machine where nobody listens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod bags;
mod bytes;
mod calls;
mod components;
mod configs;
mod connections;
mod contract;
mod kinds;
mod lives;
mod oddities;
mod paths;
mod plans;
mod requests;
mod runner;
mod stage;
mod structs;
mod telltale;
mod traps;
mod values;
