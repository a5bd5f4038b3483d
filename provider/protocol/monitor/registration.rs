//! A registration and its answer, in the monitor's own terms.

use std::collections::BTreeSet;

use framework::{
    engine::{Alias, AliasParent, Hooks, Options, Registered, Registration, Timeouts},
    value::Urn,
};

use super::{
    super::codec::{self, Accepts, Malformed},
    Own,
};
use crate::protocol::wire::pulumirpc::{
    self, RegisterResourceRequest, RegisterResourceResponse,
    alias::{self, Spec, spec},
    register_resource_request::{CustomTimeouts, PropertyDependencies, ResourceHooksBinding},
};

/// The request for a resource.
pub fn request(wanted: Registration, own: &Own) -> Result<RegisterResourceRequest, Malformed> {
    let object = Some(codec::encode(&wanted.inputs, Accepts::REGISTRATION)?);
    Ok(RegisterResourceRequest {
        version: version(&wanted, own),
        provider: wanted.provider,
        r#type: wanted.kind,
        name: wanted.name,
        parent: wanted.parent.to_string(),
        custom: wanted.custom,
        object,
        dependencies: urns(wanted.dependencies),
        property_dependencies: wanted.property_dependencies.into_iter().map(sources).collect(),
        providers: wanted.providers,
        accept_secrets: true,
        accept_resources: true,
        accepts_byte_string: true,
        supports_partial_values: true,
        supports_result_reporting: true,
        ..with_options(wanted.options)?
    })
}

/// The version by which the engine finds the provider that makes a child, if no reference says so.
/// A component is only recorded: it has none.
fn version(wanted: &Registration, own: &Own) -> String {
    let ours = wanted.kind.split(':').next() == Some(own.package.as_str());
    let asked_for = wanted.custom && ours && wanted.provider.is_empty();
    if asked_for { own.version.clone() } else { String::new() }
}

fn with_options(options: Options) -> Result<RegisterResourceRequest, Malformed> {
    let trigger = options.replacement_trigger.map(|trigger| codec::encode_value(&trigger, Accepts::REGISTRATION));
    let trigger = trigger.transpose().map_err(|bad| bad.under("replacementTrigger"))?;
    Ok(RegisterResourceRequest {
        protect: options.protect,
        retain_on_delete: options.retain_on_delete,
        delete_before_replace: options.delete_before_replace.unwrap_or_default(),
        delete_before_replace_defined: options.delete_before_replace.is_some(),
        aliases: options.aliases.into_iter().map(alias).collect(),
        alias_specs: true,
        deleted_with: options.deleted_with.to_string(),
        replace_with: urns(options.replace_with),
        replacement_trigger: trigger.flatten(),
        ignore_changes: options.ignore_changes,
        replace_on_changes: options.replace_on_changes,
        additional_secret_outputs: options.additional_secret_outputs,
        custom_timeouts: timeouts(options.timeouts),
        hooks: options.hooks.map(hooks),
        ..RegisterResourceRequest::default()
    })
}

fn sources((property, from): (String, BTreeSet<Urn>)) -> (String, PropertyDependencies) {
    (property, PropertyDependencies { urns: urns(from) })
}

fn urns(urns: impl IntoIterator<Item = Urn>) -> Vec<String> {
    urns.into_iter().map(|urn| urn.to_string()).collect()
}

fn alias(alias: Alias) -> pulumirpc::Alias {
    let alias = match alias {
        Alias::Urn(urn) => alias::Alias::Urn(urn.to_string()),
        Alias::Spec { name, kind, stack, project, parent } => {
            alias::Alias::Spec(Spec { name, r#type: kind, stack, project, parent: self::parent(parent) })
        }
    };
    pulumirpc::Alias { alias: Some(alias) }
}

fn parent(parent: AliasParent) -> Option<spec::Parent> {
    match parent {
        AliasParent::Same => None,
        AliasParent::Urn(urn) => Some(spec::Parent::ParentUrn(urn.to_string())),
        AliasParent::None => Some(spec::Parent::NoParent(true)),
    }
}

fn timeouts(timeouts: Timeouts) -> Option<CustomTimeouts> {
    let Timeouts { create, update, delete, read } = &timeouts;
    let none = [create, update, delete, read].iter().all(|timeout| timeout.is_empty());
    (!none).then_some(CustomTimeouts {
        create: timeouts.create,
        update: timeouts.update,
        delete: timeouts.delete,
        read: timeouts.read,
    })
}

fn hooks(hooks: Hooks) -> ResourceHooksBinding {
    ResourceHooksBinding {
        before_create: hooks.before_create,
        after_create: hooks.after_create,
        before_update: hooks.before_update,
        after_update: hooks.after_update,
        before_delete: hooks.before_delete,
        after_delete: hooks.after_delete,
        on_error: hooks.on_error,
    }
}

/// What became of a registration. What failed or was passed over has no outputs, in a real run as well.
pub fn registered(response: RegisterResourceResponse) -> Result<Registered, Malformed> {
    let skipped = response.unknown || response.result() != pulumirpc::Result::Success;
    Ok(Registered {
        urn: Urn::new(response.urn),
        id: Some(response.id).filter(|id| !codec::is_unknown(id)).unwrap_or_default(),
        outputs: codec::decode(response.object)?,
        skipped,
    })
}
