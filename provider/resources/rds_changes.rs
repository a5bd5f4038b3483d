//! Changing databases: what differs of what a call can change, and waiting until RDS has heard.

use std::collections::BTreeSet;

use framework::{
    engine::Severity,
    error::Kind,
    property::{Field, Role},
    resource::{Look, Resource, changes},
    value::Map,
};

use crate::aws::{
    Cx, Error, Findable, Result,
    limits::{databases, waits},
};

/// The names of properties.
pub type Names = BTreeSet<&'static str>;

/// The inputs that a call can change: all but what only another database can have, and what this call isn't about.
pub fn settable<R: Resource>(elsewhere: &[&str]) -> impl Iterator<Item = &'static Field> {
    R::FIELDS.iter().filter(|field| field.role == Role::Input && !field.replaces && !elsewhere.contains(&field.name))
}

/// Which of them differ between what is shown and what is wanted.
pub fn differing<R: Resource>(elsewhere: &[&str], shown: &Map, wanted: &Map) -> Names {
    let differs = |field: &&Field| !changes(std::iter::once(*field), shown, wanted).is_empty();
    settable::<R>(elsewhere).filter(differs).map(|field| field.name).collect()
}

/// A kind of database, as RDS shows it.
pub trait Shown: Findable {
    /// What RDS says of it.
    fn state(&self) -> Option<&str>;
}

/// What is there.
///
/// # Errors
///
/// That it is gone.
pub async fn there<F: Shown>(cx: &Cx, id: &str) -> Result<F> {
    cx.find::<F>(id).await?.ok_or_else(|| Error::new(Kind::Gone, format!("{id} isn't there")))
}

/// Asks for a change, and waits until RDS shows that it has heard: `rest` is what isn't as it was asked for, nor waits
/// to be.
///
/// # Errors
///
/// What the call fails with.
pub async fn asked_for<F: Shown, Asked: Future<Output = Result<Look<()>>> + Send>(
    cx: &Cx,
    id: &str,
    ask: impl Fn() -> Asked + Send + Sync,
    rest: impl Fn(&F) -> Vec<&'static str> + Send + Sync,
) -> Result<F> {
    let asked = || async {
        match ask().await {
            // It may be busy with this very change, if the answer to the first call for it was lost.
            Err(error) if error.kind() == Kind::Conflict => {
                let done = rest(&there::<F>(cx, id).await?).is_empty();
                Ok(if done { Look::Ready(()) } else { Look::Pending(error.to_string()) })
            }
            asked => asked,
        }
    };
    cx.until(&waits::DB_CHANGE_SEEN, id, asked).await?;
    let look = || async { Ok(heard(cx.find::<F>(id).await?, &rest)) };
    match cx.until(&waits::DB_CHANGE_SEEN, id, look).await {
        Err(error) if error.kind() == Kind::TimedOut => {
            let told = format!("RDS has accepted a change of {id}, and doesn't show it: {error}");
            cx.operation().tell(Severity::Warning, told);
            there(cx, id).await
        }
        seen => seen,
    }
}

/// Whether RDS is at it, or done with it.
fn heard<F: Shown>(found: Option<F>, rest: impl Fn(&F) -> Vec<&'static str>) -> Look<F> {
    let Some(found) = found else { return Look::Pending("not to be seen".to_owned()) };
    let rest = rest(&found);
    match rest.is_empty() || !found.state().is_some_and(databases::is_ready) {
        true => Look::Ready(found),
        false => Look::Pending(format!("available, with the old {}", rest.join(", "))),
    }
}
