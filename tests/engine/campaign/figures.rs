//! What is counted. All but the first must be zero.

use serde_json::{Value, json};

/// What came of the faults of a part.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Faults tried.
    pub tried: usize,
    /// Things in the account that no state knows.
    pub orphans: usize,
    /// More of a kind than programs ask for.
    pub duplicates: usize,
    /// Things of somebody else that were changed, deleted or named in a call that changes.
    pub foreign: usize,
    /// Things that were deleted though a program asks for them.
    pub wrong_deletes: usize,
    /// Runs after the fault that did otherwise than docs/after-an-interruption.md says.
    pub otherwise: usize,
    /// The faults, and what was wrong.
    pub faults: Vec<String>,
    pub notes: Vec<String>,
}

/// The columns of the report, in its order.
pub const COLUMNS: [&str; 6] = [
    "faults tried",
    "orphans",
    "duplicates",
    "foreign resources touched",
    "wrong deletes",
    "otherwise than the page says",
];

impl Figures {
    /// The figures, in the order of the columns.
    pub fn row(&self) -> [usize; 6] {
        [self.tried, self.orphans, self.duplicates, self.foreign, self.wrong_deletes, self.otherwise]
    }

    /// Whether all is as it should be.
    pub fn is_clean(&self) -> bool {
        self.row()[1..] == [0; 5]
    }

    pub fn note(&mut self, note: String) {
        println!("      {note}");
        self.notes.push(note);
    }

    pub fn to_json(&self) -> Value {
        json!({ "figures": self.row(), "faults": self.faults, "notes": self.notes })
    }
}
