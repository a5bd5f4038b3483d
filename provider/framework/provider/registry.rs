//! The types that a provider offers.

use std::collections::BTreeMap;

use crate::{
    cloud::Cloud,
    component::{AnyComponent, Built, Component},
    resource::{AnyResource, Live, Managed},
    schema::Member,
};

/// Resources and components by their tokens.
pub struct Registry<C: Cloud> {
    resources: BTreeMap<&'static str, Box<dyn AnyResource<C>>>,
    components: BTreeMap<&'static str, Box<dyn AnyComponent<C>>>,
}

impl<C: Cloud> Default for Registry<C> {
    fn default() -> Self {
        Registry { resources: BTreeMap::new(), components: BTreeMap::new() }
    }
}

impl<C: Cloud> Registry<C> {
    /// No types yet.
    #[must_use]
    pub fn new() -> Self {
        Registry::default()
    }

    /// Adds a type of resource.
    #[must_use]
    pub fn resource_type<T: Managed<Cloud = C>>(mut self) -> Self {
        self.resources.insert(T::TOKEN, Box::new(Live::<T>::default()));
        self
    }

    /// Adds a type of component.
    #[must_use]
    pub fn component_type<K: Component<Cloud = C>>(mut self) -> Self {
        self.components.insert(K::TOKEN, Box::new(Built::<K>::default()));
        self
    }

    /// What the schema says of each type.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        let resources = self.resources.values().map(|resource| resource.member());
        resources.chain(self.components.values().map(|component| component.member())).collect()
    }

    /// Each type of resource by its token.
    pub fn resources(&self) -> impl Iterator<Item = (&'static str, &dyn AnyResource<C>)> {
        self.resources.iter().map(|(token, resource)| (*token, resource.as_ref()))
    }

    pub(super) fn resource(&self, kind: &str, package: &str) -> Option<&dyn AnyResource<C>> {
        self.resources.get(own(kind, package)?).map(AsRef::as_ref)
    }

    pub(super) fn component(&self, kind: &str, package: &str) -> Option<&dyn AnyComponent<C>> {
        self.components.get(own(kind, package)?).map(AsRef::as_ref)
    }
}

/// The token without the package.
fn own<'a>(kind: &'a str, package: &str) -> Option<&'a str> {
    kind.strip_prefix(package)?.strip_prefix(':')
}
