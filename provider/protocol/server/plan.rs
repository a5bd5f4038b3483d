//! What a resource's inputs stand for, and what would have to change. The engine asks one by one.

use std::sync::Arc;

use framework::{
    cloud::Cloud,
    provider,
    resource::{Autonaming, Naming},
    value::Urn,
};
use tonic::Status;

use super::{Context, difference, failure, sent, taken};
use crate::protocol::{
    codec::Accepts,
    wire::pulumirpc::{
        CheckRequest, CheckResponse, DiffRequest, DiffResponse,
        check_request::{AutonamingOptions, autonaming_options::Mode},
    },
};

pub async fn check<C: Cloud>(cx: Arc<Context<C>>, request: CheckRequest) -> Result<CheckResponse, Status> {
    let request = provider::CheckRequest {
        urn: Urn::new(request.urn),
        olds: taken("olds", request.olds)?,
        news: taken("news", request.news)?,
        seed: request.random_seed,
        autonaming: request.autonaming.map(autonaming),
    };
    let checked = if cx.provider.looks_around(&request.urn) {
        let looking = tokio::task::spawn_blocking(move || cx.provider.check(request));
        looking.await.map_err(|error| Status::internal(error.to_string()))?
    } else {
        cx.provider.check(request)
    };
    let (inputs, problems) = checked.map_err(|error| failure::status(&error))?;
    Ok(CheckResponse { inputs: sent(&inputs, Accepts::PLANS)?, failures: failure::check_failures(problems) })
}

fn autonaming(options: AutonamingOptions) -> Autonaming {
    let mode = match options.mode() {
        Mode::Propose => Naming::Propose,
        Mode::Enforce => Naming::Enforce,
        Mode::Disable => Naming::Disable,
    };
    Autonaming { proposed: options.proposed_name, mode }
}

pub async fn diff<C: Cloud>(cx: Arc<Context<C>>, request: DiffRequest) -> Result<DiffResponse, Status> {
    let request = provider::DiffRequest {
        urn: Urn::new(request.urn),
        id: request.id,
        olds: taken("olds", request.olds)?,
        old_inputs: taken("old_inputs", request.old_inputs)?,
        news: taken("news", request.news)?,
    };
    let difference = cx.provider.diff(&request).map_err(|error| failure::status(&error))?;
    Ok(difference::response(difference))
}
