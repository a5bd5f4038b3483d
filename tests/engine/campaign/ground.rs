//! An account in which somebody else has the very same network, under the same names: what is there, and whose it is.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    figures::Figures,
    largest::{Counts, DESTROY, UP, largest},
};
use crate::{loopback::Account, stack::Stack};

/// What stands in an account: kind and id, with region and tags.
type Things = BTreeMap<(String, String), Value>;

/// Calls that take something away. Taking an owner tag off is none.
const TAKES_AWAY: [&str; 4] = ["Delete", "Release", "Detach", "Disassociate"];

/// An account with somebody else's things in it.
pub struct Ground {
    pub account: Account,
    theirs: Stack,
    foreign: Things,
}

impl Ground {
    /// An account in which somebody else has deployed the largest network.
    pub fn shared() -> Self {
        let account = Account::fresh();
        let theirs = Stack::beside(&account, &largest());
        theirs.pulumi(&UP).well();
        Ground { foreign: things(&account), account, theirs }
    }

    /// Another person's stack of the same name.
    pub fn stack(&self, program: &str) -> Stack {
        Stack::beside(&self.account, program)
    }

    /// How many requests there have been.
    pub fn now(&self) -> usize {
        self.account.get("requests").as_array().unwrap().len()
    }

    /// Compares what is there now with what an undisturbed deployment makes, and with what the state knows.
    pub fn compare(&self, mine: &Stack, whole: &Counts, figures: &mut Figures) {
        let here = self.not_foreign();
        let known = known(mine);
        for (kind, id) in here.iter().filter(|(_, id)| !known.contains(id)) {
            figures.orphans += 1;
            figures.note(format!("orphan: {kind} {id}"));
        }
        for (kind, wanted) in whole {
            let found = here.iter().filter(|(one, _)| one == kind).count();
            figures.duplicates += found.saturating_sub(*wanted);
            figures.wrong_deletes += wanted.saturating_sub(found);
            if found != *wanted {
                figures.note(format!("{found} of {kind} in place of {wanted}"));
            }
        }
    }

    /// After the end nothing but the foreign things is left.
    pub fn compare_empty(&self, figures: &mut Figures) {
        for (kind, id) in self.not_foreign() {
            figures.orphans += 1;
            figures.note(format!("left after destroy: {kind} {id}"));
        }
    }

    /// The others' things are as they were, and no call since then that changes something has named one.
    pub fn compare_foreign(&self, since: usize, figures: &mut Figures) {
        let here = things(&self.account);
        for (thing, was) in self.foreign.iter().filter(|(thing, was)| here.get(thing) != Some(was)) {
            figures.foreign += 1;
            figures.note(format!("foreign: {thing:?} was {was}, is {:?}", here.get(thing)));
        }
        for request in changes(&self.account, since) {
            let said = request["params"].to_string();
            if let Some((_, id)) = self.foreign.keys().find(|(_, id)| said.contains(&format!("\"{id}\""))) {
                figures.foreign += 1;
                figures.note(format!("{} named the foreign {id}", request["operation"]));
            }
        }
    }

    /// A deployment of what the program asks for takes nothing away, but what a destroy before it had begun to.
    pub fn nothing_taken_away(&self, since: usize, figures: &mut Figures) {
        let all = changes(&self.account, 0).into_iter().filter(takes_away);
        let (before, after): (Vec<_>, Vec<_>) =
            all.partition(|request| request["n"].as_u64() <= u64::try_from(since).ok());
        let begun = |request: &&Value| before.iter().any(|earlier| earlier["params"] == request["params"]);
        for request in after.iter().filter(|request| !begun(request)) {
            figures.wrong_deletes += 1;
            figures.note(format!("{} {} during a deployment", request["operation"], request["params"]));
        }
    }

    /// Whether the others can go on as if nothing had been. They then leave, and the account must be empty.
    pub fn end(self, figures: &mut Figures) {
        for arguments in [
            &["refresh", "--yes", "--skip-preview", "--expect-no-changes"][..],
            &["up", "--yes", "--skip-preview", "--expect-no-changes"],
            &DESTROY,
        ] {
            let said = self.theirs.pulumi(arguments);
            if !said.success {
                figures.foreign += 1;
                figures.note(format!("the others' `pulumi {}` failed: {}", arguments[0], said.errors()));
            }
        }
        for (kind, id) in things(&self.account).into_keys() {
            figures.orphans += 1;
            figures.note(format!("left after all: {kind} {id}"));
        }
    }

    /// What is there beside the others' things.
    pub fn not_foreign(&self) -> BTreeSet<(String, String)> {
        things(&self.account).into_keys().filter(|thing| !self.foreign.contains_key(thing)).collect()
    }
}

/// The ids that a state knows.
pub fn known(stack: &Stack) -> BTreeSet<String> {
    let ids = stack.resources().into_iter().filter_map(|resource| resource["id"].as_str().map(ToOwned::to_owned));
    ids.collect()
}

/// What stands in the account.
pub fn things(account: &Account) -> Things {
    let mut found = Things::new();
    for (kind, things) in account.inventory().as_object().unwrap() {
        for thing in things.as_array().unwrap() {
            found.insert((kind.clone(), thing["id"].as_str().unwrap().to_owned()), thing.clone());
        }
    }
    found
}

fn takes_away(request: &Value) -> bool {
    let operation = request["operation"].as_str().unwrap();
    request["status"] == 200 && operation != "DeleteTags" && TAKES_AWAY.iter().any(|word| operation.starts_with(word))
}

fn changes(account: &Account, since: usize) -> Vec<Value> {
    let requests = account.get(&format!("requests?since={since}")).as_array().unwrap().clone();
    let looks = |request: &Value| {
        let operation = request["operation"].as_str().unwrap();
        ["Describe", "Get", "List"].iter().any(|look| operation.starts_with(look))
    };
    requests.into_iter().filter(|request| !looks(request)).collect()
}
