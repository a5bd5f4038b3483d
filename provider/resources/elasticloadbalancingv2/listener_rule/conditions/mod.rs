//! Conditions: what a request must be like.

mod aws;
mod laws;

use framework::{Choice, Object};

pub(super) use aws::{in_the_words_of, to_aws};
pub(super) use laws::check;

/// What a request must be like, in one respect. Where there are several values, one of them will do.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:RuleCondition")]
pub struct RuleCondition {
    /// What is looked at. A rule has one condition at most of each but `http-header` and `query-string`.
    pub field: ConditionField,
    /// The host name or path, for `host-header` and `path-pattern`: one. For several there are `hostHeaderConfig` and
    /// `pathPatternConfig`.
    #[field(items(1, 1))]
    pub values: Option<Vec<String>>,
    /// Regular expressions, for `host-header`, `path-pattern` and `http-header`.
    #[field(items(1, 5), each(length(1, 128)))]
    pub regex_values: Option<Vec<String>>,
    /// Host names, for `host-header`.
    pub host_header_config: Option<HostHeaderConfig>,
    /// Paths, for `path-pattern`.
    pub path_pattern_config: Option<PathPatternConfig>,
    /// A header and its values, for `http-header`.
    pub http_header_config: Option<HttpHeaderConfig>,
    /// Methods, for `http-request-method`.
    pub http_request_method_config: Option<HttpRequestMethodConfig>,
    /// Parts of the query, for `query-string`.
    pub query_string_config: Option<QueryStringConfig>,
    /// Addresses, for `source-ip`.
    pub source_ip_config: Option<SourceIpConfig>,
}

impl RuleCondition {
    /// A condition on that, of which nothing else is said.
    #[must_use]
    pub fn of(field: ConditionField) -> Self {
        RuleCondition {
            field,
            values: None,
            regex_values: None,
            host_header_config: None,
            path_pattern_config: None,
            http_header_config: None,
            http_request_method_config: None,
            query_string_config: None,
            source_ip_config: None,
        }
    }
}

/// What a condition looks at.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[choice(token = "elasticloadbalancingv2:ConditionField")]
pub enum ConditionField {
    /// The host that the request is for.
    #[choice("host-header")]
    HostHeader,
    /// The path of what is asked for.
    #[choice("path-pattern")]
    PathPattern,
    /// A header of the request.
    #[choice("http-header")]
    HttpHeader,
    /// The method.
    #[choice("http-request-method")]
    HttpRequestMethod,
    /// The query.
    #[choice("query-string")]
    QueryString,
    /// The address that the request comes from; behind a proxy the proxy's.
    #[choice("source-ip")]
    SourceIp,
}

/// Host names; capitals mean nothing.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:HostHeaderConfig")]
pub struct HostHeaderConfig {
    /// The names, of 128 characters at most; `*` stands for any characters, `?` for one.
    #[field(items(1, 5))]
    pub values: Option<Vec<String>>,
    /// Regular expressions.
    #[field(items(1, 5), each(length(1, 128)))]
    pub regex_values: Option<Vec<String>>,
}

/// Paths; capitals count.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:PathPatternConfig")]
pub struct PathPatternConfig {
    /// The paths, of 128 characters at most; `*` stands for any characters, `?` for one.
    #[field(items(1, 5))]
    pub values: Option<Vec<String>>,
    /// Regular expressions.
    #[field(items(1, 5), each(length(1, 128)))]
    pub regex_values: Option<Vec<String>>,
}

/// A header and its values; capitals mean nothing.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:HttpHeaderConfig")]
pub struct HttpHeaderConfig {
    /// The header's name. For `Host` there is `host-header`.
    #[field(length(1, 40), pattern(r"[A-Za-z0-9!#$%&'*+.^_`|~\-]+", "the name of a header"))]
    pub http_header_name: String,
    /// The values, of 128 characters at most; `*` stands for any characters, `?` for one.
    #[field(items(1, 5))]
    pub values: Option<Vec<String>>,
    /// Regular expressions.
    #[field(items(1, 5), each(length(1, 128)))]
    pub regex_values: Option<Vec<String>>,
}

/// Methods.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:HttpRequestMethodConfig")]
pub struct HttpRequestMethodConfig {
    /// The methods, such as `GET`, of 40 characters at most.
    #[field(items(1, 5), each(length(1, 40), pattern(r"[A-Z_\-]+", "capital letters, hyphens and underscores")))]
    pub values: Vec<String>,
}

/// Parts of the query; capitals mean nothing.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:QueryStringConfig")]
pub struct QueryStringConfig {
    /// The parts.
    #[field(items(1, 5))]
    pub values: Vec<QueryStringKeyValue>,
}

/// A part of the query.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:QueryStringKeyValue")]
pub struct QueryStringKeyValue {
    /// Its key; any when absent.
    #[field(length(1, 128))]
    pub key: Option<String>,
    /// Its value; `*` stands for any characters, `?` for one, and with a `\` before them for themselves.
    #[field(length(1, 128))]
    pub value: String,
}

/// Addresses that requests come from.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:SourceIpConfig")]
pub struct SourceIpConfig {
    /// Blocks of addresses, of IPv4 or IPv6, such as `192.0.2.0/24`: for an application load balancer.
    #[field(items(1, 5))]
    pub values: Option<Vec<String>>,
    /// The kind of the address: for a network load balancer.
    pub ip_address_type: Option<SourceIpAddressType>,
}

/// The kind of an address that something comes from.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[choice(token = "elasticloadbalancingv2:SourceIpAddressType")]
pub enum SourceIpAddressType {
    /// IPv4.
    #[choice("ipv4")]
    Ipv4,
    /// IPv6.
    #[choice("ipv6")]
    Ipv6,
}
