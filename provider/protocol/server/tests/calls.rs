//! Whole calls, as the engine makes them, over a connection.

use std::{collections::BTreeMap, error::Error, pin::pin, sync::Arc};

use framework::value::{Map, Urn, Value};
use futures::future::join_all;
use prost::Message;
use prost_types::Struct;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, mpsc},
};
use tonic::{Code, Status, transport::Channel};

use super::world;
use crate::protocol::{
    channel,
    codec::{Accepts, UNKNOWN, decode, encode},
    doubles::{self, LoggedTo, Registry, TestResult, kept},
    engine_log::EngineLog,
    server::{Server, context::COMPONENTS},
    wire::{
        google::rpc,
        pulumirpc::{
            CheckRequest, ConfigureRequest, ConstructRequest, CreateRequest, DeleteRequest, DiffRequest,
            ErrorResourceInitFailed, GetSchemaRequest, LogRequest, PluginAttach, ReadRequest, ReadResponse,
            RegisterResourceResponse, UpdateRequest, construct_request::PropertyDependencies,
            diff_response::DiffChanges, engine_server::EngineServer, resource_monitor_server::ResourceMonitorServer,
            resource_provider_client::ResourceProviderClient,
        },
    },
};

type Client = ResourceProviderClient<Channel>;

const THING: &str = "urn:pulumi:dev::shop::world:index:Thing::a";

async fn unconfigured() -> Result<Client, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let log = EngineLog::start();
    let provider = Arc::new(world::provider());
    provider.connect(Arc::new(log.clone()));
    tokio::spawn(Server::new(provider, log).serve(listener));
    Ok(ResourceProviderClient::new(channel::to(&address)?))
}

async fn configured() -> Result<Client, Box<dyn Error>> {
    let mut client = unconfigured().await?;
    let id = Some("6f1f".to_owned());
    let urn = Some("urn:pulumi:dev::shop::pulumi:providers:world::p".to_owned());
    client.configure(ConfigureRequest { args: properties([])?, id, urn, ..Default::default() }).await?;
    Ok(client)
}

