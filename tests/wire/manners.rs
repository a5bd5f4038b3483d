//! How the process begins, what it says of itself, and how it ends.

use std::process::Stdio;

use tenantstack::protocol::wire::pulumirpc::{
    CallRequest, GetMappingRequest, GetMappingsRequest, GetSchemaRequest, InvokeRequest, ListRequest,
    ParameterizeRequest, PluginAttach, ProviderHandshakeRequest,
};
use tonic::Code;

use crate::plugin::{ENGINE, Plugin, TestResult, command};

#[tokio::test]
async fn the_first_calls_of_the_engine_are_answered() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    let handshake =
        ProviderHandshakeRequest { engine_address: ENGINE.to_owned(), configure_with_urn: true, ..Default::default() };
    let answer = client.handshake(handshake).await?.into_inner();
    assert!(answer.accept_secrets && answer.accept_resources && answer.accept_outputs);
    assert!(answer.supports_autonaming_configuration && answer.accepts_byte_string);

    let version = client.get_plugin_info(()).await?.into_inner().version;
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    let schema = client.get_schema(GetSchemaRequest::default()).await?.into_inner().schema;
    let schema: serde_json::Value = serde_json::from_str(&schema)?;
    assert_eq!((&schema["name"], &schema["version"]), (&"tenantstack".into(), &version.into()));
    Ok(())
}

#[tokio::test]
async fn schemas_of_other_formats_are_refused() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let request = GetSchemaRequest { version: 15, ..Default::default() };
    let Err(status) = plugin.client()?.get_schema(request).await else { return Err("there is one".into()) };
    assert_eq!((status.code(), status.message()), (Code::InvalidArgument, "unsupported schema version 15"));
    Ok(())
}

#[tokio::test]
async fn what_there_is_not_is_said_clearly() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    let tok = || "tenantstack:index:no".to_owned();
    let refusals = [
        client.invoke(InvokeRequest { tok: tok(), ..Default::default() }).await.err(),
        client.call(CallRequest { tok: tok(), ..Default::default() }).await.err(),
        client.parameterize(ParameterizeRequest::default()).await.err(),
        client.list(ListRequest { token: tok(), ..Default::default() }).await.err(),
    ];
    let said: Vec<_> = refusals.iter().flatten().map(|status| (status.code(), status.message())).collect();
    let expected = [
        (Code::InvalidArgument, "tenantstack has no function `tenantstack:index:no`"),
        (Code::InvalidArgument, "tenantstack has no method `tenantstack:index:no`"),
        (Code::Unimplemented, "tenantstack takes no parameters"),
        (Code::Unimplemented, "tenantstack can't list what there is of `tenantstack:index:no`"),
    ];
    assert_eq!(said, expected);
    assert!(client.get_mapping(GetMappingRequest::default()).await?.into_inner().data.is_empty());
    assert!(client.get_mappings(GetMappingsRequest::default()).await?.into_inner().providers.is_empty());
    Ok(())
}

#[tokio::test]
async fn cancel_is_repeatable_and_does_not_end_the_process() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    client.cancel(()).await?;
    client.cancel(()).await?;
    client.get_plugin_info(()).await?;
    Ok(())
}

#[tokio::test]
async fn signals_end_it_well_and_stdout_says_the_port_alone() -> TestResult {
    for signal in ["INT", "TERM"] {
        let mut plugin = Plugin::start(&[ENGINE])?;
        plugin.client()?.get_plugin_info(()).await?;
        plugin.signal(signal)?;
        let (status, rest) = plugin.ended()?;
        assert!(status.success() && rest.is_empty(), "{signal}: {status}, {rest:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_signal_right_after_the_port_ends_it_well() -> TestResult {
    let mut plugin = Plugin::start(&[])?;
    plugin.signal("INT")?;
    assert!(plugin.ended()?.0.success());
    Ok(())
}

#[tokio::test]
async fn the_death_of_the_engine_ends_it() -> TestResult {
    let mut plugin = Plugin::start(&[ENGINE])?;
    plugin.client()?.get_plugin_info(()).await?;
    plugin.abandon();
    assert!(plugin.ended()?.0.success());
    Ok(())
}

#[tokio::test]
async fn without_an_engine_it_waits_for_one_to_attach() -> TestResult {
    let mut plugin = Plugin::start(&[])?;
    plugin.abandon();
    let mut client = plugin.client()?;
    for _deployment in 0..2 {
        client.handshake(ProviderHandshakeRequest { engine_address: ENGINE.to_owned(), ..Default::default() }).await?;
        client.attach(PluginAttach { address: ENGINE.to_owned() }).await?;
        client.get_schema(GetSchemaRequest::default()).await?;
        client.cancel(()).await?;
    }
    plugin.signal("INT")?;
    assert!(plugin.ended()?.0.success());
    Ok(())
}

#[tokio::test]
async fn flags_of_other_engines_are_passed_over() -> TestResult {
    let flags = ["--logtostderr", "-v=9", "--tracing", "file:/dev/null", "--brand-new", ENGINE];
    let mut plugin = Plugin::start(&flags)?;
    plugin.client()?.get_plugin_info(()).await?;
    plugin.abandon();
    assert!(plugin.ended()?.0.success(), "it didn't find the engine's address");
    Ok(())
}

#[tokio::test]
async fn schema_and_version_can_be_had_without_an_engine() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    let schema = client.get_schema(GetSchemaRequest::default()).await?.into_inner().schema;
    let printed = command(&["--schema"]).stdin(Stdio::null()).output()?;
    assert_eq!(String::from_utf8(printed.stdout)?, format!("{schema}\n"));

    let version = client.get_plugin_info(()).await?.into_inner().version;
    let printed = command(&["--version"]).stdin(Stdio::null()).output()?;
    assert_eq!(String::from_utf8(printed.stdout)?, format!("{version}\n"));
    Ok(())
}
