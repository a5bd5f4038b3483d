//! Versions of engines: what belongs together, and what comes later.

use std::cmp::Ordering;

/// Whether what runs is what the program says: that version, a part of it (`16` is any 16.x), or a later minor one, to
/// which AWS upgrades by itself.
#[must_use]
pub fn satisfies(running: &str, said: &str, engine: &str) -> bool {
    is_of(running, said)
        || (major(running, engine) == major(said, engine) && compare(running, said) == Ordering::Greater)
}

/// Whether the change leads to another major version, upwards.
#[must_use]
pub fn is_major_upgrade(was: &str, want: &str, engine: &str) -> bool {
    major(was, engine) != major(want, engine) && compare(want, was) == Ordering::Greater
}

/// Whether the change leads back to an earlier major version, which no database can do.
#[must_use]
pub fn is_major_downgrade(was: &str, want: &str, engine: &str) -> bool {
    major(was, engine) != major(want, engine) && compare(want, was) == Ordering::Less
}

fn is_of(running: &str, said: &str) -> bool {
    running.strip_prefix(said).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// PostgreSQL's major version is one number; those of MySQL and MariaDB are two. What says less than that is taken as
/// it is.
fn major<'a>(version: &'a str, engine: &str) -> Vec<&'a str> {
    let parts = if engine.ends_with("postgresql") || engine == "postgres" { 1 } else { 2 };
    version.split('.').take(parts).collect()
}

/// By numbers, part by part; what both have counts.
fn compare(one: &str, other: &str) -> Ordering {
    let number = |part: &str| part.parse::<u64>().ok();
    let parts = one.split('.').zip(other.split('.'));
    let unequal = parts.map(|(one, other)| match (number(one), number(other)) {
        (Some(one), Some(other)) => one.cmp(&other),
        _ => one.cmp(other),
    });
    unequal.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_major_version_is_any_of_its_minor_ones_and_minor_ones_only_rise() {
        for (running, said, satisfied) in [
            ("16.4", "16", true),
            ("16.4", "16.4", true),
            ("16.10", "16.4", true),
            ("16.4", "16.10", false),
            ("17.1", "16", false),
            ("17.1", "16.4", false),
            ("16.4", "17", false),
            ("160.1", "16", false),
        ] {
            assert_eq!(satisfies(running, said, "postgres"), satisfied, "{running} {said}");
        }
        assert!(satisfies("8.0.40", "8.0", "mysql"));
        assert!(satisfies("8.0.40", "8.0.35", "mysql"));
        assert!(!satisfies("8.4.1", "8.0.35", "mysql"));
        assert!(satisfies("8.0.mysql_aurora.3.08.0", "8.0", "aurora-mysql"));
    }

    #[test]
    fn what_is_a_major_upgrade() {
        assert!(is_major_upgrade("16.4", "17", "postgres"));
        assert!(is_major_upgrade("16", "17.1", "aurora-postgresql"));
        assert!(!is_major_upgrade("16.4", "16.9", "postgres"));
        assert!(is_major_upgrade("8.0.40", "8.4.1", "mysql"));
        assert!(!is_major_upgrade("8.0.35", "8.0.40", "mysql"));
        assert!(is_major_downgrade("17.1", "16", "postgres"));
        assert!(!is_major_downgrade("16.9", "16.4", "postgres"));
    }
}
