//! The package schema of the fake provider, against what was agreed on.
//!
//! `UPDATE_GOLDEN=1 cargo test -p tenantstack-framework` writes it anew.

use crate::stage::unconfigured;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/framework/golden/schema.json");

#[test]
fn the_schema_is_as_agreed_on() {
    let schema = unconfigured().schema();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &schema).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap_or_default();
    let first = schema.lines().zip(golden.lines()).position(|(is, was)| is != was);
    assert!(schema == golden, "the schema differs from {GOLDEN}, first in line {:?}", first.map(|line| line + 1));
    assert_eq!(unconfigured().schema(), schema, "the same every time");
}

#[test]
fn a_description_of_an_input_has_every_limit_once() {
    let schema: serde_json::Value = serde_json::from_str(&unconfigured().schema()).unwrap();
    let said = |node: &str, name: &str| schema.pointer(node).unwrap()[name]["description"].as_str().unwrap().to_owned();
    let machine = |name| said("/resources/fake:compute:Machine/inputProperties", name);
    assert_eq!(machine("note"), "A few words. 2 to 12 characters. Must be small letters and spaces.");
    assert_eq!(machine("ports"), "Open ports. 1 to 3 elements. Each element: from 1 to 65535.");
    assert_eq!(
        machine("commands"),
        "Commands, in their order. Each element: 1 to 9 characters. Each element: must be small letters."
    );
    assert_eq!(machine("cores"), "The cores of which a whole number is to be had. One of 1, 2, 4.");
    assert_eq!(said("/types/fake:compute:Disk/properties", "size"), "Its size in GB. From 1 to 1000.");
    assert_eq!(machine("size"), "How big it is, between 1 and 64. The cloud chooses when absent.");
    assert_eq!(machine("name"), "The physical name: letters, digits and dashes, no more than 24. Made up when absent.");
    // What the cloud says keeps no law of ours.
    assert_eq!(said("/resources/fake:compute:Machine/properties", "note"), "A few words.");
}

#[test]
fn every_reference_leads_somewhere() {
    let schema: serde_json::Value = serde_json::from_str(&unconfigured().schema()).unwrap();
    let mut found = 0;
    visit(&schema, &mut |reference| {
        let path = reference.trim_start_matches('#').splitn(3, '/').collect::<Vec<_>>();
        assert!(schema[path[1]][path[2]].is_object(), "{reference}");
        found += 1;
    });
    assert!(found > 3);
}

fn visit(value: &serde_json::Value, see: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| match (key.as_str(), value.as_str()) {
            ("$ref", Some(reference)) if reference.starts_with('#') => see(reference),
            _ => visit(value, see),
        }),
        serde_json::Value::Array(items) => items.iter().for_each(|item| visit(item, see)),
        _ => {}
    }
}
