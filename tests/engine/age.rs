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
    for (id, tag) in of_ec2(account).into_iter().filter(|(id, _)| ages(id)) {
        let tag = older(&tag);
        let tags = [("ResourceId.1", &*id), ("Tag.1.Key", OWNER), ("Tag.1.Value", &*tag)];
        // Tags are listed for a while after their thing is gone, as AWS does.
        if let Err(refusal) = account.ask_for("ec2", "CreateTags", &tags) {
            assert!(refusal.contains("NotFound"), "{id}: {refusal}");
        }
    }
    for (name, tag) in named(account, "iam_role").into_iter().filter(|(name, _)| ages(name)) {
        let tag = older(&tag);
        account.ask(
            "iam",
            "TagRole",
            &[("RoleName", &name), ("Tags.member.1.Key", OWNER), ("Tags.member.1.Value", &tag)],
        );
    }
    for (name, tag) in named(account, "log_group").into_iter().filter(|(name, _)| ages(name)) {
        let arn = format!("arn:aws:logs:eu-west-1:{}:log-group:{name}", account.id());
        let tags = json!({ "resourceArn": arn, "tags": { OWNER: older(&tag) } });
        account.ask_json("logs", "Logs_20140328.TagResource", &tags);
    }
}

/// The owner tags that EC2 lists: id and value.
fn of_ec2(account: &Account) -> Vec<(String, String)> {
    let seen = account.ask("ec2", "DescribeTags", &[("Filter.1.Name", "key"), ("Filter.1.Value.1", OWNER)]);
    let within = |item: &str, name: &str| {
        let (_, rest) = item.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(text, _)| text.to_owned())
    };
    seen.split("<item>").filter_map(|item| Some((within(item, "resourceId")?, within(item, "value")?))).collect()
}

/// The owner tags of things that have names of their own.
fn named(account: &Account, kind: &str) -> Vec<(String, String)> {
    let inventory = account.inventory();
    let things = inventory[kind].as_array().into_iter().flatten();
    let told =
        |thing: &serde_json::Value| Some((thing["id"].as_str()?.to_owned(), thing["tags"][OWNER].as_str()?.to_owned()));
    things.filter_map(told).collect()
}

fn older(tag: &str) -> String {
    let (token, asked) = tag.split_once('@').expect("a token and a time");
    format!("{token}@{}", asked.parse::<u64>().unwrap() - LONG_AGO)
}
