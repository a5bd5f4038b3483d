//! AWS on loopback: one server for all tests, an account of its own for each.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};

use serde_json::Value;

use crate::tools;

/// The server; it ends when its stdin closes, with the test process at the latest.
struct Server {
    endpoint: String,
    _process: Child,
}

fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let mut process = Command::new(tools::made("venv/bin/python", "venv"))
            .args(["-m", "loopback", "serve", "--until-stdin-closes"])
            .env("PYTHONPATH", tools::root().join("tests/loopback"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("AWS on loopback starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).expect("one line that says where it listens");
        Server { endpoint: ready["endpoint"].as_str().unwrap().to_owned(), _process: process }
    })
}

/// The HTTP client; its buffers are cleared for each connection, so they are as small as what is said here.
fn agent() -> &'static ureq::Agent {
    const BUFFER: usize = 8 * 1024;
    static AGENT: OnceLock<ureq::Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        ureq::Agent::config_builder().input_buffer_size(BUFFER).output_buffer_size(BUFFER).build().into()
    })
}

/// An AWS account that no other test uses.
#[derive(Clone)]
pub struct Account {
    id: String,
}

impl Account {
    pub fn fresh() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = u64::from(std::process::id()) * 1_000 + NEXT.fetch_add(1, Ordering::Relaxed);
        Account { id: format!("{:012}", 300_000_000_000 + number) }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the AWS SDK needs to get here.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", server().endpoint.clone()),
            ("AWS_ACCESS_KEY_ID", self.id.clone()),
            ("AWS_SECRET_ACCESS_KEY", "loopback".to_owned()),
            ("AWS_REGION", "eu-west-1".to_owned()),
        ]
    }

    fn control(&self, path: &str) -> String {
        format!("{}/_loopback/accounts/{}/{path}", server().endpoint, self.id)
    }

    pub fn get(&self, path: &str) -> Value {
        agent().get(self.control(path)).call().unwrap().body_mut().read_json().unwrap()
    }

    pub fn put(&self, path: &str, body: &Value) {
        agent().put(self.control(path)).send_json(body).unwrap();
    }

    pub fn post(&self, path: &str) {
        agent().post(self.control(path)).send_empty().unwrap();
    }

    /// What stands in the account beside what AWS makes itself.
    pub fn inventory(&self) -> Value {
        self.get("inventory")
    }

    /// How many of a kind stand in the account; the kinds are those of `inventory.py`, `ministack_ecs.py` and
    /// `ministack_elasticache.py` in `tests/loopback/loopback`.
    #[track_caller]
    pub fn count(&self, kind: &str) -> usize {
        let kinds = [
            include_str!("../loopback/loopback/inventory.py"),
            include_str!("../loopback/loopback/ministack_ecs.py"),
            include_str!("../loopback/loopback/ministack_elasticache.py"),
        ];
        let name = format!("\"{kind}\"");
        assert!(kinds.iter().any(|kinds| kinds.contains(&name)), "AWS on loopback has no kind {kind}");
        self.inventory()[kind].as_array().map_or(0, Vec::len)
    }

    /// The operations that reached AWS and don't only look, in order.
    pub fn changes(&self) -> Vec<String> {
        let requests = self.get("requests");
        let names = requests.as_array().unwrap().iter().map(|request| request["operation"].as_str().unwrap());
        let looks = |name: &&str| ["Describe", "Get", "List"].iter().any(|look| name.starts_with(look));
        names.filter(|name| !looks(name)).map(ToOwned::to_owned).collect()
    }

    /// Asks AWS itself, as somebody would who has other tools. The signature isn't looked at.
    pub fn ask(&self, service: &str, action: &str, parameters: &[(&str, &str)]) -> String {
        self.ask_for(service, action, parameters).unwrap_or_else(|refusal| panic!("{action}: {refusal}"))
    }

    /// The same, with the answer or AWS's refusal.
    pub fn ask_for(&self, service: &str, action: &str, parameters: &[(&str, &str)]) -> Result<String, String> {
        let form = [("Action", action)].into_iter().chain(parameters.iter().copied());
        let request = self.signed(service, None).config().http_status_as_error(false).build();
        let mut answer = request.send_form(form).unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        if answer.status().is_success() { Ok(text) } else { Err(text) }
    }

    /// The same of services that speak JSON.
    pub fn ask_json(&self, service: &str, target: &str, body: &Value) -> Value {
        let request = self.signed(service, Some(target)).content_type("application/x-amz-json-1.1");
        let text = request.send_json(body).unwrap().body_mut().read_to_string().unwrap();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn signed(&self, service: &str, target: Option<&str>) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        let scope = format!("{}/20260101/eu-west-1/{service}/aws4_request", self.id);
        let signature = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
        let request = agent().post(&server().endpoint).header("authorization", signature);
        match target {
            Some(target) => request.header("x-amz-target", target),
            None => request,
        }
    }

    pub fn assert_empty(&self) {
        assert_eq!(self.inventory(), serde_json::json!({}), "something is left in the account");
    }

    /// Requests that AWS would not even have understood.
    pub fn assert_all_requests_valid(&self) {
        let requests = self.get("requests");
        let wrong: Vec<_> = requests
            .as_array()
            .unwrap()
            .iter()
            .filter(|request| request["error_code"] == "LoopbackValidation")
            .collect();
        assert!(wrong.is_empty(), "AWS would refuse: {wrong:#?}");
    }
}
