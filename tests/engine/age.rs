//! Time that has passed since something was made.
//!
//! When a thing was asked for stands in its owner tag. A test puts an earlier time there, as the clock would have.

use serde_json::json;

use crate::loopback::Account;

const OWNER: &str = "tenantstack:owner";

/// More than the day in which what an interrupted run left is adopted.
const LONG_AGO: u64 = 25 * 60 * 60;

/// Makes everything that carries an owner tag older than a day.
pub fn pass_a_day(account: &Account) {
    pass_a_day_for(account, |_| true);
}

/// Makes older than a day what has such an id.
pub fn pass_a_day_for(account: &Account, ages: impl Fn(&str) -> bool) {
    let inventory = account.inventory();
    for (kind, things) in inventory.as_object().unwrap() {
        for thing in things.as_array().unwrap() {
            let (id, tag) = (thing["id"].as_str().unwrap(), thing["tags"][OWNER].as_str());
            if let Some(older) = tag.filter(|_| ages(id)).and_then(older) {
                put(account, kind, id, &older);
            }
        }
    }
}

fn older(tag: &str) -> Option<String> {
    let (token, asked) = tag.split_once('@')?;
    Some(format!("{token}@{}", asked.parse::<u64>().ok()?.checked_sub(LONG_AGO)?))
}

fn put(account: &Account, kind: &str, id: &str, value: &str) {
    match kind {
        "iam_role" => account.ask(
            "iam",
            "TagRole",
            &[("RoleName", id), ("Tags.member.1.Key", OWNER), ("Tags.member.1.Value", value)],
        ),
        "log_group" => {
            let arn = format!("arn:aws:logs:eu-west-1:{}:log-group:{id}", account.id());
            account.ask_json(
                "logs",
                "Logs_20140328.TagResource",
                &json!({ "resourceArn": arn, "tags": { OWNER: value } }),
            );
        }
        _ => account.ask("ec2", "CreateTags", &[("ResourceId.1", id), ("Tag.1.Key", OWNER), ("Tag.1.Value", value)]),
    }
}
