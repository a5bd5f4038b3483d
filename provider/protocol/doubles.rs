//! The other ends of our connections, in tests: an engine and a monitor that do as they are told.

use std::sync::{Arc, Mutex, PoisonError};

use framework::{
    engine::{Log, Severity},
    value::Urn,
};
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc},
};
use tonic::{
    Request, Response, Status,
    body::Body,
    codegen::{Service, http},
    transport::{Server, server::TcpIncoming},
};

use super::wire::pulumirpc::{
    LogRequest, RegisterResourceOutputsRequest, RegisterResourceRequest, RegisterResourceResponse,
    ResourceInvokeRequest, ResourceInvokeResponse, engine_server::Engine, resource_monitor_server::ResourceMonitor,
};

/// What tests return.
pub type TestResult = Result<(), Box<dyn std::error::Error>>;

/// Serves until the test ends; the address comes back, as the engine writes it.
pub async fn serve<S>(service: S) -> std::io::Result<String>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>, Error = std::convert::Infallible>,
    S: Clone + Send + 'static,
    S::Future: Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(Server::builder().serve_with_incoming(service, TcpIncoming::from(listener)));
    Ok(address)
}

/// An engine that hands on what is logged.
pub struct LoggedTo(pub mpsc::UnboundedSender<LogRequest>);

#[tonic::async_trait]
impl Engine for LoggedTo {
    async fn log(&self, request: Request<LogRequest>) -> Result<Response<()>, Status> {
        self.0.send(request.into_inner()).map_err(|_| Status::cancelled("nobody listens"))?;
        Ok(Response::new(()))
    }
}

/// A monitor that remembers what it was asked, and answers everything alike.
#[derive(Clone, Default)]
pub struct Registry {
    /// What was registered.
    pub registered: Arc<Mutex<Vec<RegisterResourceRequest>>>,
    /// The outputs that components had.
    pub outputs: Arc<Mutex<Vec<RegisterResourceOutputsRequest>>>,
    /// The functions that were called.
    pub invoked: Arc<Mutex<Vec<ResourceInvokeRequest>>>,
    /// As many registrations are answered as there are permits, if it is there.
    pub held: Option<Arc<Semaphore>>,
    /// The answer to each registration; none to refuse it.
    pub answer: Option<RegisterResourceResponse>,
    /// The answer to each function.
    pub result: ResourceInvokeResponse,
}

#[tonic::async_trait]
impl ResourceMonitor for Registry {
    async fn register_resource(
        &self,
        request: Request<RegisterResourceRequest>,
    ) -> Result<Response<RegisterResourceResponse>, Status> {
        keep(&self.registered, request);
        if let Some(held) = &self.held {
            held.acquire().await.map_err(|closed| Status::internal(closed.to_string()))?.forget();
        }
        self.answer.clone().map(Response::new).ok_or_else(|| Status::unavailable("resource monitor shut down"))
    }

    async fn register_resource_outputs(
        &self,
        request: Request<RegisterResourceOutputsRequest>,
    ) -> Result<Response<()>, Status> {
        keep(&self.outputs, request);
        Ok(Response::new(()))
    }

    async fn invoke(
        &self,
        request: Request<ResourceInvokeRequest>,
    ) -> Result<Response<ResourceInvokeResponse>, Status> {
        keep(&self.invoked, request);
        Ok(Response::new(self.result.clone()))
    }
}

fn keep<T>(into: &Mutex<Vec<T>>, request: Request<T>) {
    into.lock().unwrap_or_else(PoisonError::into_inner).push(request.into_inner());
}

/// What was kept so far.
pub fn kept<T: Clone>(from: &Mutex<Vec<T>>) -> Vec<T> {
    from.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

/// A log that keeps what is said, with its URN.
#[derive(Clone, Default)]
pub struct Kept(pub Arc<Mutex<Vec<(Severity, String, String)>>>);

impl Log for Kept {
    fn log(&self, severity: Severity, urn: &Urn, message: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((severity, urn.to_string(), message));
    }

    fn status(&self, urn: &Urn, message: String) {
        self.log(Severity::Info, urn, message);
    }
}
