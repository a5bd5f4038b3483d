//! What databases of `PostgreSQL` have in common, be they Amazon RDS's or Aurora's.

use std::collections::BTreeMap;

use framework::{
    component::Scope,
    problem::Problems,
    value::{Output, Path},
};

use super::{Link, Network, child_tags::ChildTags, isolated};
use crate::{
    aws::{Aws, Mode},
    resources::{
        ec2::SecurityGroupHandle,
        rds::{DbSubnetGroupArgs, DbSubnetGroupHandle},
    },
};

/// The database, unless the program names another.
pub const DATABASE_NAME: &str = "app";

/// The master user, unless the program names another.
pub const USERNAME: &str = "postgres";

/// The parameter by which the database refuses connections without TLS.
const FORCE_SSL: &str = "rds.force_ssl";

/// Names that RDS keeps for itself, or `PostgreSQL` does.
///
/// Source: "`CreateDBInstance`", Amazon RDS API Reference (`MasterUsername`, `DBName`: no reserved words).
const RESERVED_USERS: [&str; 5] = ["admin", "rdsadmin", "rds_superuser", "rdsrepladmin", "public"];

/// Notes what is wrong with the master user's name and the parameters.
pub fn check(username: &str, parameters: Option<&BTreeMap<String, String>>, problems: &mut Problems) {
    if RESERVED_USERS.contains(&username.to_lowercase().as_str()) {
        problems.add(Path::of("username"), "is a name that RDS keeps for itself: choose another one");
    }
    if parameters.is_some_and(|parameters| parameters.contains_key(FORCE_SSL)) {
        let reason = "is always 1: the database takes no connection without TLS";
        problems.add(Path::of("parameters").key(FORCE_SSL), reason);
    }
}

/// The program's parameters, and the one by which the database asks for TLS.
pub fn parameters(given: Option<BTreeMap<String, String>>) -> BTreeMap<String, String> {
    let forced = (FORCE_SSL.to_owned(), "1".to_owned());
    given.unwrap_or_default().into_iter().chain([forced]).collect()
}

/// The family of parameter groups of a version: `17.4` is of `postgres17`.
pub fn family(engine: &str, version: &str) -> String {
    format!("{engine}{}", version.split('.').next().unwrap_or(version))
}

/// For how many days backups are kept, unless the program says it.
pub fn backup_days(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 35,
        Mode::Development => 7,
    }
}

/// Where a database stands.
pub struct Site<'a> {
    /// The component.
    pub scope: &'a Scope<Aws>,
    /// The tags of its children.
    pub tags: ChildTags,
    /// The network.
    pub network: Output<Network>,
}

impl Site<'_> {
    /// The security group.
    pub fn security_group(&self) -> SecurityGroupHandle {
        isolated::security_group(self.scope, "A database", &self.network, &self.tags)
    }

    /// The subnets that it may stand in.
    pub fn subnet_group(&self) -> DbSubnetGroupHandle {
        let role = "subnet-group";
        self.scope.child(
            role,
            DbSubnetGroupArgs {
                db_subnet_group_description: "The subnets of a database".into(),
                subnet_ids: isolated::subnets(self.scope, &self.network).into(),
                tags: self.tags.of(role).into(),
                ..DbSubnetGroupArgs::default()
            },
        )
    }
}

/// What leads to a database.
pub struct Way {
    /// The name in DNS.
    pub host: Output<String>,
    /// The port.
    pub port: Output<i32>,
    /// The database.
    pub database_name: Output<String>,
    /// The master user.
    pub username: Output<String>,
    /// The secret with the password.
    pub secret_arn: Output<String>,
    /// The security group.
    pub security_group_id: Output<String>,
}

impl Way {
    /// What a service needs to use it.
    pub fn link(&self, prefix: Option<&str>) -> Output<Link> {
        let prefix = prefix.unwrap_or_default().to_owned();
        let place = self.host.join(&self.port).join(&self.security_group_id);
        let names = self.database_name.join(&self.username).join(&self.secret_arn);
        place.join(&names).map(move |(((host, port), group), ((database, user), secret))| {
            let name = |end: &str| format!("{prefix}PG{end}");
            let environment = [
                (name("HOST"), host),
                (name("PORT"), port.to_string()),
                (name("DATABASE"), database),
                (name("USER"), user),
                (name("SSLMODE"), "require".to_owned()),
            ];
            Link {
                environment: Some(environment.into()),
                secrets: Some([(name("PASSWORD"), format!("{secret}:password::"))].into()),
                security_group_id: Some(group),
                port: Some(port),
                permissions: None,
            }
        })
    }
}
