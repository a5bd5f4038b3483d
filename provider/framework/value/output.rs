//! A value that may not be known yet, with what it comes from.

use std::{collections::BTreeSet, fmt, sync::Arc};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared, join_all},
};

use super::{OutputValue, Urn, Value};
use crate::property::Encode;

/// What an [`Output`] turns out to be.
#[derive(Clone, PartialEq)]
pub struct Resolved<T> {
    /// The value, or nothing while it is unknown.
    pub value: Option<T>,
    /// Whether the value is secret.
    pub secret: bool,
    /// The resources that the value comes from.
    pub dependencies: BTreeSet<Urn>,
}

impl<T: fmt::Debug> fmt::Debug for Resolved<T> {
    /// Shows everything but a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            _ if self.secret => f.write_str("<secret>")?,
            None => f.write_str("<unknown>")?,
            Some(value) => value.fmt(f)?,
        }
        write!(f, " from {:?}", self.dependencies)
    }
}

impl<T> Resolved<T> {
    /// A value that is known, not secret, and comes from nowhere.
    pub fn known(value: T) -> Self {
        Resolved { value: Some(value), secret: false, dependencies: BTreeSet::new() }
    }

    /// A value that is unknown and comes from nowhere.
    #[must_use]
    pub fn unknown() -> Self {
        Resolved { value: None, secret: false, dependencies: BTreeSet::new() }
    }

    /// The same history with a value derived from this one.
    pub fn map<U>(self, derive: impl FnOnce(T) -> U) -> Resolved<U> {
        Resolved { value: self.value.map(derive), secret: self.secret, dependencies: self.dependencies }
    }

    /// Adds another value's history to this one's.
    fn joined_with<U>(mut self, secret: bool, dependencies: BTreeSet<Urn>, value: Option<U>) -> Resolved<(T, U)> {
        self.dependencies.extend(dependencies);
        Resolved { value: self.value.zip(value), secret: self.secret || secret, dependencies: self.dependencies }
    }
}

impl Resolved<Value> {
    /// The value with its history, as the wire carries it.
    #[must_use]
    pub fn into_value(self) -> Value {
        Value::Output(Box::new(OutputValue { value: self.value, secret: self.secret, dependencies: self.dependencies }))
    }
}

/// A value that becomes known while a deployment goes on.
///
/// It carries whether it is secret and which resources it comes from; what is derived from
/// several outputs carries the marks of all of them, and is unknown when one of them is.
#[derive(Clone)]
pub struct Output<T>(State<T>);

/// Most outputs are known when they are described, and a large stack has hundreds of thousands: those take no future.
#[derive(Clone)]
enum State<T> {
    Known(Arc<Resolved<T>>),
    Later(Shared<BoxFuture<'static, Resolved<T>>>),
}

impl<T: Clone + Send + Sync + 'static> Output<T> {
    /// An output that another task will resolve.
    pub fn later(future: impl Future<Output = Resolved<T>> + Send + 'static) -> Self {
        Output(State::Later(future.boxed().shared()))
    }

    /// An output that is resolved already.
    pub fn resolved(resolved: Resolved<T>) -> Self {
        Output(State::Known(Arc::new(resolved)))
    }

    /// A known value that comes from nowhere.
    pub fn known(value: T) -> Self {
        Output::resolved(Resolved::known(value))
    }

    /// A value that isn't known in this run.
    #[must_use]
    pub fn unknown() -> Self {
        Output::resolved(Resolved::unknown())
    }

    /// Waits until it is clear what the output is.
    pub async fn resolve(&self) -> Resolved<T> {
        match &self.0 {
            State::Known(resolved) => resolved.as_ref().clone(),
            State::Later(future) => future.clone().await,
        }
    }

    /// What the output is, if that is clear already.
    fn now(&self) -> Option<Resolved<T>> {
        match &self.0 {
            State::Known(resolved) => Some(resolved.as_ref().clone()),
            State::Later(future) => future.peek().cloned(),
        }
    }

    /// The output of applying `derive` to the value once it is known.
    pub fn map<U: Clone + Send + Sync + 'static>(&self, derive: impl FnOnce(T) -> U + Send + 'static) -> Output<U> {
        self.then(|resolved| resolved.map(derive))
    }

    /// What `derive` makes of it, at once where that is possible.
    fn then<U: Clone + Send + Sync + 'static>(
        &self,
        derive: impl FnOnce(Resolved<T>) -> Resolved<U> + Send + 'static,
    ) -> Output<U> {
        match self.now() {
            Some(resolved) => Output::resolved(derive(resolved)),
            None => {
                let source = self.clone();
                Output::later(async move { derive(source.resolve().await) })
            }
        }
    }

    /// Both values.
    pub fn join<U: Clone + Send + Sync + 'static>(&self, other: &Output<U>) -> Output<(T, U)> {
        self.with(other, |left, right| left.joined_with(right.secret, right.dependencies, right.value))
    }

    /// What `combine` makes of both, at once where that is possible.
    fn with<U: Clone + Send + Sync + 'static, V: Clone + Send + Sync + 'static>(
        &self,
        other: &Output<U>,
        combine: impl FnOnce(Resolved<T>, Resolved<U>) -> Resolved<V> + Send + 'static,
    ) -> Output<V> {
        if let (Some(left), Some(right)) = (self.now(), other.now()) {
            return Output::resolved(combine(left, right));
        }
        let (left, right) = (self.clone(), other.clone());
        Output::later(async move {
            let (left, right) = futures::join!(left.resolve(), right.resolve());
            combine(left, right)
        })
    }

    /// All values, in order.
    #[must_use]
    pub fn all(outputs: impl IntoIterator<Item = Output<T>>) -> Output<Vec<T>> {
        let outputs: Vec<_> = outputs.into_iter().collect();
        let together = |all: Vec<Resolved<T>>| {
            all.into_iter().fold(Resolved::known(Vec::new()), |all, item| {
                all.joined_with(item.secret, item.dependencies, item.value).map(|(mut values, value)| {
                    values.push(value);
                    values
                })
            })
        };
        match outputs.iter().map(Output::now).collect() {
            Some(all) => Output::resolved(together(all)),
            None => Output::later(async move { together(join_all(outputs.iter().map(Output::resolve)).await) }),
        }
    }

    /// The same value, marked as secret.
    #[must_use]
    pub fn into_secret(self) -> Self {
        self.then(|resolved| Resolved { secret: true, ..resolved })
    }

    /// The same value, which also depends on everything that `other` depends on.
    #[must_use]
    pub fn after<U: Clone + Send + Sync + 'static>(&self, other: &Output<U>) -> Self {
        self.with(other, |mut own, other| {
            own.dependencies.extend(other.dependencies);
            own
        })
    }
}

impl<T: Encode + Clone + Send + Sync + 'static> Output<T> {
    /// The output as a plain value of Pulumi's.
    #[must_use]
    pub fn erase(&self) -> Output<Value> {
        self.map(|value| value.encode())
    }
}

impl<T: Clone + Send + Sync + 'static> From<T> for Output<T> {
    fn from(value: T) -> Self {
        Output::known(value)
    }
}
