//! AWS on loopback, for as long as this program needs it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::{made, root};

/// AWS on loopback. It ends when its stdin closes, with this process at the latest.
pub struct Loopback {
    process: Child,
    endpoint: String,
}

/// The account of the bench.
const ACCOUNT: &str = "111122223333";

impl Loopback {
    /// Starts it and waits until it is ready.
    pub fn start() -> Self {
        let mut process = Command::new(made("venv/bin/python", "venv"))
            .args(["-m", "loopback", "serve", "--until-stdin-closes"])
            .env("PYTHONPATH", root().join("tests/loopback"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("AWS on loopback starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("one line that says where it listens");
        Loopback { endpoint: ready["endpoint"].as_str().unwrap().to_owned(), process }
    }

    /// What the AWS SDK needs to get here.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.endpoint.clone()),
            ("AWS_ACCESS_KEY_ID", ACCOUNT.to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "loopback".to_owned()),
            ("AWS_REGION", "eu-west-1".to_owned()),
        ]
    }

    /// Lets new things be in between for that many looks.
    pub fn slow(&self, polls: u32) {
        let url = format!("{}/_loopback/accounts/{ACCOUNT}/transitions", self.endpoint);
        ureq::put(url).send_json(serde_json::json!({ "polls": polls })).unwrap();
    }

    /// How often AWS did this.
    pub fn count(&self, operation: &str) -> usize {
        let done = |request: &&Request| request.operation == operation && request.status == 200;
        self.requests(0).iter().filter(done).count()
    }

    /// What AWS was asked, but for the first ones.
    pub fn requests(&self, but: usize) -> Vec<Request> {
        let url = format!("{}/_loopback/accounts/{ACCOUNT}/requests?since={but}", self.endpoint);
        let body = ureq::get(url).call().unwrap().body_mut().with_config().limit(u64::MAX).read_to_string().unwrap();
        let requests: Vec<Value> = serde_json::from_str(&body).unwrap();
        let text = |request: &Value, name: &str| request[name].as_str().unwrap_or_default().to_owned();
        let told = |request: &Value| Request {
            service: text(request, "service"),
            operation: text(request, "operation"),
            status: request["status"].as_u64().unwrap_or_default(),
        };
        requests.iter().map(told).collect()
    }
}

/// What AWS was asked.
pub struct Request {
    /// The service, as its endpoint is named.
    pub service: String,
    /// The call.
    pub operation: String,
    /// What HTTP said of it.
    pub status: u64,
}

impl Drop for Loopback {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
