//! Finding things by id: many that are asked for at the same time are one call.
//!
//! Resources look at their things one by one; a hundred of them that wait would make a hundred
//! calls at every turn. Finds of a kind that come together leave together, and each gets its answer.

use std::{
    any::{Any, TypeId},
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex},
};

use framework::error::Kind;
use futures::future::{BoxFuture, FutureExt};
use tokio::{sync::oneshot, time::sleep};

use super::{
    error::{Error, Result},
    limits::calls,
    lock::locked,
    session::Session,
};

/// A kind of thing that AWS describes many of in one call.
pub trait Findable: Clone + Send + Sync + 'static {
    /// Its id.
    fn id(&self) -> Option<&str>;

    /// Asks for those with these ids, all pages of them. May leave out, or fail over, those that are gone.
    fn fetch(session: &Session, ids: Vec<String>) -> impl Future<Output = Result<Vec<Self>>> + Send;
}

impl Session {
    /// The thing with that id, or nothing when it is gone.
    ///
    /// # Errors
    ///
    /// What the call fails with, unless it says that the thing is gone.
    pub async fn find<T: Findable>(&self, id: &str) -> Result<Option<T>> {
        let (answer, answered) = oneshot::channel();
        let gathering = self.finds().of::<T>();
        if gathering.join(id, answer) {
            tokio::spawn(leave_together(self.clone(), gathering));
        }
        answered.await.unwrap_or_else(|_| Err(Error::new(Kind::Internal, format!("nobody looked for {id}"))))
    }
}

/// The finds that a session is gathering, by kind.
#[derive(Default)]
pub struct Finds(Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl Finds {
    fn of<T: Findable>(&self) -> Arc<Gathering<T>> {
        let mut kinds = locked(&self.0);
        let kind = kinds.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(Gathering::<T>::default()));
        kind.clone().downcast().unwrap_or_default()
    }
}

type Answer<T> = oneshot::Sender<Result<Option<T>>>;

/// Those who wait for the next call of a kind.
struct Gathering<T>(Mutex<Vec<(String, Answer<T>)>>);

impl<T> Default for Gathering<T> {
    fn default() -> Self {
        Gathering(Mutex::new(Vec::new()))
    }
}

impl<T: Findable> Gathering<T> {
    /// Whether this one is the first, who has to call for all.
    fn join(&self, id: &str, answer: Answer<T>) -> bool {
        let mut waiting = locked(&self.0);
        waiting.push((id.to_owned(), answer));
        waiting.len() == 1
    }

    /// Those who still want to know.
    fn take(&self) -> Vec<(String, Answer<T>)> {
        let taken = std::mem::take(&mut *locked(&self.0));
        taken.into_iter().filter(|(_, answer)| !answer.is_closed()).collect()
    }
}

async fn leave_together<T: Findable>(session: Session, gathering: Arc<Gathering<T>>) {
    sleep(calls::GATHER).await;
    let waiting = gathering.take();
    let ids: BTreeSet<String> = waiting.iter().map(|(id, _)| id.clone()).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let calls = ids.chunks(calls::IDS_AT_ONCE).map(|chunk| look(&session, chunk.to_vec()));
    let found: HashMap<String, Result<T>> = futures::future::join_all(calls).await.into_iter().flatten().collect();
    for (id, answer) in waiting {
        // Somebody who was dropped meanwhile doesn't mind.
        let _ = answer.send(found.get(&id).cloned().transpose());
    }
}

/// What is known of each id; of those that are gone, nothing.
fn look<T: Findable>(session: &Session, ids: Vec<String>) -> BoxFuture<'_, Vec<(String, Result<T>)>> {
    async move {
        match T::fetch(session, ids.clone()).await {
            Ok(found) => found.into_iter().filter_map(|thing| Some((thing.id()?.to_owned(), Ok(thing)))).collect(),
            Err(gone) if gone.is_gone() => without_the_gone(session, ids, &gone).await,
            Err(error) => ids.into_iter().map(|id| (id, Err(error.clone()))).collect(),
        }
    }
    .boxed()
}

/// A call fails over a single id that is gone: the others are asked for again, without it.
async fn without_the_gone<T: Findable>(session: &Session, ids: Vec<String>, gone: &Error) -> Vec<(String, Result<T>)> {
    if ids.len() == 1 {
        return Vec::new();
    }
    let message = gone.to_string();
    let (named, rest): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| message.contains(id.as_str()));
    if !named.is_empty() {
        return if rest.is_empty() { Vec::new() } else { look(session, rest).await };
    }
    let (left, right) = rest.split_at(rest.len() / 2);
    let (left, right) = futures::join!(look(session, left.to_vec()), look(session, right.to_vec()));
    left.into_iter().chain(right).collect()
}
