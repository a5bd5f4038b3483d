//! The engine's resource monitor, where components register their children.

mod registration;

#[cfg(test)]
mod tests;

use std::sync::{Mutex, PoisonError};

use framework::{
    engine::{Monitor, Refused, Registered, Registration},
    value::{Map, Urn, Value},
};
use futures::future::{BoxFuture, FutureExt};
use tonic::{Status, transport::Channel};

use super::{
    channel,
    codec::{self, Accepts, Malformed},
    wire::{
        MESSAGE_LIMIT,
        pulumirpc::{
            RegisterResourceOutputsRequest, ResourceInvokeRequest, ResourceInvokeResponse,
            resource_monitor_client::ResourceMonitorClient,
        },
    },
};

/// The engine's own function that tells what a resource of this deployment is.
const GET_RESOURCE: &str = "pulumi:pulumi:getResource";

/// Connections to monitors. A deployment has one; a process that the engine attaches to sees one
/// after the other, and keeps the latest.
#[derive(Debug, Default)]
pub struct Monitors(Mutex<Option<(String, Channel)>>);

impl Monitors {
    /// The connection to the monitor at that address.
    ///
    /// # Errors
    ///
    /// When it isn't an address.
    pub fn channel(&self, endpoint: &str) -> Result<Channel, tonic::transport::Error> {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*latest {
            Some((address, channel)) if address == endpoint => Ok(channel.clone()),
            _ => {
                let channel = channel::to(endpoint)?;
                *latest = Some((endpoint.to_owned(), channel.clone()));
                Ok(channel)
            }
        }
    }
}

/// This provider, as the engine finds it for children that name no provider resource.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// The package's name.
    pub package: String,
    /// The plugin's version: with another one the engine would start another provider.
    pub version: String,
}

/// A monitor, on behalf of one component.
#[derive(Clone, Debug)]
pub struct EngineMonitor {
    client: ResourceMonitorClient<Channel>,
    own: Own,
    stack_trace: String,
}

impl EngineMonitor {
    /// The monitor at the other end of the channel. The engine finds the lines of the program
    /// through the stack trace's handle.
    #[must_use]
    pub fn new(channel: Channel, own: Own, stack_trace: String) -> Self {
        let client = ResourceMonitorClient::new(channel)
            .max_decoding_message_size(MESSAGE_LIMIT)
            .max_encoding_message_size(MESSAGE_LIMIT);
        EngineMonitor { client, own, stack_trace }
    }

    async fn send(mut self, wanted: Registration) -> Result<Registered, Refused> {
        let mut request = registration::request(wanted, &self.own).map_err(unsendable)?;
        request.parent_stack_trace_handle = self.stack_trace;
        let response = self.client.register_resource(request).await.map_err(refused)?;
        registration::registered(response.into_inner()).map_err(malformed)
    }

    async fn send_outputs(mut self, urn: Urn, outputs: Map) -> Result<(), Refused> {
        let outputs = codec::encode(&outputs, Accepts::REGISTRATION).map_err(unsendable)?;
        let request = RegisterResourceOutputsRequest { urn: urn.to_string(), outputs: Some(outputs) };
        self.client.register_resource_outputs(request).await.map_err(refused)?;
        Ok(())
    }

    async fn look_up(mut self, urn: Urn) -> Result<Map, Refused> {
        let arguments = Map::from([("urn".to_owned(), Value::from(urn.as_str()))]);
        let request = ResourceInvokeRequest {
            tok: GET_RESOURCE.to_owned(),
            args: Some(codec::encode(&arguments, Accepts::PLANS).map_err(unsendable)?),
            accept_resources: true,
            accepts_byte_string: true,
            parent_stack_trace_handle: self.stack_trace,
            ..ResourceInvokeRequest::default()
        };
        state(&urn, self.client.invoke(request).await.map_err(refused)?.into_inner())
    }
}

impl Monitor for EngineMonitor {
    fn register(&self, wanted: Registration) -> BoxFuture<'_, Result<Registered, Refused>> {
        self.clone().send(wanted).boxed()
    }

    fn register_outputs(&self, urn: Urn, outputs: Map) -> BoxFuture<'_, Result<(), Refused>> {
        self.clone().send_outputs(urn, outputs).boxed()
    }

    fn outputs_of(&self, urn: Urn) -> BoxFuture<'_, Result<Map, Refused>> {
        self.clone().look_up(urn).boxed()
    }
}

/// What the engine says of a resource; nothing while it says that it doesn't know yet.
fn state(urn: &Urn, answer: ResourceInvokeResponse) -> Result<Map, Refused> {
    if let Some(failure) = answer.failures.first() {
        return Err(Refused(format!("reading {urn}: {}", failure.reason)));
    }
    let mut resource = codec::decode(answer.r#return).map_err(malformed)?;
    match resource.remove("state") {
        Some(Value::Map(state)) => Ok(state),
        _ => Ok(Map::new()),
    }
}

/// The engine tells the user itself what failed; this may be printed once more beside it.
fn refused(status: Status) -> Refused {
    Refused(match status.message() {
        "" => format!("the engine refused: {}", status.code()),
        message => message.to_owned(),
    })
}

fn unsendable(bad: Malformed) -> Refused {
    Refused(format!("a bug in the provider: a value that can't be sent: {bad}"))
}

fn malformed(bad: Malformed) -> Refused {
    Refused(format!("the engine sent a malformed answer: {bad}"))
}
