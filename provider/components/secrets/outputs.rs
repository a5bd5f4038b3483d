//! What a program gets back from secrets.

use std::collections::BTreeMap;

use framework::{Outputs, value::Output};

use crate::components::Link;

/// The outputs of [`Secrets`](super::Secrets).
#[derive(Outputs, Clone)]
pub struct SecretsOutputs {
    /// The ARNs of the secrets, by the names of their environment variables.
    pub arns: Output<BTreeMap<String, String>>,
    /// What a service needs to use them, for its `links`.
    pub link: Output<Link>,
}
