//! Service Connect, and gateways: how services reach one another, and others them.

use crate::{
    aws::Result,
    resources::{
        collections::Unordered,
        ecs::ContainerLogConfiguration,
        wire::{Wire, wired, wired_choices},
    },
};
use aws_sdk_ecs::types;
use framework::{Choice, Object};

/// How a service is found by others, and finds them (Service Connect).
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectConfiguration")]
pub struct ServiceConnectConfiguration {
    /// Whether it is.
    pub enabled: bool,
    /// The name or ARN of the Cloud Map namespace; the cluster's own when absent.
    pub namespace: Option<String>,
    /// What the service offers.
    #[field(default)]
    pub services: Unordered<ServiceConnectService>,
    /// Where the proxy's output goes.
    pub log_configuration: Option<ContainerLogConfiguration>,
    /// What the proxy writes of each request.
    pub access_log_configuration: Option<ServiceConnectAccessLogConfiguration>,
    /// Settings of the proxies.
    #[field(default, items(0, 10))]
    pub container_configurations: Unordered<ServiceConnectContainerConfiguration>,
}

/// What a service offers to others.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectService")]
pub struct ServiceConnectService {
    /// The name of the port mapping.
    pub port_name: String,
    /// The name in Cloud Map; that of the port when absent.
    pub discovery_name: Option<String>,
    /// The names and ports by which others reach it.
    #[field(default)]
    pub client_aliases: Unordered<ServiceConnectClientAlias>,
    /// The port at which the proxy listens.
    #[field(range(0, 65535))]
    pub ingress_port_override: Option<i32>,
    /// How long the proxy waits.
    pub timeout: Option<ServiceConnectTimeout>,
    /// How traffic is encrypted.
    pub tls: Option<ServiceConnectTlsConfiguration>,
}

/// A name and a port by which others reach a service.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectClientAlias")]
pub struct ServiceConnectClientAlias {
    /// The port.
    #[field(range(0, 65535))]
    pub port: i32,
    /// The name; `<discovery name>.<namespace>` when absent.
    pub dns_name: Option<String>,
    /// Which requests are tests of the next set of tasks.
    pub test_traffic_rules: Option<ServiceConnectTestTrafficRules>,
}

/// Which requests are tests.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectTestTrafficRules")]
pub struct ServiceConnectTestTrafficRules {
    /// Those with this header.
    pub header: ServiceConnectTestHeader,
}

/// A header of HTTP.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectTestHeader")]
pub struct ServiceConnectTestHeader {
    /// Its name.
    pub name: String,
    /// Its value; any when absent.
    pub value: Option<ServiceConnectTestHeaderValue>,
}

/// The value of a header.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectTestHeaderValue")]
pub struct ServiceConnectTestHeaderValue {
    /// The whole value.
    pub exact: String,
}

/// How long a proxy waits.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectTimeout")]
pub struct ServiceConnectTimeout {
    /// For how many seconds a connection may be idle; 0 for ever.
    #[field(range(0, 2147483647))]
    pub idle_timeout_seconds: Option<i32>,
    /// How many seconds a request may take; 0 for ever.
    #[field(range(0, 2147483647))]
    pub per_request_timeout_seconds: Option<i32>,
}

/// How a proxy encrypts traffic.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectTlsConfiguration")]
pub struct ServiceConnectTlsConfiguration {
    /// Who issues its certificates.
    pub issuer_certificate_authority: ServiceConnectCertificateAuthority,
    /// The KMS key that encrypts private keys.
    pub kms_key: Option<String>,
    /// The ARN of the role by which Amazon ECS gets certificates.
    pub role_arn: Option<String>,
}

/// Who issues certificates.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectCertificateAuthority")]
pub struct ServiceConnectCertificateAuthority {
    /// The ARN of an authority of AWS Private CA.
    pub aws_pca_authority_arn: Option<String>,
}

/// What a proxy writes of each request.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectAccessLogConfiguration")]
pub struct ServiceConnectAccessLogConfiguration {
    /// How.
    pub format: ServiceConnectAccessLogFormat,
    /// Whether query parameters are among it. They may be secret.
    pub include_query_parameters: Option<ServiceConnectIncludeQueryParameters>,
}

