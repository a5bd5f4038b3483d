//! Many cases of a law, some at a time; all that break it are shown.

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};

use crate::program::{Subject, subjects};

/// How many run at once: most of their time is waiting.
pub const AT_ONCE: usize = 10;

/// The variable with the tokens of the only resources to try, with commas; `--nocapture` shows each case that ends.
const ONLY: &str = "CONTRACT";

/// One case: what breaks the law is its error.
pub struct Case {
    name: String,
    run: BoxFuture<'static, Result<(), String>>,
}

impl Case {
    pub fn new(name: String, run: impl Future<Output = Result<(), String>> + Send + 'static) -> Self {
        Case { name, run: run.boxed() }
    }
}

/// The subjects of this run.
pub fn chosen() -> Vec<Subject> {
    let only = std::env::var(ONLY).unwrap_or_default();
    let chosen = |subject: &Subject| only.is_empty() || only.split(',').any(|token| subject.token == token);
    subjects().into_iter().filter(chosen).collect()
}

/// Those of them that a law concerns.
pub fn concerned(law: &str) -> Vec<Subject> {
    chosen().into_iter().filter(|subject| subject.excuse(law).is_none()).collect()
}

/// Runs all cases; fails with all that break the law.
pub async fn keep(law: &str, cases: Vec<Case>) {
    let count = cases.len();
    let ran = stream::iter(cases).map(|case| async move {
        let ended = tokio::spawn(case.run).await;
        let broken = match ended {
            Ok(kept) => kept.err(),
            Err(panic) => Some(format!("panicked: {panic}")),
        };
        println!("{law}, {}: {}", case.name, broken.as_deref().unwrap_or("kept"));
        broken.map(|how| format!("{}: {how}", case.name))
    });
    let broken: Vec<String> = ran.buffer_unordered(AT_ONCE).filter_map(|broken| async { broken }).collect().await;
    assert!(broken.is_empty(), "{law}: broken in {} of {count} cases:\n  {}", broken.len(), broken.join("\n  "));
}
