//! A type of resource behind one face, so that a provider can hold all of its types.

use std::marker::PhantomData;

use futures::future::{BoxFuture, FutureExt};

use super::{
    Adoption, Cx, Difference, Failure, Made, Managed, Owner, ReadBack, Wanted, check, create, delete, diff, read,
    update,
};
use crate::{
    cloud::Cloud,
    error::{Error, Result},
    problem::Problems,
    property::Field,
    schema::Member,
    value::Map,
};

/// The verbs of a type of resource, with untyped properties.
pub trait AnyResource<C: Cloud>: Send + Sync {
    /// What the schema says of it.
    fn member(&self) -> Member;

    /// The inputs, those that all types have included.
    fn inputs(&self) -> Vec<&'static Field>;

    /// Whether Check looks at more than the inputs, and may take its time.
    fn looks_around(&self) -> bool;

    /// The checked inputs and everything that is wrong with them.
    fn check(&self, wanted: Wanted<'_, C>) -> (Map, Problems);

    /// What would have to change.
    ///
    /// # Errors
    ///
    /// When it holds data and would have to be replaced.
    fn diff(&self, olds: &Map, old_inputs: &Map, news: &Map) -> Result<Difference>;

    /// What a preview can say of a new one.
    fn preview_create(&self, cx: Result<Cx<C>>, inputs: Map) -> BoxFuture<'static, Result<Made, Failure>>;

    /// What a preview can say of a changed one.
    fn preview_update(&self, old_inputs: &Map, olds: &Map, news: &Map) -> Map;

    /// Makes one.
    fn create<'a>(
        &self,
        cx: Cx<C>,
        inputs: Map,
        adoption: &'a Adoption<C>,
        owner: Option<Owner>,
    ) -> BoxFuture<'a, Result<Made, Failure>>;

    /// Reads one; without known inputs it is imported.
    fn read(&self, cx: Cx<C>, id: String, inputs: Option<Map>) -> BoxFuture<'static, Result<Option<ReadBack>>>;

    /// Changes one.
    fn update(&self, cx: Cx<C>, id: String, old_inputs: Map, news: Map) -> BoxFuture<'static, Result<Map, Failure>>;

    /// Ends one.
    fn delete<'a>(&self, cx: Cx<C>, id: String, was: Map, adoption: &'a Adoption<C>) -> BoxFuture<'a, Result<()>>;
}

/// A type of resource that is alive: its verbs run through the framework's life cycle.
pub struct Live<T>(PhantomData<fn() -> T>);

impl<T> Default for Live<T> {
    fn default() -> Self {
        Live(PhantomData)
    }
}

impl<T: Managed> AnyResource<T::Cloud> for Live<T> {
    fn member(&self) -> Member {
        Member::resource::<T>()
    }

    fn inputs(&self) -> Vec<&'static Field> {
        check::inputs::<T>().collect()
    }

    fn looks_around(&self) -> bool {
        T::FIELDS.iter().any(|field| field.derived)
    }

    fn check(&self, wanted: Wanted<'_, T::Cloud>) -> (Map, Problems) {
        check::check::<T>(wanted)
    }

    fn diff(&self, olds: &Map, old_inputs: &Map, news: &Map) -> Result<Difference, Error> {
        diff::diff::<T>(olds, old_inputs, news)
    }

    fn preview_create(&self, cx: Result<Cx<T::Cloud>>, inputs: Map) -> BoxFuture<'static, Result<Made, Failure>> {
        create::preview::<T>(cx, inputs).boxed()
    }

    fn preview_update(&self, old_inputs: &Map, olds: &Map, news: &Map) -> Map {
        update::preview::<T>(old_inputs, olds, news)
    }

    fn create<'a>(
        &self,
        cx: Cx<T::Cloud>,
        inputs: Map,
        adoption: &'a Adoption<T::Cloud>,
        owner: Option<Owner>,
    ) -> BoxFuture<'a, Result<Made, Failure>> {
        let operation = cx.shared_operation();
        async move { operation.doing(create::create::<T>(cx, inputs, adoption, owner)).await }.boxed()
    }

    fn read(&self, cx: Cx<T::Cloud>, id: String, inputs: Option<Map>) -> BoxFuture<'static, Result<Option<ReadBack>>> {
        let operation = cx.shared_operation();
        async move { operation.doing(read::read::<T>(&cx, &id, inputs.as_ref())).await }.boxed()
    }

    fn update(
        &self,
        cx: Cx<T::Cloud>,
        id: String,
        old_inputs: Map,
        news: Map,
    ) -> BoxFuture<'static, Result<Map, Failure>> {
        let operation = cx.shared_operation();
        async move { operation.doing(update::update::<T>(cx, id, old_inputs, news)).await }.boxed()
    }

    fn delete<'a>(
        &self,
        cx: Cx<T::Cloud>,
        id: String,
        was: Map,
        adoption: &'a Adoption<T::Cloud>,
    ) -> BoxFuture<'a, Result<()>> {
        let operation = cx.shared_operation();
        async move { operation.doing(delete::delete::<T>(&cx, &id, &was, adoption)).await }.boxed()
    }
}
