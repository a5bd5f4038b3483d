//! Changes of names, states and minds on the largest network.

use std::collections::BTreeMap;

use super::{
    faults::{compare_whole, failed, goes, goes_on, points, settles},
    figures::Figures,
    ground::{Ground, known, things},
    largest::{ALONE, Course, DESTROY, UP, largest, network, program},
};
use crate::{
    age,
    cut::{Death, cut},
    loopback::Account,
    stack::Stack,
};

/// One resource of each type, in the order in which they were made: type and URN.
fn one_of_each(stack: &Stack) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for resource in stack.resources() {
        let (kind, urn) = (resource["type"].as_str().unwrap(), resource["urn"].as_str().unwrap());
        let name = kind.strip_prefix("tenantstack:").filter(|name| !name.starts_with("index:"));
        if let Some(name) = name.filter(|name| found.iter().all(|(other, _)| other != name)) {
            found.push((name.to_owned(), urn.to_owned()));
        }
    }
    found
}

/// The largest network, deployed beside somebody else's.
fn deployed(ground: &Ground) -> Stack {
    let mine = ground.stack(&largest());
    mine.pulumi(&UP).well();
    mine
}

/// Says what is tried, and counts it.
fn trying(what: String, figures: &mut Figures) {
    println!("{what}");
    figures.tried += 1;
    figures.faults.push(what);
}

fn leaves(ground: Ground, mine: &Stack, since: usize, mut figures: Figures) -> Figures {
    goes(mine, &DESTROY, &mut figures);
    ground.compare_empty(&mut figures);
    ground.compare_foreign(since, &mut figures);
    ground.end(&mut figures);
    figures
}

/// What carries no tag is only known by what it stands in, which a deployment with a target doesn't ask for: its forced
/// replacement is refused there.
const UNTAGGED: [&str; 3] = ["ec2:VpcGatewayAttachment", "ec2:Route", "ec2:SubnetRouteTableAssociation"];

/// Forces the replacement of one young resource of each type: each is adopted in place of itself, and kept.
pub fn young_replaced() -> Figures {
    let (ground, mut figures) = (Ground::shared(), Figures::default());
    let (since, mine) = (ground.now(), deployed(&ground));
    let before = known(&mine);
    for (kind, urn) in one_of_each(&mine) {
        trying(kind.clone(), &mut figures);
        let now = ground.now();
        replace_young(&mine, &kind, &urn, &mut figures);
        ground.nothing_taken_away(now, &mut figures);
        ground.compare(&mine, &Course::undisturbed().whole, &mut figures);
        same_ids(&mine, &before, &mut figures);
    }
    settles(&mine, &mut figures);
    leaves(ground, &mine, since, figures)
}

fn replace_young(mine: &Stack, kind: &str, urn: &str, figures: &mut Figures) {
    let command = ["up", "--yes", "--skip-preview", "--target-replace", urn];
    let said = mine.pulumi(&command);
    let refused = UNTAGGED.contains(&kind) && said.text.contains("give it the resource option `deleteBeforeReplace`");
    if !said.success && !refused {
        failed(&command, &said, figures);
    }
    // Zones aren't made: there is nothing to keep.
    if !said.text.contains("was kept") && !refused && kind != "ec2:AvailabilityZones" {
        figures.otherwise += 1;
        figures.note(format!("nobody was told that {urn} was kept"));
    }
}

/// AWS detaches no internet gateway while public addresses are in use, as they are behind NAT gateways: so neither it
/// nor the VPC can be exchanged for another one. `replacements.rs` has a VPC alone.
const STAYS: [&str; 2] = ["ec2:InternetGateway", "ec2:Vpc"];

/// Forces the replacement of one resource of each type that is older than a day. What can't be there twice may be
/// refused; then nothing has changed.
pub fn old_replaced() -> Figures {
    let (ground, mut figures) = (Ground::shared(), Figures::default());
    let (since, mine) = (ground.now(), deployed(&ground));
    for (kind, urn) in one_of_each(&mine).into_iter().filter(|(kind, _)| !STAYS.contains(&kind.as_str())) {
        mine_ages(&ground, &mine);
        if !force(&mine, &kind, &urn, &mut figures) {
            goes(&mine, &["state", "untaint", "--yes", &urn], &mut figures);
            goes(&mine, &UP, &mut figures);
        }
        ground.compare(&mine, &Course::undisturbed().whole, &mut figures);
    }
    settles(&mine, &mut figures);
    leaves(ground, &mine, since, figures)
}

