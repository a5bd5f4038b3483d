//! Rules between the inputs of a `PostgreSQL` database.

use framework::{problem::Problems, value::Path};

use super::inputs::PostgresInputs;
use crate::components::postgresql;

/// Notes what doesn't fit together.
pub fn check(want: &PostgresInputs, problems: &mut Problems) {
    if want.max_allocated_storage < want.allocated_storage {
        problems.add(Path::of("maxAllocatedStorage"), "must not be less than allocatedStorage");
    }
    postgresql::check(&want.username, want.parameters.as_ref(), problems);
}
