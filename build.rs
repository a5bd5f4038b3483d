//! Turns the wire contract in `proto/` into Rust, without a `protoc`.
//!
//! Writes to `OUT_DIR`: `pulumirpc.rs`, `google.rpc.rs`, and `descriptors.bin`,
//! the contract as a file descriptor set, whose path tests find in the
//! environment variable `PULUMI_DESCRIPTORS`.

use std::error::Error;
use std::path::PathBuf;

/// What we speak. Files that these import come along.
const CONTRACT: [&str; 5] = ["provider.proto", "resource.proto", "engine.proto", "errors.proto", "status.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");

    let mut contract = protox::Compiler::new(["proto"])?;
    contract.include_imports(true).include_source_info(true).open_files(CONTRACT)?;

    // Clients and servers of all services: a provider needs one side of each,
    // its tests the other.
    tonic_prost_build::configure()
        .btree_map(".")
        .generate_default_stubs(true)
        .compile_fds(contract.file_descriptor_set())?;

    let descriptors = PathBuf::from(std::env::var("OUT_DIR")?).join("descriptors.bin");
    std::fs::write(&descriptors, contract.encode_file_descriptor_set())?;
    println!("cargo::rustc-env=PULUMI_DESCRIPTORS={}", descriptors.display());
    Ok(())
}
