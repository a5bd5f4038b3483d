//! The end of a database: with a last snapshot, unless the program says otherwise, and nothing lost by mistake.

use std::sync::atomic::{AtomicBool, Ordering};

use framework::{engine::Severity, error::Kind, resource::Look};

use crate::aws::{
    Cx, Error, Result,
    limits::{codes, databases},
};

/// What the program says of a database's last snapshot.
#[derive(Clone, Debug, Default)]
pub struct Last {
    /// That there is none.
    pub skipped: bool,
    /// Its name.
    pub named: Option<String>,
}

/// The name of the last snapshot, or nothing where the program wants none.
///
/// # Errors
///
/// That RDS makes none in this state: the database stays until the program says that it may go without.
pub fn last_snapshot(id: &str, status: &str, resource: &str, last: Last) -> Result<Option<String>> {
    if last.skipped {
        return Ok(None);
    }
    if databases::WITHOUT_SNAPSHOT.contains(&status) {
        return Err(Error::new(Kind::Invalid, format!("{id} is {status}, and RDS makes no final snapshot of it")).with_advice(
            "If it never held anything, or its data is safe elsewhere, set `finalSnapshot: false` and run `pulumi up` before you delete it",
        ));
    }
    Ok(Some(last.named.unwrap_or_else(|| unique_name(id, resource))))
}

/// A name that no other database's last snapshot has, and that is the same however often the deletion is asked for.
fn unique_name(id: &str, resource: &str) -> String {
    let resource = resource.to_ascii_lowercase();
    let own = resource.strip_prefix("db-").or_else(|| resource.strip_prefix("cluster-")).unwrap_or(&resource);
    format!("{id}-final-{own}")
}

/// Says that what has this name isn't what the state knows, and so stays; nothing if it is.
///
/// # Errors
///
/// That what the state knows is gone.
pub fn same(cx: &Cx, id: &str, found: Option<&str>, recorded: Option<&str>) -> Result<()> {
    let Some(recorded) = recorded.filter(|recorded| found != Some(*recorded)) else { return Ok(()) };
    let told = format!(
        "{id} was kept: it isn't what the state knows ({recorded}), which is gone, but another one of the same name"
    );
    cx.operation().tell(Severity::Warning, told);
    Err(Error::new(Kind::Gone, format!("{id} is gone")))
}

/// How far the deletion is. A last snapshot that fails brings the database back.
pub fn progress(status: Option<&str>, going: &AtomicBool) -> Look<()> {
    match status {
        None => Look::Ready(()),
        Some(databases::DELETING) => {
            going.store(true, Ordering::Relaxed);
            Look::Pending("being deleted, with its final snapshot if it has one".to_owned())
        }
        Some(status) if going.load(Ordering::Relaxed) => Look::Failed(format!(
            "its deletion has stopped, and it is {status} again: perhaps no final snapshot could be made"
        )),
        Some(status) => Look::Pending(status.to_owned()),
    }
}

/// Why a deletion was refused, with what can be done.
pub fn explained(refusal: Error, id: &str, protected: bool, snapshot: Option<&str>) -> Error {
    if protected {
        return refusal.with_advice(format!(
            "{id} is protected. Set `deletionProtection: false` and run `pulumi up`; then it can be deleted"
        ));
    }
    match (refusal.code(), snapshot) {
        (Some(code), Some(name)) if codes::DB_SNAPSHOT_EXISTS.contains(&code) => {
            refusal.with_advice(instead_of_taken(id, name))
        }
        _ => refusal,
    }
}

/// That the last snapshot's name is another snapshot's.
pub fn taken(id: &str, name: &str) -> Error {
    Error::new(Kind::Invalid, format!("{id} was kept, as its final snapshot can't have the name {name}"))
        .with_advice(instead_of_taken(id, name))
}

fn instead_of_taken(id: &str, name: &str) -> String {
    format!(
        "There is a snapshot {name} already, which may be older than the last change of the data: {id} stays. Set finalDbSnapshotIdentifier to another name and run `pulumi up`, or delete that snapshot; then it can be deleted"
    )
}

/// Says what is left of it.
pub fn tell_kept(cx: &Cx, id: &str, snapshot: Option<&str>, keeps_backups: bool) {
    if let Some(name) = snapshot {
        cx.operation().tell(Severity::Info, format!("what was in {id} is kept in the snapshot {name}"));
    }
    if keeps_backups {
        let told =
            format!("the automated backups of {id} are kept until they are as old as backupRetentionPeriod says");
        cx.operation().tell(Severity::Info, told);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_last_snapshot_unless_the_program_says_otherwise() {
        let name = |last| last_snapshot("one", "available", "db-ABC12", last).unwrap();
        assert_eq!(name(Last::default()).as_deref(), Some("one-final-abc12"), "imported: nobody said anything");
        assert_eq!(name(Last { named: Some("last".to_owned()), skipped: false }).as_deref(), Some("last"));
        assert_eq!(name(Last { skipped: true, named: None }), None);
        let cluster = last_snapshot("one", "available", "cluster-ABC12", Last::default());
        assert_eq!(cluster.unwrap().as_deref(), Some("one-final-abc12"));
    }

    #[test]
    fn what_rds_makes_no_snapshot_of_stays_until_the_program_says_so() {
        let refused = last_snapshot("one", "failed", "db-A", Last::default()).unwrap_err().to_string();
        assert!(refused.contains("finalSnapshot: false"), "{refused}");
        let skipped = last_snapshot("one", "failed", "db-A", Last { skipped: true, named: None });
        assert_eq!(skipped.unwrap(), None);
    }

    #[test]
    fn a_database_that_comes_back_was_not_deleted() {
        let going = AtomicBool::new(false);
        assert!(matches!(progress(Some("available"), &going), Look::Pending(_)));
        assert!(matches!(progress(Some("deleting"), &going), Look::Pending(_)));
        assert!(matches!(progress(Some("available"), &going), Look::Failed(_)));
        assert!(matches!(progress(None, &going), Look::Ready(())));
    }
}
