//! Bad input over the wire: an error that says where, and a server that goes on.

use prost_types::{ListValue, Struct, Value, value::Kind};
use tenantstack::protocol::wire::pulumirpc::{CheckRequest, ConfigureRequest, CreateRequest, DiffRequest, ReadRequest};
use tonic::{Code, Status};

use crate::plugin::{Client, ENGINE, Plugin, TestResult};

const SIGNATURE: &str = "4dabf18193072939515e22adb298388d";

fn object<const N: usize>(fields: [(&str, Kind); N]) -> Struct {
    let fields = fields.into_iter().map(|(key, kind)| (key.to_owned(), Value { kind: Some(kind) }));
    Struct { fields: fields.collect() }
}

fn text(text: &str) -> Kind {
    Kind::StringValue(text.to_owned())
}

fn special<const N: usize>(signature: &str, fields: [(&str, Kind); N]) -> Kind {
    let mut special = object(fields);
    special.fields.insert(SIGNATURE.to_owned(), Value { kind: Some(text(signature)) });
    Kind::StructValue(special)
}

async fn refused(client: &mut Client, tags: Kind) -> TestResult<Status> {
    let news = object([("tags", Kind::StructValue(object([("a.b", tags)])))]);
    let request = CheckRequest { news: Some(news), ..Default::default() };
    let status = client.check(request).await.err().ok_or("it was taken")?;
    // Whatever it was, the server is still there.
    client.get_plugin_info(()).await?;
    Ok(status)
}

#[tokio::test]
async fn malformed_values_are_refused_with_their_place() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    let list = ListValue { values: vec![Value { kind: None }] };
    let secret = "1b47061264138c4ac30d75fd1eb44270";
    let output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
    let bad = [
        (special("no such thing", []), ": its signature is none that we know"),
        (special(secret, []), ": a secret without a value"),
        (special(output, [("secret", text("yes"))]), ".secret: not a bool"),
        (special(output, [("dependencies", Kind::BoolValue(true))]), ".dependencies: not a list"),
        (Kind::NumberValue(f64::NAN), ": not a finite number"),
        (Kind::NumberValue(f64::NEG_INFINITY), ": not a finite number"),
        (Kind::ListValue(list), "[0]: no value at all, not even null"),
    ];
    for (bad, said) in bad {
        let status = refused(&mut client, bad).await?;
        let said = format!(r#"malformed request: news.tags["a.b"]{said}"#);
        assert_eq!((status.code(), status.message()), (Code::InvalidArgument, said.as_str()));
    }
    Ok(())
}

#[tokio::test]
async fn deep_nesting_is_refused() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    for depth in [60, 1_000] {
        let deep = (0..depth).fold(text("core"), |inner, _| Kind::StructValue(object([("x", inner)])));
        let status = refused(&mut client, deep).await?;
        assert!(status.message().contains("recursion limit"), "{status}");
    }
    Ok(())
}

#[tokio::test]
async fn every_field_of_every_call_is_guarded() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    let bad = || Some(object([("x", Kind::NumberValue(f64::NAN))]));
    let refusals = [
        ("olds", client.check(CheckRequest { olds: bad(), ..Default::default() }).await.err()),
        ("news", client.check_config(CheckRequest { news: bad(), ..Default::default() }).await.err()),
        ("news", client.diff_config(DiffRequest { news: bad(), ..Default::default() }).await.err()),
        ("args", client.configure(ConfigureRequest { args: bad(), ..Default::default() }).await.err()),
        ("old_inputs", client.diff(DiffRequest { old_inputs: bad(), ..Default::default() }).await.err()),
        ("properties", client.create(CreateRequest { properties: bad(), ..Default::default() }).await.err()),
        ("inputs", client.read(ReadRequest { inputs: bad(), ..Default::default() }).await.err()),
    ];
    for (field, status) in refusals {
        let status = status.ok_or(field)?;
        assert_eq!(status.message(), format!("malformed request: {field}.x: not a finite number"));
    }
    Ok(())
}

#[tokio::test]
async fn types_that_there_are_not_are_refused() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let mut client = plugin.client()?;
    client.configure(ConfigureRequest { args: Some(Struct::default()), ..Default::default() }).await?;
    for kind in ["tenantstack:ec2:Nothing", "aws:ec2:Vpc", "tenantstack", ""] {
        let urn = format!("urn:pulumi:dev::shop::{kind}::a");
        let request = CheckRequest { urn, news: Some(Struct::default()), ..Default::default() };
        let status = client.check(request).await.err().ok_or("it was taken")?;
        assert_eq!(
            (status.code(), status.message()),
            (Code::InvalidArgument, format!("tenantstack has no resource type {kind}").as_str())
        );
    }
    for urn in ["", "::::::", "urn:pulumi:dev"] {
        assert!(client.check(CheckRequest { urn: urn.to_owned(), ..Default::default() }).await.is_err());
    }
    Ok(())
}

#[tokio::test]
async fn large_messages_pass_both_ways() -> TestResult {
    let plugin = Plugin::start(&[ENGINE])?;
    let large = "x".repeat(16 << 20);
    // The engine wants its own entry back as it is.
    let news = Some(object([("version", text(&large))]));
    let answer = plugin.client()?.check_config(CheckRequest { news, ..Default::default() }).await?.into_inner();
    let version = answer.inputs.and_then(|mut inputs| inputs.fields.remove("version")).and_then(|version| version.kind);
    assert!(version == Some(text(&large)));
    Ok(())
}
