//! Check, Diff and previews of every resource, with whatever inputs.

use std::cell::Cell;

use framework::value::{Map, Value};
use proptest::{prelude::*, sample::select, test_runner::TestCaseResult};
use tenantstack::protocol::wire::pulumirpc::{
    CheckFailure, CheckRequest, CreateRequest, DiffRequest, DiffResponse, UpdateRequest,
    check_request::AutonamingOptions, diff_response::DiffChanges, resource_provider_server::ResourceProvider,
};
use tonic::{Code, Request, Status};

use crate::{
    bags,
    kinds::{self, Kind},
    oddities, paths,
    runner::always,
    stage::{Stage, no_bug, received, sent},
    telltale::{still_marked, untold},
};

type Answer<T> = Result<T, TestCaseError>;

fn inputs() -> impl Strategy<Value = (&'static Kind, Map)> {
    select(kinds::resources()).prop_flat_map(|kind| (Just(kind), bags::of(kind)))
}

fn autonaming() -> impl Strategy<Value = Option<AutonamingOptions>> {
    let options = (oddities::text(), -1..4).prop_map(|(proposed_name, mode)| AutonamingOptions { proposed_name, mode });
    prop::option::weighted(0.3, options)
}

fn fault(status: &Status) -> TestCaseError {
    TestCaseError::fail(status.to_string())
}

/// What Check makes of new inputs.
fn checked(
    stage: &Stage,
    kind: &Kind,
    olds: &Map,
    news: &Map,
    autonaming: Option<AutonamingOptions>,
) -> Answer<(Map, Vec<CheckFailure>)> {
    let request =
        CheckRequest { urn: kind.urn(), olds: sent(olds), news: sent(news), autonaming, ..Default::default() };
    let answer = stage.wait(stage.server.check(Request::new(request))).map_err(|status| fault(&status))?.into_inner();
    Ok((received(answer.inputs), answer.failures))
}

fn differences(stage: &Stage, kind: &Kind, old: &Map, new: &Map) -> Answer<DiffResponse> {
    let request = DiffRequest {
        id: "id".to_owned(),
        urn: kind.urn(),
        olds: sent(old),
        old_inputs: sent(old),
        news: sent(new),
        ..Default::default()
    };
    match stage.wait(stage.server.diff(Request::new(request))) {
        Ok(answer) => Ok(answer.into_inner()),
        // Data would be lost, or AWS has no way to make the change.
        Err(status) if status.message().contains("allowReplace") || status.code() == Code::InvalidArgument => {
            untold(&[old, new], [status.message()])?;
            Ok(DiffResponse::default())
        }
        Err(status) => Err(fault(&status)),
    }
}

#[test]
fn what_check_refuses_has_a_place_and_tells_no_secret() {
    let stage = Stage::configured();
    always(1500, (inputs(), autonaming()), |((kind, news), autonaming)| {
        let (inputs, failures) = checked(&stage, kind, &Map::new(), &news, autonaming)?;
        for CheckFailure { property, reason } in &failures {
            prop_assert!(!reason.is_empty());
            prop_assert!(paths::is_plausible(property, &news, kind), "{property} is nowhere: {reason}");
        }
        untold(&[&news], failures.iter().flat_map(|failure| [failure.property.as_str(), failure.reason.as_str()]))?;
        untold(&[&news], stage.heard().iter().map(String::as_str))?;
        still_marked(&[&news], &inputs)
    });
}

#[test]
fn what_was_checked_stays_as_it_is() {
    let stage = Stage::configured();
    let (right, tried) = (Cell::new(0_u32), Cell::new(0_u32));
    always(1500, inputs(), |(kind, news)| {
        tried.set(tried.get() + 1);
        let (once, failures) = checked(&stage, kind, &Map::new(), &news, None)?;
        if failures.is_empty() {
            right.set(right.get() + 1);
            let (twice, failures) = checked(&stage, kind, &once, &once, None)?;
            prop_assert_eq!(failures, []);
            prop_assert!(twice == once, "{:?} became {:?}", sent(&once), sent(&twice));
        }
        Ok(())
    });
    assert!(right.get() * 5 > tried.get(), "only {} of {} inputs were right", right.get(), tried.get());
}