/// How requests are logged.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ServiceConnectAccessLogFormat")]
pub enum ServiceConnectAccessLogFormat {
    /// As text.
    #[default]
    #[choice("TEXT")]
    Text,
    /// As JSON.
    #[choice("JSON")]
    Json,
}

/// Whether query parameters are logged.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ServiceConnectIncludeQueryParameters")]
pub enum ServiceConnectIncludeQueryParameters {
    /// They aren't.
    #[default]
    #[choice("DISABLED")]
    Disabled,
    /// They are.
    #[choice("ENABLED")]
    Enabled,
}

/// Settings of a proxy.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceConnectContainerConfiguration")]
pub struct ServiceConnectContainerConfiguration {
    /// How much it writes.
    pub log_level: ServiceConnectLogLevel,
}

/// How much a proxy writes.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:ServiceConnectLogLevel")]
pub enum ServiceConnectLogLevel {
    /// What matters.
    #[default]
    #[choice("info")]
    Info,
    /// Everything.
    #[choice("debug")]
    Debug,
}

impl Wire for ServiceConnectContainerConfiguration {
    type Aws = types::ServiceConnectContainerConfiguration;

    fn to_aws(&self) -> Result<types::ServiceConnectContainerConfiguration> {
        self.log_level.to_aws().map(types::ServiceConnectContainerConfiguration::LogLevel)
    }

    fn from_aws(aws: types::ServiceConnectContainerConfiguration) -> Option<Self> {
        match aws {
            types::ServiceConnectContainerConfiguration::LogLevel(level) => {
                Wire::from_aws(level).map(|log_level| ServiceConnectContainerConfiguration { log_level })
            }
            _ => None,
        }
    }
}

wired! {
    ServiceConnectConfiguration = types::ServiceConnectConfiguration {
        enabled set_enabled,
        namespace set_namespace,
        services set_services,
        log_configuration set_log_configuration,
        access_log_configuration set_access_log_configuration,
        container_configurations set_container_configurations,
    }
    ServiceConnectService = types::ServiceConnectService {
        port_name set_port_name,
        discovery_name set_discovery_name,
        client_aliases set_client_aliases,
        ingress_port_override set_ingress_port_override,
        timeout set_timeout,
        tls set_tls,
    }
    ServiceConnectClientAlias = types::ServiceConnectClientAlias {
        port set_port,
        dns_name set_dns_name,
        test_traffic_rules set_test_traffic_rules,
    }
    ServiceConnectTestTrafficRules = types::ServiceConnectTestTrafficRules {
        header set_header,
    }
    ServiceConnectTestHeader = types::ServiceConnectTestTrafficHeaderRules {
        name set_name,
        value set_value,
    }
    ServiceConnectTestHeaderValue = types::ServiceConnectTestTrafficHeaderMatchRules {
        exact set_exact,
    }
    ServiceConnectTimeout = types::TimeoutConfiguration {
        idle_timeout_seconds set_idle_timeout_seconds,
        per_request_timeout_seconds set_per_request_timeout_seconds,
    }
    ServiceConnectTlsConfiguration = types::ServiceConnectTlsConfiguration {
        issuer_certificate_authority set_issuer_certificate_authority,
        kms_key set_kms_key,
        role_arn set_role_arn,
    }
    ServiceConnectCertificateAuthority = types::ServiceConnectTlsCertificateAuthority {
        aws_pca_authority_arn set_aws_pca_authority_arn,
    }
    ServiceConnectAccessLogConfiguration = types::ServiceConnectAccessLogConfiguration {
        format set_format,
        include_query_parameters set_include_query_parameters,
    }
}

wired_choices! {
    ServiceConnectAccessLogFormat = types::ServiceConnectAccessLoggingFormat,
    ServiceConnectIncludeQueryParameters = types::ServiceConnectIncludeQueryParameters,
    ServiceConnectLogLevel = types::ServiceConnectContainerLogLevel,
}
