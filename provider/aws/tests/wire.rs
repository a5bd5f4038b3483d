//! AWS as a function from requests to answers.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::{
    http::{HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use framework::{cloud::Cloud, value::Map};

use crate::aws::{Aws, Config, Session};

/// What happens to a request.
pub(super) enum Answer {
    /// An answer with this status and body.
    Is(u16, String),
    /// It is done, and nobody hears of it.
    Lost,
}

/// A request, as far as tests look at it.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) uri: String,
    pub(super) body: String,
}

impl Seen {
    /// The value of a form's field.
    pub(super) fn field(&self, name: &str) -> Option<String> {
        let fields = self.body.split('&').filter_map(|field| field.split_once('='));
        fields.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
    }

    pub(super) fn action(&self) -> String {
        self.field("Action").unwrap_or_default()
    }
}

type Say = dyn Fn(usize, &Seen) -> Answer + Send + Sync;

/// An AWS that is told what to say, and remembers what it was asked.
#[derive(Clone)]
pub(super) struct Wire {
    say: Arc<Say>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire")
    }
}

impl Wire {
    /// Says what `say` says to the request of that number, counted from 0.
    pub(super) fn saying(say: impl Fn(usize, &Seen) -> Answer + Send + Sync + 'static) -> Self {
        Wire { say: Arc::new(say), seen: Arc::default() }
    }

    /// What was asked so far.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn actions(&self) -> Vec<String> {
        self.seen().iter().map(Seen::action).collect()
    }

    fn client(&self) -> SharedHttpClient {
        let wire = self.clone();
        http_client_fn(move |_, _| SharedHttpConnector::new(wire.clone()))
    }

    /// AWS with this configuration, in this wire's hands.
    pub(super) async fn aws(&self, config: Config) -> Aws {
        Aws::through(self.client(), config).await
    }

    /// The session of the configured region.
    pub(super) async fn session_with(&self, config: Config) -> Arc<Session> {
        self.aws(config).await.session(&Map::new()).unwrap()
    }

    pub(super) async fn session(&self) -> Arc<Session> {
        self.session_with(config()).await
    }
}

/// A configuration that needs nothing of the machine.
pub(super) fn config() -> Config {
    Config {
        region: Some("eu-west-1".to_owned()),
        access_key: Some("AKIDEXAMPLEEXAMPLE".to_owned()),
        secret_key: Some("hunter2hunter2".to_owned()),
        adopt_interrupted: true,
        ..Config::default()
    }
}

impl HttpConnector for Wire {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let body = String::from_utf8_lossy(request.body().bytes().unwrap_or_default()).into_owned();
        let seen = Seen { uri: request.uri().to_owned(), body };
        let number = {
            let mut all = self.seen.lock().unwrap();
            all.push(seen.clone());
            all.len() - 1
        };
        HttpConnectorFuture::ready(match (self.say)(number, &seen) {
            Answer::Is(status, body) => {
                let mut answer = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
                answer.headers_mut().insert("x-amzn-requestid", "req-1");
                Ok(answer)
            }
            Answer::Lost => Err(ConnectorError::io("connection reset by peer".into())),
        })
    }
}

/// An error in EC2's words.
pub(super) fn ec2_error(status: u16, code: &str, message: &str) -> Answer {
    let body =
        format!("<Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors></Response>");
    Answer::Is(status, body)
}

/// A subnet that was made, in EC2's words.
pub(super) fn subnet_made() -> Answer {
    let body = "<CreateSubnetResponse><requestId>req-1</requestId><subnet><subnetId>subnet-1</subnetId></subnet></CreateSubnetResponse>";
    Answer::Is(200, body.to_owned())
}

/// Subnets, in EC2's words.
pub(super) fn subnets(ids: &[String]) -> Answer {
    let items: String = ids.iter().map(|id| format!("<item><subnetId>{id}</subnetId></item>")).collect();
    Answer::Is(200, format!("<DescribeSubnetsResponse><subnetSet>{items}</subnetSet></DescribeSubnetsResponse>"))
}

/// Who we are, in STS's words.
pub(super) fn identity(account: &str) -> Answer {
    let body = format!(
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
    );
    Answer::Is(200, body)
}
