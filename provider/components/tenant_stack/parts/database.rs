//! The database of a tenant.

use framework::{
    Choice, Inputs,
    component::{ArgProperties, Forwarding, Inputs as _},
    property::{Choice as _, Decoding, Field, Record},
    value::{Map, Path},
};

use super::{of_component, said_to};
use crate::components::{aurora_postgres::AuroraPostgresInputs, postgres::PostgresInputs};

/// The database of a tenant, if it has one.
#[derive(Clone)]
pub enum TenantDatabase {
    /// There is none.
    None,
    /// An instance of RDS of its own.
    Postgres(Box<PostgresInputs>),
    /// A cluster of Aurora of its own.
    Aurora(Box<AuroraPostgresInputs>),
}

/// What a tenant's database is.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "index:TenantDatabaseEngine")]
pub enum TenantDatabaseEngine {
    /// A `Postgres`: an instance of Amazon RDS.
    #[choice("postgres")]
    Postgres,
    /// An `AuroraPostgres`: a cluster of Amazon Aurora, whose capacity follows its load.
    #[choice("aurora")]
    Aurora,
    /// No database.
    #[choice("none")]
    None,
}

/// What the database of a tenant says beside.
#[derive(Inputs, Clone)]
struct Kind {
    /// What runs.
    #[field(default = TenantDatabaseEngine::Postgres)]
    engine: TenantDatabaseEngine,
}

impl Kind {
    /// The properties that mean something with that engine.
    fn properties_of(engine: TenantDatabaseEngine) -> Vec<&'static Field> {
        match engine {
            TenantDatabaseEngine::Postgres => of_component(PostgresInputs::FIELDS, &[]).collect(),
            TenantDatabaseEngine::Aurora => of_component(AuroraPostgresInputs::FIELDS, &[]).collect(),
            TenantDatabaseEngine::None => Vec::new(),
        }
    }
}

impl Forwarding for TenantDatabase {
    const TOKEN: &'static str = "index:TenantDatabase";
    const DOC: &'static str = "The database of a tenant: one of its own, or none. Which properties mean something depends \
                               on `engine`: those of the component of that name.";

    fn fields() -> Vec<&'static Field> {
        let mut all: Vec<&Field> = Kind::FIELDS.iter().collect();
        for engine in [TenantDatabaseEngine::Postgres, TenantDatabaseEngine::Aurora] {
            for field in Kind::properties_of(engine) {
                if !all.iter().any(|other| other.name == field.name) {
                    all.push(field);
                }
            }
        }
        all
    }

    fn read(map: &Map, at: &Path, to: &mut Decoding) -> Option<Self> {
        let Kind { engine } = Kind::decode_fields(map, at, to)?;
        let own = said_to(&Kind::properties_of(engine), engine.text(), map, at, to);
        match engine {
            TenantDatabaseEngine::None => Some(TenantDatabase::None),
            TenantDatabaseEngine::Postgres => {
                PostgresInputs::decode_fields(&own, at, to).map(Box::new).map(TenantDatabase::Postgres)
            }
            TenantDatabaseEngine::Aurora => {
                AuroraPostgresInputs::decode_fields(&own, at, to).map(Box::new).map(TenantDatabase::Aurora)
            }
        }
    }

    fn properties(&self) -> ArgProperties {
        let kind = |engine| Kind { engine }.properties();
        match self {
            TenantDatabase::None => kind(TenantDatabaseEngine::None),
            TenantDatabase::Postgres(database) => {
                kind(TenantDatabaseEngine::Postgres).into_iter().chain(database.properties()).collect()
            }
            TenantDatabase::Aurora(database) => {
                kind(TenantDatabaseEngine::Aurora).into_iter().chain(database.properties()).collect()
            }
        }
    }
}
