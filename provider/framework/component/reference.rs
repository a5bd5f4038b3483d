//! A component of ours that a program made before and gives to another one.

use std::marker::PhantomData;

use super::Component;
use crate::{
    property::{Decode, Decoding},
    schema::{TypeSpec, Types},
    value::{Path, Urn, Value},
};

/// Another component, given as an input. [`Scope::outputs_of`](super::Scope::outputs_of) reads its outputs.
pub struct Given<K> {
    urn: Urn,
    of: PhantomData<fn() -> K>,
}

impl<K> Given<K> {
    /// Its URN.
    #[must_use]
    pub fn urn(&self) -> &Urn {
        &self.urn
    }
}

impl<K> Clone for Given<K> {
    fn clone(&self) -> Self {
        Given { urn: self.urn.clone(), of: PhantomData }
    }
}

impl<K: Component> Decode for Given<K> {
    fn spec(types: &mut Types) -> TypeSpec {
        types.resource(K::TOKEN)
    }

    fn from_known(value: &Value, at: &Path, to: &mut Decoding) -> Option<Self> {
        let wanted = K::TOKEN.rsplit(':').next().unwrap_or(K::TOKEN);
        match value {
            Value::Reference(reference) if reference.urn.kind().ends_with(&format!(":{}", K::TOKEN)) => {
                Some(Given { urn: reference.urn.clone(), of: PhantomData })
            }
            Value::Reference(reference) => {
                to.problem(at, format!("must be a {wanted}, not a {}", reference.urn.kind()));
                None
            }
            _ => {
                to.problem(at, format!("must be a {wanted} component: pass the object itself"));
                None
            }
        }
    }
}

impl<K> crate::property::Encode for Given<K> {
    fn encode(&self) -> Value {
        Value::Reference(crate::value::Reference {
            urn: self.urn.clone(),
            id: crate::value::ReferenceId::Component,
            package_version: String::new(),
        })
    }
}
