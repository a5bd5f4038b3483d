//! Our wire contract says what Pulumi's own says: `proto/` against the
//! descriptors in the published SDK for Python.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use prost::Message;
use prost_types::{DescriptorProto, FileDescriptorSet};

type TestResult = Result<(), Box<dyn Error>>;

#[test]
fn contract_is_the_published_one() -> TestResult {
    let output = compare(Path::new(env!("PULUMI_DESCRIPTORS")))?;
    assert!(output.status.success(), "{}", said(&output));
    Ok(())
}

#[test]
fn renumbered_field_is_found() -> TestResult {
    let output = compare_changed("renumbered", |check| {
        check.field.iter_mut().filter(|field| field.name() == "news").for_each(|field| field.number = Some(99));
    })?;
    assert_finds(&output, "pulumirpc.CheckRequest.news: ours is `= 99");
    Ok(())
}

#[test]
fn missing_field_is_found() -> TestResult {
    let output = compare_changed("missing", |check| {
        check.field.retain(|field| field.name() != "news");
    })?;
    assert_finds(&output, "pulumirpc.CheckRequest.news: we lack it");
    Ok(())
}

#[test]
fn empty_contract_is_no_success() -> TestResult {
    let path = scratch("empty");
    fs::write(&path, [])?;
    assert_finds(&compare(&path)?, "no messages compared");
    Ok(())
}

fn assert_finds(output: &Output, difference: &str) {
    let said = said(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(difference), "{said}");
}

/// Compares our contract after a change to `CheckRequest`.
fn compare_changed(name: &str, change: impl Fn(&mut DescriptorProto)) -> Result<Output, Box<dyn Error>> {
    let mut contract = FileDescriptorSet::decode(&*fs::read(env!("PULUMI_DESCRIPTORS"))?)?;
    contract
        .file
        .iter_mut()
        .flat_map(|file| &mut file.message_type)
        .filter(|message| message.name() == "CheckRequest")
        .for_each(change);

    let path = scratch(name);
    fs::write(&path, contract.encode_to_vec())?;
    compare(&path)
}

fn scratch(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("wire-contract-{name}.bin"))
}

fn compare(descriptors: &Path) -> Result<Output, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("target/tools/venv/bin/python");
    if !python.exists() {
        return Err(format!("{} is missing: run `make venv`", python.display()).into());
    }
    let output = Command::new(python).arg(root.join("tests/wire_contract/compare.py")).arg(descriptors).output()?;
    Ok(output)
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream)).join("\n")
}
