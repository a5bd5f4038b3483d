//! Every call of the contract, asked with bytes and answered with bytes.

use futures::future::{BoxFuture, FutureExt};
use prost::Message;
use tenantstack::{
    aws::Aws,
    protocol::{
        channel,
        server::Server,
        wire::pulumirpc::{
            CallRequest, CheckRequest, ConfigureRequest, ConstructRequest, CreateRequest, DeleteRequest, DiffRequest,
            GetMappingRequest, GetMappingsRequest, GetSchemaRequest, InvokeRequest, ListRequest, ParameterizeRequest,
            PluginAttach, ProviderHandshakeRequest, ReadRequest, UpdateRequest,
            resource_provider_server::ResourceProvider,
        },
    },
};
use tonic::{Request, Status};

use crate::{contract::contract, stage::NOWHERE};

/// What a call comes to: an answer's bytes, or why there is none.
pub type Answer = Result<Vec<u8>, Status>;

/// A call.
#[derive(Clone, Copy)]
pub struct Call {
    /// The contract's name of it.
    pub name: &'static str,
    /// Asks, unless the bytes are no request. Needs a running tokio.
    pub ask: for<'a> fn(&'a Server<Aws>, &[u8]) -> Option<BoxFuture<'a, Answer>>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A request that may name a place to connect to.
trait Addressed {
    /// The place.
    fn address(&mut self) -> Option<&mut String> {
        None
    }

    /// The same request, which leads nowhere.
    fn kept_here(mut self) -> Self
    where
        Self: Sized,
    {
        if let Some(address) = self.address().filter(|address| channel::to(address).is_ok()) {
            NOWHERE.clone_into(address);
        }
        self
    }
}

/// One line a call: its name in the contract, its name here, its request.
macro_rules! calls {
    ($($name:literal $method:ident($request:ty);)*) => {
        /// Every call but the one that answers with a stream.
        const CALLS: &[Call] = &[$(Call {
            name: $name,
            ask: |server, bytes| {
                let request = <$request>::decode(bytes).ok()?.kept_here();
                Some(async move {
                    server.$method(Request::new(request)).await.map(|answer| answer.into_inner().encode_to_vec())
                }.boxed())
            },
        },)*];
    };
}

calls! {
    "Handshake" handshake(ProviderHandshakeRequest);
    "Parameterize" parameterize(ParameterizeRequest);
    "GetSchema" get_schema(GetSchemaRequest);
    "CheckConfig" check_config(CheckRequest);
    "DiffConfig" diff_config(DiffRequest);
    "Configure" configure(ConfigureRequest);
    "Invoke" invoke(InvokeRequest);
    "Call" call(CallRequest);
    "Check" check(CheckRequest);
    "Diff" diff(DiffRequest);
    "Create" create(CreateRequest);
    "Read" read(ReadRequest);
    "Update" update(UpdateRequest);
    "Delete" delete(DeleteRequest);
    "Construct" construct(ConstructRequest);
    "Cancel" cancel(());
    "GetPluginInfo" get_plugin_info(());
    "Attach" attach(PluginAttach);
    "GetMapping" get_mapping(GetMappingRequest);
    "GetMappings" get_mappings(GetMappingsRequest);
}

const LIST: Call = Call {
    name: "List",
    ask: |server, bytes| {
        let request = ListRequest::decode(bytes).ok()?;
        Some(async move { server.list(Request::new(request)).await.map(|_| Vec::new()) }.boxed())
    },
};

/// Every call.
pub fn all() -> Vec<Call> {
    CALLS.iter().copied().chain([LIST]).collect()
}

impl Addressed for ProviderHandshakeRequest {
    fn address(&mut self) -> Option<&mut String> {
        Some(&mut self.engine_address)
    }
}

impl Addressed for PluginAttach {
    fn address(&mut self) -> Option<&mut String> {
        Some(&mut self.address)
    }
}

impl Addressed for ConstructRequest {
    fn address(&mut self) -> Option<&mut String> {
        Some(&mut self.monitor_endpoint)
    }
}

impl Addressed for () {}
impl Addressed for CallRequest {}
impl Addressed for CheckRequest {}
impl Addressed for ConfigureRequest {}
impl Addressed for CreateRequest {}
impl Addressed for DeleteRequest {}
impl Addressed for DiffRequest {}
impl Addressed for GetMappingRequest {}
impl Addressed for GetMappingsRequest {}
impl Addressed for GetSchemaRequest {}
impl Addressed for InvokeRequest {}
impl Addressed for ParameterizeRequest {}
impl Addressed for ReadRequest {}
impl Addressed for UpdateRequest {}

#[test]
fn no_call_of_the_contract_is_missing() {
    let mut ours: Vec<_> = all().iter().map(|call| call.name).collect();
    let mut theirs: Vec<_> = contract().calls.iter().map(|call| call.name()).collect();
    ours.sort_unstable();
    theirs.sort_unstable();
    assert_eq!(ours, theirs);
}
