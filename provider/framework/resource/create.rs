//! Create: adopt what an interrupted run left, or ask; then settle; then read.
//!
//! From the moment that the cloud has accepted, every failure is a partial one: the state must keep
//! the id.

use tokio::time::Instant;

use super::{
    Change, Cx, Failure, Made, Managed, Owner,
    adopt::{Adoption, Left},
    forced,
    pause::Pauses,
    read,
};
use crate::{
    cloud::Cloud,
    error::{Error, Kind, unless_gone},
    property::{Decoding, Field, Record, Role},
    value::{Map, Path, Value, without_nulls},
};

/// What a preview can say of a resource that isn't made yet.
pub(super) async fn preview<T: Managed>(cx: Result<Cx<T::Cloud>, Error>, want: Map) -> Result<Made, Failure> {
    let mut properties = with_unknown_outputs::<T>(want.clone());
    if let (Ok(cx), Ok(inputs)) = (cx, decode::<T>(&want)) {
        properties.extend(<T::Cloud as Cloud>::place(&cx).into_iter().filter(|(name, _)| !want.contains_key(name)));
        match T::foresee(&cx, &inputs).await.map_err(Into::into) {
            Ok(Some(foreseen)) => properties.extend(outputs::<T>(&cx, &foreseen, &want)),
            Ok(None) => {}
            Err(error) if error.kind() == Kind::Unauthenticated => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Made { id: String::new(), properties })
}

/// The inputs, with an unknown in place of every output, and of every input that the cloud will choose.
pub(super) fn with_unknown_outputs<T: Managed>(mut inputs: Map) -> Map {
    inputs.remove(super::owner::HIDDEN);
    for field in properties::<T>() {
        if field.role == Role::Output || field.computed {
            inputs.entry(field.name.to_owned()).or_insert(field.kept(&Value::Unknown, false));
        }
    }
    inputs
}

/// All properties of a type, those that all types have included.
fn properties<T: Managed>() -> impl Iterator<Item = &'static Field> {
    T::FIELDS.iter().chain(<T::Cloud as Cloud>::COMMON)
}

/// The inputs as plain values.
pub(super) fn decode<T: Managed>(map: &Map) -> Result<T::Inputs, Error> {
    let mut notes = Decoding::new();
    let read = T::Inputs::decode_fields(map, &Path::root(), &mut notes);
    let problems: Vec<_> =
        notes.problems().iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect();
    match read.filter(|_| problems.is_empty() && !notes.saw_unknown()) {
        Some(inputs) => Ok(inputs),
        None if problems.is_empty() => Err(Error::new(Kind::Internal, "an input is unknown in a real run")),
        None => Err(Error::new(Kind::Invalid, problems.join("; "))),
    }
}

/// Makes the resource.
pub(super) async fn create<T: Managed>(
    cx: Cx<T::Cloud>,
    inputs: Map,
    adoption: &Adoption<T::Cloud>,
    owner: Option<Owner>,
) -> Result<Made, Failure> {
    cx.operation().still_wanted()?;
    let want = decode::<T>(&inputs)?;
    let owner = owner.unwrap_or_else(Owner::nobody);
    let cx = cx.asked_by(&owner);
    let left_behind = adoption.left_behind::<T>(&cx, &owner, &inputs);
    let too_old = match cx.operation().unless_cancelled("it was made", left_behind).await? {
        Left::Ours(id) => return take_over::<T>(&cx, id, inputs, want).await,
        Left::TooOld(id) => Some(id),
        Left::Nothing => None,
    };
    let error = match ask::<T>(&cx, &want, &owner).await {
        Ok(id) => {
            adoption.take_made::<T>(&cx, &want, &id).await?;
            return finish::<T>(&cx, id, inputs, &want).await;
        }
        Err(error) => error,
    };
    let found = match error.kind() {
        Kind::Exists => adoption.in_the_way::<T>(&cx, &want, &inputs, &owner, error).await,
        Kind::Lost => adoption.after_a_lost_answer::<T>(&cx, &want, &inputs, &owner, error).await,
        _ => Err(error),
    };
    match found {
        Ok(id) => take_over::<T>(&cx, id, inputs, want).await,
        Err(error) => Err(forced::explained::<T>(&cx, too_old, &inputs, error).await.into()),
    }
}

