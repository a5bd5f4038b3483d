//! Many cases of a law, some at a time; all that break it are shown.

use std::{
    io::Write,
    sync::atomic::{AtomicUsize, Ordering},
};

use futures::{FutureExt, StreamExt, future::BoxFuture, stream};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::program::{Subject, subjects};

/// How many run at once, of all laws together: most of their time is waiting.
pub const AT_ONCE: usize = 24;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);

/// After how many cases people hear of it.
const TOLD_EVERY: usize = 100;

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

/// Waits until one more may run; dropping it ends the turn.
pub async fn turn() -> SemaphorePermit<'static> {
    TURNS.acquire().await.expect("it is never closed")
}

/// Runs all cases; fails with all that break the law.
pub async fn keep(law: &str, cases: Vec<Case>) {
    let (count, ended) = (cases.len(), AtomicUsize::new(0));
    let told = |ended: usize| {
        if ended.is_multiple_of(TOLD_EVERY) {
            // Straight to the terminal: what tests print is kept back until they fail.
            let _ = writeln!(std::io::stderr(), "      {law}: {ended} of {count} cases");
        }
    };
    let ended = &ended;
    let ran = stream::iter(cases).map(|case| async move {
        let turn = turn().await;
        let broken = match tokio::spawn(case.run).await {
            Ok(kept) => kept.err(),
            Err(panic) => Some(format!("panicked: {panic}")),
        };
        drop(turn);
        told(ended.fetch_add(1, Ordering::Relaxed) + 1);
        println!("{law}, {}: {}", case.name, broken.as_deref().unwrap_or("kept"));
        broken.map(|how| format!("{}: {how}", case.name))
    });
    let broken: Vec<String> = ran.buffer_unordered(AT_ONCE).filter_map(|broken| async { broken }).collect().await;
    assert!(broken.is_empty(), "{law}: broken in {} of {count} cases:\n  {}", broken.len(), broken.join("\n  "));
}
