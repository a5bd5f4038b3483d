//! What a program says of secrets.

use std::collections::BTreeMap;

use framework::{Inputs, Object, component::SecretTexts, value::Output};

use crate::aws::{Mode, Tags};

/// The inputs of [`Secrets`](super::Secrets).
#[derive(Inputs, Clone)]
pub struct SecretsInputs {
    /// Secrets whose values the program gives, by the names of their environment variables. A value takes 65,536
    /// bytes (AWS Secrets Manager User Guide, "Secrets Manager quotas").
    #[field(secret, items(1, 100))]
    pub values: Option<SecretTexts>,
    /// Secrets whose values AWS makes, by the names of their environment variables. What is said here again in another
    /// way makes another value.
    #[field(items(1, 100))]
    pub generated: Option<BTreeMap<String, Generated>>,
    /// The ARN of the key of KMS that encrypts them; AWS's own for Secrets Manager when absent. Services that read them
    /// need `kms:Decrypt` for it.
    #[field(length(1, 2048))]
    pub kms_key_id: Option<Output<String>>,
    /// For how many days a secret that was deleted can be restored. 30 in production, 7 in development.
    #[field(range(7, 30))]
    pub recovery_window_in_days: Option<i32>,
    /// What the defaults are chosen for; the provider's own `mode` when absent.
    pub mode: Option<Mode>,
    /// Tags for the secrets. Each is also given a `Name` tag, unless there is one here.
    pub tags: Option<Output<Tags>>,
}

/// A value that AWS makes.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "index:Generated")]
pub struct Generated {
    /// How many characters it has: at least a small and a capital letter, a digit and a sign.
    #[field(default = 32, range(4, 4096))]
    pub length: i32,
    /// Characters that it doesn't have, such as those that a URL or a shell takes for something else.
    #[field(length(0, 4096))]
    pub exclude_characters: Option<String>,
}
