//! Rules between the inputs of a cache.

use framework::{problem::Problems, value::Path};

use super::inputs::{RedisEngine, RedisInputs};
use crate::resources::cache_parameters;

/// Which versions an engine has, as major and minor numbers: from the least on, below the end.
///
/// Source: "Supported engines and versions", Amazon ElastiCache User Guide. Redis OSS ends at 7.1.
fn versions(engine: RedisEngine) -> ((u32, u32), (u32, u32)) {
    match engine {
        RedisEngine::Valkey => ((7, 2), (100, 0)),
        RedisEngine::Redis => ((6, 0), (7, 2)),
    }
}

/// Notes what doesn't fit together.
pub fn check(want: &RedisInputs, problems: &mut Problems) {
    if let Some(parameters) = &want.parameters {
        cache_parameters::check(parameters, &Path::of("parameters"), problems);
    }
    let Some(version) = &want.engine_version else { return };
    let (least, end) = versions(want.engine);
    if number(version).is_some_and(|version| version < least || version >= end) {
        let reason = match want.engine {
            RedisEngine::Valkey => "must be 7.2 or later for valkey",
            RedisEngine::Redis => "must be from 6.0 to 7.1 for redis: later ones are valkey's",
        };
        problems.add(Path::of("engineVersion"), reason);
    }
}

fn number(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
