//! A component: registered with the engine that asked for it, and answered with its outputs.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use framework::{
    cloud::Cloud,
    engine::Monitor,
    provider::{self, ConstructFailure, Constructed},
    value::{Map, Urn},
};
use tonic::Status;

use super::{Context, failure, options, sent, taken};
use crate::protocol::{
    codec::Accepts,
    monitor::{EngineMonitor, Own},
    wire::pulumirpc::{
        ConstructRequest, ConstructResponse, construct_request, construct_response::PropertyDependencies,
    },
};

pub async fn construct<C: Cloud>(cx: Arc<Context<C>>, request: ConstructRequest) -> Result<ConstructResponse, Status> {
    let accepts = outputs_for(&request);
    let monitor = monitor(&cx, &request)?;
    // It is never closed.
    let _turn = cx.components.acquire().await.map_err(|closed| Status::cancelled(closed.to_string()))?;
    let made = cx.provider.construct(asked(request)?, monitor).await.map_err(failed)?;
    answer(&made, accepts)
}

fn outputs_for(request: &ConstructRequest) -> Accepts {
    if request.accepts_output_values { Accepts::COMPONENT } else { Accepts::state(request.dry_run) }
}

fn monitor<C: Cloud>(cx: &Context<C>, request: &ConstructRequest) -> Result<Arc<dyn Monitor>, Status> {
    let own = Own { package: cx.provider.name().to_owned(), version: cx.provider.version().to_owned() };
    let channel = cx.monitors.channel(&request.monitor_endpoint);
    let channel = channel.map_err(|_| Status::invalid_argument("the monitor's endpoint isn't an address"))?;
    Ok(Arc::new(EngineMonitor::new(channel, own, request.stack_trace_handle.clone())))
}

fn asked(mut request: ConstructRequest) -> Result<provider::ConstructRequest, Status> {
    Ok(provider::ConstructRequest {
        options: options::of(&mut request)?,
        kind: request.r#type,
        name: request.name,
        parent: Urn::new(request.parent),
        inputs: taken("inputs", request.inputs)?,
        input_dependencies: request.input_dependencies.into_iter().map(sources).collect(),
        dependencies: urns(request.dependencies).collect(),
        providers: request.providers,
        preview: request.dry_run,
        project: request.project,
        stack: request.stack,
    })
}

fn sources((input, from): (String, construct_request::PropertyDependencies)) -> (String, BTreeSet<Urn>) {
    (input, urns(from.urns).collect())
}

fn urns(urns: Vec<String>) -> impl Iterator<Item = Urn> {
    urns.into_iter().map(Urn::new)
}

fn failed(failure: ConstructFailure) -> Status {
    match failure {
        ConstructFailure::Inputs(problems) => failure::wrong_inputs(&problems),
        ConstructFailure::Failed(message) => Status::failed_precondition(message),
    }
}

fn answer(made: &Constructed, accepts: Accepts) -> Result<ConstructResponse, Status> {
    Ok(ConstructResponse {
        urn: made.urn.to_string(),
        state: sent(&made.outputs, accepts)?,
        state_dependencies: dependencies(&made.outputs),
    })
}

fn dependencies(outputs: &Map) -> BTreeMap<String, PropertyDependencies> {
    let sources = outputs.iter().map(|(name, output)| {
        let urns = output.dependencies().iter().map(Urn::to_string).collect();
        (name.clone(), PropertyDependencies { urns })
    });
    sources.collect()
}
