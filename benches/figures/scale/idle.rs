//! A provider that does nothing: it agrees with whatever it is asked about a resource.
//!
//! Components are described by ours, so that the engine has the same resources to go through.

use std::{net::Ipv4Addr, thread::JoinHandle};

use tokio::{net::TcpListener, runtime, sync::oneshot};
use tonic::{Request, Response, Status, transport::server::TcpIncoming};

use crate::{
    plugin::Plugin,
    wire::{
        Client,
        pulumirpc::{
            self as rpc,
            diff_response::DiffChanges,
            resource_provider_server::{ResourceProvider, ResourceProviderServer},
        },
    },
};

type Answer<T> = Result<Response<T>, Status>;

/// The provider that does nothing, for as long as this lives.
pub struct Idle {
    port: u16,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Idle {
    /// Starts it in front of ours.
    pub fn before(plugin: &Plugin) -> Self {
        let (end, ended) = oneshot::channel();
        let (tell, port) = std::sync::mpsc::channel();
        let ours = plugin.port();
        let thread = std::thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
                tell.send(listener.local_addr().unwrap().port()).unwrap();
                let service = ResourceProviderServer::new(Nothing(Plugin::client_at(ours).await))
                    .max_decoding_message_size(usize::MAX)
                    .max_encoding_message_size(usize::MAX);
                let connections = TcpIncoming::from(listener).with_nodelay(Some(true));
                let serving = tonic::transport::Server::builder().serve_with_incoming(service, connections);
                tokio::select! {
                    served = serving => served.unwrap(),
                    _ = ended => {}
                }
            });
        });
        Idle { port: port.recv().unwrap(), end: Some(end), thread: Some(thread) }
    }

    /// Where the engine finds it.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        drop(self.end.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// Passes on what concerns the provider and components, and agrees with the rest.
struct Nothing(Client);

#[tonic::async_trait]
impl ResourceProvider for Nothing {
    async fn handshake(&self, of: Request<rpc::ProviderHandshakeRequest>) -> Answer<rpc::ProviderHandshakeResponse> {
        self.0.clone().handshake(of.into_inner()).await
    }

    async fn attach(&self, of: Request<rpc::PluginAttach>) -> Answer<()> {
        self.0.clone().attach(of.into_inner()).await
    }

    async fn get_plugin_info(&self, _: Request<()>) -> Answer<rpc::PluginInfo> {
        self.0.clone().get_plugin_info(()).await
    }

    async fn get_schema(&self, of: Request<rpc::GetSchemaRequest>) -> Answer<rpc::GetSchemaResponse> {
        self.0.clone().get_schema(of.into_inner()).await
    }

    async fn check_config(&self, of: Request<rpc::CheckRequest>) -> Answer<rpc::CheckResponse> {
        self.0.clone().check_config(of.into_inner()).await
    }

    async fn diff_config(&self, of: Request<rpc::DiffRequest>) -> Answer<rpc::DiffResponse> {
        self.0.clone().diff_config(of.into_inner()).await
    }

    async fn configure(&self, of: Request<rpc::ConfigureRequest>) -> Answer<rpc::ConfigureResponse> {
        self.0.clone().configure(of.into_inner()).await
    }

    async fn construct(&self, of: Request<rpc::ConstructRequest>) -> Answer<rpc::ConstructResponse> {
        self.0.clone().construct(of.into_inner()).await
    }

    async fn cancel(&self, _: Request<()>) -> Answer<()> {
        self.0.clone().cancel(()).await
    }

    async fn check(&self, of: Request<rpc::CheckRequest>) -> Answer<rpc::CheckResponse> {
        Ok(Response::new(rpc::CheckResponse { inputs: of.into_inner().olds, ..rpc::CheckResponse::default() }))
    }

    async fn diff(&self, _: Request<rpc::DiffRequest>) -> Answer<rpc::DiffResponse> {
        let changes = DiffChanges::DiffNone.into();
        Ok(Response::new(rpc::DiffResponse { changes, ..rpc::DiffResponse::default() }))
    }
}
