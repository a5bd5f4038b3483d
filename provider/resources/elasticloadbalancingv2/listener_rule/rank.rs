//! How particular a rule is: of two that fit a request the more particular one has to come first.
//!
//! A host that is named comes before a pattern, a pattern before any host; then the deeper path, or a header, method,
//! query or address that is asked for, comes before what asks for less.

use super::conditions::{ConditionField, RuleCondition};

/// How many ranks there are.
pub(super) const RANKS: i32 = HOSTS * DEPTHS;

/// A host that is named, a pattern of hosts, any host.
const HOSTS: i32 = 3;

/// Two steps down a path or more, one step, none.
const DEPTHS: i32 = 3;

const WILDCARDS: [char; 2] = ['*', '?'];

/// The rank of a rule with these conditions; 0 comes first.
pub(super) fn rank(conditions: &[RuleCondition]) -> i32 {
    let hosts = conditions.iter().find(|condition| condition.field == ConditionField::HostHeader);
    let host = hosts.map_or(HOSTS - 1, |hosts| i32::from(!is_named(hosts)));
    let steps: i32 = conditions.iter().map(steps).sum();
    host * DEPTHS + (DEPTHS - 1 - steps.min(DEPTHS - 1))
}

fn is_named(hosts: &RuleCondition) -> bool {
    let config = hosts.host_header_config.as_ref();
    let patterns = hosts.regex_values.is_some() || config.is_some_and(|config| config.regex_values.is_some());
    let named = hosts.values.iter().flatten().chain(config.iter().flat_map(|config| config.values.iter().flatten()));
    !patterns && named.into_iter().all(|host| !host.contains(WILDCARDS))
}

/// How far a condition narrows down what comes to a host: a path by its steps, anything else by one.
fn steps(condition: &RuleCondition) -> i32 {
    match condition.field {
        ConditionField::HostHeader => 0,
        ConditionField::PathPattern => {
            let config = condition.path_pattern_config.as_ref();
            let paths = condition.values.iter().flatten();
            let paths = paths.chain(config.iter().flat_map(|config| config.values.iter().flatten()));
            paths.map(|path| depth(path)).min().unwrap_or(1)
        }
        _ => 1,
    }
}

/// The steps of a path before its first wildcard.
fn depth(path: &str) -> i32 {
    let literal = path.find(WILDCARDS).map_or(path, |end| &path[..end]);
    let steps = literal.split('/').filter(|step| !step.is_empty()).count();
    i32::try_from(steps).unwrap_or(DEPTHS)
}

#[cfg(test)]
mod tests {
    use super::{
        super::conditions::{HostHeaderConfig, PathPatternConfig},
        *,
    };

    fn of(hosts: &[&str], paths: &[&str]) -> i32 {
        let listed = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
        let host = HostHeaderConfig { values: listed(hosts), regex_values: None };
        let path = PathPatternConfig { values: listed(paths), regex_values: None };
        let host = RuleCondition { host_header_config: Some(host), ..RuleCondition::of(ConditionField::HostHeader) };
        let path = RuleCondition { path_pattern_config: Some(path), ..RuleCondition::of(ConditionField::PathPattern) };
        let all = [(hosts, host), (paths, path)];
        rank(
            &all.into_iter().filter(|(texts, _)| !texts.is_empty()).map(|(_, condition)| condition).collect::<Vec<_>>(),
        )
    }

    #[test]
    fn the_more_particular_comes_first() {
        let in_order = [
            of(&["app.example.com"], &["/api/v1/*"]),
            of(&["app.example.com"], &["/api/*"]),
            of(&["app.example.com"], &[]),
            of(&["*.example.com"], &["/api/v1/*"]),
            of(&["*.example.com"], &["/api/*"]),
            of(&["*.example.com"], &[]),
            of(&[], &["/api/v1/*"]),
            of(&[], &["/api/*"]),
            of(&[], &["/*"]),
        ];
        assert_eq!(in_order, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(RANKS, 9);
    }

    #[test]
    fn the_broadest_of_several_counts() {
        assert_eq!(of(&["app.example.com", "*.example.com"], &[]), of(&["*.example.com"], &[]));
        assert_eq!(of(&[], &["/api/v1/*", "/*"]), of(&[], &["/*"]));
        let more = rank(&[RuleCondition::of(ConditionField::HttpHeader), RuleCondition::of(ConditionField::SourceIp)]);
        assert_eq!(more, of(&[], &["/api/v1/*"]));
    }
}
