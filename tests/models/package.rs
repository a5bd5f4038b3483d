//! `schema.json`, the package that the SDKs are generated from.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

use framework::property::Field;
use serde_json::Value as Json;

use crate::ours::schema;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn schema_json_is_what_the_types_say() {
    let kept = fs::read_to_string(root().join("schema.json")).expect("schema.json is missing: run `make generated`");
    let said = tenantstack::provider().schema();
    let first = kept.lines().zip(said.lines()).position(|(kept, said)| kept != said);
    let at = first.unwrap_or_else(|| kept.lines().count().min(said.lines().count()));
    assert_eq!(
        kept.trim_end().lines().nth(at),
        said.trim_end().lines().nth(at),
        "schema.json is stale from line {}: run `make generated`, and read what has changed",
        at + 1
    );
}

#[test]
fn pulumi_finds_nothing_wrong_with_the_schema() {
    let pulumi = root().join("target/tools/bin/pulumi");
    assert!(pulumi.exists(), "{} is missing: run `make tools`", pulumi.display());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("schema.json");
    fs::write(&file, tenantstack::provider().schema()).unwrap();
    let output = Command::new(pulumi)
        .args(["schema", "check"])
        .arg(&file)
        .env("PULUMI_HOME", folder.path())
        .env("PULUMI_SKIP_UPDATE_CHECK", "true")
        .output()
        .unwrap();
    let said = [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream)).concat();
    assert!(output.status.success(), "{said}");
    assert!(!said.to_lowercase().contains("warning"), "{said}");
}

#[test]
fn registry_and_schema_have_the_same_types() {
    let provider = tenantstack::provider();
    let registered: BTreeSet<_> =
        provider.registry().members().iter().map(|member| format!("tenantstack:{}", member.token)).collect();
    let said: BTreeSet<_> = schema()["resources"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(registered, said);
}

#[test]
fn registry_and_schema_have_the_same_properties() {
    for member in tenantstack::provider().registry().members() {
        let said = &schema()["resources"][format!("tenantstack:{}", member.token)];
        assert_eq!(names(&member.inputs), keys(&said["inputProperties"]), "{} inputs", member.token);
        assert_eq!(names(&member.outputs), keys(&said["properties"]), "{} outputs", member.token);
        let required: BTreeSet<_> =
            member.inputs.iter().filter(|field| field.required).map(|field| field.name.to_owned()).collect();
        assert_eq!(required, texts(&said["requiredInputs"]), "{} required inputs", member.token);
    }
}

fn names(fields: &[&Field]) -> BTreeSet<String> {
    fields.iter().map(|field| field.name.to_owned()).collect()
}

fn keys(node: &Json) -> BTreeSet<String> {
    node.as_object().unwrap().keys().cloned().collect()
}

fn texts(node: &Json) -> BTreeSet<String> {
    node.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn everything_is_described() {
    let mut silent = Vec::new();
    undescribed("resources", &schema()["resources"], &mut silent);
    undescribed("types", &schema()["types"], &mut silent);
    undescribed("config", &schema()["config"]["variables"], &mut silent);
    assert!(silent.is_empty(), "without a description: {silent:#?}");
}

/// Notes each member of a section, and each of its properties and values, that has no description.
fn undescribed(at: &str, section: &Json, silent: &mut Vec<String>) {
    for (name, node) in section.as_object().unwrap() {
        let at = format!("{at} {name}");
        if node["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
            silent.push(at.clone());
        }
        for part in ["properties", "inputProperties"].iter().filter(|part| node[**part].is_object()) {
            undescribed(&at, &node[*part], silent);
        }
        for choice in node["enum"].as_array().into_iter().flatten() {
            if choice["description"].as_str().is_none_or(|text| text.trim().is_empty()) {
                silent.push(format!("{at} {}", choice["value"]));
            }
        }
    }
}
