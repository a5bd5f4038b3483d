//! How AWS is reached: one HTTP client, one chain of credentials, for all sessions of a provider.

use aws_config::{
    AppName, BehaviorVersion, ConfigLoader, SdkConfig, retry::RetryConfig, sts::AssumeRoleProvider,
    timeout::TimeoutConfig,
};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
use aws_smithy_http_client::{
    Builder, Connector,
    proxy::ProxyConfig,
    tls::{Provider, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

use super::{
    config::{AssumeRole, Config},
    gate,
    limits::calls,
    region::Region,
    services::STS,
};

/// The connections to AWS; proxies are taken from the environment.
#[must_use]
pub fn http() -> SharedHttpClient {
    Builder::new().build_with_connector_fn(|settings, components| {
        let mut connector = Connector::builder().proxy_config(ProxyConfig::from_env()).pool_idle_timeout(calls::IDLE);
        connector.set_connector_settings(settings.cloned());
        connector.set_sleep_impl(components.and_then(|components| components.sleep_impl()));
        connector.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build()
    })
}

/// Everything that sessions have in common. Reads local files, makes no call.
///
/// Whoever has no region gets the partition's first for the search for credentials: roles and SSO need one.
pub async fn prepare(config: &Config, region: Option<&Region>, http: SharedHttpClient) -> SdkConfig {
    let partition = config.assume_role.as_ref().and_then(AssumeRole::partition);
    let region = region.cloned().unwrap_or_else(|| Region::home_of(partition));
    let base = loader(config, &region, http).load().await;
    match &config.assume_role {
        Some(role) => assuming(base, role, config).await,
        None => base,
    }
}

fn loader(config: &Config, region: &Region, http: SharedHttpClient) -> ConfigLoader {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .region(aws_config::Region::new(region.name().to_owned()))
        .retry_config(retries(config))
        .timeout_config(timeouts())
        .identity_cache(gate::keep_credentials());
    if let Ok(name) = AppName::new(concat!("tenantstack-", env!("CARGO_PKG_VERSION"))) {
        loader = loader.app_name(name);
    }
    if let Some(profile) = &config.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(url) = &config.endpoint {
        loader = loader.endpoint_url(url);
    }
    match keys(config) {
        Some(keys) => loader.credentials_provider(keys),
        None => loader,
    }
}

fn keys(config: &Config) -> Option<Credentials> {
    let (access, secret) = (config.access_key.clone()?, config.secret_key.clone()?);
    Some(Credentials::new(access, secret, config.token.clone(), None, "tenantstack:accessKey"))
}

fn retries(config: &Config) -> RetryConfig {
    let configured = config.max_attempts.and_then(|most| u32::try_from(most).ok());
    let environment = || std::env::var("AWS_MAX_ATTEMPTS").ok().and_then(|most| most.parse().ok());
    let attempts = configured.or_else(environment).unwrap_or(calls::ATTEMPTS).max(1);
    RetryConfig::standard().with_max_attempts(attempts).with_max_backoff(calls::LONGEST_PAUSE)
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().connect_timeout(calls::CONNECT).read_timeout(calls::ANSWER).build()
}

/// The same access with the role's credentials, which the credentials found before may ask for.
async fn assuming(base: SdkConfig, role: &AssumeRole, config: &Config) -> SdkConfig {
    let mut asking = base.to_builder();
    if let Some(url) = endpoint_of(config, STS.name) {
        asking.set_endpoint_url(Some(url.to_owned()));
    }
    let seconds = u64::try_from(role.duration_seconds).unwrap_or_default();
    let mut provider = AssumeRoleProvider::builder(&role.role_arn)
        .configure(&asking.build())
        .session_name(role.session_name.as_deref().unwrap_or("tenantstack"))
        .session_length(std::time::Duration::from_secs(seconds));
    if let Some(id) = &role.external_id {
        provider = provider.external_id(id);
    }
    let provider = SharedCredentialsProvider::new(provider.build().await);
    base.into_builder().credentials_provider(provider).identity_cache(gate::keep_credentials()).build()
}

/// The endpoint that the configuration names for a single service.
pub fn endpoint_of<'a>(config: &'a Config, service: &str) -> Option<&'a str> {
    config.endpoints.as_ref().and_then(|endpoints| endpoints.get(service)).map(String::as_str)
}
