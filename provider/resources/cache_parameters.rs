//! The parameters of an engine of Amazon ElastiCache.

use std::collections::BTreeMap;

use framework::{problem::Problems, value::Path};

/// Notes parameters without a value.
pub fn check(parameters: &BTreeMap<String, String>, at: &Path, problems: &mut Problems) {
    for (name, _) in parameters.iter().filter(|(_, value)| value.is_empty()) {
        problems.add(at.key(name), "must not be empty: leave it out, and it has the engine's own value");
    }
}
