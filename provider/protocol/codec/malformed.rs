//! A value that breaks the rules of the wire, and where it stands.

use std::fmt;

use framework::value::{Path, Segment};

/// Why a value can't be taken or sent. Never says what the value is: it may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    reason: String,
    /// From the value out to the message: errors travel that way, and most values never fail.
    inside: Vec<Segment>,
}

impl Malformed {
    /// Says what is wrong with a value.
    pub fn new(reason: impl Into<String>) -> Self {
        Malformed { reason: reason.into(), inside: Vec::new() }
    }

    /// Says that the value is the one under that key.
    #[must_use]
    pub fn under(mut self, key: &str) -> Self {
        self.inside.push(Segment::Key(key.to_owned()));
        self
    }

    /// Says that the value is the one at that place in a list.
    #[must_use]
    pub fn at(mut self, index: usize) -> Self {
        self.inside.push(Segment::Index(index));
        self
    }

    /// Where the value stands.
    #[must_use]
    pub fn path(&self) -> Path {
        self.inside.iter().rev().fold(Path::root(), |path, segment| match segment {
            Segment::Key(key) => path.key(key),
            Segment::Index(index) => path.index(*index),
        })
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.inside.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Malformed {}
