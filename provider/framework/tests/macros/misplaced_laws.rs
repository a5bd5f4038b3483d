//! Laws that fields of those types can neither keep nor break.
use std::collections::BTreeMap;

use framework::Object;

/// A machine.
#[derive(Object, Clone)]
#[object(token = "compute:Machine")]
struct Machine {
    /// Its name.
    #[field(set, range(1, 2), one_of(1), items(1, 2), each(length(1, 2)))]
    name: Option<String>,
    /// Its commands.
    #[field(pattern("[a-z]+", "small letters"), length(1, 9), never_begins("a"), each(range(1, 2)))]
    commands: Option<Vec<String>>,
    /// Its ports.
    #[field(range(1, 65535), named(9), each(length(1, 5)))]
    ports: Vec<i64>,
    /// Its labels.
    #[field(set, length(1, 2), pattern("[a-z]+", "small letters"))]
    labels: BTreeMap<String, String>,
    /// Its size.
    #[field(length(1, 2), pattern("[0-9]", "a digit"), items(1, 2))]
    size: f64,
    /// Whether it runs.
    #[field(default = true, range(0, 1))]
    runs: bool,
}

fn main() {}
