//! Secrets: what nobody but AWS knows, what is given, and what comes back.

use serde_json::{Value, json};

use crate::{loopback::Account, stack::Stack};

/// A given value, one that AWS makes, and something that has to know when they change.
fn program(given: &str, generated: &str) -> String {
    format!(
        r#"
name: secrets
runtime: yaml
config:
  planted: {{ type: string, secret: true }}
resources:
  given:
    type: tenantstack:secretsmanager:Secret
    properties: {{ name: app/given, secretString: "${{planted}}"{given} }}
  generated:
    type: tenantstack:secretsmanager:Secret
    properties:
      generateSecretString:
        secretStringTemplate: '{{"username":"app"}}'
        generateStringKey: password
        passwordLength: {generated}
  reader:
    type: tenantstack:logs:LogGroup
    properties: {{ tags: {{ version: "${{generated.versionId}}" }} }}
outputs:
  given: ${{given.arn}}
  generated: ${{generated.arn}}
  made: ${{given.secretString}}
"#
    )
}

fn usual() -> String {
    program("", "40")
}

/// What is left of it without its secrets; the stack lives on.
const WITHOUT: &str = r#"
name: secrets
runtime: yaml
resources:
  reader:
    type: tenantstack:logs:LogGroup
"#;

const PLANTED: &str = "planted-4f7a-one";

fn stack() -> Stack {
    let stack = Stack::of_yaml(&usual());
    plant(&stack, PLANTED);
    stack
}

fn plant(stack: &Stack, value: &str) {
    stack.pulumi(&["config", "set", "--secret", "planted", value]).well();
}

fn ask(account: &Account, operation: &str, body: &Value) -> Value {
    account.ask_json("secretsmanager", &format!("secretsmanager.{operation}"), body)
}

fn value(account: &Account, secret: &str) -> String {
    ask(account, "GetSecretValue", &json!({ "SecretId": secret }))["SecretString"].as_str().unwrap().to_owned()
}

fn password(account: &Account, secret: &str) -> String {
    let value: Value = serde_json::from_str(&value(account, secret)).unwrap();
    assert_eq!(value["username"], "app");
    value["password"].as_str().unwrap().to_owned()
}

/// That none of the values is in the state or in what a run said.
#[track_caller]
fn untold(stack: &Stack, said: &str, values: &[&str]) {
    let state = stack.pulumi(&["stack", "export"]).well().stdout;
    for value in values {
        assert!(!state.contains(value), "the state has {value}");
        assert!(!said.contains(value), "told: {value}");
    }
}

fn loud_up(stack: &Stack) -> String {
    stack.pulumi(&["up", "--yes", "--skip-preview", "--debug", "--logtostderr", "-v=11"]).well().text
}

#[test]
fn a_value_that_aws_made_is_known_to_nobody_else() {
    let stack = stack();
    let said = loud_up(&stack);
    let generated = stack.outputs()["generated"].as_str().unwrap().to_owned();
    let first = password(&stack.account, &generated);
    assert_eq!(first.len(), 40);
    untold(&stack, &said, &[&first]);
    // Not even to those who may read the state.
    assert!(!stack.pulumi(&["stack", "export", "--show-secrets"]).well().stdout.contains(&first));
    assert!(!stack.pulumi(&["stack", "export"]).well().stdout.contains(PLANTED));
    stack.assert_settled();
    assert_eq!(password(&stack.account, &generated), first, "nothing has changed");

    stack.rewrite(&program(", description: told", "24"));
    let said = loud_up(&stack);
    let second = password(&stack.account, &generated);
    assert_eq!(second.len(), 24);
    untold(&stack, &said, &[&first, &second]);
    stack.assert_settled();
    assert_eq!(value(&stack.account, "app/given"), PLANTED);
    stack.assert_destroys_cleanly();
}