fn map<const N: usize>(entries: [(&str, Value); N]) -> Map {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

fn properties<const N: usize>(entries: [(&str, Value); N]) -> Result<Option<Struct>, Box<dyn Error>> {
    Ok(Some(encode(&map(entries), Accepts::REGISTRATION)?))
}

async fn checked<const N: usize>(client: &mut Client, news: [(&str, Value); N]) -> Result<Struct, Box<dyn Error>> {
    let urn = THING.to_owned();
    let request = CheckRequest { urn, olds: properties([])?, news: properties(news)?, ..Default::default() };
    let answer = client.check(request).await?.into_inner();
    assert_eq!(answer.failures, []);
    Ok(answer.inputs.unwrap_or_default())
}

async fn created(client: &mut Client, fate: &str) -> Result<Result<Map, Status>, Box<dyn Error>> {
    let inputs = checked(client, [("fate", fate.into())]).await?;
    let request = CreateRequest { urn: THING.to_owned(), properties: Some(inputs), ..Default::default() };
    match client.create(request).await {
        Ok(answer) => Ok(Ok(decode(answer.into_inner().properties)?)),
        Err(status) => Ok(Err(status)),
    }
}

#[tokio::test]
async fn a_thing_lives_and_ends() -> TestResult {
    let mut client = configured().await?;
    let secret = Value::String("hush".to_owned()).into_secret();
    let inputs = checked(&mut client, [("fate", "lives".into()), ("word", secret.clone())]).await?;
    assert_eq!(decode(Some(inputs.clone()))?["word"], secret);

    let urn = || THING.to_owned();
    let create = CreateRequest { urn: urn(), properties: Some(inputs.clone()), ..Default::default() };
    let foreseen = client.create(CreateRequest { preview: true, ..create.clone() }).await?.into_inner();
    assert_eq!((foreseen.id.as_str(), decode(foreseen.properties)?["thingId"].clone()), ("", Value::Unknown));
    let made = client.create(create).await?.into_inner();
    assert_eq!(made.id, "id-lives");
    let outputs = decode(made.properties.clone())?;
    assert_eq!((&outputs["thingId"], &outputs["word"]), (&"id-lives".into(), &secret));

    let id = || "id-lives".to_owned();
    let read = ReadRequest {
        urn: urn(),
        id: id(),
        inputs: Some(inputs.clone()),
        properties: made.properties,
        ..Default::default()
    };
    let found = client.read(read.clone()).await?.into_inner();
    assert_eq!(found.id, "id-lives");

    let mut news = decode(Some(inputs.clone()))?;
    news.insert("word".to_owned(), Value::from("louder").into_secret());
    let news = Some(encode(&news, Accepts::PLANS)?);
    let (olds, old_inputs) = (found.properties, Some(inputs.clone()));
    let diff = DiffRequest {
        urn: urn(),
        id: id(),
        olds: olds.clone(),
        old_inputs: old_inputs.clone(),
        news: news.clone(),
        ..Default::default()
    };
    let difference = client.diff(diff).await?.into_inner();
    assert_eq!(
        (difference.changes(), difference.diffs, difference.replaces),
        (DiffChanges::DiffSome, vec!["word".to_owned()], vec![])
    );

    let update = UpdateRequest {
        urn: urn(),
        id: id(),
        olds: olds.clone(),
        old_inputs: old_inputs.clone(),
        news,
        ..Default::default()
    };
    let updated = client.update(update).await?.into_inner();
    assert_eq!(decode(updated.properties)?["word"], Value::from("louder").into_secret());

    client.delete(DeleteRequest { urn: urn(), id: id(), properties: olds, old_inputs, ..Default::default() }).await?;
    assert_eq!(client.read(read).await?.into_inner(), ReadResponse::default());
    Ok(())
}

#[tokio::test]
async fn wrong_inputs_come_back_all_at_once() -> TestResult {
    let mut client = configured().await?;
    let news = properties([("fat", true.into()), ("word", 1.0.into())])?;
    let request = CheckRequest { urn: THING.to_owned(), olds: properties([])?, news, ..Default::default() };
    let failures = client.check(request).await?.into_inner().failures;
    let places: Vec<_> = failures.iter().map(|failure| failure.property.as_str()).collect();
    assert_eq!(places.len(), 3, "{places:?}");
    assert!(["fat", "fate", "word"].iter().all(|place| places.contains(place)), "{places:?}");
    Ok(())
}

#[tokio::test]
async fn a_panic_ends_its_call_and_no_other() -> TestResult {
    let mut client = configured().await?;
    let Err(status) = created(&mut client, "panics").await? else { return Err("it was made".into()) };
    assert_eq!((status.code(), status.message()), (Code::Internal, "a bug in the provider: it panics"));
    assert!(created(&mut client, "lives").await?.is_ok());
    Ok(())
}

#[tokio::test]
async fn what_was_half_made_is_not_forgotten() -> TestResult {
    let mut client = configured().await?;
    let Err(status) = created(&mut client, "breaks").await? else { return Err("it didn't break".into()) };
    let whole = rpc::Status::decode(status.details())?;
    let detail = ErrorResourceInitFailed::decode(&*whole.details[0].value)?;
    assert_eq!((detail.id.as_str(), detail.reasons.len()), ("id-breaks", 1));
    assert_eq!(decode(detail.properties)?["fate"], "breaks".into());
    Ok(())
}

#[tokio::test]
async fn cancel_ends_the_waiting_and_the_server_goes_on() -> TestResult {
    let mut client = configured().await?;
    let (to, mut said) = mpsc::unbounded_channel::<LogRequest>();
    let address = doubles::serve(EngineServer::new(LoggedTo(to))).await?;
    client.attach(PluginAttach { address }).await?;

    let mut waiting = client.clone();
    let waiting = tokio::spawn(async move { created(&mut waiting, "waits").await.map_err(|error| error.to_string()) });
    while said.recv().await.is_some_and(|said| !said.ephemeral) {}
    client.cancel(()).await?;
    let Err(status) = waiting.await?? else { return Err("it was made".into()) };
    assert_eq!(status.code(), Code::Cancelled);
    let whole = rpc::Status::decode(status.details())?;
    assert_eq!(ErrorResourceInitFailed::decode(&*whole.details[0].value)?.id, "id-waits");

    client.cancel(()).await?;
    assert!(created(&mut client, "lives").await?.is_ok());
    Ok(())
}

#[tokio::test]
async fn configuration_is_checked_compared_and_taken() -> TestResult {
    let mut client = unconfigured().await?;
    let schema = client.get_schema(GetSchemaRequest::default()).await?.into_inner().schema;
    assert!(schema.contains("world:index:Thing"));

    let news = properties([("region", "x".into()), ("version", "9.9.9".into())])?;
    let checked = client.check_config(CheckRequest { news, ..Default::default() }).await?.into_inner();
    assert_eq!(decode(checked.inputs)?["version"], "9.9.9".into());
    assert_eq!(checked.failures.iter().map(|failure| failure.property.as_str()).collect::<Vec<_>>(), ["region"]);

    let (old_inputs, news) = (properties([("version", "1".into())])?, properties([("version", "2".into())])?);
    let request = DiffRequest { old_inputs, news, ..Default::default() };
    assert_eq!(client.diff_config(request.clone()).await?.into_inner().changes(), DiffChanges::DiffNone);
    let moved = DiffRequest { news: properties([("region", "north".into())])?, ..request };
    assert_eq!(client.diff_config(moved).await?.into_inner().replaces, ["region"]);

    let args = properties([("region", Value::from("x").into_secret())])?;
    let Err(status) = client.configure(ConfigureRequest { args, ..Default::default() }).await else {
        return Err("it was taken".into());
    };
    assert!(status.message().starts_with("the provider's configuration is invalid: region: "), "{status}");
    Ok(())
}

fn pair(monitor: &str, fate: Value) -> Result<ConstructRequest, Box<dyn Error>> {
    Ok(ConstructRequest {
        monitor_endpoint: monitor.to_owned(),
        r#type: "world:index:Pair".to_owned(),
        name: "p".to_owned(),
        parent: "urn:stack".to_owned(),
        inputs: properties([("fate", fate)])?,
        input_dependencies: BTreeMap::from([(
            "fate".to_owned(),
            PropertyDependencies { urns: vec!["urn:other".to_owned()] },
        )]),
        protect: Some(false),
        accepts_output_values: true,
        stack_trace_handle: "handle".to_owned(),
        ..Default::default()
    })
}

#[tokio::test]
async fn a_component_registers_itself_its_children_and_its_outputs() -> TestResult {
    let mut client = configured().await?;
    let answer = RegisterResourceResponse { urn: "urn:made".to_owned(), id: "id-1".to_owned(), ..Default::default() };
    let registry = Registry { answer: Some(answer), ..Default::default() };
    let monitor = doubles::serve(ResourceMonitorServer::new(registry.clone())).await?;
    let answer = client.construct(pair(&monitor, "lives".into())?).await?.into_inner();

    let asked = kept(&registry.registered);
    let names: Vec<_> = asked.iter().map(|asked| (asked.name.as_str(), asked.custom, asked.parent.as_str())).collect();
    assert_eq!(names, [("p", false, "urn:stack"), ("p-first", true, "urn:made"), ("p-second", true, "urn:made")]);
    assert_eq!((asked[0].protect, asked[0].provider.as_str()), (Some(false), ""));
    assert_eq!(asked[1].provider, "urn:pulumi:dev::shop::pulumi:providers:world::p::6f1f");
    assert_eq!(asked[2].property_dependencies["fate"].urns, ["urn:made"]);
    assert!(asked.iter().all(|asked| asked.parent_stack_trace_handle == "handle"));

    assert_eq!(answer.urn, "urn:made");
    let Value::Output(first) = &decode(answer.state)?["firstId"] else { return Err("not an output".into()) };
    assert_eq!((&first.value, first.dependencies.contains(&Urn::new("urn:made"))), (&Some("id-1".into()), true));
    assert!(answer.state_dependencies["firstId"].urns.contains(&"urn:made".to_owned()));
    let outputs = kept(&registry.outputs);
    assert_eq!((outputs.len(), outputs[0].urn.as_str()), (1, "urn:made"));
    Ok(())
}

#[tokio::test]
async fn a_crowd_of_components_is_made_in_turns() -> TestResult {
    const CROWD: usize = COMPONENTS + 10;
    let client = configured().await?;
    let answer = RegisterResourceResponse { urn: "urn:made".to_owned(), id: "id-1".to_owned(), ..Default::default() };
    let held = Arc::new(Semaphore::new(0));
    let registry = Registry { answer: Some(answer), held: Some(held.clone()), ..Default::default() };
    let monitor = doubles::serve(ResourceMonitorServer::new(registry.clone())).await?;
    let asked: Vec<_> = (0..CROWD).map(|_| pair(&monitor, "lives".into())).collect::<Result<_, _>>()?;
    let crowd = asked.into_iter().map(|asked| {
        let mut client = client.clone();
        async move { client.construct(asked).await }
    });
    let mut crowd = pin!(join_all(crowd));
    let all_that_have_a_turn = async {
        while kept(&registry.registered).len() < COMPONENTS {
            tokio::task::yield_now().await;
        }
        // Whatever was asked for before has come in with this.
        client.clone().get_plugin_info(()).await
    };
    tokio::select! {
        _ = &mut crowd => return Err("nobody was answered".into()),
        info = all_that_have_a_turn => drop(info?),
    }
    assert_eq!(kept(&registry.registered).len(), COMPONENTS, "each has registered itself and waits");
    held.add_permits(3 * CROWD);
    assert!(crowd.await.iter().all(Result::is_ok));
    assert_eq!(kept(&registry.registered).len(), 3 * CROWD);
    Ok(())
}

#[tokio::test]
async fn a_component_of_unknown_shape_is_unknown_in_a_real_run_too() -> TestResult {
    let mut client = configured().await?;
    let answer = RegisterResourceResponse { urn: "urn:made".to_owned(), ..Default::default() };
    let registry = Registry { answer: Some(answer), ..Default::default() };
    let monitor = doubles::serve(ResourceMonitorServer::new(registry.clone())).await?;
    let state = client.construct(pair(&monitor, Value::Unknown)?).await?.into_inner().state;
    assert!(
        !state.as_ref().is_some_and(|state| state.encode_to_vec().windows(36).any(|part| part == UNKNOWN.as_bytes()))
    );
    let Value::Output(first) = &decode(state)?["firstId"] else { return Err("not an output".into()) };
    assert_eq!((&first.value, kept(&registry.registered).len()), (&None, 1));
    Ok(())
}

#[tokio::test]
async fn a_component_fails_with_its_inputs_or_with_the_engine() -> TestResult {
    let mut client = configured().await?;
    let monitor = doubles::serve(ResourceMonitorServer::new(Registry::default())).await?;
    let Err(status) = client.construct(pair(&monitor, "is wrong".into())?).await else { return Err("made".into()) };
    assert_eq!((status.code(), status.message()), (Code::InvalidArgument, "invalid inputs"));
    let Err(status) = client.construct(pair(&monitor, "lives".into())?).await else { return Err("made".into()) };
    assert_eq!((status.code(), status.message()), (Code::FailedPrecondition, "resource monitor shut down"));
    let Err(status) = client
        .construct(ConstructRequest { monitor_endpoint: "no address".to_owned(), ..pair("", Value::Null)? })
        .await
    else {
        return Err("made".into());
    };
    assert_eq!(status.message(), "the monitor's endpoint isn't an address");
    Ok(())
}
