//! The real binary, as the engine starts it, asks it and listens to it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
};

use framework::value::Map;
use prost::Message;
use tenantstack::protocol::{
    channel,
    codec::{self, Accepts},
    wire::{
        MESSAGE_LIMIT, google,
        pulumirpc::{
            self as rpc, LogRequest,
            engine_server::{Engine, EngineServer},
            resource_provider_client::ResourceProviderClient,
        },
    },
};
use tokio::net::TcpListener;
use tonic::{
    Request, Response, Status,
    transport::{Channel, Server, server::TcpIncoming},
};

use crate::tools;

/// A running plugin, configured; it ends with this.
pub struct Plugin {
    process: Child,
    client: ResourceProviderClient<Channel>,
    log: Arc<Mutex<Vec<LogRequest>>>,
}

/// Why a verb failed, as the engine understands it.
#[derive(Debug)]
pub enum Failure {
    /// Nothing is known of a resource.
    Whole(String),
    /// It exists: the engine keeps it, and asks for an update next time.
    Partial { id: String, properties: Map, reasons: String },
}

impl Failure {
    /// What people read.
    pub fn message(&self) -> &str {
        match self {
            Failure::Whole(message) | Failure::Partial { reasons: message, .. } => message,
        }
    }
}

struct Listener(Arc<Mutex<Vec<LogRequest>>>);

#[tonic::async_trait]
impl Engine for Listener {
    async fn log(&self, request: Request<LogRequest>) -> Result<Response<()>, Status> {
        self.0.lock().unwrap().push(request.into_inner());
        Ok(Response::new(()))
    }
}

impl Plugin {
    /// Starts it, and configures it for the provider resource with that id.
    pub async fn start(environment: &[(&str, String)], id: &str, config: &Map) -> Self {
        let log = Arc::default();
        let engine = listen(Arc::clone(&log)).await;
        let mut process = Command::new(env!("CARGO_BIN_EXE_pulumi-resource-tenantstack"))
            .arg(engine)
            .envs(environment.iter().map(|(name, value)| (*name, value)))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("PATH", tools::with_builder())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the plugin starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let channel = channel::to(&format!("127.0.0.1:{}", line.trim_end())).unwrap();
        let client = ResourceProviderClient::new(channel)
            .max_decoding_message_size(MESSAGE_LIMIT)
            .max_encoding_message_size(MESSAGE_LIMIT);
        let mut plugin = Plugin { process, client, log };
        plugin.configure(id, config).await;
        plugin
    }

    async fn configure(&mut self, id: &str, config: &Map) {
        let request = rpc::ConfigureRequest {
            urn: Some("urn:pulumi:contract::contract::pulumi:providers:tenantstack::default".to_owned()),
            id: Some(id.to_owned()),
            args: Some(sent(config)),
            accept_secrets: true,
            accept_resources: true,
            ..Default::default()
        };
        self.client.configure(request).await.expect("the configuration is right");
    }

    /// A client of it.
    pub fn client(&self) -> ResourceProviderClient<Channel> {
        self.client.clone()
    }

    /// Everything that it has logged, statuses included.
    pub fn log(&self) -> Arc<Mutex<Vec<LogRequest>>> {
        Arc::clone(&self.log)
    }

    /// Ends it at once, as a machine that loses its power does.
    pub fn kill(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn listen(log: Arc<Mutex<Vec<LogRequest>>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let service = EngineServer::new(Listener(log));
    tokio::spawn(Server::builder().serve_with_incoming(service, TcpIncoming::from(listener)));
    address
}

/// Properties as they travel.
pub fn sent(map: &Map) -> prost_types::Struct {
    codec::encode(map, Accepts::FACTS).unwrap()
}

/// Properties as they arrive.
pub fn taken(wire: Option<prost_types::Struct>) -> Map {
    codec::decode(wire).unwrap()
}

/// What a status says of a resource.
pub fn failure(status: Status) -> Failure {
    let details = google::rpc::Status::decode(status.details()).unwrap_or_default().details;
    let unfinished = details.iter().find(|detail| detail.type_url.ends_with(".ErrorResourceInitFailed"));
    let unfinished = unfinished.and_then(|detail| rpc::ErrorResourceInitFailed::decode(&*detail.value).ok());
    match unfinished {
        Some(kept) => {
            Failure::Partial { id: kept.id, properties: taken(kept.properties), reasons: kept.reasons.join("; ") }
        }
        None => Failure::Whole(format!("{:?}: {}", status.code(), status.message())),
    }
}