#[test]
fn a_refusal_tells_no_value() {
    let stack = stack();
    let refusal = json!({ "kind": "error", "service": "secretsmanager", "operation": "CreateSecret", "times": -1,
        "code": "InvalidParameterException", "message": "refused on purpose", "status": 400 });
    stack.account.put("faults", &json!([refusal]));
    let said = stack.up().badly().saying("refused on purpose").text;
    untold(&stack, &said, &[PLANTED]);
    stack.account.put("faults", &json!([]));
    stack.up().well();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_rotated_value_stays_and_reaches_what_depends_on_it() {
    let stack = stack();
    stack.up().well();
    let generated = stack.outputs()["generated"].as_str().unwrap().to_owned();
    let version = || stack.outputs_of("generated")["versionId"].clone();
    let (before, read) = (version(), stack.outputs_of("reader")["tags"]["version"].clone());
    assert_eq!(before, read);
    for (secret, token) in [(generated.as_str(), "r"), ("app/given", "s")] {
        let rotated = json!({ "SecretId": secret, "SecretString": "{\"username\":\"app\",\"password\":\"rotated\"}",
            "ClientRequestToken": token.repeat(32) });
        ask(&stack.account, "PutSecretValue", &rotated);
    }
    // The resource itself is as it is wanted: nobody puts the former value back.
    stack.pulumi(&["up", "--yes", "--skip-preview", "--expect-no-changes"]).well();
    stack.pulumi(&["refresh", "--yes", "--skip-preview"]).well();
    assert_eq!(version(), "r".repeat(32));
    stack.up().well();
    assert_eq!(stack.outputs_of("reader")["tags"]["version"], "r".repeat(32));
    assert_eq!(password(&stack.account, &generated), "rotated");
    assert_eq!(password(&stack.account, "app/given"), "rotated");
    stack.assert_settled();

    // Until the program says another one.
    plant(&stack, "planted-4f7a-two");
    stack.up().well();
    assert_eq!(value(&stack.account, "app/given"), "planted-4f7a-two");
    assert_eq!(password(&stack.account, &generated), "rotated");
    stack.assert_destroys_cleanly();
}

/// Makes the owner tags of the secrets older than a day.
fn pass_a_day(account: &Account) {
    for secret in account.inventory()["secret"].as_array().unwrap() {
        let tag = secret["tags"]["tenantstack:owner"].as_str().unwrap();
        let (token, asked) = tag.split_once('@').unwrap();
        let older = format!("{token}@{}", asked.parse::<u64>().unwrap() - 90_000);
        let tags = json!([{ "Key": "tenantstack:owner", "Value": older }]);
        ask(account, "TagResource", &json!({ "SecretId": secret["id"], "Tags": tags }));
    }
}

#[test]
fn a_secret_that_is_wanted_again_comes_back() {
    let stack = stack();
    stack.up().well();
    let before = stack.outputs();
    let generated = before["generated"].as_str().unwrap();
    let first = password(&stack.account, generated);
    pass_a_day(&stack.account);
    stack.rewrite(WITHOUT);
    stack.up().well();
    assert_eq!(stack.account.count("secret"), 0);

    plant(&stack, "planted-4f7a-two");
    stack.rewrite(&program(", description: again, tags: { Name: again }", "24"));
    let said = stack.up().well().saying("was restored").text;
    let after = stack.outputs();
    assert_eq!([&after["given"], &after["generated"]], [&before["given"], &before["generated"]]);
    assert_eq!(value(&stack.account, "app/given"), "planted-4f7a-two");
    let second = password(&stack.account, generated);
    assert_eq!(second.len(), 24);
    untold(&stack, &said, &[&first, &second]);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_comes_back_may_be_cut_off() {
    let stack = stack();
    stack.up().well();
    let before = stack.outputs();
    pass_a_day(&stack.account);
    stack.rewrite(WITHOUT);
    stack.up().well();

    // It is restored, and then nothing more can be done.
    plant(&stack, "planted-4f7a-two");
    stack.rewrite(&usual());
    let refusal =
        json!({ "kind": "access_denied", "service": "secretsmanager", "operation": "UpdateSecret", "times": -1 });
    stack.account.put("faults", &json!([refusal]));
    stack.up().badly().saying("UpdateSecret");
    stack.account.put("faults", &json!([]));
    stack.up().well();
    let after = stack.outputs();
    assert_eq!([&after["given"], &after["generated"]], [&before["given"], &before["generated"]]);
    assert_eq!(value(&stack.account, "app/given"), "planted-4f7a-two");
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_secret_of_others_in_its_recovery_window_is_left_alone() {
    let first = stack();
    first.up().well();
    first.rewrite(WITHOUT);
    first.up().well();
    let other = Stack::beside(&first.account, &usual());
    plant(&other, PLANTED);
    other.up().badly().saying("scheduled for deletion").saying("aws secretsmanager restore-secret").saying("app/given");
    let found = ask(&first.account, "DescribeSecret", &json!({ "SecretId": "app/given" }));
    assert!(found["DeletedDate"].is_number(), "{found}");
    // Not even its own is restored where nothing shall be adopted.
    first.rewrite(&usual());
    first.config("tenantstack:adoptInterrupted", "false");
    first.up().badly().saying("scheduled for deletion");
    first.pulumi(&["config", "rm", "tenantstack:adoptInterrupted"]).well();
    first.up().well();
    other.pulumi(&["destroy", "--yes", "--skip-preview"]).well();
    first.assert_destroys_cleanly();
}

#[test]
fn a_secret_is_not_replaced_by_accident() {
    let stack = stack();
    stack.up().well();
    stack.rewrite(&usual().replace("app/given", "app/other"));
    stack.preview().badly().saying("allowReplace").saying("name");
    stack.rewrite(&usual().replace("name: app/given", "name: app/other, allowReplace: true"));
    stack.up().well();
    assert_eq!(value(&stack.account, "app/other"), PLANTED);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_name_that_is_made_up_is_not_taken_for_the_end_of_an_arn() {
    let stack = stack();
    stack.up().well();
    let arn = stack.outputs()["generated"].as_str().unwrap().to_owned();
    let (rest, added) = arn.rsplit_once('-').unwrap();
    let (_, end) = rest.rsplit_once('-').unwrap();
    assert_eq!((added.len(), end.len()), (6, 10), "{arn}");
    stack.assert_destroys_cleanly();
}
