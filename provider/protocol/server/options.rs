//! How a component is to be treated, as the request for it says.

use std::mem::take;

use framework::{
    engine::{Alias, AliasParent, Hooks, Options, Timeouts},
    value::{Urn, Value},
};
use tonic::Status;

use super::failure;
use crate::protocol::{
    codec,
    wire::pulumirpc::{
        self, ConstructRequest,
        alias::{self, spec},
        construct_request::{CustomTimeouts, ResourceHooksBinding},
    },
};

/// Takes the options out of a request.
pub fn of(request: &mut ConstructRequest) -> Result<Options, Status> {
    Ok(Options {
        protect: request.protect,
        retain_on_delete: request.retain_on_delete,
        delete_before_replace: request.delete_before_replace,
        aliases: take(&mut request.aliases).into_iter().filter_map(alias).collect(),
        deleted_with: Urn::new(take(&mut request.deleted_with)),
        replace_with: take(&mut request.replace_with).into_iter().map(Urn::new).collect(),
        replacement_trigger: request.replacement_trigger.take().map(trigger).transpose()?,
        ignore_changes: take(&mut request.ignore_changes),
        replace_on_changes: take(&mut request.replace_on_changes),
        additional_secret_outputs: take(&mut request.additional_secret_outputs),
        timeouts: request.custom_timeouts.take().map(timeouts).unwrap_or_default(),
        hooks: request.resource_hooks.take().map(hooks),
    })
}

fn alias(wire: pulumirpc::Alias) -> Option<Alias> {
    Some(match wire.alias? {
        alias::Alias::Urn(urn) => Alias::Urn(Urn::new(urn)),
        alias::Alias::Spec(spec) => Alias::Spec {
            name: spec.name,
            kind: spec.r#type,
            stack: spec.stack,
            project: spec.project,
            parent: parent(spec.parent),
        },
    })
}

fn parent(wire: Option<spec::Parent>) -> AliasParent {
    match wire {
        Some(spec::Parent::ParentUrn(urn)) if !urn.is_empty() => AliasParent::Urn(Urn::new(urn)),
        Some(spec::Parent::NoParent(true)) => AliasParent::None,
        _ => AliasParent::Same,
    }
}

fn trigger(wire: prost_types::Value) -> Result<Value, Status> {
    codec::decode_value(wire).map_err(|bad| failure::malformed(&bad.under("replacement_trigger")))
}

fn timeouts(wire: CustomTimeouts) -> Timeouts {
    Timeouts { create: wire.create, update: wire.update, delete: wire.delete, read: wire.read }
}

fn hooks(wire: ResourceHooksBinding) -> Hooks {
    Hooks {
        before_create: wire.before_create,
        after_create: wire.after_create,
        before_update: wire.before_update,
        after_update: wire.after_update,
        before_delete: wire.before_delete,
        after_delete: wire.after_delete,
        on_error: wire.on_error,
    }
}
