//! The plugin as a process of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tonic::transport::Endpoint;

use crate::wire::{Client, pulumirpc as rpc, texts};

/// The plugin; killed with this value.
pub struct Plugin {
    process: Child,
    port: u16,
}

/// The binary under test.
pub fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_pulumi-resource-tenantstack"))
}

impl Plugin {
    /// Starts it and waits until it says its port.
    pub fn start(environment: &[(&str, String)]) -> Self {
        let mut process = Command::new(binary())
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the plugin starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Plugin { port: line.trim().parse().expect("a port"), process }
    }

    /// Where the engine finds it.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// A connection to it.
    pub async fn client(&self) -> Client {
        Plugin::client_at(self.port).await
    }

    /// A connection to the one that listens there.
    pub async fn client_at(port: u16) -> Client {
        let endpoint = Endpoint::from_shared(format!("http://127.0.0.1:{port}")).expect("an address");
        let channel = endpoint.tcp_nodelay(true).connect().await.expect("the plugin listens");
        Client::new(channel).max_decoding_message_size(usize::MAX).max_encoding_message_size(usize::MAX)
    }

    /// A connection, configured as the engine does it.
    pub async fn configured(&self) -> Client {
        let mut client = self.client().await;
        let request = rpc::ConfigureRequest {
            args: Some(texts([("region", "eu-west-1")])),
            accept_secrets: true,
            accept_resources: true,
            sends_old_inputs: true,
            id: Some("6f1c2a52-0000-4000-8000-000000000001".to_owned()),
            urn: Some("urn:pulumi:bench::bench::pulumi:providers:tenantstack::default".to_owned()),
            ..rpc::ConfigureRequest::default()
        };
        client.configure(request).await.expect("the configuration is right");
        client
    }

    /// A row of the kernel's account of its memory, such as `VmRSS`, in bytes; nothing where there is no such account.
    pub fn memory(&self, row: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(row)?.strip_prefix(':'))?;
        Some(1024 * line.trim().strip_suffix(" kB")?.parse::<u64>().ok()?)
    }

    /// How long it has been running on a processor, by the kernel's account, in its ticks of 10 ms; nothing where
    /// there is no such account.
    pub fn processor_time(&self) -> Option<Duration> {
        let account = fs::read_to_string(format!("/proc/{}/stat", self.process.id())).ok()?;
        // The name before may have spaces in it; user and system time are the 14th and 15th of all.
        let (_, after_the_name) = account.rsplit_once(')')?;
        let ticks = after_the_name.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().ok());
        Some(Duration::from_millis(10 * ticks.sum::<Option<u64>>()?))
    }
}

impl Drop for Plugin {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
