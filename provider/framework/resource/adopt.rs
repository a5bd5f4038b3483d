//! What an interrupted run left in the cloud, and who may have it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use tokio::sync::{Mutex, OnceCell};

use super::{Carried, Cx, Look, Managed, Owner, same};
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
    found: Mutex<HashMap<Place, Listed<C>>>,
    /// Who made or adopted what: nobody else may adopt it.
    claimed: Mutex<HashMap<String, Urn>>,
    /// What was adopted: a deletion of it is the second half of a forced replacement.
    adopted: Mutex<HashSet<String>>,
}

impl<C: Cloud> Default for Adoption<C> {
    fn default() -> Self {
        Adoption { found: Mutex::default(), claimed: Mutex::default(), adopted: Mutex::default() }
    }
}

impl<C: Cloud> Adoption<C> {
    /// The id of what a create of this very resource, cut off within the last day, had made.
    pub(super) async fn left_behind<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        owner: &Owner,
        want: &Map,
    ) -> Result<Option<String>, Error> {
        let Carried::Tag { kind } = T::OWNER else { return Ok(None) };
        if owner.is_nobody() || !C::adopts_any(cx) {
            return Ok(None);
        }
        let Some(owned) = self.owned(cx, kind, owner).await? else { return Ok(None) };
        if !C::adopts(cx, owned.made) {
            // What is older is being replaced by force: from now on the token is the new one's alone.
            C::retire(cx, kind, &owned.id).await?;
            return Ok(None);
        }
        if !self.claim::<T>(cx, &owned.id).await {
            return Ok(None);
        }
        let Some(found) = unless_gone(T::read(cx, &owned.id).await.map_err(Into::into))?.flatten() else {
            return Ok(None);
        };
        if T::is_beyond_repair(&Properties::new(&found.properties())) {
            return Ok(None);
        }
        same::where_fixed::<T>(cx, &owned.id, &found, want)?;
        self.note_adopted::<T>(cx, &owned.id).await;
        Ok(Some(owned.id))
    }

    pub(super) async fn note_adopted<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str) {
        self.adopted.lock().await.insert(key::<T>(id));
        let told = format!("adopted {id}, which an interrupted run had made for this resource");
        cx.operation().tell(Severity::Info, told);
    }

    /// Whether something must be kept though its end is asked for: this very deployment has adopted it, so
    /// the request is the second half of a forced replacement, and it is the only one that there is.
    pub(super) async fn keeps<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str) -> Result<bool, Error> {
        if !self.adopted.lock().await.contains(&key::<T>(id)) {
            return Ok(false);
        }
        let next = match T::OWNER {
            Carried::Tag { kind } => {
                C::retire(cx, kind, id).await?;
                "Ask for the replacement once more, and it is replaced"
            }
            Carried::NamedTag | Carried::Identity => {
                "To have another one, delete it with `pulumi destroy --target` and run `pulumi up`"
            }
        };
        let told = "was kept: a forced replacement can't be told from a deployment that was interrupted";
        cx.operation().tell(Severity::Warning, format!("{id} {told}. {next}"));
        Ok(true)
    }

    /// Whether the thing is this resource's and nobody else's from now on.
    pub(super) async fn claim<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, id: &str) -> bool {
        let urn = cx.operation().urn();
        let mut claimed = self.claimed.lock().await;
        claimed.entry(key::<T>(id)).or_insert_with(|| urn.clone()) == urn
    }

    async fn owned(&self, cx: &Cx<C>, kind: &'static str, owner: &Owner) -> Result<Option<Owned>, Error> {
        let session = cx.session();
        let place = Arc::as_ptr(&session) as usize;
        let (_, found) =
            self.found.lock().await.entry((kind, place)).or_insert_with(|| (session, Found::default())).clone();
        let owned = found.get_or_try_init(|| async { C::owned(cx, kind).await }).await?;
        Ok(owned.get(owner.token()).cloned())
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
                Ok(seen.map_or_else(|| Look::Pending("not to be seen".to_owned()), |owned| Look::Ready(owned.id)))
            })
            .await;
        match made.map_err(Into::<Error>::into) {
            Ok(id) => {
                self.claim::<T>(cx, &id).await;
                Ok(id)
            }
            Err(error) if error.kind() == Kind::TimedOut => Err(lost.with_advice(
                "Nothing that it made is to be seen. Run `pulumi up` again: should it appear meanwhile, it is adopted",
            )),
            Err(error) => Err(error),
        }
    }
}

fn key<T: Managed>(id: &str) -> String {
    format!("{}/{id}", T::TOKEN)
}
