//! A type of component behind one face, so that a provider can hold all of its types.

use std::{marker::PhantomData, sync::Arc};

use futures::future::{BoxFuture, FutureExt};

use super::{Component, construct};
use crate::{
    cloud::{Cloud, Identity},
    engine::Monitor,
    provider::{ConstructFailure, ConstructRequest, Constructed},
    schema::Member,
};

/// What can be asked of a type of component.
pub trait AnyComponent<C: Cloud>: Send + Sync {
    /// What the schema says of it.
    fn member(&self) -> Member;

    /// Makes one.
    fn construct<'a>(
        &self,
        request: ConstructRequest,
        cloud: Arc<C>,
        identity: &'a Identity,
        package: &'a str,
        monitor: Arc<dyn Monitor>,
    ) -> BoxFuture<'a, Result<Constructed, ConstructFailure>>;
}

/// A type of component that can be built.
pub struct Built<K>(PhantomData<fn() -> K>);

impl<K> Default for Built<K> {
    fn default() -> Self {
        Built(PhantomData)
    }
}

impl<K: Component> AnyComponent<K::Cloud> for Built<K> {
    fn member(&self) -> Member {
        Member::component::<K>()
    }

    fn construct<'a>(
        &self,
        request: ConstructRequest,
        cloud: Arc<K::Cloud>,
        identity: &'a Identity,
        package: &'a str,
        monitor: Arc<dyn Monitor>,
    ) -> BoxFuture<'a, Result<Constructed, ConstructFailure>> {
        construct::<K>(request, cloud, identity, package, monitor).boxed()
    }
}
