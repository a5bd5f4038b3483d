//! What the package says of itself at the top of its schema.

use framework::schema::PackageInfo;
use serde_json::{Value, json};

/// The name, the version and the languages' own words.
pub(crate) fn info() -> PackageInfo {
    PackageInfo { name: "tenantstack", version: env!("CARGO_PKG_VERSION"), about: about() }
}

fn about() -> Value {
    json!({
        "name": "tenantstack",
        "displayName": "Tenantstack",
        "version": "",
        "description": "High-level AWS components for software that many clients share: networks, services, databases, whole tenants.",
        "keywords": ["pulumi", "aws", "tenantstack", "kind/component", "kind/native", "category/cloud"],
        "homepage": "https://github.com/tenantstack/pulumi-tenantstack",
        "license": "Apache-2.0",
        "repository": "https://github.com/tenantstack/pulumi-tenantstack",
        "pluginDownloadURL": "github://api.github.com/tenantstack",
        "publisher": "Tenantstack",
        "meta": { "moduleFormat": "(.*)" },
        "language": languages(),
    })
}

fn languages() -> Value {
    json!({})
}
