//! The provider, as the engine calls it: one line for each call, in the order of the contract.

mod about;
mod component;
mod config;
mod context;
mod difference;
mod failure;
mod function;
mod life;
mod options;
mod plan;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use framework::{cloud::Cloud, provider::Provider};
use prost_types::Struct;
use tokio::net::TcpListener;
use tonic::{Request, Response, Status, transport::server::TcpIncoming};

use self::context::Context;
use super::{
    calls::Calls,
    codec,
    engine_log::EngineLog,
    wire::{
        HEADER_LIMIT, MESSAGE_LIMIT,
        pulumirpc::{
            CallRequest, CallResponse, CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse,
            ConstructRequest, ConstructResponse, CreateRequest, CreateResponse, DeleteRequest, DiffRequest,
            DiffResponse, GetMappingRequest, GetMappingResponse, GetMappingsRequest, GetMappingsResponse,
            GetSchemaRequest, GetSchemaResponse, InvokeRequest, InvokeResponse, ListRequest, ListResponse,
            ParameterizeRequest, ParameterizeResponse, PluginAttach, PluginInfo, ProviderHandshakeRequest,
            ProviderHandshakeResponse, ReadRequest, ReadResponse, UpdateRequest, UpdateResponse,
            resource_provider_server::{ResourceProvider, ResourceProviderServer},
        },
    },
};

/// The provider, as the engine calls it.
pub struct Server<C: Cloud>(Arc<Context<C>>);

type Answer<T> = Result<Response<T>, Status>;

impl<C: Cloud> Server<C> {
    /// Serves that provider.
    #[must_use]
    pub fn new(provider: Arc<Provider<C>>, log: EngineLog) -> Self {
        Server(Arc::new(Context::new(provider, log)))
    }

    /// The calls that are being answered.
    #[must_use]
    pub fn calls(&self) -> Arc<Calls> {
        self.0.calls.clone()
    }

    /// Answers whoever connects.
    ///
    /// Streams and calls aren't limited: components wait for their children, which come through the
    /// same connection.
    ///
    /// # Errors
    ///
    /// When the listener is broken.
    pub async fn serve(self, listener: TcpListener) -> Result<(), tonic::transport::Error> {
        let service = ResourceProviderServer::new(self)
            .max_decoding_message_size(MESSAGE_LIMIT)
            .max_encoding_message_size(MESSAGE_LIMIT);
        let connections = TcpIncoming::from(listener).with_nodelay(Some(true));
        let server = tonic::transport::Server::builder().http2_max_header_list_size(HEADER_LIMIT);
        server.serve_with_incoming(service, connections).await
    }

    async fn answer<Q, A, F>(&self, request: Request<Q>, call: impl FnOnce(Arc<Context<C>>, Q) -> F) -> Answer<A>
    where
        A: Send + 'static,
        F: Future<Output = Result<A, Status>> + Send + 'static,
    {
        let call = call(self.0.clone(), request.into_inner());
        self.0.calls.answer(call).await.map(Response::new)
    }
}

#[tonic::async_trait]
impl<C: Cloud> ResourceProvider for Server<C> {
    async fn handshake(&self, request: Request<ProviderHandshakeRequest>) -> Answer<ProviderHandshakeResponse> {
        self.answer(request, about::handshake).await
    }

    async fn parameterize(&self, request: Request<ParameterizeRequest>) -> Answer<ParameterizeResponse> {
        self.answer(request, about::parameterize).await
    }

    async fn get_schema(&self, request: Request<GetSchemaRequest>) -> Answer<GetSchemaResponse> {
        self.answer(request, about::schema).await
    }

    async fn check_config(&self, request: Request<CheckRequest>) -> Answer<CheckResponse> {
        self.answer(request, config::check).await
    }

    async fn diff_config(&self, request: Request<DiffRequest>) -> Answer<DiffResponse> {
        self.answer(request, config::diff).await
    }

    async fn configure(&self, request: Request<ConfigureRequest>) -> Answer<ConfigureResponse> {
        self.answer(request, config::configure).await
    }

    async fn invoke(&self, request: Request<InvokeRequest>) -> Answer<InvokeResponse> {
        self.answer(request, function::invoke).await
    }

    async fn call(&self, request: Request<CallRequest>) -> Answer<CallResponse> {
        self.answer(request, function::call).await
    }

    async fn check(&self, request: Request<CheckRequest>) -> Answer<CheckResponse> {
        self.answer(request, plan::check).await
    }

    async fn diff(&self, request: Request<DiffRequest>) -> Answer<DiffResponse> {
        self.answer(request, plan::diff).await
    }

    async fn create(&self, request: Request<CreateRequest>) -> Answer<CreateResponse> {
        self.answer(request, life::create).await
    }

    async fn read(&self, request: Request<ReadRequest>) -> Answer<ReadResponse> {
        self.answer(request, life::read).await
    }

    async fn list(&self, request: Request<ListRequest>) -> Answer<tonic::codegen::BoxStream<ListResponse>> {
        self.answer(request, about::list).await
    }

    async fn update(&self, request: Request<UpdateRequest>) -> Answer<UpdateResponse> {
        self.answer(request, life::update).await
    }

    async fn delete(&self, request: Request<DeleteRequest>) -> Answer<()> {
        self.answer(request, life::delete).await
    }

    async fn construct(&self, request: Request<ConstructRequest>) -> Answer<ConstructResponse> {
        self.answer(request, component::construct).await
    }

    /// Not one of the calls that are waited for: it is what ends their waiting.
    async fn cancel(&self, _: Request<()>) -> Answer<()> {
        self.0.provider.cancel();
        Ok(Response::new(()))
    }

    async fn get_plugin_info(&self, request: Request<()>) -> Answer<PluginInfo> {
        self.answer(request, about::plugin).await
    }

    async fn attach(&self, request: Request<PluginAttach>) -> Answer<()> {
        self.answer(request, about::attach).await
    }

    async fn get_mapping(&self, request: Request<GetMappingRequest>) -> Answer<GetMappingResponse> {
        self.answer(request, about::mapping).await
    }

    async fn get_mappings(&self, request: Request<GetMappingsRequest>) -> Answer<GetMappingsResponse> {
        self.answer(request, about::mappings).await
    }
}

/// The properties in a request's field; its name goes into the error's path.
fn taken(field: &str, wire: Option<Struct>) -> Result<framework::value::Map, Status> {
    codec::decode(wire).map_err(|bad| failure::malformed(&bad.under(field)))
}

/// Properties for an answer.
fn sent(map: &framework::value::Map, accepts: codec::Accepts) -> Result<Option<Struct>, Status> {
    codec::encode(map, accepts).map(Some).map_err(|bad| failure::unsendable(&bad))
}
