//! A resource's life: made, read, changed, deleted.

use std::{sync::Arc, time::Duration};

use framework::{cloud::Cloud, provider, value::Urn};
use tonic::Status;

use super::{Context, failure, sent, taken};
use crate::protocol::{
    codec::{self, Accepts},
    wire::pulumirpc::{
        CreateRequest, CreateResponse, DeleteRequest, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse,
    },
};

/// Longer than anybody waits, and short enough to be added to any point in time.
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Zero, and whatever isn't a time at all, means the provider's own choice.
fn timeout(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default().min(A_YEAR)
}

pub async fn create<C: Cloud>(cx: Arc<Context<C>>, request: CreateRequest) -> Result<CreateResponse, Status> {
    let accepts = Accepts::state(request.preview);
    let request = provider::CreateRequest {
        urn: Urn::new(request.urn),
        properties: taken("properties", request.properties)?,
        timeout: timeout(request.timeout),
        preview: request.preview,
    };
    let made = cx.provider.create(request).await.map_err(|failed| failure::failed(failed, None))?;
    match codec::encode(&made.properties, accepts) {
        Ok(properties) => Ok(CreateResponse { id: made.id, properties: Some(properties), ..Default::default() }),
        Err(bad) => Err(failure::unspeakable(made.id, &bad)),
    }
}

/// A resource that is gone is an empty answer: absent properties, which empty ones are not.
pub async fn read<C: Cloud>(cx: Arc<Context<C>>, request: ReadRequest) -> Result<ReadResponse, Status> {
    let known_inputs = request.inputs.clone();
    let request = provider::ReadRequest {
        urn: Urn::new(request.urn),
        id: request.id,
        inputs: request.inputs.map(|inputs| taken("inputs", Some(inputs))).transpose()?,
        properties: request.properties.map(|properties| taken("properties", Some(properties))).transpose()?,
        timeout: timeout(request.timeout),
    };
    let found = cx.provider.read(request).await.map_err(|failed| failure::failed(failed, known_inputs))?;
    let Some(found) = found else { return Ok(ReadResponse::default()) };
    Ok(ReadResponse {
        id: found.id,
        properties: sent(&found.properties, Accepts::FACTS)?,
        inputs: sent(&found.inputs, Accepts::FACTS)?,
        refresh_before_update: false,
    })
}

pub async fn update<C: Cloud>(cx: Arc<Context<C>>, request: UpdateRequest) -> Result<UpdateResponse, Status> {
    let accepts = Accepts::state(request.preview);
    let request = provider::UpdateRequest {
        urn: Urn::new(request.urn),
        id: request.id,
        olds: taken("olds", request.olds)?,
        old_inputs: taken("old_inputs", request.old_inputs)?,
        news: taken("news", request.news)?,
        timeout: timeout(request.timeout),
        preview: request.preview,
    };
    let properties = cx.provider.update(request).await.map_err(|failed| failure::failed(failed, None))?;
    Ok(UpdateResponse { properties: sent(&properties, accepts)?, refresh_before_update: false })
}

pub async fn delete<C: Cloud>(cx: Arc<Context<C>>, request: DeleteRequest) -> Result<(), Status> {
    let request = provider::DeleteRequest {
        urn: Urn::new(request.urn),
        id: request.id,
        properties: taken("properties", request.properties)?,
        old_inputs: taken("old_inputs", request.old_inputs)?,
        timeout: timeout(request.timeout),
    };
    cx.provider.delete(request).await.map_err(|failed| failure::failed(failed, None))
}
