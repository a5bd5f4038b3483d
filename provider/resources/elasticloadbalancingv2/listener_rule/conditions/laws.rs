//! What conditions must keep.

use std::net::IpAddr;

use framework::{problem::Problems, property::Choice as _, value::Path};

use super::{ConditionField, RuleCondition};
use crate::aws::limits::quotas;

/// Where the numbers are AWS's.
const SOURCE: &str = "\"Quotas for your Application Load Balancers\"";

/// Notes what is wrong with a rule's conditions.
pub(in super::super) fn check(conditions: &[RuleCondition], at: &Path, problems: &mut Problems) {
    if conditions.is_empty() {
        problems.add(at.clone(), "must have a condition");
    }
    for (index, condition) in conditions.iter().enumerate() {
        let at = at.index(index);
        let repeats = matches!(condition.field, ConditionField::HttpHeader | ConditionField::QueryString);
        if !repeats && conditions.iter().take(index).any(|other| other.field == condition.field) {
            problems.add(at.key("field"), "is that of another condition too: only http-header and query-string repeat");
        }
        if conditions.iter().take(index).any(|other| other == condition) {
            problems.add(at.clone(), "is the same as another condition");
        }
        configured(condition, &at, problems);
        each_value(condition, &at, problems);
    }
    let values: usize = conditions.iter().map(RuleCondition::count).sum();
    if values > quotas::CONDITION_VALUES_PER_RULE {
        let most = quotas::CONDITION_VALUES_PER_RULE;
        problems.add(
            at.clone(),
            format!("must have {most} values at most, not {values}: condition values per rule, {SOURCE}"),
        );
    }
    let wildcards: usize = conditions.iter().map(RuleCondition::wildcards).sum();
    if wildcards > quotas::WILDCARDS_PER_RULE {
        let most = quotas::WILDCARDS_PER_RULE;
        problems.add(
            at.clone(),
            format!("must have {most} wildcards at most, not {wildcards}: condition wildcards per rule, {SOURCE}"),
        );
    }
}

impl RuleCondition {
    fn count(&self) -> usize {
        let kinds = self.source_ip_config.iter().filter(|config| config.ip_address_type.is_some()).count();
        self.all_values().len() + self.all_regexes().len() + self.all_pairs().len() + kinds
    }

    /// How often `*` and `?` stand for something else; in regular expressions they don't.
    fn wildcards(&self) -> usize {
        if matches!(self.field, ConditionField::HttpRequestMethod | ConditionField::SourceIp) {
            return 0;
        }
        let pairs = self.all_pairs().iter().flat_map(|pair| pair.key.iter().chain([&pair.value]));
        self.all_values().into_iter().chain(pairs).map(|text| wildcards(text)).sum()
    }
}

fn wildcards(text: &str) -> usize {
    let mut count = 0;
    let mut escaped = false;
    for letter in text.chars() {
        count += usize::from(!escaped && matches!(letter, '*' | '?'));
        escaped = !escaped && letter == '\\';
    }
    count
}

/// Each field has a configuration of its own, and no other.
fn configured(condition: &RuleCondition, at: &Path, problems: &mut Problems) {
    use ConditionField::{HostHeader, HttpHeader, HttpRequestMethod, PathPattern, QueryString, SourceIp};
    let field = condition.field;
    let configurations = [
        (HostHeader, "hostHeaderConfig", condition.host_header_config.is_some()),
        (PathPattern, "pathPatternConfig", condition.path_pattern_config.is_some()),
        (HttpHeader, "httpHeaderConfig", condition.http_header_config.is_some()),
        (HttpRequestMethod, "httpRequestMethodConfig", condition.http_request_method_config.is_some()),
        (QueryString, "queryStringConfig", condition.query_string_config.is_some()),
        (SourceIp, "sourceIpConfig", condition.source_ip_config.is_some()),
    ];
    let short =
        matches!(field, HostHeader | PathPattern) && (condition.values.is_some() || condition.regex_values.is_some());
    for (of, name, given) in configurations {
        if of != field && given {
            problems.add(at.key(name), format!("can't be given for the field {}", field.text()));
        } else if of == field && !given && !short {
            problems.add(at.key(name), format!("is required for the field {}", field.text()));
        } else if of == field && given && short {
            problems.add(at.key(name), "can't be given together with values and regexValues");
        }
    }
    if condition.values.is_some() && !matches!(field, HostHeader | PathPattern) {
        problems.add(at.key("values"), "can be given only for the fields host-header and path-pattern");
    }
    if condition.regex_values.is_some() && !matches!(field, HostHeader | PathPattern | HttpHeader) {
        let reason = "can be given only for the fields host-header, path-pattern and http-header";
        problems.add(at.key("regexValues"), reason);
    }
    if condition.count() == 0 && (short || configurations.iter().any(|(of, _, given)| *of == field && *given)) {
        problems.add(at.clone(), "must have a value");
    }
}

fn each_value(condition: &RuleCondition, at: &Path, problems: &mut Problems) {
    let law: fn(&str) -> Option<&'static str> = match condition.field {
        ConditionField::HostHeader => host,
        ConditionField::PathPattern => path,
        ConditionField::SourceIp => block,
        ConditionField::HttpHeader | ConditionField::HttpRequestMethod | ConditionField::QueryString => any,
    };
    let values = condition.all_values();
    for (index, value) in values.iter().enumerate() {
        let length = value.chars().count();
        if !(1..=quotas::CONDITION_VALUE).contains(&length) {
            problems.add(at.clone(), format!("must have values of 1 to {} characters", quotas::CONDITION_VALUE));
        } else if let Some(wrong) = law(value) {
            problems.add(at.clone(), wrong);
        }
        if values.iter().take(index).any(|other| other == value) {
            problems.add(at.clone(), "must have each value once");
        }
    }
    unique(&condition.all_regexes(), at, problems);
    unique(condition.all_pairs(), at, problems);
    let header = condition.http_header_config.as_ref();
    if header.is_some_and(|config| config.http_header_name.eq_ignore_ascii_case("host")) {
        problems.add(at.key("httpHeaderConfig").key("httpHeaderName"), "can't be Host: take the field host-header");
    }
}

