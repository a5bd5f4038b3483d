//! How many days logs are kept, where the program doesn't say.

use crate::aws::Mode;

/// The usual number of days.
#[must_use]
pub fn usual(mode: Mode) -> i32 {
    match mode {
        Mode::Production => 90,
        Mode::Development => 30,
    }
}
