//! A difference as the engine shows it, and acts on it.

use std::collections::{BTreeMap, BTreeSet};

use framework::resource::{ChangeKind, Difference, PropertyChange};

use crate::protocol::wire::pulumirpc::{DiffResponse, PropertyDiff, diff_response::DiffChanges, property_diff};

/// The same difference three times over, as the protocol wants it: the roots that changed, those of
/// them that replace, and each change by its path.
pub fn response(difference: Difference) -> DiffResponse {
    if difference.changes.is_empty() {
        return DiffResponse { changes: DiffChanges::DiffNone.into(), has_detailed_diff: true, ..Default::default() };
    }
    DiffResponse {
        changes: DiffChanges::DiffSome.into(),
        diffs: roots(&difference, |_| true),
        replaces: roots(&difference, |change| change.replaces),
        detailed_diff: detailed(&difference),
        has_detailed_diff: true,
        delete_before_replace: difference.delete_before_replace,
        stables: difference.stables,
    }
}

fn roots(difference: &Difference, counts: impl Fn(&PropertyChange) -> bool) -> Vec<String> {
    let counted = difference.changes.iter().filter(|(_, change)| counts(change));
    let roots: BTreeSet<_> = counted.filter_map(|(path, _)| path.property()).collect();
    roots.into_iter().map(str::to_owned).collect()
}

fn detailed(difference: &Difference) -> BTreeMap<String, PropertyDiff> {
    let changes = difference.changes.iter();
    changes
        .map(|(path, change)| (path.to_string(), PropertyDiff { kind: kind(change).into(), input_diff: true }))
        .collect()
}

fn kind(change: &PropertyChange) -> property_diff::Kind {
    use property_diff::Kind;
    match (change.kind, change.replaces) {
        (ChangeKind::Add, false) => Kind::Add,
        (ChangeKind::Add, true) => Kind::AddReplace,
        (ChangeKind::Delete, false) => Kind::Delete,
        (ChangeKind::Delete, true) => Kind::DeleteReplace,
        (ChangeKind::Update, false) => Kind::Update,
        (ChangeKind::Update, true) => Kind::UpdateReplace,
    }
}
