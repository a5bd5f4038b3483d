//! How many cases of a law are tried, and what is told of one that breaks it.

use std::{env, fmt::Debug};

use proptest::{
    strategy::Strategy,
    test_runner::{Config, TestCaseResult, TestRunner},
};

/// Tries a law on so many cases, or on as many as `PROPTEST_CASES` says.
pub fn always<S: Strategy>(usually: u32, cases: S, law: impl Fn(S::Value) -> TestCaseResult)
where
    S::Value: Debug,
{
    let asked = env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let config = Config { cases: asked.unwrap_or(usually), failure_persistence: None, ..Config::default() };
    if let Err(broken) = TestRunner::new(config).run(&cases, law) {
        panic!("{broken}");
    }
}
