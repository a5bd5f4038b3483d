//! The provider's own configuration.

use std::sync::Arc;

use framework::{
    cloud::{Cloud, Identity},
    value::{Map, Urn, Value},
};
use prost_types::Struct;
use tonic::Status;

use super::{Context, difference, failure, sent, taken};
use crate::protocol::{
    codec::{Accepts, UNKNOWN, is_unknown},
    wire::pulumirpc::{CheckRequest, CheckResponse, ConfigureRequest, ConfigureResponse, DiffRequest, DiffResponse},
};

/// What the engine puts among the configuration: the plugin's version. It isn't the provider's.
const VERSION: &str = "version";

pub async fn check<C: Cloud>(cx: Arc<Context<C>>, request: CheckRequest) -> Result<CheckResponse, Status> {
    let (news, version) = configuration("news", request.news)?;
    let (mut inputs, problems) = cx.provider.check_config(news);
    inputs.extend(version.map(|version| (VERSION.to_owned(), version)));
    Ok(CheckResponse { inputs: sent(&inputs, Accepts::PLANS)?, failures: failure::check_failures(problems) })
}

pub async fn diff<C: Cloud>(cx: Arc<Context<C>>, request: DiffRequest) -> Result<DiffResponse, Status> {
    let (old, _) = configuration("old_inputs", request.old_inputs.or(request.olds))?;
    let (new, _) = configuration("news", request.news)?;
    Ok(difference::response(cx.provider.diff_config(&old, &new)))
}

pub async fn configure<C: Cloud>(cx: Arc<Context<C>>, request: ConfigureRequest) -> Result<ConfigureResponse, Status> {
    let (arguments, _) = configuration("args", request.args)?;
    let id = request.id.unwrap_or_default();
    let urn = Urn::new(request.urn.unwrap_or_default());
    cx.called(reference_before_it_exists(&urn, &id));
    let id = Some(id).filter(|id| !id.is_empty() && !is_unknown(id));
    cx.provider
        .configure(arguments, Identity { urn, id })
        .await
        .map_err(|problems| failure::wrong_configuration(&problems))?;
    Ok(ConfigureResponse {
        accept_secrets: true,
        supports_preview: true,
        accept_resources: true,
        accept_outputs: true,
        supports_autonaming_configuration: true,
    })
}

/// The reference of a provider resource that a preview would create: the engine knows it by an id
/// that only the wire has a form for. The framework makes all other references itself.
fn reference_before_it_exists(urn: &Urn, id: &str) -> String {
    if is_unknown(id) && !urn.is_empty() { format!("{urn}::{UNKNOWN}") } else { String::new() }
}

fn configuration(field: &str, wire: Option<Struct>) -> Result<(Map, Option<Value>), Status> {
    let mut map = taken(field, wire)?;
    let version = map.remove(VERSION);
    Ok((map, version))
}
