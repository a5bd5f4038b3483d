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
        "meta": { "moduleFormat": "(.*)", "supportPack": true },
        "language": languages(),
    })
}

fn languages() -> Value {
    let go = "github.com/tenantstack/pulumi-tenantstack/sdk/go";
    json!({
        "nodejs": {
            "packageName": "@tenantstack/pulumi",
            "respectSchemaVersion": true,
            "typescriptVersion": "^5.9.0",
            "dependencies": { "@pulumi/pulumi": "^3.142.0" },
        },
        "python": {
            "packageName": "pulumi_tenantstack",
            "respectSchemaVersion": true,
            "pythonRequires": ">=3.9",
            "pyproject": { "enabled": true },
            "inputTypes": "classes-and-dicts",
            "requires": { "pulumi": ">=3.142.0,<4.0.0" },
        },
        "go": {
            "importBasePath": format!("{go}/tenantstack"),
            "modulePath": go,
            "generateResourceContainerTypes": true,
            "respectSchemaVersion": true,
        },
        "java": { "basePackage": "com", "dependencies": { "com.pulumi:pulumi": "1.0.0" } },
        "csharp": {
            "rootNamespace": "Tenantstack",
            "namespaces": { "tenantstack": "Pulumi" },
            "respectSchemaVersion": true,
        },
    })
}
