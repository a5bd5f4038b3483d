//! The notes taken while values are read.

use std::{collections::BTreeSet, fmt::Display};

use crate::{
    problem::Problems,
    value::{Path, Urn, Value},
};

/// What came to light while a value was read into a type.
#[derive(Default)]
pub struct Decoding {
    problems: Problems,
    unknown: bool,
    secret: bool,
    dependencies: BTreeSet<Urn>,
    /// Whether what is being read must not be shown to anybody.
    hidden: bool,
}

impl Decoding {
    /// A fresh sheet.
    #[must_use]
    pub fn new() -> Self {
        Decoding::default()
    }

    /// Notes that something is wrong.
    pub fn problem(&mut self, at: &Path, reason: impl Into<String>) {
        self.problems.add(at.clone(), reason);
    }

    /// Notes that something else was given than is wanted. What was given is shown unless it is secret.
    pub fn wrong(&mut self, at: &Path, wanted: impl Display, given: impl Display) {
        let reason = if self.hidden { wanted.to_string() } else { format!("{wanted}, not {given}") };
        self.problem(at, reason);
    }

    /// Reads something; what is wrong with it is noted without showing it where it is `secret`.
    pub(crate) fn hiding<T>(&mut self, secret: bool, read: impl FnOnce(&mut Self) -> T) -> T {
        let hidden = self.hidden;
        self.hidden |= secret;
        let read = read(self);
        self.hidden = hidden;
        read
    }

    /// A sheet of its own for a part of what is being read.
    pub(super) fn for_part(&self) -> Self {
        Decoding { hidden: self.hidden, ..Decoding::default() }
    }

    /// Looks through a value's marks, and notes them. Unknown values give nothing.
    pub fn look_through<'a>(&mut self, value: &'a Value) -> Option<&'a Value> {
        match value {
            Value::Unknown => {
                self.unknown = true;
                None
            }
            Value::Secret(inner) => {
                self.secret = true;
                self.look_through(inner)
            }
            Value::Output(output) => {
                self.secret |= output.secret;
                self.dependencies.extend(output.dependencies.iter().cloned());
                match &output.value {
                    Some(inner) => self.look_through(inner),
                    None => self.look_through(&Value::Unknown),
                }
            }
            known => Some(known),
        }
    }

    /// Whether anything that was read is unknown.
    #[must_use]
    pub fn saw_unknown(&self) -> bool {
        self.unknown
    }

    /// Whether anything that was read is secret.
    #[must_use]
    pub fn saw_secret(&self) -> bool {
        self.secret
    }

    /// Everything that what was read depends on.
    #[must_use]
    pub fn dependencies(&self) -> &BTreeSet<Urn> {
        &self.dependencies
    }

    /// Everything that is wrong.
    #[must_use]
    pub fn into_problems(self) -> Problems {
        self.problems
    }

    /// What is wrong so far.
    #[must_use]
    pub fn problems(&self) -> &Problems {
        &self.problems
    }
}
