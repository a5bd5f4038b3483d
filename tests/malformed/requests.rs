//! Every call with whatever bytes: those that are a request have an answer, and it is nobody's mistake here.

use std::cell::Cell;

use proptest::{collection, prelude::*, sample::select};

use crate::{
    bytes::{mutated, mutations},
    calls::{self, Call},
    contract::{self, contract},
    kinds,
    runner::always,
    stage::{Stage, no_bug},
};

/// A call with bytes for it: right, damaged, or random.
fn asked(of: fn(&Call) -> bool) -> impl Strategy<Value = (Call, Vec<u8>)> {
    let calls: Vec<Call> = calls::all().into_iter().filter(of).collect();
    (select(calls), select(kinds::all())).prop_flat_map(|(call, about)| {
        let method = contract().calls.iter().find(|method| method.name() == call.name).unwrap();
        let right = contract::message(method.input_type(), about);
        let damaged = (right.clone(), mutations()).prop_map(|(bytes, by)| mutated(bytes, &by));
        let random = collection::vec(any::<u8>(), 0..300);
        (Just(call), prop_oneof![3 => right, 3 => damaged, 1 => random])
    })
}

/// Asks each case of a stage. Enough of them must be requests, and enough of those well answered.
fn every_request_is_answered(stage: &Stage, cases: u32, of: fn(&Call) -> bool) {
    let (tried, requests, good) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    always(cases, asked(of), |(call, bytes)| {
        tried.set(tried.get() + 1);
        let answer = stage.wait(async {
            match (call.ask)(&stage.server, &bytes) {
                Some(answer) => Some(answer.await),
                None => None,
            }
        });
        requests.set(requests.get() + u32::from(answer.is_some()));
        match answer {
            Some(Err(status)) => no_bug(&status),
            Some(Ok(_)) => {
                good.set(good.get() + 1);
                Ok(())
            }
            None => Ok(()),
        }
    });
    let (tried, requests, good) = (tried.get(), requests.get(), good.get());
    assert!(requests * 3 > tried && good * 20 > tried, "of {tried}, {requests} were requests, {good} well answered");
}

/// Whether a call changes how the provider is configured; those are for a provider that never calls anybody.
fn configures(call: &Call) -> bool {
    call.name == "Configure"
}

#[test]
fn a_provider_that_was_not_configured_answers_everything() {
    every_request_is_answered(&Stage::unconfigured(), 2000, |call| !configures(call));
}

#[test]
fn a_provider_without_aws_answers_everything() {
    every_request_is_answered(&Stage::configured(), 2000, |call| !configures(call));
}

#[test]
fn any_configuration_is_taken_or_refused() {
    let calls = |call: &Call| ["Configure", "CheckConfig", "DiffConfig", "Check", "Diff"].contains(&call.name);
    every_request_is_answered(&Stage::unconfigured(), 1000, calls);
}
