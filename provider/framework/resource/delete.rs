//! Delete: ask until nothing is in the way any more, then wait until it is gone.

use super::{Adoption, Cx, Look, Managed, wait};
use crate::{
    cloud::Cloud,
    error::{Error, Kind, unless_gone},
    property::Properties,
    value::Map,
};

/// Ends the resource, and with it the thing, unless that has to be kept.
pub(super) async fn delete<T: Managed>(
    cx: &Cx<T::Cloud>,
    id: &str,
    was: &Map,
    adoption: &Adoption<T::Cloud>,
) -> Result<(), Error> {
    cx.operation().still_wanted()?;
    if !adoption.keeps::<T>(cx, id, was).await? {
        end::<T>(cx, id, was).await?;
        adoption.ended(cx, id);
    }
    Ok(())
}

async fn end<T: Managed>(cx: &Cx<T::Cloud>, id: &str, was: &Map) -> Result<(), Error> {
    let ask = || asked::<T>(cx, id, was);
    match wait::asking_until(cx.operation(), T::DELETED, id, ask).await.map_err(Into::into) {
        Ok(Asked::Accepted) => {}
        Ok(Asked::Gone) => return Ok(()),
        Err(error) if error.kind() == Kind::TimedOut => return Err(with_blockers::<T>(cx, id, error).await),
        Err(error) => return Err(error),
    }
    cx.until(T::DELETED, id, || is_gone::<T>(cx, id)).await.map_err(Into::into)
}

/// What became of a request to end something.
enum Asked {
    /// The cloud will end it.
    Accepted,
    /// There is nothing to end. Some types are never in the cloud at all, and can always be read.
    Gone,
}

/// Asks for the end once. Somebody else who still uses it is a reason to ask again.
async fn asked<T: Managed>(cx: &Cx<T::Cloud>, id: &str, was: &Map) -> Result<Look<Asked>, <T::Cloud as Cloud>::Error> {
    match unless_gone(T::delete(cx, id, &Properties::new(was)).await.map_err(Into::into)) {
        Ok(accepted) => Ok(Look::Ready(accepted.map_or(Asked::Gone, |()| Asked::Accepted))),
        Err(error) if error.kind() == Kind::Conflict => Ok(Look::Pending(format!("in use: {error}"))),
        Err(error) => Err(error.into()),
    }
}

async fn is_gone<T: Managed>(cx: &Cx<T::Cloud>, id: &str) -> Result<Look<()>, <T::Cloud as Cloud>::Error> {
    match unless_gone(T::read(cx, id).await.map_err(Into::into))?.flatten() {
        None => Ok(Look::Ready(())),
        Some(_) => Ok(Look::Pending("there".to_owned())),
    }
}

async fn with_blockers<T: Managed>(cx: &Cx<T::Cloud>, id: &str, error: Error) -> Error {
    match T::blockers(cx, id).await {
        Ok(blockers) if !blockers.is_empty() => {
            error.with_advice(format!("What still uses {id}: {}", blockers.join(", ")))
        }
        _ => error,
    }
}
