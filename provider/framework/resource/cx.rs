//! What a resource has at hand while it talks to its cloud.

use std::{ops::Deref, sync::Arc};

use super::{Look, Operation, Owner, Wait, wait};
use crate::{cloud::Cloud, property::Properties, value::Map};

/// The session of the resource's cloud, and the operation that is going on.
pub struct Cx<C: Cloud> {
    session: Arc<C::Session>,
    operation: Arc<Operation>,
    recorded: Map,
    owner: Option<Owner>,
}

impl<C: Cloud> Cx<C> {
    /// For one operation on one resource, of which that is recorded.
    #[must_use]
    pub fn new(session: Arc<C::Session>, operation: Arc<Operation>, recorded: Map) -> Self {
        Cx { session, operation, recorded, owner: None }
    }

    /// What the state and the program say of the resource: its outputs, and over them the inputs that
    /// are wanted now. Empty on import. For what the cloud itself has no memory of.
    #[must_use]
    pub fn recorded<R>(&self) -> Properties<'_, R> {
        Properties::new(&self.recorded)
    }

    /// Who asks for what is being made: what an earlier create of the same resource has made carries one of its
    /// tokens. For things whose place is chosen while they are made, so that nothing else tells where they are.
    #[must_use]
    pub fn owner(&self) -> Option<&Owner> {
        self.owner.as_ref()
    }

    /// The same, where somebody asks for something to be made.
    pub(super) fn asked_by(mut self, owner: &Owner) -> Self {
        self.owner = Some(owner.clone());
        self
    }

    /// What is recorded, without types.
    pub(super) fn everything_recorded(&self) -> &Map {
        &self.recorded
    }

    /// The operation that is going on.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The operation that is going on, to be kept beyond a borrow.
    pub(super) fn shared_operation(&self) -> Arc<Operation> {
        self.operation.clone()
    }

    /// The cloud's session, to be kept beyond a borrow.
    #[must_use]
    pub fn session(&self) -> Arc<C::Session> {
        self.session.clone()
    }

    /// Looks again and again until it is ready: the first time at once, then less and less often.
    ///
    /// The engine's display shows what is waited for, since when, and what was seen last.
    ///
    /// # Errors
    ///
    /// What `look` fails with, that it saw the thing fail, that time ran out, or Cancel.
    pub async fn until<T, F, L>(&self, wait: &Wait, id: &str, look: F) -> Result<T, C::Error>
    where
        F: FnMut() -> L + Send,
        L: Future<Output = Result<Look<T>, C::Error>> + Send,
        T: Send,
    {
        wait::until(&self.operation, wait, id, look).await
    }
}

impl<C: Cloud> Deref for Cx<C> {
    type Target = C::Session;

    fn deref(&self) -> &C::Session {
        &self.session
    }
}
