//! `pulumi-resource-tenantstack`: what the Pulumi engine starts.

use std::process::ExitCode;

use tenantstack::{protocol, provider};

fn main() -> ExitCode {
    protocol::process::run(provider())
}
