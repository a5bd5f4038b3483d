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
