//! The provider's own configuration.

use std::sync::Arc;

use framework::{
    cloud::{Cloud, Identity},
    value::Urn,
};
use tonic::Status;

use super::{Context, difference, failure, taken};
use crate::protocol::{
    codec::{self, Accepts, is_unknown},
    wire::pulumirpc::{CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, DiffRequest, DiffResponse},
};

pub async fn check<C: Cloud>(cx: Arc<Context<C>>, request: CheckRequest) -> Result<CheckResponse, Status> {
    let (inputs, problems) = cx.provider.check_config(taken("news", request.news)?);
    // JSON in a text may hold what no answer can: too many levels, a key with a meaning of its own.
    let inputs = codec::encode(&inputs, Accepts::PLANS).map_err(|bad| failure::malformed(&bad.under("news")))?;
    Ok(CheckResponse { inputs: Some(inputs), failures: failure::check_failures(problems) })
}

pub async fn diff<C: Cloud>(cx: Arc<Context<C>>, request: DiffRequest) -> Result<DiffResponse, Status> {
    let old = taken("old_inputs", request.old_inputs.or(request.olds))?;
    let new = taken("news", request.news)?;
    Ok(difference::response(cx.provider.diff_config(&old, &new)))
}

pub async fn configure<C: Cloud>(cx: Arc<Context<C>>, request: ConfigureRequest) -> Result<ConfigureResponse, Status> {
    let arguments = taken("args", request.args)?;
    let identity = Identity {
        urn: Urn::new(request.urn.unwrap_or_default()),
        id: request.id.filter(|id| !id.is_empty() && !is_unknown(id)),
    };
    let configured = cx.provider.configure(arguments, identity).await;
    configured.map_err(|problems| failure::wrong_configuration(&problems))?;
    Ok(ConfigureResponse {
        accept_secrets: true,
        supports_preview: true,
        accept_resources: true,
        accept_outputs: true,
        supports_autonaming_configuration: true,
    })
}
