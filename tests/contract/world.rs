//! An account with a stack of somebody's in it.

use std::{collections::BTreeMap, sync::Arc};

use framework::value::Map;
use serde_json::{Value as Json, json};

use crate::{
    deployment::{Drift, Run, State, Steps},
    loopback::Account,
    plugin::Plugin,
    program::{Program, SUBJECT},
};

/// How many things of each kind an account has.
pub type Inventory = BTreeMap<String, usize>;

/// What is kept on purpose when something ends: the last snapshots of databases and caches. Where how many there are is of interest,
/// [`World::has_exactly`] counts them.
const KEPT: [&str; 3] = ["db_snapshot", "db_cluster_snapshot", "cache_snapshot"];

/// A stack, the plugin that serves it now, and the account.
pub struct World {
    pub account: Arc<Account>,
    pub state: State,
    owner: String,
    config: Map,
    plugin: Option<Plugin>,
    /// Seconds that each step may take; zero for the provider's own choice.
    pub timeout: f64,
}

impl World {
    /// A new stack in an account of its own.
    pub fn new() -> Self {
        World::beside(&Arc::new(Account::fresh()), 1)
    }

    /// The stack of another person, with the same names, in that account.
    pub fn beside(account: &Arc<Account>, person: u32) -> Self {
        let account = Arc::clone(account);
        let owner = format!("6f1c2a52-0000-4000-8000-{person:012}");
        World { account, state: State::default(), owner, config: Map::new(), plugin: None, timeout: 0.0 }
    }

    /// The plugin, started if none runs.
    pub async fn plugin(&mut self) -> &mut Plugin {
        if self.plugin.is_none() {
            let environment = self.account.environment();
            self.plugin = Some(Plugin::start(&environment, &self.owner, &self.config).await);
        }
        self.plugin.as_mut().expect("it was started")
    }

    /// Gives the provider another configuration; its next run takes it.
    pub fn configure(&mut self, config: Map) {
        self.config = config;
        self.plugin = None;
    }

    /// Ends the process, as the engine does after each command; the next command has one of its own. A plugin
    /// that is attached to serves many, so tests end it only where that matters: after an adoption.
    pub fn end_run(&mut self) {
        self.plugin = None;
    }

    /// The engine at work, for one run.
    pub async fn run(&mut self) -> Run<'_> {
        let (client, timeout) = (self.plugin().await.client(), self.timeout);
        Run { client, state: &mut self.state, timeout }
    }

    /// `pulumi up`.
    pub async fn up(&mut self, program: &Program) -> Result<Steps, String> {
        self.run().await.up(program).await
    }

    /// `pulumi up` where nothing has failed before: a failure is one of the test's own.
    pub async fn well_up(&mut self, program: &Program) -> Result<Steps, String> {
        self.up(program).await.map_err(|failure| format!("up failed: {failure}"))
    }

    /// That neither a preview nor a refresh finds anything to do.
    pub async fn settled(&mut self, program: &Program) -> Result<(), String> {
        self.settled_in(program, |_| true).await
    }

    /// The same of the subject alone: what it stands on was left in peace, and has cases of its own.
    pub async fn subject_settled(&mut self, program: &Program) -> Result<(), String> {
        self.settled_in(program, |name| name == SUBJECT).await
    }

    async fn settled_in(&mut self, program: &Program, which: impl Fn(&str) -> bool) -> Result<(), String> {
        let mut run = self.run().await;
        for declared in program.iter().filter(|declared| which(&declared.name)) {
            if let Some(step) = run.preview(declared).await? {
                return Err(format!("{} is not settled: it would be {step:?}", declared.name));
            }
        }
        let drifts = run.refresh_of(which).await.map_err(|failure| format!("refresh failed: {failure}"))?;
        match drifts.first() {
            Some(Drift::Gone(name)) => return Err(format!("a refresh finds {name} gone")),
            Some(Drift::Changed(name, how)) => return Err(format!("a refresh finds {name} changed: {how}")),
            None => {}
        }
        Ok(())
    }

    /// `pulumi destroy`; then the account has only that.
    pub async fn destroyed(&mut self, left: &Inventory) -> Result<(), String> {
        self.run().await.destroy().await.map_err(|failure| format!("destroy failed: {failure}"))?;
        self.has(left).map_err(|wrong| format!("after destroy {wrong}"))
    }

    /// How many things of each kind there are.
    pub fn inventory(&self) -> Inventory {
        let kinds = self.account.inventory();
        let kinds = kinds.as_object().expect("kinds").iter();
        kinds.map(|(kind, items)| (kind.clone(), items.as_array().map_or(0, Vec::len))).collect()
    }

    /// That the account has that, and nothing else but what was kept on purpose.
    pub fn has(&self, expected: &Inventory) -> Result<(), String> {
        compare(self.inventory(), expected.clone(), &KEPT)
    }

    /// That the account has exactly that, with what was kept on purpose.
    pub fn has_exactly(&self, expected: &Inventory) -> Result<(), String> {
        compare(self.inventory(), expected.clone(), &[])
    }

    /// The number of the last request.
    pub fn last_request(&self) -> u64 {
        self.account.get("requests").as_array().unwrap().last().map_or(0, |request| request["n"].as_u64().unwrap())
    }

    /// The requests since that number, as `service:Operation`.
    pub fn requests_since(&self, last: u64) -> Vec<String> {
        let requests = self.account.get(&format!("requests?since={last}"));
        let word = |request: &Json, of: &str| request[of].as_str().unwrap().to_owned();
        let requests = requests.as_array().unwrap().iter();
        requests.map(|request| format!("{}:{}", word(request, "service"), word(request, "operation"))).collect()
    }

    /// Lets one fault strike the call of that position from now.
    pub fn strike(&self, kind: &str, position: usize, more: &Json) {
        let mut fault = json!({ "kind": kind, "after": position });
        fault.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        self.account.put("faults", &json!([fault]));
    }

    /// Ends all faults; whether any has struck.
    pub fn end_faults(&self) -> bool {
        let struck = self.account.get("faults").as_array().unwrap().iter().any(|fault| fault["fired"] != 0);
        self.account.put("faults", &json!([]));
        struck
    }
}

fn compare(mut seen: Inventory, mut expected: Inventory, but: &[&str]) -> Result<(), String> {
    for kind in but {
        seen.remove(*kind);
        expected.remove(*kind);
    }
    if seen == expected { Ok(()) } else { Err(format!("there is {seen:?}, not {expected:?}")) }
}

/// Whether an operation only looks.
pub fn looks(operation: &str) -> bool {
    let name = operation.split_once(':').map_or(operation, |(_, name)| name);
    ["Describe", "Get", "List"].iter().any(|look| name.starts_with(look))
}
