//! Conditions as calls take them and as AWS shows them.

use std::collections::BTreeSet;

use aws_sdk_elasticloadbalancingv2::types;
use framework::property::Choice as _;

use super::{
    ConditionField, HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig, PathPatternConfig, QueryStringConfig,
    QueryStringKeyValue, RuleCondition, SourceIpAddressType, SourceIpConfig,
};

/// Conditions as calls take them.
pub(in super::super) fn to_aws(conditions: &[RuleCondition]) -> Vec<types::RuleCondition> {
    conditions.iter().map(condition).collect()
}

fn condition(wanted: &RuleCondition) -> types::RuleCondition {
    let host = wanted.host_header_config.clone().map(|config| {
        types::HostHeaderConditionConfig::builder()
            .set_values(config.values)
            .set_regex_values(config.regex_values)
            .build()
    });
    let path = wanted.path_pattern_config.clone().map(|config| {
        types::PathPatternConditionConfig::builder()
            .set_values(config.values)
            .set_regex_values(config.regex_values)
            .build()
    });
    let header = wanted.http_header_config.clone().map(|config| {
        types::HttpHeaderConditionConfig::builder()
            .http_header_name(config.http_header_name)
            .set_values(config.values)
            .set_regex_values(config.regex_values)
            .build()
    });
    let method = wanted
        .http_request_method_config
        .clone()
        .map(|config| types::HttpRequestMethodConditionConfig::builder().set_values(Some(config.values)).build());
    let query = wanted.query_string_config.as_ref().map(|config| {
        let pairs = config
            .values
            .iter()
            .map(|pair| types::QueryStringKeyValuePair::builder().set_key(pair.key.clone()).value(&pair.value).build());
        types::QueryStringConditionConfig::builder().set_values(Some(pairs.collect())).build()
    });
    let source = wanted.source_ip_config.clone().map(|config| {
        types::SourceIpConditionConfig::builder()
            .set_values(config.values)
            .set_ip_address_type(config.ip_address_type.map(|kind| kind.text().into()))
            .build()
    });
    types::RuleCondition::builder()
        .field(wanted.field.text())
        .set_values(wanted.values.clone())
        .set_regex_values(wanted.regex_values.clone())
        .set_host_header_config(host)
        .set_path_pattern_config(path)
        .set_http_header_config(header)
        .set_http_request_method_config(method)
        .set_query_string_config(query)
        .set_source_ip_config(source)
        .build()
}

/// What AWS shows, in the program's words where both mean the same.
pub(in super::super) fn in_the_words_of(
    said: Option<Vec<RuleCondition>>,
    shown: &[types::RuleCondition],
) -> Vec<RuleCondition> {
    let shown: Vec<_> = shown.iter().filter_map(seen).collect();
    match said {
        Some(said) if meaning(&said) == meaning(&shown) => said,
        _ => shown,
    }
}

/// What conditions mean, whichever way they are said.
fn meaning(conditions: &[RuleCondition]) -> Vec<Meaning> {
    let mut all: Vec<_> = conditions.iter().map(RuleCondition::meaning).collect();
    all.sort();
    all
}

/// What a condition looks at, and which values it is content with.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Meaning {
    field: ConditionField,
    header: Option<String>,
    values: BTreeSet<String>,
    regexes: BTreeSet<String>,
    pairs: BTreeSet<(Option<String>, String)>,
    address_type: Option<SourceIpAddressType>,
}

impl RuleCondition {
    /// Its values, wherever they stand.
    pub(super) fn all_values(&self) -> Vec<&String> {
        let own = self.values.iter().flatten();
        let host = self.host_header_config.iter().flat_map(|config| config.values.iter().flatten());
        let path = self.path_pattern_config.iter().flat_map(|config| config.values.iter().flatten());
        let header = self.http_header_config.iter().flat_map(|config| config.values.iter().flatten());
        let method = self.http_request_method_config.iter().flat_map(|config| &config.values);
        let source = self.source_ip_config.iter().flat_map(|config| config.values.iter().flatten());
        own.chain(host).chain(path).chain(header).chain(method).chain(source).collect()
    }

    /// Its regular expressions, wherever they stand.
    pub(super) fn all_regexes(&self) -> Vec<&String> {
        let own = self.regex_values.iter().flatten();
        let host = self.host_header_config.iter().flat_map(|config| config.regex_values.iter().flatten());
        let path = self.path_pattern_config.iter().flat_map(|config| config.regex_values.iter().flatten());
        let header = self.http_header_config.iter().flat_map(|config| config.regex_values.iter().flatten());
        own.chain(host).chain(path).chain(header).collect()
    }

    /// The parts of the query that it is content with.
    pub(super) fn all_pairs(&self) -> &[QueryStringKeyValue] {
        self.query_string_config.as_ref().map(|config| config.values.as_slice()).unwrap_or_default()
    }

    fn meaning(&self) -> Meaning {
        Meaning {
            field: self.field,
            header: self.http_header_config.as_ref().map(|config| config.http_header_name.to_ascii_lowercase()),
            values: self.all_values().into_iter().cloned().collect(),
            regexes: self.all_regexes().into_iter().cloned().collect(),
            pairs: self.all_pairs().iter().map(|pair| (pair.key.clone(), pair.value.clone())).collect(),
            address_type: self.source_ip_config.as_ref().and_then(|config| config.ip_address_type),
        }
    }
}

/// A condition as AWS shows it; host names and paths stand there twice.
fn seen(shown: &types::RuleCondition) -> Option<RuleCondition> {
    let field = ConditionField::from_text(shown.field()?)?;
    let some = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
    let or_own = |list: &[String]| some(list).or_else(|| some(shown.values()));
    let or_own_regex = |list: &[String]| some(list).or_else(|| some(shown.regex_values()));
    let (host, path) = (shown.host_header_config(), shown.path_pattern_config());
    let of_host = HostHeaderConfig {
        values: or_own(host.map(|host| host.values()).unwrap_or_default()),
        regex_values: or_own_regex(host.map(|host| host.regex_values()).unwrap_or_default()),
    };
    let of_path = PathPatternConfig {
        values: or_own(path.map(|path| path.values()).unwrap_or_default()),
        regex_values: or_own_regex(path.map(|path| path.regex_values()).unwrap_or_default()),
    };
    let pair = |pair: &types::QueryStringKeyValuePair| QueryStringKeyValue {
        key: pair.key().filter(|key| !key.is_empty()).map(str::to_owned),
        value: pair.value().unwrap_or_default().to_owned(),
    };
    Some(RuleCondition {
        field,
        values: None,
        regex_values: None,
        host_header_config: (field == ConditionField::HostHeader).then_some(of_host),
        path_pattern_config: (field == ConditionField::PathPattern).then_some(of_path),
        http_header_config: shown.http_header_config().map(|config| HttpHeaderConfig {
            http_header_name: config.http_header_name().unwrap_or_default().to_owned(),
            values: some(config.values()),
            regex_values: some(config.regex_values()).or_else(|| some(shown.regex_values())),
        }),
        http_request_method_config: shown
            .http_request_method_config()
            .map(|config| HttpRequestMethodConfig { values: config.values().to_vec() }),
        query_string_config: shown
            .query_string_config()
            .map(|config| QueryStringConfig { values: config.values().iter().map(pair).collect() }),
        source_ip_config: shown.source_ip_config().map(|config| SourceIpConfig {
            values: some(config.values()),
            ip_address_type: config.ip_address_type().and_then(|kind| SourceIpAddressType::from_text(kind.as_str())),
        }),
    })
}
