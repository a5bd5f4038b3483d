//! The real binary, started as the engine starts it.

use std::{
    error::Error,
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
};

use tenantstack::protocol::{
    channel,
    wire::{MESSAGE_LIMIT, pulumirpc::resource_provider_client::ResourceProviderClient},
};
use tonic::transport::Channel;

pub type TestResult<T = ()> = Result<T, Box<dyn Error>>;
pub type Client = ResourceProviderClient<Channel>;

/// Nobody listens there: the engine is only needed for its log.
pub const ENGINE: &str = "127.0.0.1:1";

/// A running plugin; it ends with the test.
pub struct Plugin {
    process: Child,
    stdout: BufReader<ChildStdout>,
    port: u16,
}

impl Plugin {
    /// Starts the plugin and reads its first line, which has to be the port.
    pub fn start(arguments: &[&str]) -> TestResult<Self> {
        let mut process = command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut stdout = BufReader::new(process.stdout.take().ok_or("no stdout")?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        Ok(Plugin { process, stdout, port: line.trim_end().parse()? })
    }

    /// A client that takes messages as large as the engine does.
    pub fn client(&self) -> TestResult<Client> {
        let channel = channel::to(&format!("127.0.0.1:{}", self.port))?;
        let client = ResourceProviderClient::new(channel);
        Ok(client.max_decoding_message_size(MESSAGE_LIMIT).max_encoding_message_size(MESSAGE_LIMIT))
    }

    /// Sends a signal.
    pub fn signal(&self, name: &str) -> TestResult {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.process.id().to_string()).status()?;
        if sent.success() { Ok(()) } else { Err("the signal wasn't sent".into()) }
    }

    /// Closes stdin, as the death of the engine does.
    pub fn abandon(&mut self) {
        drop(self.process.stdin.take());
    }

    /// Waits for the end: how it ended, and what else was on stdout.
    pub fn ended(&mut self) -> TestResult<(ExitStatus, String)> {
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest)?;
        Ok((try_wait(&mut self.process)?, rest))
    }
}

/// `wait` closes stdin first, which must not be what ends the process.
fn try_wait(process: &mut Child) -> TestResult<ExitStatus> {
    let stdin = process.stdin.take();
    let status = process.wait()?;
    drop(stdin);
    Ok(status)
}

impl Drop for Plugin {
    fn drop(&mut self) {
        // It may have ended already, and then there is nothing to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The plugin's command line.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pulumi-resource-tenantstack"));
    command.args(arguments);
    command
}
