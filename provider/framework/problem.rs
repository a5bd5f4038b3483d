//! What is wrong with what somebody asked for: every violation, each with its place.

use crate::value::Path;

/// One thing that is wrong with the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is; the root when it concerns the resource as a whole.
    pub path: Path,
    /// What is wrong and what to do, as a sentence without the path.
    pub reason: String,
}

/// How many problems are told at once: each is compared with all others, and a list may have a million elements.
const MOST: usize = 1_000;

/// All things that are wrong with the inputs, found in one go.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No problem yet.
    #[must_use]
    pub fn none() -> Self {
        Problems::default()
    }

    /// A single problem.
    #[must_use]
    pub fn one(path: Path, reason: impl Into<String>) -> Self {
        let mut problems = Problems::none();
        problems.add(path, reason);
        problems
    }

    /// Adds a problem, unless it is there already, or there are more than anybody reads.
    pub fn add(&mut self, path: Path, reason: impl Into<String>) {
        let problem = Problem { path, reason: reason.into() };
        if self.0.len() < MOST && !self.0.contains(&problem) {
            self.0.push(problem);
        }
    }

    /// Adds those of another check.
    pub fn append(&mut self, others: Problems) {
        for problem in others.0 {
            self.add(problem.path, problem.reason);
        }
    }

    /// The same problems of a part, which lies there in the whole.
    #[must_use]
    pub fn under(self, at: &Path) -> Self {
        let moved = |problem: Problem| Problem { path: at.join(&problem.path), ..problem };
        Problems(self.0.into_iter().map(moved).collect())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each problem, in the order of finding.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }

    /// `Ok` when nothing is wrong.
    ///
    /// # Errors
    ///
    /// The problems themselves, when there are any.
    pub fn into_result(self) -> Result<(), Problems> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
