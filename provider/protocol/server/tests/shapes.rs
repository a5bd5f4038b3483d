//! What the engine is told of differences and failures.

use std::collections::BTreeSet;

use framework::{
    error::{Error, Kind},
    problem::Problems,
    resource::{ChangeKind, Difference, Failure, PropertyChange},
    value::{Map, Path, Value},
};
use proptest::{collection, prelude::*};
use prost::Message;
use tonic::{Code, Status};

use crate::protocol::server::{difference, failure};
use crate::protocol::{
    codec::decode,
    doubles::TestResult,
    wire::{
        google::rpc,
        pulumirpc::{
            DiffResponse, ErrorResourceInitFailed, InputPropertiesError, diff_response::DiffChanges,
            property_diff::Kind as Change,
        },
    },
};

fn change() -> impl Strategy<Value = PropertyChange> {
    let kind = prop_oneof![Just(ChangeKind::Add), Just(ChangeKind::Delete), Just(ChangeKind::Update)];
    (kind, any::<bool>()).prop_map(|(kind, replaces)| PropertyChange { kind, replaces })
}

fn path() -> impl Strategy<Value = Path> {
    let root = proptest::sample::select(&["a", "b", "c.d"][..]).prop_map(Path::of);
    (root, proptest::option::of(0..3_usize), proptest::option::of("[a-z.]{1,3}")).prop_map(|(root, index, key)| {
        let path = index.map_or_else(|| root.clone(), |index| root.index(index));
        key.map_or_else(|| path.clone(), |key| path.key(&key))
    })
}

fn replaces(kind: i32) -> bool {
    let kinds = [Change::AddReplace, Change::DeleteReplace, Change::UpdateReplace];
    kinds.into_iter().any(|replacing| i32::from(replacing) == kind)
}

proptest! {
    #[test]
    fn the_three_forms_of_a_difference_agree(
        changes in collection::btree_map(path(), change(), 0..6),
        delete_before_replace: bool,
    ) {
        let roots = |all: bool| -> BTreeSet<String> {
            let counted = changes.iter().filter(|(_, change)| all || change.replaces);
            counted.filter_map(|(path, _)| path.property().map(str::to_owned)).collect()
        };
        let (diffs, replacing) = (roots(true), roots(false));
        let paths: Vec<_> = changes.keys().map(Path::to_string).collect();
        let stables = vec!["id".to_owned()];
        let sent = difference::response(Difference { changes, delete_before_replace, stables });

        prop_assert_eq!(sent.diffs.iter().cloned().collect::<BTreeSet<_>>(), diffs);
        prop_assert_eq!(sent.replaces.iter().cloned().collect::<BTreeSet<_>>(), replacing);
        prop_assert!(sent.replaces.iter().all(|root| sent.diffs.contains(root)));
        prop_assert_eq!(sent.diffs.iter().collect::<BTreeSet<_>>().len(), sent.diffs.len());
        prop_assert!(sent.has_detailed_diff);
        prop_assert!(paths.iter().all(|path| sent.detailed_diff.contains_key(path)));
        prop_assert!(sent.detailed_diff.values().all(|change| change.input_diff));
        prop_assert_eq!(sent.detailed_diff.values().any(|change| replaces(change.kind)), !sent.replaces.is_empty());
        prop_assert_eq!(sent.changes() == DiffChanges::DiffSome, !paths.is_empty());
    }
}

#[test]
fn no_difference_says_nothing_else() {
    let difference = Difference { delete_before_replace: true, stables: vec!["id".to_owned()], ..Default::default() };
    let nothing = DiffResponse { changes: DiffChanges::DiffNone.into(), has_detailed_diff: true, ..Default::default() };
    assert_eq!(difference::response(difference), nothing);
}

/// The only detail of a status, by the name that the engine looks for.
fn detail<M: Message + Default>(status: &Status, name: &str) -> Result<M, Box<dyn std::error::Error>> {
    let whole = rpc::Status::decode(status.details())?;
    assert_eq!((whole.code, whole.message.as_str()), (status.code().into(), status.message()));
    let [detail] = whole.details.as_slice() else { return Err("not one detail".into()) };
    assert_eq!(detail.type_url, format!("type.googleapis.com/pulumirpc.{name}"));
    Ok(M::decode(&*detail.value)?)
}

#[test]
fn what_was_half_made_is_kept() -> TestResult {
    let properties = Map::from([
        ("known".to_owned(), Value::Secret(Box::new(Value::Bool(true)))),
        ("unknown".to_owned(), Value::Unknown),
    ]);
    let error = Error::new(Kind::TimedOut, "it never became available");
    let status = failure::failed(Failure::Partial { id: "vpc-1".to_owned(), properties, error }, None);
    assert_eq!((status.code(), status.message()), (Code::DeadlineExceeded, "it never became available"));

    let kept: ErrorResourceInitFailed = detail(&status, "ErrorResourceInitFailed")?;
    assert_eq!((kept.id.as_str(), kept.reasons), ("vpc-1", vec!["it never became available".to_owned()]));
    let known = Map::from([("known".to_owned(), Value::Secret(Box::new(Value::Bool(true))))]);
    assert_eq!(decode(kept.properties)?, known);
    Ok(())
}

#[test]
fn a_failure_as_a_whole_has_no_details() {
    let status = failure::failed(Error::new(Kind::Forbidden, "no").into(), None);
    assert_eq!((status.code(), status.message(), status.details()), (Code::PermissionDenied, "no", &b""[..]));
}

#[test]
fn only_an_unknown_outcome_may_have_spoilt_the_state() {
    let clean = [
        Kind::Gone,
        Kind::Forbidden,
        Kind::Unauthenticated,
        Kind::Throttled,
        Kind::Exists,
        Kind::Conflict,
        Kind::Invalid,
        Kind::Quota,
        Kind::Unavailable,
        Kind::Failed,
        Kind::TimedOut,
        Kind::Cancelled,
    ];
    let spoilt = [Code::Ok, Code::Internal, Code::Unknown, Code::DataLoss, Code::Unimplemented];
    for kind in clean {
        assert!(!spoilt.contains(&failure::status(&Error::new(kind, "")).code()), "{kind:?}");
    }
    assert_eq!(failure::status(&Error::new(Kind::Lost, "")).code(), Code::Unknown);
}

#[test]
fn a_components_wrong_inputs_come_one_by_one() -> TestResult {
    let mut problems = Problems::one(Path::of("tags").key("a.b"), "too long");
    problems.add(Path::root(), "too few zones");
    let status = failure::wrong_inputs(&problems);
    assert_eq!(status.code(), Code::InvalidArgument);
    let sent: InputPropertiesError = detail(&status, "InputPropertiesError")?;
    let sent: Vec<_> = sent.errors.iter().map(|error| (error.property_path.as_str(), error.reason.as_str())).collect();
    assert_eq!(sent, [(r#"tags["a.b"]"#, "too long"), ("", "too few zones")]);
    Ok(())
}

#[test]
fn a_wrong_configuration_names_each_property() {
    let mut problems = Problems::one(Path::of("region"), "no such region");
    problems.add(Path::root(), "two ways to log in");
    let said = "the provider's configuration is invalid: region: no such region; two ways to log in";
    assert_eq!(failure::wrong_configuration(&problems).message(), said);
}
