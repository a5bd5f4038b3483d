//! Rules between the inputs of an Aurora `PostgreSQL` database.

use framework::{problem::Problems, value::Path};

use super::inputs::AuroraPostgresInputs;
use crate::{components::postgresql, resources::rds::db_cluster::capacity};

/// Notes what doesn't fit together.
pub fn check(want: &AuroraPostgresInputs, problems: &mut Problems) {
    let wanted = capacity::Range {
        least: want.min_capacity,
        most: want.max_capacity,
        pauses: want.auto_pause_seconds.is_some(),
    };
    let at = capacity::Places {
        least: Path::of("minCapacity"),
        most: Path::of("maxCapacity"),
        pause: Path::of("autoPauseSeconds"),
    };
    capacity::check(&wanted, &at, problems);
    postgresql::check(&want.username, want.parameters.as_ref(), problems);
}
