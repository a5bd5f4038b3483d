//! What an interrupted run left in the cloud, and who may have it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use tokio::sync::{Mutex, OnceCell};

use super::{Carried, Cx, Look, Managed, Owner, check::inputs, check::made_up, diff::changes};
use crate::{
    cloud::{Cloud, Owned},
    engine::Severity,
    error::{Error, Kind, unless_gone},
    property::Field,
    value::{Map, Value},
};

/// Everything of one kind in one place that carries a token of ours.
type Found = Arc<OnceCell<BTreeMap<String, Owned>>>;

/// What is known of things that carry our tokens, for the life of the process.
pub struct Adoption<C> {
    found: Mutex<HashMap<(&'static str, usize), Found>>,
    claimed: Mutex<HashSet<String>>,
    of: std::marker::PhantomData<fn() -> C>,
}

impl<C> Default for Adoption<C> {
    fn default() -> Self {
        Adoption { found: Mutex::default(), claimed: Mutex::default(), of: std::marker::PhantomData }
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
        if owner.is_nobody() {
            return Ok(None);
        }
        let Some(owned) = self.owned(cx, kind).await?.get(owner.token()).cloned() else { return Ok(None) };
        if !C::adopts(cx, owned.made) || !self.claimed.lock().await.insert(owned.id.clone()) {
            return Ok(None);
        }
        let Some(found) = unless_gone(T::read(cx, &owned.id).await.map_err(Into::into))?.flatten() else {
            return Ok(None);
        };
        same_where_fixed::<T>(&owned.id, &found.properties(), want)?;
        tell_adopted::<T>(cx, &owned.id);
        Ok(Some(owned.id))
    }

    async fn owned(&self, cx: &Cx<C>, kind: &'static str) -> Result<BTreeMap<String, Owned>, Error> {
        let place = Arc::as_ptr(&cx.session()) as usize;
        let found = self.found.lock().await.entry((kind, place)).or_default().clone();
        found.get_or_try_init(|| async { C::owned(cx, kind).await }).await.cloned()
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
            return self.already_there::<T>(cx, want, inputs, lost).await;
        };
        let made = cx
            .until(C::REAPPEARS, owner.token(), || async {
                let seen = C::owned(cx, kind).await.map_err(C::Error::from)?.remove(owner.token());
                Ok(seen.map_or_else(|| Look::Pending("not to be seen".to_owned()), |owned| Look::Ready(owned.id)))
            })
            .await;
        match made.map_err(Into::<Error>::into) {
            Ok(id) => {
                self.claimed.lock().await.insert(id.clone());
                Ok(id)
            }
            Err(error) if error.kind() == Kind::TimedOut => Err(lost.with_advice(
                "Nothing that it made is to be seen. Run `pulumi up` again: should it appear meanwhile, it is adopted",
            )),
            Err(error) => Err(error),
        }
    }

    /// The id of the thing that is in the way, if it is what this resource had made before.
    ///
    /// # Errors
    ///
    /// That it isn't.
    pub(super) async fn already_there<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        want: &T::Inputs,
        inputs: &Map,
        error: Error,
    ) -> Result<String, Error> {
        let Some(id) = T::identity(want) else { return Err(error) };
        let Some(found) = T::read(cx, &id).await.map_err(Into::into)? else { return Err(error) };
        let ours = match T::FIELDS.iter().find(|field| field.named.is_some()) {
            Some(named) => inputs.get(named.name).and_then(Value::as_str).is_some_and(|name| made_up(name, inputs)),
            None => same_where_fixed::<T>(&id, &found.properties(), inputs).is_ok(),
        };
        if ours && self.claimed.lock().await.insert(format!("{}/{id}", T::TOKEN)) {
            tell_adopted::<T>(cx, &id);
            return Ok(id);
        }
        Err(error.with_advice(format!(
            "{id} exists already and was not made for this resource: import it with `pulumi import`, delete it, or choose another name"
        )))
    }
}

fn tell_adopted<T: Managed>(cx: &Cx<T::Cloud>, id: &str) {
    cx.operation().tell(Severity::Info, format!("adopted {id}, which an interrupted run had made for this resource"));
}

/// That nothing which can't be changed differs from what is wanted.
fn same_where_fixed<T: Managed>(id: &str, found: &Map, want: &Map) -> Result<(), Error> {
    let fixed: Vec<&Field> = inputs::<T>().filter(|field| field.replaces && want.contains_key(field.name)).collect();
    let known: Map =
        want.iter().filter(|(key, _)| found.contains_key(*key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    let different = changes(fixed.into_iter().filter(|field| known.contains_key(field.name)), found, &known);
    if different.is_empty() {
        return Ok(());
    }
    let paths: Vec<_> = different.keys().map(ToString::to_string).collect();
    Err(Error::new(
        Kind::Exists,
        format!("an interrupted run has made {id} for this resource, with another {}", paths.join(", ")),
    )
    .with_advice(format!("Delete {id}, or take the change back, and run `pulumi up` again")))
}
