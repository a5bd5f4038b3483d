//! Where the tools are that `make test` builds.

use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The plugin under test.
pub fn plugin() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_pulumi-resource-tenantstack"))
}

/// A file that a make target makes.
pub fn made(path: impl AsRef<Path>, target: &str) -> PathBuf {
    let path = root().join("target/tools").join(path);
    assert!(path.exists(), "{} is missing: run `make {target}`", path.display());
    path
}

/// `PATH` with the recorded builder first.
#[allow(dead_code, reason = "for the contract; engine tests have a builder each")]
pub fn with_builder() -> String {
    format!("{}:{}", root().join("tests/builder").display(), std::env::var("PATH").unwrap_or_default())
}

/// `PATH` with the engine, its language hosts and the Python of the tests first.
pub fn search_path() -> String {
    let engine = made("bin/pulumi", "tools");
    let python = made("venv/bin/python", "venv");
    let own = [engine, python].map(|tool| tool.parent().unwrap().display().to_string());
    format!("{}:{}", own.join(":"), std::env::var("PATH").unwrap_or_default())
}
