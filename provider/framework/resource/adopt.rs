//! What an interrupted run left in the cloud, and who may have it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use tokio::sync::{Mutex, OnceCell};

use super::{
    Carried, Cx, Look, Managed, Owner, Owners,
    claims::{Claims, Thing, belongs},
    forced, same,
};
use crate::{
    cloud::{Cloud, Owned},
    engine::Severity,
    error::{Error, Kind, unless_gone},
    property::Properties,
    value::{Map, Urn},
};

/// Everything of one kind in one place that carries a token of ours.
type Found = Arc<OnceCell<BTreeMap<String, Owned>>>;

/// A kind, and the address of the session through which it is listed.
type Place = (&'static str, usize);

/// The session, kept so that no other one gets its address, and what was found through it.
type Listed<C> = (Arc<<C as Cloud>::Session>, Found);

/// What is known of things that carry our tokens, for the life of a deployment.
pub struct Adoption<C: Cloud> {
    /// The owners that this deployment has named.
    pub owners: Owners,
    found: Mutex<HashMap<Place, Listed<C>>>,
    pub(super) claims: Claims,
}

impl<C: Cloud> Default for Adoption<C> {
    fn default() -> Self {
        Adoption { owners: Owners::default(), found: Mutex::default(), claims: Claims::default() }
    }
}

/// What an earlier create of a resource made.
pub(super) enum Left {
    /// Nothing that could be had.
    Nothing,
    /// This one, within the last day: that create was cut off.
    Ours(String),
    /// This one, which was retained since, or is being replaced by force.
    TooOld(String),
}

impl<C: Cloud> Adoption<C> {
    /// What an earlier create of this very resource made.
    pub(super) async fn left_behind<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        owner: &Owner,
        want: &Map,
    ) -> Result<Left, Error> {
        let Carried::Tag { kind } = T::OWNER else { return Ok(Left::Nothing) };
        if owner.is_nobody() || !C::adopts_any(cx) {
            return Ok(Left::Nothing);
        }
        let mut too_old = Left::Nothing;
        for (token, owned) in self.owned(cx, kind, owner).await? {
            if !C::adopts(cx, owned.made) {
                too_old = Left::TooOld(owned.id);
            } else if self.is_free::<T>(cx, &owned.id, want).await? {
                if token != owner.token() {
                    // The state will know it by the token that it was asked for with.
                    C::own(cx, kind, &owned.id, &Owner::new(owner.token().to_owned(), owned.made)).await?;
                }
                self.note_adopted(cx, &owned.id);
                return Ok(Left::Ours(owned.id));
            }
        }
        Ok(too_old)
    }

    /// Whether a thing with our token can be taken, as nobody else has it and it is still of use.
    ///
    /// # Errors
    ///
    /// That it could, but for what can't be changed.
    async fn is_free<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str, want: &Map) -> Result<bool, Error> {
        if self.take::<T>(cx, id).is_err() {
            return Ok(false);
        }
        // Tags are listed for a while after the end of what they were on.
        let Some(found) = unless_gone(T::read(cx, id).await.map_err(Into::into))?.flatten() else { return Ok(false) };
        if T::is_beyond_repair(&Properties::new(&found.properties())) {
            return Ok(false);
        }
        same::where_fixed::<T>(cx, id, &found, want).map(|()| true)
    }

    pub(super) fn note_adopted(&self, cx: &Cx<C>, id: &str) {
        self.claims.note_adopted(Thing::of(cx, id));
        let told = format!("adopted {id}, which an interrupted run had made for this resource");
        cx.operation().tell(Severity::Info, told);
    }

    /// Notes that the state has a thing under that URN.
    ///
    /// # Errors
    ///
    /// That the create of another resource got it in this deployment.
    pub fn hold(&self, session: &C::Session, urn: &Urn, id: &str) -> Result<(), Error> {
        self.claims.hold(Thing::at::<C>(session, urn, id), urn)
    }

    /// Takes a thing for the resource, or says who has it.
    pub(super) fn take<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str) -> Result<(), Urn> {
        match T::OWNER {
            Carried::Nowhere => Ok(()),
            _ => self.claims.take(Thing::of(cx, id), cx.operation().urn()),
        }
    }

    /// Takes what a create call has given.
    ///
    /// # Errors
    ///
    /// That it gave what another resource has: some clouds say yes to a create of what is there.
    pub(super) async fn take_made<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        want: &T::Inputs,
        id: &str,
    ) -> Result<(), Error> {
        let Err(other) = self.take::<T>(cx, id) else { return Ok(()) };
        match T::occupant(cx, want).await.map_err(Into::into)? {
            Some(occupant) if occupant == id => Err(Error::new(Kind::Exists, belongs(id, &other))),
            _ => Ok(()),
        }
    }

    /// Whether something must be kept though its end is asked for. Either another resource has it too; or this
    /// very deployment has adopted it, so the request is the second half of a forced replacement, and it is the
    /// only one that there is.
    pub(super) async fn keeps<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str, was: &Map) -> Result<bool, Error> {
        let (thing, urn) = (Thing::of(cx, id), cx.operation().urn());
        if T::OWNER == Carried::Nowhere {
            return Ok(false);
        }
        if let Some(other) = self.claims.other(&thing, urn) {
            self.claims.release(&thing, urn);
            cx.operation().tell(Severity::Info, format!("{id} was kept: it belongs to {other}"));
            return Ok(true);
        }
        if !self.claims.adopted(&thing, urn) {
            return Ok(false);
        }
        let next = match T::OWNER {
            Carried::Tag { kind } if !forced::has_no_double::<T>(was) => {
                C::retire(cx, kind, id).await?;
                "Ask for the replacement once more, and it is replaced"
            }
            _ => "Set the resource option `deleteBeforeReplace` and ask again, and it is replaced",
        };
        let told = "was kept: a forced replacement can't be told from a deployment that was interrupted";
        cx.operation().tell(Severity::Warning, format!("{id} {told}. {next}"));
        Ok(true)
    }

    /// Notes that a thing is no more.
    pub(super) fn ended(&self, cx: &Cx<C>, id: &str) {
        self.claims.release(&Thing::of(cx, id), cx.operation().urn());
    }

    /// What carries a token of this owner, with the token, in the order of generations.
    async fn owned(&self, cx: &Cx<C>, kind: &'static str, owner: &Owner) -> Result<Vec<(String, Owned)>, Error> {
        let session = cx.session();
        let place = Arc::as_ptr(&session) as usize;
        let (_, found) =
            self.found.lock().await.entry((kind, place)).or_insert_with(|| (session, Found::default())).clone();
        let owned = found.get_or_try_init(|| async { C::owned(cx, kind).await }).await?;
        let all = owner.tokens().filter_map(|token| owned.get_key_value(token));
        Ok(all.map(|(token, owned)| (token.clone(), owned.clone())).collect())
    }

    /// The id of what a create made whose answer was lost.
    ///
    /// # Errors
    ///
    /// The lost answer, when nothing of this owner is to be seen.
    pub(super) async fn after_a_lost_answer<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        want: &T::Inputs,
        inputs: &Map,
        owner: &Owner,
        lost: Error,
    ) -> Result<String, Error> {
        let Carried::Tag { kind } = T::OWNER else {
            return self.in_the_way::<T>(cx, want, inputs, owner, lost).await;
        };
        let made = cx
            .until(C::REAPPEARS, owner.token(), || async {
                let seen = C::owned(cx, kind).await.map_err(C::Error::from)?.remove(owner.token());
                let seen = seen.filter(|owned| owner.asked_at(owned.made));
                Ok(seen.map_or_else(|| Look::Pending("not to be seen".to_owned()), |owned| Look::Ready(owned.id)))
            })
            .await;
        match made.map_err(Into::<Error>::into) {
            Ok(id) => self.take_made::<T>(cx, want, &id).await.map(|()| id),
            Err(error) if error.kind() == Kind::TimedOut => Err(lost.with_advice(
                "Nothing that it made is to be seen. Run `pulumi up` again: should it appear meanwhile, it is adopted",
            )),
            Err(error) => Err(error),
        }
    }
}
