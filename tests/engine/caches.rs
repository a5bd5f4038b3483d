//! Caches: that their data outlives them, that it is lost by no accident, and that a password stays where it is kept.

use serde_json::{Value, json};

use crate::{
    cut::{At, Death, cut},
    loopback::Account,
    stack::Stack,
};

/// The outputs are what outsiders of the stack need to look for.
const CACHE: &str = r"
name: cache
runtime: yaml
resources:
  cache:
    type: tenantstack:elasticache:ReplicationGroup
    properties:
      replicationGroupId: cache
      replicationGroupDescription: what everybody asks for
      engine: valkey
      engineVersion: '8'
      cacheNodeType: cache.t4g.micro
outputs:
  node: ${cache.cacheNodeType}
";

const DESTROY: [&str; 3] = ["destroy", "--yes", "--skip-preview"];

fn with(line: &str) -> String {
    CACHE.replace("outputs:", &format!("      {line}\noutputs:"))
}

fn snapshots(account: &Account) -> Vec<String> {
    let found = account.inventory()["cache_snapshot"].as_array().cloned().unwrap_or_default();
    found.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

fn ends(account: &Account) -> usize {
    account.changes().iter().filter(|name| *name == "DeleteReplicationGroup").count()
}

#[test]
fn a_last_snapshot_is_kept_and_becomes_another_cache() {
    let stack = Stack::of_yaml(CACHE);
    stack.up().well();
    stack.assert_settled();
    stack.pulumi(&DESTROY).well().saying("is kept");
    assert_eq!(stack.account.count("cache_replication_group"), 0);
    let kept = snapshots(&stack.account);
    assert!(matches!(kept.as_slice(), [one] if one.starts_with("cache-final-")), "{kept:?}");

    stack.rewrite(&with(&format!("snapshotName: {}\n      finalSnapshot: false", kept[0])));
    stack.up().well();
    stack.assert_settled();
    // What it was made of may be forgotten.
    stack.rewrite(&with("finalSnapshot: false"));
    stack.up().well().saying("1 updated");
    stack.assert_settled();
    stack.pulumi(&DESTROY).well();
    assert_eq!(snapshots(&stack.account), kept, "this one was not wanted");
    stack.account.ask("elasticache", "DeleteSnapshot", &[("SnapshotName", &kept[0])]);
    stack.account.assert_empty();
}

#[test]
fn an_end_that_was_cut_off_makes_one_snapshot() {
    for when in ["before", "after"] {
        let stack = Stack::of_yaml(CACHE);
        stack.up().well();
        stack.account.put("transitions", &json!({ "polls": 2 }));
        cut(&stack, &DESTROY, &At::first("DeleteReplicationGroup", when), Death::Provider);
        stack.pulumi(&DESTROY).well();
        assert_eq!(snapshots(&stack.account).len(), 1, "cut off {when} it was done");
        assert_eq!(stack.account.count("cache_replication_group"), 0);
        assert_eq!(ends(&stack.account), if when == "after" { 1 } else { 2 });
    }
}

#[test]
fn what_cant_be_kept_isnt_deleted() {
    let old = CACHE.replace("cache.t4g.micro", "cache.t1.micro");
    let stack = Stack::of_yaml(&old);
    stack.up().well();
    stack.pulumi(&DESTROY).badly().saying("was kept").saying("finalSnapshot: false");
    assert_eq!(stack.account.count("cache_replication_group"), 1);
    stack.rewrite(&with("finalSnapshot: false").replace("cache.t4g.micro", "cache.t1.micro"));
    stack.up().well();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_was_imported_leaves_a_snapshot() {
    let stack = Stack::of_yaml("name: cache\nruntime: yaml\nresources: {}\n");
    let asked = [
        ("ReplicationGroupId", "theirs"),
        ("ReplicationGroupDescription", "made by hand"),
        ("CacheNodeType", "cache.t4g.micro"),
    ];
    stack.account.ask("elasticache", "CreateReplicationGroup", &asked);
    let kind = "tenantstack:elasticache:ReplicationGroup";
    stack.pulumi(&["import", kind, "cache", "theirs", "--yes", "--skip-preview", "--protect=false"]).well();
    stack.rewrite(
        "
name: cache
runtime: yaml
resources:
  cache:
    type: tenantstack:elasticache:ReplicationGroup
    properties:
      replicationGroupId: theirs
      replicationGroupDescription: made by hand
      cacheNodeType: cache.t4g.micro
",
    );
    stack.assert_settled();
    stack.pulumi(&DESTROY).well().saying("is kept");
    assert_eq!(snapshots(&stack.account).len(), 1);
    assert_eq!(stack.account.count("cache_replication_group"), 0);
}

#[test]
fn a_replacement_says_what_to_do_instead() {
    let stack = Stack::of_yaml(&with("finalSnapshot: false"));
    stack.up().well();
    stack.rewrite(&with("finalSnapshot: false\n      port: 6380"));
    stack.preview().badly().saying("changing port").saying("snapshotName").saying("allowReplace: true");
    assert_eq!(ends(&stack.account), 0);
    stack.rewrite(&with("finalSnapshot: false"));
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

const FIRST: &str = "first-0123456789-password";
const SECOND: &str = "second-0123456789-password";

/// The strategies by which a password was given, with the password's first word.
fn given(account: &Account) -> Vec<(String, String)> {
    let requests = account.get("requests");
    let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
    let requests = requests.as_array().unwrap().iter().map(|request| &request["params"]);
    let tokens = requests.filter(|params| params["AuthToken"].is_string());
    tokens
        .map(|params| {
            let word = text(&params["AuthToken"]).split('-').next().unwrap_or_default().to_owned();
            (text(&params["AuthTokenUpdateStrategy"]), word)
        })
        .collect()
}

#[test]
fn a_password_is_read_where_it_is_kept_and_stays_there() {
    let stack = Stack::of_yaml("name: cache\nruntime: yaml\nresources: {}\n");
    let secret = json!({ "Name": "cache", "SecretString": json!({ "token": FIRST }).to_string() });
    let made = stack.account.ask_json("secretsmanager", "secretsmanager.CreateSecret", &secret);
    let arn = made["ARN"].as_str().unwrap();
    let program = |more: &str| {
        with(&format!(
            "finalSnapshot: false\n      transitEncryptionEnabled: true\n      authTokenSecretArn: {arn}\n      authTokenSecretKey: token{more}"
        ))
    };
    stack.rewrite(&program(""));
    let said = stack.up().well();
    stack.assert_settled();
    let pair = |strategy: &str, word: &str| (strategy.to_owned(), word.to_owned());
    assert_eq!(given(&stack.account), [pair("", "first")]);

    let rotated = json!({ "SecretId": arn, "SecretString": json!({ "token": SECOND }).to_string() });
    stack.account.ask_json("secretsmanager", "secretsmanager.PutSecretValue", &rotated);
    stack.pulumi(&["refresh", "--yes", "--skip-preview"]).well().saying("1 updated");
    let again = stack.up().well().saying("1 updated");
    stack.assert_settled();
    assert_eq!(given(&stack.account)[1..], [pair("ROTATE", "second")], "both are good for those that know the first");
    stack.rewrite(&program("\n      authTokenUpdateStrategy: SET"));
    stack.up().well().saying("1 updated");
    stack.assert_settled();
    assert_eq!(given(&stack.account).last(), Some(&pair("SET", "second")), "that ends the first");

    let state = format!("{:?}", stack.resources());
    for text in [&state, &said.text, &again.text] {
        assert!(!text.contains(FIRST) && !text.contains(SECOND), "the password is told");
    }
    stack.pulumi(&DESTROY).well();
    assert_eq!(stack.account.count("cache_replication_group"), 0);
}

#[test]
fn a_secret_that_is_no_password_is_refused_without_being_told() {
    let stack = Stack::of_yaml("name: cache\nruntime: yaml\nresources: {}\n");
    let secret = json!({ "Name": "cache", "SecretString": "much too @ strange" });
    let made = stack.account.ask_json("secretsmanager", "secretsmanager.CreateSecret", &secret);
    let arn = made["ARN"].as_str().unwrap();
    stack.rewrite(&with(&format!("transitEncryptionEnabled: true\n      authTokenSecretArn: {arn}")));
    let said = stack.up().badly().saying("can't be a password");
    assert!(!said.text.contains("much too"), "{}", said.text);
    assert_eq!(stack.account.count("cache_replication_group"), 0);
}
