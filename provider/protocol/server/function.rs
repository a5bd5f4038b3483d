//! Functions of the package and methods of its components: there are none yet.

use std::sync::Arc;

use framework::cloud::Cloud;
use tonic::Status;

use super::Context;
use crate::protocol::wire::pulumirpc::{CallRequest, CallResponse, InvokeRequest, InvokeResponse};

pub async fn invoke<C: Cloud>(cx: Arc<Context<C>>, request: InvokeRequest) -> Result<InvokeResponse, Status> {
    Err(Status::invalid_argument(format!("{} has no function `{}`", cx.provider.name(), request.tok)))
}

pub async fn call<C: Cloud>(cx: Arc<Context<C>>, request: CallRequest) -> Result<CallResponse, Status> {
    Err(Status::invalid_argument(format!("{} has no method `{}`", cx.provider.name(), request.tok)))
}
