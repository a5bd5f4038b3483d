//! Resources that get another name, leave the stack, or come back: none is lost, taken for another, or made twice.
//!
//! Each is tried with something that is known by a tag, and with things that are known by their names.

use std::collections::BTreeMap;

use crate::{age, stack::Stack};

/// A network, a role and a log group, which are called that.
fn program(names: [&str; 3], options: &str) -> String {
    let [network, role, log] = names;
    format!(
        r#"
name: names
runtime: yaml
resources:
  other:
    type: tenantstack:ec2:Eip
  {network}:
    type: tenantstack:ec2:Vpc
    properties: {{ cidrBlock: 10.0.0.0/16 }}
    options: {{ {options} }}
  {role}:
    type: tenantstack:iam:Role
    properties:
      assumeRolePolicyDocument:
        fn::toJSON:
          Version: "2012-10-17"
          Statement: [{{ Effect: Allow, Action: "sts:AssumeRole", Principal: {{ Service: ec2.amazonaws.com }} }}]
    options: {{ {options} }}
  {log}:
    type: tenantstack:logs:LogGroup
    options: {{ {options} }}
"#
    )
}

const OLD: [&str; 3] = ["net", "writer", "log"];
const NEW: [&str; 3] = ["web", "author", "diary"];

fn first() -> String {
    program(OLD, "")
}

/// The same under new names.
fn renamed() -> String {
    OLD.iter().zip(NEW).fold(program(NEW, "aliases: [{ name: OLD }]"), |program, (old, new)| {
        let (before, after) = program.split_once(&format!("  {new}:\n")).unwrap();
        format!("{before}  {new}:\n{}", after.replacen("name: OLD", &format!("name: {old}"), 1))
    })
}

/// And others that have the old names now.
fn renamed_and_reused() -> String {
    let others = first();
    let (_, others) = others.split_once("  net:\n").unwrap();
    format!("{}  net:\n{others}", renamed())
}

/// The stack lives on without them, and with it the provider that made them.
const WITHOUT: &str = "name: names\nruntime: yaml\nresources:\n  other:\n    type: tenantstack:ec2:Eip\n";

/// The ids of the resources with these names.
#[track_caller]
fn ids(stack: &Stack, names: [&str; 3]) -> [String; 3] {
    let urn = |resource: &serde_json::Value| resource["urn"].as_str().unwrap().rsplit("::").next().unwrap().to_owned();
    let ids: BTreeMap<_, _> = stack.resources().iter().map(|one| (urn(one), one["id"].clone())).collect();
    names.map(|name| ids.get(name).and_then(|id| id.as_str()).expect("it is in the state").to_owned())
}

#[track_caller]
fn assert_of_each(stack: &Stack, count: usize) {
    let counted = ["vpc", "iam_role", "log_group"].map(|kind| stack.account.count(kind));
    assert_eq!(counted, [count; 3], "networks, roles, log groups");
}

/// That these are in the account.
#[track_caller]
fn assert_there(stack: &Stack, ids: &[String]) {
    let inventory = stack.account.inventory().to_string();
    for id in ids {
        assert!(inventory.contains(&format!("\"{id}\"")), "{id} is gone");
    }
}

/// Takes them out of the state.
fn forget(stack: &Stack) {
    for name in OLD {
        stack.pulumi(&["state", "delete", "--yes", &stack.urn(name)]).well();
    }
}

/// Takes them out of the program, with the word that they shall stay.
fn retain(stack: &Stack) {
    stack.rewrite(&program(OLD, "retainOnDelete: true"));
    stack.up().well();
    stack.rewrite(WITHOUT);
    stack.up().well();
    assert_of_each(stack, 1);
}

#[test]
fn what_is_renamed_stays_what_it_is() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    stack.rewrite(&renamed());
    stack.up().well();
    assert_eq!(ids(&stack, NEW), before);
    assert_of_each(&stack, 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_name_that_is_free_again_means_something_new() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    stack.rewrite(&renamed());
    stack.up().well();
    stack.rewrite(&renamed_and_reused());
    stack.up().well();
    assert_eq!(ids(&stack, NEW), before);
    assert_of_each(&stack, 2);
    stack.assert_settled();

    // Those that took the names over go, and take nothing along.
    stack.rewrite(&renamed());
    stack.up().well();
    assert_there(&stack, &before);
    assert_of_each(&stack, 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_was_taken_out_of_the_state_is_adopted_within_a_day() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    forget(&stack);
    stack.up().well().saying("adopted vpc-");
    assert_eq!(ids(&stack, OLD), before);
    assert_of_each(&stack, 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_was_retained_is_adopted_within_a_day() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    retain(&stack);
    stack.rewrite(&first());
    stack.up().well().saying("adopted vpc-");
    assert_eq!(ids(&stack, OLD), before);
    assert_of_each(&stack, 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

/// Whatever becomes of the run, those that are older than a day stay, and aren't in the stack.
#[track_caller]
fn assert_left_alone(stack: &Stack, old: &[String; 3]) {
    stack.rewrite(&first());
    let _made_beside_or_refused = stack.up();
    assert_there(stack, old);
    let state = stack.state().to_string();
    for id in old {
        assert!(!state.contains(&format!("\"id\":\"{id}\"")), "{id} was adopted");
    }
    stack.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    assert_there(stack, old);
    assert_of_each(stack, 1);
}

#[test]
fn what_was_taken_out_of_the_state_is_left_alone_after_a_day() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    age::pass_a_day(&stack.account);
    forget(&stack);
    assert_left_alone(&stack, &before);
}

#[test]
fn what_was_retained_is_left_alone_after_a_day() {
    let stack = Stack::of_yaml(&first());
    stack.up().well();
    let before = ids(&stack, OLD);
    retain(&stack);
    age::pass_a_day(&stack.account);
    assert_left_alone(&stack, &before);
}