/// Forces a replacement, and says what came of it. Whether it went well.
fn force(mine: &Stack, kind: &str, urn: &str, figures: &mut Figures) -> bool {
    goes(mine, &["state", "taint", "--yes", urn], figures);
    let said = mine.pulumi(&UP);
    let became = match (said.success, said.text.contains("was kept")) {
        (true, false) => "replaced",
        (true, true) => "kept",
        (false, _) => "refused",
    };
    trying(format!("{kind} ({became})"), figures);
    if !said.success {
        println!("      {}", said.errors());
    }
    said.success
}

/// Lets a day pass for what the stack has, but not for the others.
fn mine_ages(ground: &Ground, mine: &Stack) {
    let mine = known(mine);
    age::pass_a_day_for(&ground.account, |id| mine.contains(id));
}

/// Takes one resource of each type out of the state, with all that depends on it: the next deployment has it again.
pub fn state_deleted() -> Figures {
    let (ground, mut figures) = (Ground::shared(), Figures::default());
    let (since, mine) = (ground.now(), deployed(&ground));
    let before = known(&mine);
    for (kind, urn) in one_of_each(&mine) {
        trying(kind, &mut figures);
        let now = ground.now();
        goes(&mine, &["state", "delete", "--yes", "--target-dependents", &urn], &mut figures);
        goes(&mine, &UP, &mut figures);
        ground.nothing_taken_away(now, &mut figures);
        ground.compare(&mine, &Course::undisturbed().whole, &mut figures);
        same_ids(&mine, &before, &mut figures);
    }
    settles(&mine, &mut figures);
    leaves(ground, &mine, since, figures)
}

fn same_ids(mine: &Stack, before: &std::collections::BTreeSet<String>, figures: &mut Figures) {
    let now = known(mine);
    for id in before.difference(&now) {
        figures.otherwise += 1;
        figures.note(format!("{id} isn't in the state any more"));
    }
}

/// Renames the network by alias, uses the old name for another one, and takes that away again.
pub fn renamed() -> Figures {
    let (ground, mut figures) = (Ground::shared(), Figures::default());
    let (since, mine) = (ground.now(), deployed(&ground));
    let (before, whole) = (known(&mine), &Course::undisturbed().whole);
    let web = || network("web", "aliases: [{ name: net }]");
    let both = sum(whole, &network_only(whole));
    for (what, networks, wanted) in [
        ("renamed by alias", vec![web()], whole),
        ("the old name used again", vec![web(), network("net", "")], &both),
        ("that one taken away", vec![web()], whole),
        ("the alias taken away", vec![network("web", "")], whole),
        ("the old name used once more", vec![network("web", ""), network("net", "")], &both),
    ] {
        trying(what.to_owned(), &mut figures);
        mine.rewrite(&program(&networks));
        goes(&mine, &UP, &mut figures);
        ground.compare(&mine, wanted, &mut figures);
        same_ids(&mine, &before, &mut figures);
        settles(&mine, &mut figures);
    }
    leaves(ground, &mine, since, figures)
}