#[test]
fn documents_stay_as_they_are() {
    let stage = Stage::configured();
    let kind = kinds::resources().into_iter().find(|kind| kind.member.token == "iam:RolePolicy").unwrap();
    always(1500, bags::json(), |document| {
        let named =
            [("region", "eu-west-1"), ("roleName", "role"), ("policyName", "policy"), ("policyDocument", &document)];
        let news = named.map(|(name, value)| (name.to_owned(), Value::from(value))).into();
        let (once, failures) = checked(&stage, kind, &Map::new(), &news, None)?;
        if failures.is_empty() {
            let (twice, failures) = checked(&stage, kind, &once, &once, None)?;
            prop_assert_eq!(failures, []);
            prop_assert_eq!(&twice, &once);
            let difference = differences(&stage, kind, &news, &once)?;
            prop_assert!(difference.changes() == DiffChanges::DiffNone, "{difference:?} of {once:?}");
        }
        Ok(())
    });
}

#[test]
fn what_is_equal_does_not_differ() {
    let stage = Stage::configured();
    always(1500, inputs(), |(kind, news)| {
        let (checked, _) = checked(&stage, kind, &Map::new(), &news, None)?;
        for map in [&news, &checked] {
            if !Value::Map(map.clone()).has_unknown() {
                let difference = differences(&stage, kind, map, map)?;
                prop_assert!(difference.changes() == DiffChanges::DiffNone, "{difference:?} of {:?}", sent(map));
            }
        }
        Ok(())
    });
}

fn roots_agree(kind: &Kind, difference: &DiffResponse) -> TestCaseResult {
    for root in &difference.diffs {
        let own = kind.member.outputs.iter().any(|field| field.name == root);
        prop_assert!(own, "{root} is no property of {kind:?}");
    }
    prop_assert!(difference.replaces.iter().all(|root| difference.diffs.contains(root)));
    Ok(())
}

#[test]
fn whatever_differs_is_said_without_telling_it() {
    let stage = Stage::configured();
    let pairs = select(kinds::resources()).prop_flat_map(|kind| (Just(kind), bags::of(kind), bags::of(kind)));
    always(1000, pairs, |(kind, old, new)| {
        let difference = differences(&stage, kind, &old, &new)?;
        let backwards = differences(&stage, kind, &new, &old)?;
        for told in [&difference, &backwards].into_iter().filter(|told| **told != DiffResponse::default()) {
            roots_agree(kind, told)?;
        }
        let said = difference.detailed_diff.keys().chain(backwards.detailed_diff.keys());
        untold(&[&old, &new], said.map(String::as_str))
    });
}

#[test]
fn previews_keep_secrets() {
    let stage = Stage::configured();
    let pairs = select(kinds::resources()).prop_flat_map(|kind| (Just(kind), bags::of(kind), bags::of(kind)));
    always(500, pairs, |(kind, old, new)| {
        let urn = || kind.urn();
        let create =
            CreateRequest { urn: urn(), properties: sent(&new), preview: true, timeout: 1.0, ..Default::default() };
        match stage.wait(stage.server.create(Request::new(create))) {
            Ok(made) => still_marked(&[&new], &received(made.into_inner().properties))?,
            Err(status) => {
                no_bug(&status)?;
                untold(&[&new], [status.message()])?;
            }
        }
        let update = UpdateRequest {
            urn: urn(),
            id: "id".to_owned(),
            olds: sent(&old),
            old_inputs: sent(&old),
            news: sent(&new),
            preview: true,
            ..Default::default()
        };
        let updated = stage.wait(stage.server.update(Request::new(update))).map_err(|status| fault(&status))?;
        still_marked(&[&old, &new], &received(updated.into_inner().properties))?;
        untold(&[&old, &new], stage.heard().iter().map(String::as_str))
    });
}
