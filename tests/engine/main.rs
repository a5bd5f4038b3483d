//! The real Pulumi engine drives the real binary against AWS on loopback.
//!
//! The programs are the example folders themselves. `make test` builds what these tests need; a
//! missing piece is a failure that says which target makes it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod adoption;
mod age;
mod aurora;
mod bad_input;
mod balancers;
mod caches;
mod campaign;
mod clients;
mod cut;
mod databases;
mod deploys;
mod domains;
mod examples;
mod images;
mod interruptions;
mod keys;
mod loopback;
mod losses;
mod names;
mod neighbours;
mod replacements;
mod secrets;
mod services;
mod sharing;
mod stack;
mod tenants;
mod tools;
