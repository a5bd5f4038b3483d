//! Versions of a cache's engine: what a program means by one, and what runs.
//!
//! A program says `8.0`, or only `8`; AWS says `8.0.1`, and brings in minor upgrades by itself. None of that is a change.

use aws_sdk_elasticache::types::CacheEngineVersion;

use crate::aws::{Cx, Result};

/// The numbers of a version, as far as it has any: `6.x` is `[6]`.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}

/// Whether a version that runs is one that was asked for: `7.1.0` is `7.1`, and `7`.
pub(super) fn is(asked: &str, runs: &str) -> bool {
    asked == runs || !numbers(asked).is_empty() && numbers(runs).starts_with(&numbers(asked))
}

/// Whether what runs is what AWS has made of what was asked for: the same, or a later one with the same first number.
fn came_from(asked: &str, runs: &str) -> bool {
    let (asked_for, running) = (numbers(asked), numbers(runs));
    is(asked, runs) || asked_for.first() == running.first() && !asked_for.is_empty() && running > asked_for
}

/// Whether another version that is asked for is an earlier one: `8` isn't earlier than `8.1`, which it stands for.
pub(super) fn goes_back(was: &str, asked: &str) -> bool {
    let (was, asked) = (numbers(was), numbers(asked));
    was.iter().zip(&asked).find(|(was, asked)| was != asked).is_some_and(|(was, asked)| asked < was)
}

/// What runs, in the program's words where it comes from them; otherwise as a program would ask for it.
pub(super) fn in_words(said: Option<String>, runs: &str) -> String {
    match said.filter(|said| came_from(said, runs)) {
        Some(said) => said,
        None => asked_for_as(runs),
    }
}

/// The last version that is asked for by three numbers, and not by two.
///
/// Source: "Engine versions and upgrading", Amazon ElastiCache User Guide: since 6.0 AWS chooses the third one.
const IN_FULL: u32 = 5;

fn asked_for_as(runs: &str) -> String {
    let parts: Vec<&str> = runs.split('.').collect();
    match numbers(runs).first() {
        Some(first) if *first > IN_FULL && parts.len() > 2 => parts[..2].join("."),
        _ => runs.to_owned(),
    }
}

/// The version to ask AWS for: for a first number alone, the latest that there is.
pub(super) async fn to_ask(cx: &Cx, engine: &str, asked: &str) -> Result<String> {
    if asked.contains('.') {
        return Ok(asked.to_owned());
    }
    let call = cx.elasticache().describe_cache_engine_versions().engine(engine);
    let there: Vec<CacheEngineVersion> = call.into_paginator().items().send().try_collect().await?;
    let such = there.iter().filter_map(CacheEngineVersion::engine_version).filter(|there| is(asked, there));
    let latest = such.max_by_key(|there| numbers(there));
    Ok(latest.map_or_else(|| asked.to_owned(), asked_for_as))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(said: &str, runs: &str) -> String {
        in_words(Some(said.to_owned()), runs)
    }

    #[test]
    fn what_aws_makes_of_a_version_is_no_change() {
        for (said, runs) in [
            ("7", "7.1.0"),
            ("7.1", "7.1.0"),
            ("8.0", "8.0.1"),
            ("8.0", "8.1.2"),
            ("6.x", "6.2.6"),
            ("5.0.6", "5.0.6"),
            ("7", "7.0.7"),
        ] {
            assert_eq!(words(said, runs), said, "{runs} runs");
        }
    }

    #[test]
    fn another_version_is_shown_as_a_program_would_say_it() {
        for (said, runs, shown) in [
            ("7.1", "8.0.1", "8.0"),
            ("8.1", "8.0.1", "8.0"),
            ("8", "7.2.6", "7.2"),
            ("7.0", "5.0.6", "5.0.6"),
            ("80", "8.0.1", "8.0"),
        ] {
            assert_eq!(words(said, runs), shown, "{said} was said");
        }
        assert_eq!(in_words(None, "7.1.0"), "7.1");
    }

    #[test]
    fn an_earlier_version_is_one_with_a_lower_number() {
        assert!(goes_back("8.1", "8.0") && goes_back("8.0", "7.2") && goes_back("8", "7.2") && goes_back("10", "9.1"));
        assert!(
            !goes_back("8.1", "8") && !goes_back("8", "8.1") && !goes_back("7.2", "8.0") && !goes_back("9.1", "10")
        );
    }

    #[test]
    fn a_version_is_had_if_it_begins_so() {
        assert!(is("7", "7.1.0") && is("7.1", "7.1.0") && is("6.x", "6.2.6") && is("odd", "odd"));
        assert!(!is("7.1", "7.0.7") && !is("8.0", "8.1.0") && !is("", "8.1.0") && !is("1", "10.0.0"));
    }
}
