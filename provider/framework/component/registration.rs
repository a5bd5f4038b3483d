//! From a child's described properties to what the engine is asked for.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use futures::future::join_all;

use super::{ArgProperties, construct::Construction};
use crate::{
    cloud::Cloud,
    engine::{Options, Registered, Registration},
    value::{Map, Output, Resolved, Urn, Value},
};

/// A child as it was described.
pub(super) struct Described {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) custom: bool,
    pub(super) parent: Output<Urn>,
    pub(super) properties: ArgProperties,
    pub(super) after: Vec<Output<()>>,
    pub(super) only_if: Vec<Output<bool>>,
    pub(super) options: Options,
}

/// Registers a child once everything that it uses is there. It resolves to nothing if that fails.
pub(super) fn registered<C: Cloud>(of: &Arc<Construction<C>>, child: Described) -> Output<Registered> {
    let of = of.clone();
    Output::later(async move {
        let Some(parent) = child.parent.resolve().await.value else { return Resolved::unknown() };
        let mut dependencies: BTreeSet<Urn> = of.shared_dependencies.clone();
        for condition in join_all(child.only_if.iter().map(Output::resolve)).await {
            if condition.value == Some(false) {
                return left_out(condition.dependencies);
            }
            dependencies.extend(condition.dependencies);
        }
        let properties = resolved(&child.properties).await;
        for after in &child.after {
            dependencies.extend(after.resolve().await.dependencies);
        }
        if of.is_over() {
            return Resolved::unknown();
        }
        dependencies.extend(properties.values().flat_map(|value| value.dependencies.iter().cloned()));
        let registration = Registration {
            kind: child.kind,
            name: child.name,
            parent,
            custom: child.custom,
            property_dependencies: dependencies_of(&properties),
            inputs: inputs(properties, of.all_secret),
            dependencies,
            provider: if child.custom { of.provider.clone() } else { String::new() },
            providers: BTreeMap::new(),
            options: child.options,
        };
        match of.monitor.register(registration).await {
            Ok(made) => {
                let dependencies = BTreeSet::from([made.urn.clone()]);
                Resolved { value: Some(made), secret: false, dependencies }
            }
            Err(refused) => {
                of.fail(refused.to_string());
                Resolved::unknown()
            }
        }
    })
}

/// What stands for a child that there isn't, as it was decided on the way.
fn left_out(dependencies: BTreeSet<Urn>) -> Resolved<Registered> {
    Resolved { value: Some(Registered { skipped: true, ..Registered::default() }), secret: false, dependencies }
}

async fn resolved(properties: &ArgProperties) -> BTreeMap<String, Resolved<Value>> {
    let values = join_all(properties.iter().map(|(_, output)| output.resolve())).await;
    properties.iter().map(|(name, _)| (*name).to_owned()).zip(values).collect()
}

fn dependencies_of(properties: &BTreeMap<String, Resolved<Value>>) -> BTreeMap<String, BTreeSet<Urn>> {
    properties.iter().map(|(name, value)| (name.clone(), value.dependencies.clone())).collect()
}

/// The values with the marks that a child's inputs can have.
fn inputs(properties: BTreeMap<String, Resolved<Value>>, all_secret: bool) -> Map {
    properties
        .into_iter()
        .map(|(name, resolved)| {
            let value = resolved.value.unwrap_or(Value::Unknown);
            (name, if resolved.secret || all_secret { value.into_secret() } else { value })
        })
        .filter(|(_, value)| !value.is_null())
        .collect()
}
