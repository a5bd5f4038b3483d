//! The gate that every call of every client passes: nothing is signed before it opens.
//!
//! The SDK asks an identity cache for the credentials of each attempt, just before it signs. Ours
//! first makes sure that the account is allowed, then waits until the governor lets the call go. It
//! stands here because a resource's author can't walk around it, because this is the one place where
//! the SDK may wait, and because a signature that waited would be too old.

use std::{fmt, sync::Arc};

use aws_config::identity::IdentityCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::{
    identity::{IdentityFuture, ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver},
    runtime_components::{RuntimeComponents, RuntimeComponentsBuilder},
};
use aws_smithy_types::config_bag::ConfigBag;

use framework::resource::{Operation, cancel::cancelled};

use super::{account::Account, call::Call, error::Result, governor::Governor, limits::calls};

/// Keeps credentials once they were found, for all sessions.
#[must_use]
pub fn keep_credentials() -> SharedIdentityCache {
    IdentityCache::lazy().load_timeout(calls::CREDENTIALS).build()
}

/// The gate of one session.
pub struct Gate {
    credentials: SharedIdentityCache,
    account: Arc<Account>,
    sts: aws_sdk_sts::Client,
    governor: Arc<Governor>,
    everywhere: Arc<Governor>,
}

impl Gate {
    /// A gate before these credentials; `sts` must be a client that doesn't pass it.
    #[must_use]
    pub fn new(
        credentials: SharedIdentityCache,
        account: Arc<Account>,
        sts: aws_sdk_sts::Client,
        governor: Arc<Governor>,
        everywhere: Arc<Governor>,
    ) -> Self {
        Gate { credentials, account, sts, governor, everywhere }
    }

    async fn open_for(&self, call: &Call) -> Result<()> {
        self.account.check(&self.sts).await?;
        let governor = if call.global { &self.everywhere } else { &self.governor };
        // A call that may go at once goes: what it belongs to may be half done. One that would have to wait
        // is given up with the operation, as nothing was sent yet.
        tokio::select! {
            biased;
            () = governor.admit(call) => Ok(()),
            () = cancelled() => Err(Operation::unsent().into()),
        }
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Gate")
    }
}

impl ResolveCachedIdentity for Gate {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        IdentityFuture::new(async move {
            if let Some(call) = config.load::<Call>() {
                self.open_for(call).await.map_err(framework::error::Error::from)?;
            }
            self.credentials.resolve_cached_identity(resolver, components, config).await
        })
    }

    fn validate_base_client_config(
        &self,
        components: &RuntimeComponentsBuilder,
        config: &ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        self.credentials.validate_base_client_config(components, config)
    }

    fn validate_final_config(
        &self,
        components: &RuntimeComponents,
        config: &ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        self.credentials.validate_final_config(components, config)
    }
}
