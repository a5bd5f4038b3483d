//! Between which capacities members of a cluster follow their load.

use framework::{problem::Problems, value::Path};

use crate::aws::limits::databases::{CAPACITY, LEAST_GREATEST_CAPACITY};

/// What is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
    /// Whether the time is said after which a member stops.
    pub pauses: bool,
}

/// Where each of it is said.
pub struct Places {
    /// The least.
    pub least: Path,
    /// The most.
    pub most: Path,
    /// When a member stops.
    pub pause: Path,
}

/// Notes what AWS wouldn't take.
pub fn check(wanted: &Range, at: &Places, problems: &mut Problems) {
    let is_in_halves = |capacity: f64| (capacity * 2.0).fract() == 0.0;
    let (lowest, highest) = (CAPACITY.start(), CAPACITY.end());
    if !CAPACITY.contains(&wanted.least) || !is_in_halves(wanted.least) {
        problems.add(at.least.clone(), format!("must be between {lowest} and {highest}, in halves"));
    }
    if !(LEAST_GREATEST_CAPACITY..=*highest).contains(&wanted.most) || !is_in_halves(wanted.most) {
        problems.add(at.most.clone(), format!("must be between {LEAST_GREATEST_CAPACITY} and {highest}, in halves"));
    } else if wanted.most < wanted.least {
        problems.add(at.most.clone(), format!("must not be less than {}", name(&at.least)));
    }
    if wanted.pauses && wanted.least > 0.0 {
        problems.add(at.pause.clone(), format!("needs a {} of 0", name(&at.least)));
    }
}

/// The last word of a path.
fn name(path: &Path) -> String {
    path.to_string().rsplit('.').next().unwrap_or_default().to_owned()
}
