//! Components: what is registered, when, with which marks, and what comes back.

mod course;
mod marks;
mod problems;

use std::sync::Arc;

use framework::{
    engine::Registration,
    provider::{ConstructFailure, ConstructRequest, Constructed},
    value::{Map, OutputValue, Urn, Value},
};

use crate::{monitor::Double, stage::Stage};

/// The cluster in all of these tests.
pub fn cluster() -> Urn {
    Urn::new("urn:pulumi:dev::shop::fake:index:Cluster::c")
}

/// A child of the cluster.
pub fn child(kind: &str, name: &str) -> Urn {
    Urn::new(format!("urn:pulumi:dev::shop::fake:index:Cluster$fake:{kind}::c-{name}"))
}

/// What the engine sends for a cluster.
pub fn request(inputs: Map) -> ConstructRequest {
    ConstructRequest {
        kind: "fake:index:Cluster".to_owned(),
        name: "c".to_owned(),
        parent: Urn::new("urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev"),
        inputs,
        ..ConstructRequest::default()
    }
}

/// A preview of the same.
pub fn in_preview(inputs: Map) -> ConstructRequest {
    ConstructRequest { preview: true, ..request(inputs) }
}

/// Constructs with a monitor.
pub async fn construct(request: ConstructRequest, monitor: &Arc<Double>) -> Result<Constructed, ConstructFailure> {
    Stage::set().await.provider.construct(request, monitor.clone()).await
}

/// Constructs, which must go well, and gives the monitor back.
pub async fn constructed(request: ConstructRequest, monitor: Double) -> (Constructed, Arc<Double>) {
    let monitor = Arc::new(monitor);
    let made = construct(request, &monitor).await.unwrap();
    (made, monitor)
}

/// The message of a construction that failed on the way.
pub fn failure(result: Result<Constructed, ConstructFailure>) -> String {
    match result {
        Err(ConstructFailure::Failed(message)) => message,
        other => panic!("not a failure on the way: {other:?}"),
    }
}

/// What an output is, with its whole history.
pub fn of(made: &Constructed, name: &str) -> OutputValue {
    match &made.outputs[name] {
        Value::Output(output) => (**output).clone(),
        other => panic!("{name} is {other:?}"),
    }
}

/// What a registration's property comes from.
pub fn sources(registration: &Registration, property: &str) -> Vec<Urn> {
    registration.property_dependencies[property].iter().cloned().collect()
}
