//! The engine's log, which is the only way for a plugin to show something to a person.
//!
//! Whoever logs doesn't wait: one task delivers all messages, in their order. When the engine is
//! gone, or there is none, they are dropped.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use framework::{
    engine::{Log, Severity},
    value::Urn,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};
use tonic::transport::Channel;

use super::{
    channel,
    wire::pulumirpc::{LogRequest, LogSeverity, engine_client::EngineClient},
};

/// How long an answer is held back for messages that belong before it.
const PATIENCE: Duration = Duration::from_secs(2);

/// The log of whichever engine uses this process.
#[derive(Clone, Debug)]
pub struct EngineLog {
    queue: mpsc::UnboundedSender<Item>,
    /// How many messages aren't with the engine yet.
    underway: Arc<AtomicUsize>,
}

enum Item {
    Engine(String),
    Message(LogRequest),
    Reached(oneshot::Sender<()>),
}

impl EngineLog {
    /// A log without an engine. Needs a running tokio.
    #[must_use]
    pub fn start() -> Self {
        let (queue, items) = mpsc::unbounded_channel();
        let underway = Arc::default();
        tokio::spawn(deliver(items, Arc::clone(&underway)));
        EngineLog { queue, underway }
    }

    /// Sends what comes from now on to the engine at that address.
    pub fn connect(&self, address: String) {
        self.put(Item::Engine(address));
    }

    /// Waits until what was logged so far is with the engine: after an operation's answer it may
    /// have no place to show it. Doesn't wait for an engine that doesn't answer.
    pub async fn flushed(&self) {
        if self.underway.load(Ordering::Acquire) == 0 {
            return;
        }
        let (reached, all) = oneshot::channel();
        self.put(Item::Reached(reached));
        let _ = timeout(PATIENCE, all).await;
    }

    fn say(&self, message: LogRequest) {
        self.underway.fetch_add(1, Ordering::AcqRel);
        self.put(Item::Message(message));
    }

    fn put(&self, item: Item) {
        // The task ends with the runtime only, and then nobody is left to read a message.
        let _ = self.queue.send(item);
    }
}

impl Log for EngineLog {
    fn log(&self, severity: Severity, urn: &Urn, message: String) {
        let severity = match severity {
            Severity::Debug => LogSeverity::Debug,
            Severity::Info => LogSeverity::Info,
            Severity::Warning => LogSeverity::Warning,
            Severity::Error => LogSeverity::Error,
        };
        self.say(LogRequest { severity: severity.into(), message, urn: urn.to_string(), ..LogRequest::default() });
    }

    /// The display joins messages of one stream, and shows a message without a stream by itself.
    fn status(&self, urn: &Urn, message: String) {
        self.say(LogRequest {
            severity: LogSeverity::Info.into(),
            message,
            urn: urn.to_string(),
            stream_id: 0,
            ephemeral: true,
        });
    }
}

async fn deliver(mut items: mpsc::UnboundedReceiver<Item>, underway: Arc<AtomicUsize>) {
    let mut engine: Option<EngineClient<Channel>> = None;
    while let Some(item) = items.recv().await {
        match item {
            Item::Engine(address) => engine = channel::to(&address).ok().map(EngineClient::new),
            Item::Message(message) => {
                if let Some(engine) = &mut engine {
                    let _ = engine.log(message).await;
                }
                underway.fetch_sub(1, Ordering::AcqRel);
            }
            Item::Reached(reached) => {
                let _ = reached.send(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{
        doubles::{LoggedTo, TestResult, serve},
        wire::pulumirpc::engine_server::EngineServer,
    };

    #[tokio::test]
    async fn messages_arrive_in_their_order_and_before_the_flush_ends() -> TestResult {
        let (to, mut messages) = mpsc::unbounded_channel();
        let log = EngineLog::start();
        log.connect(serve(EngineServer::new(LoggedTo(to))).await?);
        log.log(Severity::Warning, &Urn::new("urn"), "first".to_owned());
        log.status(&Urn::new("urn"), "second".to_owned());
        log.flushed().await;

        let first = LogRequest {
            severity: LogSeverity::Warning.into(),
            message: "first".to_owned(),
            urn: "urn".to_owned(),
            ..LogRequest::default()
        };
        let second = LogRequest {
            severity: LogSeverity::Info.into(),
            message: "second".to_owned(),
            ephemeral: true,
            ..first.clone()
        };
        assert_eq!((messages.try_recv()?, messages.try_recv()?), (first, second));
        Ok(())
    }

    #[tokio::test]
    async fn without_an_engine_messages_are_dropped() -> TestResult {
        let log = EngineLog::start();
        log.status(&Urn::default(), "nobody hears it".to_owned());
        log.flushed().await;
        // Nobody listens on a port that was just given back.
        let gone = tokio::net::TcpListener::bind("127.0.0.1:0").await?.local_addr()?.to_string();
        log.connect(gone);
        log.status(&Urn::default(), "nor this".to_owned());
        log.flushed().await;
        Ok(())
    }
}
