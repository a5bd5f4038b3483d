//! Create, Read, Update and Delete of every resource while AWS can't be reached.

use framework::value::Map;
use proptest::{prelude::*, sample::select};
use prost::Message;
use tenantstack::protocol::wire::{
    google::rpc,
    pulumirpc::{
        CheckRequest, CreateRequest, DeleteRequest, ErrorResourceInitFailed, ReadRequest, UpdateRequest,
        resource_provider_server::ResourceProvider,
    },
};
use tonic::{Request, Status};

use crate::{
    bags,
    kinds::{self, Kind},
    oddities,
    runner::always,
    stage::{Stage, no_bug, received, sent},
    telltale::{still_marked, untold},
};

/// What a failed call says is no mistake here, and tells nobody's secret; what it keeps for the state is marked.
fn well_failed(of: &[&Map], status: &Status) -> Result<(), TestCaseError> {
    no_bug(status)?;
    untold(of, [status.message()])?;
    for detail in rpc::Status::decode(status.details())?.details {
        let kept = ErrorResourceInitFailed::decode(&*detail.value)?;
        still_marked(of, &received(kept.properties))?;
        untold(of, kept.reasons.iter().map(String::as_str))?;
    }
    Ok(())
}

fn checked(stage: &Stage, kind: &Kind, news: &Map) -> Result<Map, TestCaseError> {
    let request = CheckRequest { urn: kind.urn(), news: sent(news), ..Default::default() };
    let answer = stage.wait(stage.server.check(Request::new(request)));
    Ok(received(answer.map_err(|status| TestCaseError::fail(status.to_string()))?.into_inner().inputs))
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => oddities::text(),
        1 => "(vpc|subnet|rtb|igw|nat|eipalloc|fl|sgr|vpce)-[0-9a-f]{17}",
        1 => "[a-z0-9-]{1,8}[_|:/,][a-z0-9.:/-]{0,12}",
    ]
}

#[test]
fn a_life_without_aws_ends_in_errors() {
    let stage = Stage::configured();
    let lives = select(kinds::resources()).prop_flat_map(|kind| (Just(kind), bags::of(kind), bags::of(kind), id()));
    always(150, lives, |(kind, old, new, id)| {
        let (old, new) = (checked(&stage, kind, &old)?, checked(&stage, kind, &new)?);
        let of = [&old, &new];
        let (urn, timeout) = (|| kind.urn(), 60.0);

        let request = CreateRequest { urn: urn(), properties: sent(&new), timeout, ..Default::default() };
        if let Err(status) = stage.wait(stage.server.create(Request::new(request))) {
            well_failed(&of, &status)?;
        }
        for inputs in [sent(&old), None] {
            let request = ReadRequest {
                urn: urn(),
                id: id.clone(),
                properties: inputs.clone(),
                inputs,
                timeout,
                ..Default::default()
            };
            if let Err(status) = stage.wait(stage.server.read(Request::new(request))) {
                well_failed(&of, &status)?;
            }
        }
        let request = UpdateRequest {
            urn: urn(),
            id: id.clone(),
            olds: sent(&old),
            old_inputs: sent(&old),
            news: sent(&new),
            timeout,
            ..Default::default()
        };
        if let Err(status) = stage.wait(stage.server.update(Request::new(request))) {
            well_failed(&of, &status)?;
        }
        let request = DeleteRequest {
            urn: urn(),
            id,
            properties: sent(&old),
            old_inputs: sent(&old),
            timeout,
            ..Default::default()
        };
        if let Err(status) = stage.wait(stage.server.delete(Request::new(request))) {
            well_failed(&of, &status)?;
        }
        untold(&of, stage.heard().iter().map(String::as_str))
    });
}
