//! What RDS shows of databases, in the program's words.

use aws_sdk_rds::types;
use framework::property::Choice;

use super::{rds_calls::same_key, rds_version as version};

/// The groups that RDS makes for each family.
const DEFAULT_GROUP: &str = "default.";

/// Whichever of both fits: `16` for 16.4, and the program's minor version where a later one runs.
pub fn version(running: String, engine: &str, said: Option<String>) -> String {
    said.filter(|said| version::satisfies(&running, said, engine)).unwrap_or(running)
}

/// The key as the program calls it, where that is the same.
pub fn key(found: Option<String>, said: Option<String>) -> Option<String> {
    let found = found?;
    Some(said.filter(|said| same_key(said, &found)).unwrap_or(found))
}

/// A parameter group; RDS's own is none, unless the program names one.
pub fn group(found: Option<String>, named: bool) -> Option<String> {
    found.filter(|name| named || !name.starts_with(DEFAULT_GROUP))
}

/// The security groups that it has and gets.
pub fn security_groups(found: &[types::VpcSecurityGroupMembership]) -> Vec<String> {
    let groups = found.iter().filter(|group| group.status() != Some("removing"));
    groups.filter_map(|group| group.vpc_security_group_id.clone()).collect()
}

/// What a text means, if we know it.
pub fn choice<T: Choice>(text: Option<&str>) -> Option<T> {
    text.and_then(T::from_text)
}

/// The logs that will be sent when nothing is pending any more.
pub fn logs(sent: Option<Vec<String>>, pending: Option<types::PendingCloudwatchLogsExports>) -> Option<Vec<String>> {
    let Some(pending) = pending else { return sent };
    let mut all = sent.unwrap_or_default();
    all.retain(|log| !pending.log_types_to_disable().contains(log));
    all.extend(pending.log_types_to_enable.unwrap_or_default());
    Some(all)
}

/// The logs to begin and to stop sending.
pub fn log_changes(sent: &[String], wanted: &[String]) -> Option<types::CloudwatchLogsExportConfiguration> {
    let change = super::set_change::SetChange::from_to(sent, wanted);
    let some = |logs: Vec<String>| (!logs.is_empty()).then_some(logs);
    let (begin, stop) = (some(change.add), some(change.remove));
    (begin.is_some() || stop.is_some()).then(|| {
        types::CloudwatchLogsExportConfiguration::builder()
            .set_enable_log_types(begin)
            .set_disable_log_types(stop)
            .build()
    })
}
