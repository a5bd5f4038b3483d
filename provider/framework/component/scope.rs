//! Where a component describes its children.

use std::sync::{Arc, Mutex};

use super::{
    Args, Child, Component, Given, Handle, Inputs, Outputs,
    construct::{Construction, Work},
    registration::{Described, registered},
    untold,
};
use crate::{
    cloud::Cloud,
    engine::{Alias, Options, Registered},
    problem::Problems,
    value::{Map, Output, Resolved, Urn, Value},
};

/// A component in the making.
pub struct Scope<C: Cloud> {
    construction: Arc<Construction<C>>,
    work: Work,
    /// Its own children, which a nested component's outputs are announced after.
    children: Arc<Mutex<Vec<Output<Registered>>>>,
    name: String,
    urn: Output<Urn>,
    after: Vec<Output<()>>,
    only_if: Vec<Output<bool>>,
    options: Options,
}

impl<C: Cloud> Scope<C> {
    pub(super) fn new(construction: Arc<Construction<C>>, work: Work, name: String, urn: Output<Urn>) -> Self {
        let (children, after, only_if, options) = Default::default();
        Scope { construction, work, children, name, urn, after, only_if, options }
    }

    /// The component's name in the program.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The cloud, as the provider is configured for it.
    #[must_use]
    pub fn cloud(&self) -> &C {
        &self.construction.cloud
    }

    /// The same component, whose next children come after `output` even where they don't use it.
    #[must_use]
    pub fn after<T: Clone + Send + Sync + 'static>(&self, output: &Output<T>) -> Self {
        let mut after = self.after.clone();
        after.push(output.map(|_| ()));
        Scope { after, ..self.again() }
    }

    /// The same component, whose next children there are only if `condition` turns out to be true. While it is
    /// unknown, in a preview, they are shown. Their outputs stay unknown where there are none.
    #[must_use]
    pub fn only_if(&self, condition: &Output<bool>) -> Self {
        let mut only_if = self.only_if.clone();
        only_if.push(condition.clone());
        Scope { only_if, ..self.again() }
    }

    /// The same component, whose next children are treated so.
    #[must_use]
    pub fn with(&self, options: Options) -> Self {
        Scope { options, ..self.again() }
    }

    /// The same component, whose next child may stand in the state under that role, and stays what it is.
    #[must_use]
    pub fn formerly(&self, role: &str) -> Self {
        let mut options = self.options.clone();
        options.aliases.push(Alias::named(format!("{}-{role}", self.name)));
        self.with(options)
    }

    fn again(&self) -> Self {
        Scope {
            construction: self.construction.clone(),
            work: self.work.clone(),
            children: self.children.clone(),
            name: self.name.clone(),
            urn: self.urn.clone(),
            after: self.after.clone(),
            only_if: self.only_if.clone(),
            options: self.options.clone(),
        }
    }

    /// A child of that role; its name is the component's, a dash, and the role.
    pub fn child<A: Args>(&self, role: &str, args: A) -> A::Handle {
        let mut options = self.options.clone();
        options.timeouts = self.construction.timeouts.or(&options.timeouts);
        let registration = self.register(A::TOKEN, role, true, args.into_properties(), options);
        A::Handle::of(Child::new(registration, self.construction.clone()))
    }

    /// A component of ours as a part of this one.
    ///
    /// # Errors
    ///
    /// What is wrong with its inputs; the paths are those of its own properties.
    pub fn component<K: Component<Cloud = C>>(&self, role: &str, inputs: K::Inputs) -> Result<K::Outputs, Problems> {
        let registration = self.register(K::TOKEN, role, false, inputs.properties(), self.options.clone());
        let urn = registration.map(|made| made.urn);
        let inner =
            Scope::new(self.construction.clone(), self.work.clone(), format!("{}-{role}", self.name), urn.clone());
        let outputs = K::build(&inner, inputs)?;
        let children = inner.children.lock().map(|mut children| std::mem::take(&mut *children)).unwrap_or_default();
        self.work.add(self.construction.clone().announce(urn, children, outputs.clone().into_properties()));
        Ok(outputs)
    }

    fn register(
        &self,
        token: &str,
        role: &str,
        custom: bool,
        properties: super::ArgProperties,
        options: Options,
    ) -> Output<Registered> {
        let child = Described {
            kind: format!("{}:{token}", self.construction.package),
            name: format!("{}-{role}", self.name),
            custom,
            parent: self.urn.clone(),
            properties,
            after: self.after.clone(),
            only_if: self.only_if.clone(),
            options,
        };
        let registration = registered(&self.construction, child);
        let driven = registration.clone();
        self.work.add(async move { drop(driven.resolve().await) });
        if let Ok(mut children) = self.children.lock() {
            children.push(registration.clone());
        }
        registration
    }

    /// What `check` makes of a value that isn't known before the deployment. Its refusal ends the construction; where the
    /// value is a secret it stays untold, as it may say something of it.
    pub fn checked<T, U>(
        &self,
        output: &Output<T>,
        check: impl FnOnce(T) -> Result<U, String> + Send + 'static,
    ) -> Output<U>
    where
        T: Clone + Send + Sync + 'static,
        U: Clone + Send + Sync + 'static,
    {
        let (construction, output) = (self.construction.clone(), output.clone());
        Output::later(async move {
            let Resolved { value, secret, dependencies } = output.resolve().await;
            let checked = value.map(check).transpose();
            let value = checked.unwrap_or_else(|refusal| {
                construction.fail(if secret { untold::LATER.to_owned() } else { refusal });
                None
            });
            Resolved { value, secret, dependencies }
        })
    }

    /// The outputs of a component that the program made before.
    pub fn outputs_of<K: Component>(&self, given: &Given<K>) -> K::Outputs {
        let (construction, urn) = (self.construction.clone(), given.urn().clone());
        let read: Output<Map> = Output::later(async move {
            match construction.monitor.outputs_of(urn.clone()).await {
                Ok(outputs) => {
                    Resolved { value: Some(outputs), secret: false, dependencies: [urn].into_iter().collect() }
                }
                Err(refused) => {
                    construction.fail(refused.to_string());
                    Resolved::unknown()
                }
            }
        });
        K::Outputs::read_from(&read)
    }
}

/// One property of outputs that were registered elsewhere; for the derive macros.
pub fn property_of<T: crate::property::Decode + Clone + Send + Sync + 'static>(
    map: &Output<Map>,
    name: &'static str,
) -> Output<T> {
    use crate::{property::Decoding, value::Path};
    let map = map.clone();
    Output::later(async move {
        let outputs = map.resolve().await;
        let mut notes = Decoding::new();
        let value = outputs.value.and_then(|outputs| {
            let value = outputs.get(name).cloned().unwrap_or(Value::Null);
            T::decode(&value, &Path::of(name), &mut notes)
        });
        let mut dependencies = outputs.dependencies;
        dependencies.extend(notes.dependencies().iter().cloned());
        Resolved { value: value.filter(|_| !notes.saw_unknown()), secret: notes.saw_secret(), dependencies }
    })
}
