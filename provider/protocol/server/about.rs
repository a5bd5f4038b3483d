//! What the plugin says of itself, and what it is told about the engine.

use std::sync::Arc;

use framework::cloud::Cloud;
use tonic::{Status, codegen::BoxStream};

use super::Context;
use crate::protocol::wire::pulumirpc::{
    GetMappingRequest, GetMappingResponse, GetMappingsRequest, GetMappingsResponse, GetSchemaRequest,
    GetSchemaResponse, ListRequest, ListResponse, ParameterizeRequest, ParameterizeResponse, PluginAttach, PluginInfo,
    ProviderHandshakeRequest, ProviderHandshakeResponse,
};

/// The only format of schemas that there is.
const SCHEMA_FORMAT: i32 = 0;

pub async fn handshake<C: Cloud>(
    cx: Arc<Context<C>>,
    request: ProviderHandshakeRequest,
) -> Result<ProviderHandshakeResponse, Status> {
    connect(&cx, request.engine_address);
    Ok(ProviderHandshakeResponse {
        accept_secrets: true,
        accept_resources: true,
        accept_outputs: true,
        supports_autonaming_configuration: true,
        accepts_byte_string: true,
    })
}

pub async fn attach<C: Cloud>(cx: Arc<Context<C>>, request: PluginAttach) -> Result<(), Status> {
    connect(&cx, request.address);
    Ok(())
}

fn connect<C: Cloud>(cx: &Context<C>, engine: String) {
    if !engine.is_empty() {
        cx.log.connect(engine);
    }
}

pub async fn plugin<C: Cloud>(cx: Arc<Context<C>>, (): ()) -> Result<PluginInfo, Status> {
    Ok(PluginInfo { version: cx.provider.version().to_owned() })
}

pub async fn schema<C: Cloud>(cx: Arc<Context<C>>, request: GetSchemaRequest) -> Result<GetSchemaResponse, Status> {
    match request.version {
        SCHEMA_FORMAT => Ok(GetSchemaResponse { schema: cx.provider.schema() }),
        other => Err(Status::invalid_argument(format!("unsupported schema version {other}"))),
    }
}

pub async fn parameterize<C: Cloud>(
    cx: Arc<Context<C>>,
    _: ParameterizeRequest,
) -> Result<ParameterizeResponse, Status> {
    Err(Status::unimplemented(format!("{} takes no parameters", cx.provider.name())))
}

pub async fn list<C: Cloud>(cx: Arc<Context<C>>, request: ListRequest) -> Result<BoxStream<ListResponse>, Status> {
    Err(Status::unimplemented(format!("{} can't list what there is of `{}`", cx.provider.name(), request.token)))
}

/// No other ecosystem has our resources, so there is nothing to convert from.
pub async fn mapping<C: Cloud>(_: Arc<Context<C>>, _: GetMappingRequest) -> Result<GetMappingResponse, Status> {
    Ok(GetMappingResponse::default())
}

/// None, as for [`mapping`].
pub async fn mappings<C: Cloud>(_: Arc<Context<C>>, _: GetMappingsRequest) -> Result<GetMappingsResponse, Status> {
    Ok(GetMappingsResponse::default())
}
