//! Every resource against AWS's own word: what replaces, what is required, what is refused.
//!
//! AWS's word is `cfn-facts.json` (`extract.py` writes it), ours is what the registry and the schema say, and what
//! `Check` and `Diff` do. Where the two differ, `exceptions.json` says why: a difference that isn't listed fails,
//! and so does a line that no longer applies.
//!
//! A new resource needs its type in `cfn-facts.json`, the properties that it leaves out in `exceptions.json`, and a
//! line in `samples.json` for values that can't be guessed from a property's name and type.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "tests; what is printed is shown beside the test that fails"
)]

mod exceptions;
mod laws;
mod limits;
mod model;
mod names;
mod ours;
mod package;
mod properties;
mod replacement;
mod samples;
mod wrong;
