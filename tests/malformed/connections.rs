//! What a connection may bring that no message is: lengths that lie, bytes that aren't HTTP, errors that are too long.

use std::{
    io::{ErrorKind, Read, Write},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use tenantstack::protocol::{
    channel,
    engine_log::EngineLog,
    server::Server,
    wire::pulumirpc::{CheckRequest, ConfigureRequest, resource_provider_client::ResourceProviderClient},
};
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::transport::Channel;

use crate::contract::delimited;

/// Longer than any answer takes: a test that waits for it has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server that listens.
struct Listening {
    runtime: Runtime,
    address: SocketAddr,
}

impl Listening {
    fn begin() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(async {
            let server = Server::new(Arc::new(tenantstack::provider()), EngineLog::start());
            server.serve(listener).await
        });
        Listening { runtime, address }
    }

    fn client(&self) -> ResourceProviderClient<Channel> {
        let _runtime = self.runtime.enter();
        ResourceProviderClient::new(channel::to(&self.address.to_string()).unwrap())
    }

    /// What the server says to these bytes, until it hangs up or says that it is done with the call.
    fn says_to(&self, bytes: &[u8], until: impl Fn(&[Frame]) -> bool) -> Vec<Frame> {
        let mut connection = TcpStream::connect(self.address).unwrap();
        connection.set_read_timeout(Some(PATIENCE)).unwrap();
        connection.write_all(bytes).unwrap();
        let (mut said, mut frames, mut part) = (Vec::new(), Vec::new(), [0; 4096]);
        while !until(&frames) {
            match connection.read(&mut part) {
                Ok(0) => break,
                Ok(count) => said.extend_from_slice(&part[..count]),
                Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
                Err(error) => panic!("the server goes on waiting: {error}"),
            }
            frames.extend(taken(&mut said));
        }
        frames
    }

    fn is_well(&self) {
        let mut client = self.client();
        let answer = self.runtime.block_on(client.get_plugin_info(()));
        assert!(answer.is_ok(), "{answer:?}");
    }
}

/// A frame of HTTP/2, without its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Frame {
    kind: u8,
    flags: u8,
}

impl Frame {
    /// Whether the server is done with the call: its last headers, or its refusal of the stream or of all.
    fn ends(self) -> bool {
        let (headers, reset, go_away, end_of_stream) = (1, 3, 7, 1);
        (self.kind == headers && self.flags & end_of_stream != 0) || self.kind == reset || self.kind == go_away
    }
}

/// Takes whole frames off the front.
fn taken(said: &mut Vec<u8>) -> Vec<Frame> {
    let mut frames = Vec::new();
    while let [high, middle, low, kind, flags, _, _, _, _, ..] = said[..] {
        let whole = 9 + usize::from(high) * 65_536 + usize::from(middle) * 256 + usize::from(low);
        if said.len() < whole {
            break;
        }
        said.drain(..whole);
        frames.push(Frame { kind, flags });
    }
    frames
}

fn frame(kind: u8, flags: u8, stream: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags, 0, 0, 0, stream], content].concat()
}

/// A header, neither compressed nor remembered.
fn header(name: &str, value: &str) -> Vec<u8> {
    let text = |text: &str| [&[u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
    [vec![0], text(name), text(value)].concat()
}

/// A connection's beginning, and that of a call whose message comes next.
fn call_begun() -> Vec<u8> {
    let headers = [
        (":method", "POST"),
        (":scheme", "http"),
        (":authority", "localhost"),
        (":path", "/pulumirpc.ResourceProvider/Check"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
    ];
    let headers: Vec<u8> = headers.iter().flat_map(|(name, value)| header(name, value)).collect();
    [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), frame(4, 0, 0, &[]), frame(1, 4, 1, &headers)].concat()
}

fn ended(frames: &[Frame]) -> bool {
    frames.iter().any(|frame| frame.ends())
}

#[test]
fn a_length_beyond_all_limits_is_refused_before_anything_comes() {
    let server = Listening::begin();
    for length in [0xffff_ffff_u32, 0x8000_0000, 419_430_401] {
        let message = [&[0][..], &length.to_be_bytes(), b"a few bytes"].concat();
        let said = server.says_to(&[call_begun(), frame(0, 0, 1, &message)].concat(), ended);
        assert!(ended(&said), "{length}: {said:?}");
    }
    server.is_well();
}

#[test]
fn a_message_that_ends_early_or_is_none_is_refused() {
    let server = Listening::begin();
    let deep = (0..10_000).fold(Vec::new(), |inner, _| delimited(3, &delimited(1, &delimited(2, &inner))));
    let deep_length = u32::try_from(deep.len()).unwrap().to_be_bytes();
    let whole = |message: Vec<u8>| [call_begun(), frames_of(&message)].concat();
    let bad = [
        // Less than was said, more than was said, compressed though nobody agreed to it, no message at all.
        whole([&[0, 0, 0, 0, 9][..], b"less"].concat()),
        whole([&[0, 0, 0, 0, 1][..], &[0xff; 100]].concat()),
        whole([&[1, 0, 0, 0, 4][..], b"zzzz"].concat()),
        whole([&[7, 0, 0, 0, 4][..], b"zzzz"].concat()),
        whole(vec![0]),
        whole([&[0, 0, 0, 0, 4][..], &[0xff; 4]].concat()),
        whole([&[0][..], &deep_length, &deep].concat()),
    ];
    for bytes in bad {
        let said = server.says_to(&bytes, ended);
        assert!(ended(&said), "{said:?}");
    }
    server.is_well();
}

/// The bytes of a message in frames that are no longer than anybody must take, the last of which says so.
fn frames_of(message: &[u8]) -> Vec<u8> {
    let mut parts = message.chunks(16_384).peekable();
    let mut frames = Vec::new();
    while let Some(part) = parts.next() {
        let end_of_stream = u8::from(parts.peek().is_none());
        frames.extend(frame(0, end_of_stream, 1, part));
    }
    frames
}

#[test]
fn what_is_not_http_is_hung_up_on() {
    let server = Listening::begin();
    for bytes in
        [&b"GET / HTTP/1.1\r\n\r\n"[..], &[0xff; 100], b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nxxxxxxxxxxxxxxxxxxxxxxxxx"]
    {
        server.says_to(bytes, |_| false);
    }
    server.is_well();
}

#[test]
fn an_error_longer_than_trailers_may_be_ends_its_call_alone() {
    let server = Listening::begin();
    let mut client = server.client();
    let long = "x".repeat(17 << 20);
    let urn = format!("urn:pulumi:dev::shop::{long}::a");
    let configured = server.runtime.block_on(client.configure(ConfigureRequest::default()));
    assert!(configured.is_ok(), "{configured:?}");
    let waiting = server.client();
    let answer = server.runtime.block_on(async {
        let asked = client.check(CheckRequest { urn, ..Default::default() });
        tokio::time::timeout(PATIENCE, asked).await
    });
    let status = answer.expect("an answer").expect_err("a refusal");
    assert!(!status.message().contains("a bug"), "{status}");
    let mut waiting = waiting;
    assert!(server.runtime.block_on(waiting.get_plugin_info(())).is_ok());
    assert!(server.runtime.block_on(client.get_plugin_info(())).is_ok());
}