fn unique<T: PartialEq>(values: &[T], at: &Path, problems: &mut Problems) {
    if values.iter().enumerate().any(|(index, value)| values.iter().take(index).any(|other| other == value)) {
        problems.add(at.clone(), "must have each value once");
    }
}

fn any(_: &str) -> Option<&'static str> {
    None
}

/// Source: `RuleCondition` and `HostHeaderConditionConfig`, Elastic Load Balancing API Reference 2015-12-01.
fn host(name: &str) -> Option<&'static str> {
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '*' | '?');
    if !name.chars().all(letters) {
        return Some("must have host names of letters, digits, hyphens, dots and the wildcards * and ?");
    }
    let Some((_, end)) = name.rsplit_once('.') else { return Some("must have host names with a dot") };
    let alphabetical = |c: char| c.is_ascii_alphabetic() || matches!(c, '*' | '?');
    (end.is_empty() || !end.chars().all(alphabetical))
        .then_some("must have host names with letters alone after the last dot")
}

/// Source: `RuleCondition`, Elastic Load Balancing API Reference 2015-12-01.
fn path(pattern: &str) -> Option<&'static str> {
    let known = |c: char| c.is_ascii_alphanumeric() || "_-.$/~\"'@:+&*?".contains(c);
    (!pattern.chars().all(known))
        .then_some("must have paths of letters, digits, any of _-.$/~\"'@:+& and the wildcards * and ?")
}

fn block(text: &str) -> Option<&'static str> {
    let parsed = text.split_once('/').and_then(|(address, bits)| {
        let (address, bits): (IpAddr, u8) = (address.parse().ok()?, bits.parse().ok()?);
        Some(bits <= if address.is_ipv4() { 32 } else { 128 })
    });
    (parsed != Some(true)).then_some("must have blocks of addresses, such as 192.0.2.0/24 or 2001:db8::/32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::elasticloadbalancingv2::{HttpHeaderConfig, SourceIpConfig};

    fn header(name: &str, values: &[&str]) -> RuleCondition {
        let values = Some(values.iter().map(ToString::to_string).collect());
        let config = HttpHeaderConfig { http_header_name: name.to_owned(), values, regex_values: None };
        RuleCondition { http_header_config: Some(config), ..RuleCondition::of(ConditionField::HttpHeader) }
    }

    fn short(field: ConditionField, value: &str) -> RuleCondition {
        RuleCondition { values: Some(vec![value.to_owned()]), ..RuleCondition::of(field) }
    }

    fn problems(conditions: &[RuleCondition]) -> Vec<String> {
        let mut problems = Problems::none();
        check(conditions, &Path::of("conditions"), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn quotas_are_of_all_conditions_together() {
        let three = header("X-A", &["1", "2", "3"]);
        assert_eq!(problems(&[three.clone(), header("X-B", &["1", "2"])]), Vec::<String>::new());
        let told = problems(&[three, header("X-B", &["1", "2", "3"])]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("5 values at most, not 6: condition values per rule"), "{told:?}");
        let told = problems(&[header("X-A", &["******"])]);
        assert!(told[0].contains("5 wildcards at most, not 6: condition wildcards per rule"), "{told:?}");
    }

    #[test]
    fn a_wildcard_may_stand_for_itself() {
        assert_eq!([wildcards("a*?"), wildcards(r"a\*?"), wildcards(r"a\\*")], [2, 1, 1]);
    }

    #[test]
    fn values_are_what_their_fields_take() {
        for (right, field) in [
            ("*.example.com", ConditionField::HostHeader),
            ("/img/*", ConditionField::PathPattern),
            ("*.png", ConditionField::PathPattern),
        ] {
            assert_eq!(problems(&[short(field, right)]), Vec::<String>::new(), "{right}");
        }
        for (wrong, field) in [
            ("localhost", ConditionField::HostHeader),
            ("example.com:80", ConditionField::HostHeader),
            ("10.0.0.1", ConditionField::HostHeader),
            ("/a b", ConditionField::PathPattern),
            ("/a?b=#c", ConditionField::PathPattern),
        ] {
            assert_eq!(problems(&[short(field, wrong)]).len(), 1, "{wrong}");
        }
        for (block, fine) in
            [("10.0.0.0/8", true), ("2001:db8::/32", true), ("10.0.0.1", false), ("10.0.0.0/33", false)]
        {
            let config = SourceIpConfig { values: Some(vec![block.to_owned()]), ip_address_type: None };
            let condition =
                RuleCondition { source_ip_config: Some(config), ..RuleCondition::of(ConditionField::SourceIp) };
            assert_eq!(problems(&[condition]).is_empty(), fine, "{block}");
        }
    }

    #[test]
    fn a_field_has_its_own_configuration_and_comes_once() {
        assert_eq!(
            problems(&[RuleCondition::of(ConditionField::QueryString)]),
            ["conditions[0].queryStringConfig is required for the field query-string"]
        );
        let twice = [short(ConditionField::PathPattern, "/a"), short(ConditionField::PathPattern, "/b")];
        assert!(problems(&twice)[0].starts_with("conditions[1].field is that of another condition too"));
        assert!(problems(&[header("host", &["a"])])[0].ends_with("can't be Host: take the field host-header"));
        assert_eq!(problems(&[]), ["conditions must have a condition"]);
    }
}
