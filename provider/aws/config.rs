//! The provider's configuration, as programs and stacks write it.

use std::collections::BTreeMap;

use framework::{
    Choice, Object,
    problem::Problems,
    property::{FieldOf, Properties},
    value::Path,
};

use super::{region::Region, services::SERVICES};

/// The provider configuration. Whatever is absent comes from AWS's usual chain: environment, profile,
/// SSO, process, web identity, container, instance; `AWS_ENDPOINT_URL` and its kin included.
#[derive(Object, Clone, Default)]
#[object(token = "index:ProviderConfig")]
pub struct Config {
    /// The AWS region of resources that don't name one, such as `eu-west-1`.
    #[field(pattern("[a-z]{2,4}(-[a-z]+)+-[0-9]+", "an AWS region such as eu-west-1"))]
    pub region: Option<String>,
    /// The profile in the shared configuration and credentials files.
    pub profile: Option<String>,
    /// An access key's id. Better leave keys to the environment or a profile.
    #[field(secret, length(16, 128))]
    pub(super) access_key: Option<String>,
    /// The secret that belongs to the access key.
    #[field(secret)]
    pub(super) secret_key: Option<String>,
    /// The session token that belongs to a temporary access key.
    #[field(secret)]
    pub(super) token: Option<String>,
    /// The role to assume with the credentials that were found.
    pub assume_role: Option<AssumeRole>,
    /// The only accounts in which anything may be read or changed.
    #[field(items(1, 100))]
    pub allowed_account_ids: Option<Vec<String>>,
    /// Tags for every resource that can have tags; a resource's own win.
    pub default_tags: Option<BTreeMap<String, String>>,
    /// What defaults are chosen for.
    #[field(default = Mode::Production)]
    pub mode: Mode,
    /// The endpoint of every service, for an AWS of one's own.
    pub endpoint: Option<String>,
    /// Endpoints of single services, by the names that their IAM actions begin with: `ec2`, `ecs`, `elasticloadbalancing`, `logs`, `rds`.
    pub endpoints: Option<BTreeMap<String, String>>,
    /// How often a call is tried that AWS throttles or doesn't answer.
    #[field(range(1, 100))]
    pub max_attempts: Option<i32>,
    /// Whether a create that was cut off takes up what it finds of its own, made within the last day.
    #[field(default = true)]
    pub adopt_interrupted: bool,
}

/// A role to assume.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "index:AssumeRole")]
pub struct AssumeRole {
    /// The role's ARN.
    #[field(length(20, 2048), pattern("arn:aws[a-z-]*:iam::[0-9]{12}:role/.+", "the ARN of an IAM role"))]
    pub role_arn: String,
    /// The session's name, seen in CloudTrail.
    #[field(length(2, 64), pattern("[\\w+=,.@-]*", "letters, digits and any of _+=,.@-"))]
    pub session_name: Option<String>,
    /// What the role's owner asks others to say.
    #[field(length(2, 1224), pattern("[\\w+=,.@:/-]*", "letters, digits and any of _+=,.@:/-"))]
    pub external_id: Option<String>,
    /// How long a session lasts; AWS's own default is an hour.
    #[field(default = 3600, range(900, 43200))]
    pub duration_seconds: i32,
}

impl AssumeRole {
    /// The account that the role is in.
    #[must_use]
    pub fn account(&self) -> Option<&str> {
        self.role_arn.split(':').nth(4)
    }

    /// The partition that the role is in: `aws`, `aws-cn`, `aws-us-gov`.
    #[must_use]
    pub fn partition(&self) -> Option<&str> {
        self.role_arn.split(':').nth(1)
    }
}

/// What defaults are chosen for.
#[derive(Choice, Clone, Copy, PartialEq, Eq, Debug, Default)]
#[choice(token = "index:Mode")]
pub enum Mode {
    /// Redundancy, backups, protection against deletion.
    #[default]
    #[choice("production")]
    Production,
    /// The least that works, gone without a trace.
    #[choice("development")]
    Development,
}

const ACCESS_KEY: FieldOf<Config, Option<String>> = FieldOf::new("accessKey");
const SECRET_KEY: FieldOf<Config, Option<String>> = FieldOf::new("secretKey");
const TOKEN: FieldOf<Config, Option<String>> = FieldOf::new("token");
const PROFILE: FieldOf<Config, Option<String>> = FieldOf::new("profile");
const ACCOUNTS: FieldOf<Config, Option<Vec<String>>> = FieldOf::new("allowedAccountIds");
const ENDPOINT: FieldOf<Config, Option<String>> = FieldOf::new("endpoint");
const ENDPOINTS: FieldOf<Config, Option<BTreeMap<String, String>>> = FieldOf::new("endpoints");
const ROLE: FieldOf<Config, Option<AssumeRole>> = FieldOf::new("assumeRole");

