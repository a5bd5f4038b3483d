//! What a tenant keeps: database, cache, secrets.

use framework::{
    component::inputs_of,
    problem::Problems,
    value::{Map, Output, Path},
};

use super::{CACHE, DATABASE, site::Site};
use crate::components::{
    AuroraPostgres, Link, Postgres, Redis, Secrets,
    aurora_postgres::{AuroraPostgresInputs, AuroraPostgresOutputs},
    linked::{Linked, Opens},
    postgres::{PostgresInputs, PostgresOutputs},
    redis::{RedisInputs, RedisOutputs},
    secrets::{SecretsInputs, SecretsOutputs},
    tenant_stack::parts::{TenantCache, TenantDatabase},
};

/// What the secrets are called among the parts.
const SECRETS: &str = "secrets";

/// The data of a tenant, as far as it has any.
pub struct Data {
    /// The database.
    pub database: Option<Database>,
    /// The cache.
    pub cache: Option<RedisOutputs>,
    /// The secrets.
    pub secrets: Option<SecretsOutputs>,
}

/// A database, of whatever engine.
pub struct Database {
    /// Its identifier.
    pub identifier: Output<String>,
    /// Its ARN.
    pub arn: Output<String>,
    /// The name in DNS that leads to it.
    pub host: Output<String>,
    /// The secret that has its master password.
    pub secret_arn: Output<String>,
    /// Its security group.
    pub security_group_id: Output<String>,
    /// What a service needs to use it.
    pub link: Output<Link>,
}

impl From<PostgresOutputs> for Database {
    fn from(made: PostgresOutputs) -> Self {
        Database {
            identifier: made.instance_identifier,
            arn: made.instance_arn,
            host: made.host,
            secret_arn: made.secret_arn,
            security_group_id: made.security_group_id,
            link: made.link,
        }
    }
}

impl From<AuroraPostgresOutputs> for Database {
    fn from(made: AuroraPostgresOutputs) -> Self {
        Database {
            identifier: made.cluster_identifier,
            arn: made.cluster_arn,
            host: made.host,
            secret_arn: made.secret_arn,
            security_group_id: made.security_group_id,
            link: made.link,
        }
    }
}

impl Data {
    /// Describes all that there is.
    pub fn describe(site: &Site<'_>, problems: &mut Problems) -> Self {
        Data { database: database(site, problems), cache: cache(site, problems), secrets: secrets(site, problems) }
    }

    /// What every service of the tenant is linked to.
    pub fn links(&self) -> Vec<Linked> {
        let database = self.database.as_ref().map(|database| Linked::to(DATABASE, &database.link, Opens::DOOR));
        let cache = self.cache.as_ref().map(|cache| Linked::to(CACHE, &cache.link, Opens::DOOR));
        let secrets = self.secrets.as_ref().map(|secrets| Linked::to(SECRETS, &secrets.link, Opens::NOTHING));
        [database, cache, secrets].into_iter().flatten().collect()
    }
}

fn database(site: &Site<'_>, problems: &mut Problems) -> Option<Database> {
    let at = Path::of("database");
    let usual = || inputs_of::<PostgresInputs>(&Map::new()).map(|usual| TenantDatabase::Postgres(Box::new(usual)));
    let wanted = match &site.want.database {
        Some(wanted) => wanted.0.clone(),
        None => usual().map_err(|wrong| problems.append(wrong.under(&at))).ok()?,
    };
    match wanted {
        TenantDatabase::None => None,
        TenantDatabase::Postgres(inputs) => {
            let inputs = PostgresInputs {
                network: Some(site.network.clone()),
                deletion_protection: inputs.deletion_protection.or(site.want.deletion_protection),
                mode: site.want.mode,
                tags: Some(site.tags.clone()),
                ..*inputs
            };
            site.part::<Postgres>(DATABASE, &at, inputs, problems).map(Database::from)
        }
        TenantDatabase::Aurora(inputs) => {
            let inputs = AuroraPostgresInputs {
                network: Some(site.network.clone()),
                deletion_protection: inputs.deletion_protection.or(site.want.deletion_protection),
                mode: site.want.mode,
                tags: Some(site.tags.clone()),
                ..*inputs
            };
            site.part::<AuroraPostgres>(DATABASE, &at, inputs, problems).map(Database::from)
        }
    }
}

fn cache(site: &Site<'_>, problems: &mut Problems) -> Option<RedisOutputs> {
    let TenantCache::Own(inputs) = site.want.cache.as_ref()?.0.clone() else { return None };
    let inputs = RedisInputs {
        network: Some(site.network.clone()),
        mode: site.want.mode,
        tags: Some(site.tags.clone()),
        ..*inputs
    };
    site.part::<Redis>(CACHE, &Path::of(CACHE), inputs, problems)
}

fn secrets(site: &Site<'_>, problems: &mut Problems) -> Option<SecretsOutputs> {
    let given = site.want.secrets.as_ref()?.0.0.clone();
    let inputs = SecretsInputs { mode: site.want.mode, tags: Some(site.tags.clone()), ..given };
    site.part::<Secrets>(SECRETS, &Path::of(SECRETS), inputs, problems)
}
