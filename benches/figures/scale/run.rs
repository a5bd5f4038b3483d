//! One command of the CLI, and what it took of whom.

use std::time::Duration;

use super::{idle::Idle, program::program};
use crate::{
    loopback::{Loopback, Request},
    megabytes,
    plugin::Plugin,
    seconds,
    stack::Stack,
};

/// Where the engine looks for a provider that runs already, so that it can be measured.
const ATTACH: &str = "PULUMI_DEBUG_PROVIDERS";

/// What lets the engine write the state once, when it is done. As it is it writes all of it before and after each step,
/// so that a deployment may be interrupted: to a file, thousands of resources take hours of writing.
const WRITTEN_ONCE: [(&str, &str); 2] = [("PULUMI_EXPERIMENTAL", "true"), ("PULUMI_SKIP_CHECKPOINTS", "true")];

/// A stack, and the AWS that it is in.
pub struct Scene<'a> {
    pub aws: &'a Loopback,
    pub stack: Stack,
}

/// A command of the CLI.
#[derive(Clone, Copy)]
pub struct Command {
    pub what: &'static str,
    pub arguments: &'static [&'static str],
    /// Whether the state is written once, at its end.
    pub written_once: bool,
}

/// What a command took.
pub struct Run {
    pub took: Duration,
    pub requests: Vec<Request>,
}

impl<'a> Scene<'a> {
    /// So many tenants, who aren't there yet.
    pub fn of(aws: &'a Loopback, tenants: usize) -> Self {
        Scene { aws, stack: Stack::of(aws, &program(tenants)) }
    }

    /// The command with our provider.
    pub fn with_ours(&self, command: Command) -> Run {
        let plugin = Plugin::start(&self.aws.environment());
        let run = self.run(plugin.port(), command);
        let processor = plugin.processor_time().map_or_else(|| "-".to_owned(), seconds);
        let memory = plugin.memory("VmHWM").map_or_else(|| "-".to_owned(), megabytes);
        row(command.what, &run, &processor, &memory);
        run
    }

    /// The command with a provider that does nothing.
    pub fn with_idle(&self, command: Command) -> Run {
        let plugin = Plugin::start(&self.aws.environment());
        let idle = Idle::before(&plugin);
        let run = self.run(idle.port(), command);
        row("  by a provider that does nothing", &run, "-", "-");
        run
    }

    /// The command, of which nobody asks more than how long it takes.
    pub fn time(&self, command: Command) -> Duration {
        let plugin = Plugin::start(&self.aws.environment());
        self.run(plugin.port(), command).took
    }

    fn run(&self, port: u16, command: Command) -> Run {
        let before = self.aws.requests(0).len();
        let once = WRITTEN_ONCE.iter().filter(|_| command.written_once);
        let environment: Vec<_> =
            once.map(|(name, value)| (*name, (*value).to_owned())).chain([attached(port)]).collect();
        let took = self.stack.run_with(command.arguments, &environment);
        Run { took, requests: self.aws.requests(before) }
    }
}

fn attached(port: u16) -> (&'static str, String) {
    (ATTACH, format!("tenantstack:{port}"))
}

fn row(what: &str, run: &Run, processor: &str, memory: &str) {
    println!("{what:<44}{:>8}{processor:>11}{memory:>11}{:>8}", seconds(run.took), run.requests.len());
}
