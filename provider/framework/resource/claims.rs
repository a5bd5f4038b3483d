//! Who has which thing in a deployment: nobody else may adopt it, and nobody else's deletion ends it.
//!
//! What the engine asks the difference of is in the state, under that very URN, whatever it was called in an
//! earlier run. What a create makes or adopts will be.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::Cx;
use crate::{
    cloud::Cloud,
    error::{Error, Kind, Result},
    value::Urn,
};

/// A thing: its type, where it is, and its id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Thing {
    kind: String,
    place: String,
    id: String,
}

impl Thing {
    pub(super) fn at<C: Cloud>(session: &C::Session, urn: &Urn, id: &str) -> Self {
        let place = format!("{:?}", C::place(session));
        Thing { kind: urn.kind().to_owned(), place, id: id.to_owned() }
    }

    pub(super) fn of<C: Cloud>(cx: &Cx<C>, id: &str) -> Self {
        Thing::at::<C>(cx, cx.operation().urn(), id)
    }
}

/// Who has a thing, and how.
#[derive(Default)]
struct Claim {
    /// Who has it: one, unless something went wrong.
    holders: BTreeSet<Urn>,
    /// Whose create got it in this deployment.
    taken: Option<Urn>,
    /// Whether that create found it there.
    adopted: bool,
}

impl Claim {
    fn other(&self, than: &Urn) -> Option<&Urn> {
        self.holders.iter().find(|holder| *holder != than)
    }
}

/// All claims of a deployment.
#[derive(Default)]
pub(super) struct Claims(Mutex<HashMap<Thing, Claim>>);

impl Claims {
    fn all(&self) -> MutexGuard<'_, HashMap<Thing, Claim>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the state has the thing under that URN.
    ///
    /// # Errors
    ///
    /// That the create of another resource got it in this deployment: that it is in the state wasn't known yet.
    pub(super) fn hold(&self, thing: Thing, urn: &Urn) -> Result<()> {
        let mut all = self.all();
        let claim = all.entry(thing.clone()).or_default();
        claim.holders.insert(urn.clone());
        match claim.taken.as_ref().filter(|taken| *taken != urn) {
            Some(other) => Err(shared(&thing.id, other)),
            None => Ok(()),
        }
    }

    /// Takes the thing for a resource that is being made.
    ///
    /// # Errors
    ///
    /// Who has it already.
    pub(super) fn take(&self, thing: Thing, urn: &Urn) -> Result<(), Urn> {
        let mut all = self.all();
        let claim = all.entry(thing).or_default();
        if let Some(other) = claim.other(urn) {
            return Err(other.clone());
        }
        claim.holders.insert(urn.clone());
        claim.taken = Some(urn.clone());
        Ok(())
    }

    /// Notes that what was taken had been there before.
    pub(super) fn note_adopted(&self, thing: Thing) {
        self.all().entry(thing).or_default().adopted = true;
    }

    /// Who else has the thing.
    pub(super) fn other(&self, thing: &Thing, than: &Urn) -> Option<Urn> {
        self.all().get(thing)?.other(than).cloned()
    }

    /// Whether a create of that very resource adopted the thing in this deployment.
    pub(super) fn adopted(&self, thing: &Thing, urn: &Urn) -> bool {
        self.all().get(thing).is_some_and(|claim| claim.adopted && claim.taken.as_ref() == Some(urn))
    }

    /// Notes that the resource has the thing no more.
    pub(super) fn release(&self, thing: &Thing, urn: &Urn) {
        if let Some(claim) = self.all().get_mut(thing) {
            claim.holders.remove(urn);
            claim.taken.take_if(|taken| taken == urn);
        }
    }
}

fn shared(id: &str, other: &Urn) -> Error {
    let told = format!("{id} is in the state under this name, and {other} has taken it in this deployment");
    Error::new(Kind::Exists, told)
        .with_advice("Take one of the two out of the program, and run `pulumi up`: the other one keeps it")
}

/// That a thing has its resource already.
pub(super) fn belongs(id: &str, other: &Urn) -> String {
    format!(
        "{id} belongs to {other}: take one of the two out of the program; if one was renamed to the other, say so with the resource option `aliases`"
    )
}
