//! What exists already: read by a program, imported into a stack, changed behind our back.

use crate::stack::Stack;

const LAB: &str = r#"
name: lab
runtime: yaml
resources:
  lab:
    type: tenantstack:ec2:Vpc
    properties: { cidrBlock: 192.168.0.0/16, tags: { Name: lab } }
outputs:
  id: ${lab.id}
"#;

#[test]
fn an_import_previews_as_unchanged() {
    let owner = Stack::of_yaml(LAB);
    owner.up().well();
    let id = owner.outputs()["id"].as_str().unwrap().to_owned();

    let imported = Stack::beside(&owner.account, "name: other\nruntime: yaml\nresources: {}\n");
    imported.pulumi(&["import", "tenantstack:ec2:Vpc", "lab", &id, "--yes", "--protect=false"]).well();
    imported.rewrite(LAB.replace("name: lab\nruntime", "name: other\nruntime").as_str());
    imported.assert_settled();
    // What the other stack owns stays: this one only forgets it.
    imported.pulumi(&["state", "delete", "--yes", "--force", &imported.urn("lab")]).well();
    owner.assert_settled();
    owner.assert_destroys_cleanly();
}

#[test]
fn drift_is_seen_and_repaired() {
    let stack = Stack::of_yaml(LAB);
    stack.up().well();
    let id = stack.outputs()["id"].as_str().unwrap().to_owned();

    // Somebody else changes a tag, in a stack that adopted the same network.
    let other = Stack::beside(&stack.account, "name: other\nruntime: yaml\nresources: {}\n");
    other.pulumi(&["import", "tenantstack:ec2:Vpc", "lab", &id, "--yes", "--protect=false"]).well();
    other.rewrite(&LAB.replace("Name: lab", "Name: theirs").replace("name: lab\nruntime", "name: other\nruntime"));
    other.up().well();

    stack.pulumi(&["refresh", "--yes", "--skip-preview", "--diff"]).well().saying("theirs");
    stack.up().well().saying("1 updated");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_vanished_is_made_again() {
    let stack = Stack::of_yaml(LAB);
    stack.up().well();
    stack.account.post("reset");
    stack.pulumi(&["refresh", "--yes", "--skip-preview"]).well().saying("1 deleted");
    stack.up().well().saying("1 created");
    stack.assert_destroys_cleanly();
}