/// Takes the network out of the program with the word that it shall stay, and back: within a day, and after one.
pub fn retained() -> Figures {
    let (ground, mut figures) = (Ground::shared(), Figures::default());
    let (since, mine) = (ground.now(), deployed(&ground));
    let (before, whole) = (known(&mine), &Course::undisturbed().whole);
    let retain = |figures: &mut Figures| {
        let now = ground.now();
        mine.rewrite(&program(&[network("net", "retainOnDelete: true")]));
        goes(&mine, &UP, figures);
        mine.rewrite(ALONE);
        goes(&mine, &UP, figures);
        ground.nothing_taken_away(now, figures);
    };
    trying("retained, and back within a day".to_owned(), &mut figures);
    retain(&mut figures);
    mine.rewrite(&largest());
    goes(&mine, &UP, &mut figures);
    same_ids(&mine, &before, &mut figures);
    compare_whole(&ground, &mine, whole, ground.now(), &mut figures);

    mine_ages(&ground, &mine);
    retain(&mut figures);
    mine.rewrite(&largest());
    // What has a name of its own is in the way.
    let said = mine.pulumi(&UP);
    let refused = !said.success && said.text.contains("too long ago to be adopted");
    trying(format!("retained, and back after a day ({})", if refused { "refused" } else { "made anew" }), &mut figures);
    if !said.success && !refused {
        failed(&UP, &said, &mut figures);
    }
    let adopted: Vec<_> =
        known(&mine).intersection(&before).filter(|id| is_thing(&ground.account, id)).cloned().collect();
    // The address that stayed in the program.
    if adopted.len() != 1 {
        figures.otherwise += 1;
        figures.note(format!("adopted after a day: {adopted:?}"));
    }
    goes(&mine, &DESTROY, &mut figures);
    let left = counted(&ground, &mine);
    if left != network_only(whole) {
        figures.wrong_deletes += 1;
        figures.note(format!("what was retained should have stayed: {left:?}"));
    }
    ground.compare_foreign(since, &mut figures);
    figures
}

fn is_thing(account: &Account, id: &str) -> bool {
    things(account).into_keys().any(|(_, other)| other == id)
}

/// How many of each kind are neither foreign nor in the state.
fn counted(ground: &Ground, mine: &Stack) -> BTreeMap<String, usize> {
    let known = known(mine);
    let mut counts = BTreeMap::new();
    for (kind, _) in ground.not_foreign().into_iter().filter(|(_, id)| !known.contains(id)) {
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

/// The network without the address beside it.
fn network_only(whole: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
    let mut network = whole.clone();
    if let Some(addresses) = network.get_mut("address") {
        *addresses -= 1;
    }
    network
}

fn sum(one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
    one.iter().map(|(kind, count)| (kind.clone(), count + other.get(kind).copied().unwrap_or_default())).collect()
}

/// Two people whose stacks have the same name are both cut off, one in the middle of the other, and go on.
pub fn two_people() -> Figures {
    let mut figures = Figures::default();
    let course = Course::undisturbed();
    let points = points(course.up, 10);
    for (mine_at, theirs_at) in points.iter().zip(points.iter().rev()).take(5) {
        let (account, (mine, theirs)) = (Account::fresh(), (Death::Engine, Death::Provider));
        let (me, they) = (Stack::beside(&account, &largest()), Stack::beside(&account, &largest()));
        for (stack, at, death) in [(&me, mine_at, mine), (&they, theirs_at, theirs)] {
            if let Some(operation) = cut(stack, &UP, at, death) {
                trying(format!("{operation} {}", at.when), &mut figures);
            }
        }
        goes_on(&me, &UP, &mut figures);
        goes_on(&they, &UP, &mut figures);
        each_has_its_own(&account, &me, &they, &mut figures);
        for (one, other) in [(&me, &they), (&they, &me)] {
            settles(one, &mut figures);
            goes(one, &DESTROY, &mut figures);
            each_has_its_own(&account, one, other, &mut figures);
        }
    }
    figures
}

/// What is in the account is in one of two states, and nothing is in both.
fn each_has_its_own(account: &Account, one: &Stack, other: &Stack, figures: &mut Figures) {
    let (here, one, other) = (things(account), known(one), known(other));
    let here: Vec<_> = here.into_keys().map(|(_, id)| id).collect();
    for id in here.iter().filter(|id| !one.contains(*id) && !other.contains(*id)) {
        figures.orphans += 1;
        figures.note(format!("orphan: {id}"));
    }
    // Zones are everybody's.
    for id in one.intersection(&other).filter(|id| here.contains(id)) {
        figures.foreign += 1;
        figures.note(format!("{id} is in both states"));
    }
    let whole = Course::undisturbed().whole.values().sum::<usize>();
    for state in [&one, &other].into_iter().filter(|state| !state.is_empty()) {
        let there = here.iter().filter(|id| state.contains(*id)).count();
        figures.wrong_deletes += whole.saturating_sub(there);
        figures.duplicates += there.saturating_sub(whole);
    }
}
