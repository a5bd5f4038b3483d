//! Keys, and the names that are given to them: what is encrypted with a key is never lost by accident.

use serde_json::{Value, json};

use crate::stack::Stack;

/// A key, its name, and two things that use it.
fn program(key: &str) -> String {
    format!(
        r#"
name: keys
runtime: yaml
resources:
  key:
    type: tenantstack:kms:Key
    properties: {{ description: of the data, pendingWindowInDays: 7{key} }}
  name:
    type: tenantstack:kms:Alias
    properties: {{ aliasName: alias/app/data, targetKeyId: "${{key.keyId}}" }}
  log:
    type: tenantstack:logs:LogGroup
    properties: {{ kmsKeyId: "${{key.arn}}" }}
  secret:
    type: tenantstack:secretsmanager:Secret
    properties: {{ kmsKeyId: "${{name.aliasName}}", generateSecretString: {{}} }}
outputs:
  key: ${{key.keyId}}
  alias: ${{name.arn}}
"#
    )
}

fn described(stack: &Stack, key: &str) -> Value {
    let body = json!({ "KeyId": key });
    stack.account.ask_json("kms", "TrentService.DescribeKey", &body)["KeyMetadata"].clone()
}

#[test]
fn a_key_is_used_by_its_arn_or_by_its_name() {
    let stack = Stack::of_yaml(&program(", enableKeyRotation: true, rotationPeriodInDays: 90"));
    stack.up().well();
    let outputs = stack.outputs();
    let place = format!("arn:aws:kms:eu-west-1:{}:alias/app/data", stack.account.id());
    assert_eq!(outputs["alias"], place.as_str());
    assert_eq!(described(&stack, "alias/app/data")["KeyId"], outputs["key"]);
    stack.assert_settled();
    // Enabled and rotated again in one run: a disabled key's rotation can't be changed.
    stack.rewrite(&program(", enableKeyRotation: true, rotationPeriodInDays: 90, enabled: false"));
    stack.up().well();
    stack.assert_settled();
    stack.rewrite(&program(", enableKeyRotation: false, enabled: false"));
    stack.up().badly().saying("set enabled: true");
    stack.rewrite(&program(", enableKeyRotation: false, enabled: true"));
    stack.up().well();
    stack.assert_settled();
    stack.assert_destroys_cleanly();
    assert_eq!(described(&stack, outputs["key"].as_str().unwrap())["KeyState"], "PendingDeletion");
}

#[test]
fn a_key_is_not_replaced_by_accident_and_its_name_goes_to_the_next() {
    let stack = Stack::of_yaml(&program(""));
    stack.up().well();
    let first = stack.outputs()["key"].clone();
    stack.rewrite(&program(", multiRegion: true"));
    stack.preview().badly().saying("multiRegion").saying("allowReplace");
    stack.rewrite(&program(", multiRegion: true, allowReplace: true"));
    stack.up().well();
    let second = stack.outputs()["key"].clone();
    assert_ne!(first, second);
    assert_eq!(described(&stack, "alias/app/data")["KeyId"], second);
    let changes = stack.account.changes();
    assert!(changes.contains(&"UpdateAlias".to_owned()) && !changes.contains(&"DeleteAlias".to_owned()), "{changes:?}");
    assert_eq!(described(&stack, first.as_str().unwrap())["KeyState"], "PendingDeletion");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_policy_that_locks_out_is_refused_with_advice() {
    let policy = |action: &str| {
        let statement = json!({ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": action, "Resource": "*" });
        let document = json!({ "Version": "2012-10-17", "Statement": statement }).to_string();
        format!(", keyPolicy: '{document}'")
    };
    let stack = Stack::of_yaml(&program(&policy("kms:Decrypt")));
    stack.up().badly().saying("will not allow you to update the key policy").saying("kms:PutKeyPolicy");
    stack.rewrite(&program(&policy("kms:*")));
    stack.up().well();
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_policy_may_name_a_role_that_is_new() {
    let stack = Stack::of_yaml(&program(""));
    let unknown = json!({ "kind": "error", "service": "kms", "operation": "CreateKey", "times": 2, "status": 400,
        "code": "MalformedPolicyDocumentException",
        "message": "Policy contains a statement with one or more invalid principals." });
    stack.account.put("faults", &json!([unknown]));
    stack.up().well();
    stack.assert_destroys_cleanly();
}
