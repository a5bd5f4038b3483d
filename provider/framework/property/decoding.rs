//! The notes taken while values are read.

use std::collections::BTreeSet;

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
