//! A run of the engine that is cut off: at which call to AWS, on which side of it, and how.

use std::{
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::stack::Stack;

/// What ends a run before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// `kill -9` for the provider.
    Provider,
    /// `kill -9` for the engine; the provider finds out by itself.
    Engine,
    /// `kill -9` for both.
    Both,
    /// Ctrl-C, once.
    CtrlC,
    /// Ctrl-C, and again while the engine waits for what is going on.
    CtrlCTwice,
}

/// Which call is held while it happens.
#[derive(Clone, Debug)]
pub struct At {
    /// A regular expression for the operation's whole name.
    pub operation: &'static str,
    /// The how manieth call that matches; the first is 1.
    pub call: usize,
    /// `before` or `after` AWS acts.
    pub when: &'static str,
}

impl At {
    /// The first call of an operation.
    pub fn first(operation: &'static str, when: &'static str) -> Self {
        At { operation, call: 1, when }
    }
}

/// How long a provider may live on whose engine is gone: more than the minute that it gives to calls under way.
const GONE_WITHIN: Duration = Duration::from_secs(90);

/// Runs the CLI until the call is held, and then ends it. The operation that was held; none if the run was over before.
pub fn cut(stack: &Stack, arguments: &[&str], at: &At, death: Death) -> Option<String> {
    let mut run = Run::start(stack, arguments, at);
    if !run.reaches_the_call() {
        stack.account.put("faults", &json!([]));
        return None;
    }
    run.die(death);
    run.engine.wait().unwrap();
    Some(held_call(stack))
}

/// A run of the CLI with its provider.
struct Run<'a> {
    stack: &'a Stack,
    engine: Child,
}

impl<'a> Run<'a> {
    /// Starts a run whose call will be held.
    fn start(stack: &'a Stack, arguments: &[&str], at: &At) -> Self {
        let rule = json!({ "kind": "hold", "operation": at.operation, "after": at.call - 1, "when": at.when });
        stack.account.put("faults", &json!([rule]));
        let mut command = stack.command(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Run { stack, engine: command.spawn().unwrap() }
    }

    /// Whether the call is held, which it never is if the run ends before.
    fn reaches_the_call(&mut self) -> bool {
        loop {
            if self.stack.account.get("held?at_least=1&within=1")["held"] == 1 {
                return true;
            }
            if self.engine.try_wait().unwrap().is_some() {
                return false;
            }
        }
    }

    /// Ends it, and lets go of the call.
    fn die(&mut self, death: Death) {
        let (provider, hosts) = (self.children("pulumi-resource-tenantstack"), self.children("pulumi-language"));
        assert!(!provider.is_empty(), "the engine has started no provider");
        match death {
            Death::Provider => signal("-9", &provider),
            Death::Engine => self.engine.kill().unwrap(),
            Death::Both => {
                self.engine.kill().unwrap();
                signal("-9", &provider);
            }
            Death::CtrlC => self.interrupt(),
            Death::CtrlCTwice => {
                self.interrupt();
                self.still_held();
                self.interrupt();
            }
        }
        self.still_held();
        self.stack.account.post("release");
        self.stack.account.put("faults", &json!([]));
        if matches!(death, Death::Engine | Death::CtrlCTwice) {
            self.engine.wait().unwrap();
            provider.iter().for_each(|process| ends_by_itself(process));
        }
        if matches!(death, Death::Engine | Death::Both) {
            // Hosts of languages outlive their engine.
            signal("-9", &hosts);
        }
    }

    /// The engine's children by their program's name.
    fn children(&self, name: &str) -> Vec<String> {
        let found = Command::new("pgrep").args(["-P", &self.engine.id().to_string(), "-f", name]).output().unwrap();
        String::from_utf8(found.stdout).unwrap().lines().map(ToOwned::to_owned).collect()
    }

    fn interrupt(&self) {
        signal("-INT", &[self.engine.id().to_string()]);
    }

    /// A moment in which the call may be given up, as those are that only look. Others stay until they are let go.
    fn still_held(&self) {
        self.stack.account.get("held?at_most=0&within=1");
    }
}

fn signal(name: &str, processes: &[String]) {
    // One that has ended meanwhile needs no signal.
    let _ = Command::new("kill").arg(name).args(processes).stderr(Stdio::null()).status().unwrap();
}

/// That a process ends without being asked. What nobody has waited for is over, too.
#[track_caller]
fn ends_by_itself(process: &str) {
    let latest = Instant::now() + GONE_WITHIN;
    loop {
        let state = Command::new("ps").args(["-o", "stat=", "-p", process]).output().unwrap().stdout;
        if state.is_empty() || state.starts_with(b"Z") {
            return;
        }
        assert!(Instant::now() < latest, "the provider lives on though its engine is gone");
        thread::sleep(Duration::from_millis(20));
    }
}

/// The operation that was held last.
fn held_call(stack: &Stack) -> String {
    stack.account.get("held?at_most=0&within=5");
    let requests = stack.account.get("requests");
    let held = |request: &&Value| request["fault"] == "hold";
    let found = requests.as_array().unwrap().iter().rev().find(held).map(|request| request["operation"].clone());
    found.and_then(|name| name.as_str().map(ToOwned::to_owned)).unwrap_or_default()
}
