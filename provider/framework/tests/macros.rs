//! What the derive macros say to somebody who misuses them.
//!
//! `TRYBUILD=overwrite cargo test -p tenantstack-framework --test macros` writes the answers anew.
#![allow(missing_docs, reason = "a test binary")]

#[test]
fn misuse_is_explained_where_it_happens() {
    trybuild::TestCases::new().compile_fail("tests/macros/*.rs");
}