/// Brings an adopted resource to what is wanted.
async fn take_over<T: Managed>(cx: &Cx<T::Cloud>, id: String, inputs: Map, want: T::Inputs) -> Result<Made, Failure> {
    let brought = async {
        let found = unless_gone(T::read(cx, &id).await.map_err(Into::into))?.flatten();
        let was = found.map(|found| found.properties()).unwrap_or_default();
        T::update(cx, &id, &Change::<T>::new(was, want.clone(), inputs.clone())).await.map_err(Into::into)
    };
    match brought.await {
        Ok(()) => finish::<T>(cx, id, inputs, &want).await,
        Err(error) => Err(partial::<T>(cx, id, error)),
    }
}

/// Waits until the resource can be used, and reads what became of it.
pub(super) async fn finish<T: Managed>(
    cx: &Cx<T::Cloud>,
    id: String,
    inputs: Map,
    want: &T::Inputs,
) -> Result<Made, Failure> {
    let settled = async {
        T::settle(cx, &id, want).await.map_err(Into::into)?;
        read::until_there::<T>(cx, &id).await
    };
    match settled.await {
        Ok(found) => Ok(Made { properties: outputs::<T>(cx, &found, &inputs), id }),
        Err(error) if error.kind() == Kind::Failed => Err(failed::<T>(cx, id, &inputs, error).await),
        Err(error) => Err(partial::<T>(cx, id, error)),
    }
}

/// A failure that the cloud reported of the thing: what can be read of it says whether it is beyond repair.
async fn failed<T: Managed>(cx: &Cx<T::Cloud>, id: String, inputs: &Map, error: Error) -> Failure {
    let seen = T::read(cx, &id).await.ok().flatten();
    match (partial::<T>(cx, id, error), seen) {
        (Failure::Partial { id, mut properties, error }, Some(found)) => {
            properties.extend(outputs::<T>(cx, &found, inputs));
            Failure::Partial { id, properties, error }
        }
        (failure, _) => failure,
    }
}

/// Asks for it. What it refers to may be too new for all of the cloud to know of it.
async fn ask<T: Managed>(cx: &Cx<T::Cloud>, want: &T::Inputs, owner: &Owner) -> Result<String, Error> {
    let known = <T::Cloud as Cloud>::REFERENCES_KNOWN;
    let latest = Instant::now() + known.at_most;
    let end = cx.operation().deadline().map_or(latest, |deadline| deadline.min(latest));
    let mut pauses = Pauses::until(end, known.every);
    loop {
        match T::create(cx, want, owner).await.map_err(Into::<Error>::into) {
            Err(error) if error.is_gone() && !pauses.are_over() => {
                cx.operation().status(format!("waiting until {}: {error}", known.what));
            }
            asked => return asked,
        }
        pauses.pass(cx.operation(), known.what).await?;
    }
}

/// A failure after the cloud has accepted, with all that is known.
fn partial<T: Managed>(cx: &Cx<T::Cloud>, id: String, error: Error) -> Failure {
    let recorded = cx.everything_recorded();
    let mut properties = recorded.clone();
    properties.remove(super::owner::HIDDEN);
    let open = |(name, _): &(String, Value)| !recorded.get(name).is_some_and(Value::is_secret);
    properties.extend(<T::Cloud as Cloud>::place(cx).into_iter().filter(open));
    properties.insert(T::ID.to_owned(), Value::String(id.clone()));
    Failure::Partial { id, properties, error }
}

/// The outputs as the state keeps them: what was read, with the marks of the inputs.
pub(super) fn outputs<T: Managed>(cx: &Cx<T::Cloud>, found: &T, wanted: &Map) -> Map {
    let mut told = without_nulls(found.properties());
    told.extend(<T::Cloud as Cloud>::place(cx));
    for field in properties::<T>() {
        let wanted = wanted.get(field.name);
        let taken_at_its_word = wanted.filter(|_| field.write_only);
        if let Some(value) = told.get(field.name).or(taken_at_its_word) {
            let kept = field.kept(value, wanted.is_some_and(Value::has_secret));
            told.insert(field.name.to_owned(), kept);
        }
    }
    told
}