/// Notes what is wrong between the properties, or inside those whose parts have rules of their own.
pub fn rules(config: &Properties<'_, Config>, problems: &mut Problems) {
    keys_come_in_pairs(config, problems);
    accounts_have_twelve_digits(config, problems);
    endpoints_are_addresses(config, problems);
    the_role_is_in_an_allowed_account(config, problems);
}

fn keys_come_in_pairs(config: &Properties<'_, Config>, problems: &mut Problems) {
    let (access, secret) = (config.has(ACCESS_KEY), config.has(SECRET_KEY));
    if access && !secret {
        problems.add(Path::of("secretKey"), "is required with accessKey");
    }
    if secret && !access {
        problems.add(Path::of("accessKey"), "is required with secretKey");
    }
    if config.has(TOKEN) && !access {
        problems.add(Path::of("token"), "belongs to an accessKey, which is missing");
    }
    if access && config.has(PROFILE) {
        problems.add(Path::of("profile"), "can't be used with accessKey: give one of them");
    }
}

fn accounts_have_twelve_digits(config: &Properties<'_, Config>, problems: &mut Problems) {
    for (index, id) in config.get(ACCOUNTS).flatten().iter().flatten().enumerate() {
        if id.len() != 12 || !id.bytes().all(|digit| digit.is_ascii_digit()) {
            let reason = "must be an AWS account id of 12 digits; quote it, or leading zeros get lost";
            problems.add(Path::of("allowedAccountIds").index(index), reason);
        }
    }
}

fn endpoints_are_addresses(config: &Properties<'_, Config>, problems: &mut Problems) {
    if let Some(url) = config.get(ENDPOINT).flatten() {
        address(&url, &Path::of("endpoint"), problems);
    }
    for (service, url) in config.get(ENDPOINTS).flatten().unwrap_or_default() {
        let at = Path::of("endpoints").key(&service);
        address(&url, &at, problems);
        if !SERVICES.iter().any(|known| known.name == service) {
            let known: Vec<_> = SERVICES.iter().map(|service| service.name).collect();
            problems.add(at, format!("isn't a service that this provider calls; those are {}", known.join(", ")));
        }
    }
}

/// Notes when a text isn't the address of a host: `http://127.0.0.1:4566`.
fn address(url: &str, at: &Path, problems: &mut Problems) {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |host: &str| !host.is_empty() && !host.starts_with(['/', ':']) && !host.contains(['@', '?', '#', ' ']);
    if !host.is_some_and(plain) {
        problems.add(
            at.clone(),
            "must be an address such as https://host or http://127.0.0.1:4566, without user, query or fragment",
        );
    }
}

fn the_role_is_in_an_allowed_account(config: &Properties<'_, Config>, problems: &mut Problems) {
    let (Some(role), Some(allowed)) = (config.get(ROLE).flatten(), config.get(ACCOUNTS).flatten()) else { return };
    if role.account().is_some_and(|account| !allowed.iter().any(|id| id == account)) {
        let reason = "is in an account that allowedAccountIds doesn't hold";
        problems.add(Path::of("assumeRole").key("roleArn"), reason);
    }
}

/// The properties whose change surely puts existing resources out of reach.
///
/// A change of region doesn't: each resource keeps its own. Profiles and keys may or may not lead to
/// another account; that can't be told without a call.
#[must_use]
pub fn unreachable_after(old: &Config, new: &Config) -> Vec<&'static str> {
    let mut changed = Vec::new();
    if role_account(old).zip(role_account(new)).is_some_and(|(old, new)| old != new) {
        changed.push("assumeRole");
    }
    if let (Some(old), Some(new)) = (&old.allowed_account_ids, &new.allowed_account_ids)
        && old != new
        && !old.iter().any(|id| new.contains(id))
    {
        changed.push("allowedAccountIds");
    }
    if partition(old).zip(partition(new)).is_some_and(|(old, new)| old != new) {
        changed.push("region");
    }
    changed
}

fn role_account(config: &Config) -> Option<&str> {
    config.assume_role.as_ref().and_then(AssumeRole::account)
}

/// Credentials never reach from one partition into another.
fn partition(config: &Config) -> Option<&'static str> {
    config.region.as_deref().map(|region| Region::named(region).partition())
}
