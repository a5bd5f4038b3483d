//! What is in the way of a create: whose it is, and what may be done with it.
//!
//! Only what is told by its name or its place can be in the way. Where it carries a tag, the tag says whose
//! it is; where it can't, a name that we made up does, or that everything is as it is wanted in something that
//! is ours.

use super::{
    Adoption, Carried, Cx, Managed, Owner,
    check::made_up,
    claims::{Thing, belongs},
    forced::too_old,
    same,
};
use crate::{
    cloud::Cloud,
    error::{Error, Kind, unless_gone},
    property::Field,
    value::{Map, Value},
};

/// Whose a thing is.
enum Whose {
    /// A create of this very resource has made it, which was cut off.
    Ours,
    /// This resource has made it once: it was retained since, or is being replaced by force.
    Once,
    /// Nobody knows.
    Foreign,
}

impl<C: Cloud> Adoption<C> {
    /// The id of the thing that is in the way, if it is what this resource had made before.
    ///
    /// # Errors
    ///
    /// That it isn't.
    pub(super) async fn in_the_way<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        want: &T::Inputs,
        inputs: &Map,
        owner: &Owner,
        error: Error,
    ) -> Result<String, Error> {
        let Some(id) = T::occupant(cx, want).await.map_err(Into::into)? else { return Err(error) };
        let Some(found) = unless_gone(T::read(cx, &id).await.map_err(Into::into))?.flatten() else {
            return Err(error);
        };
        if let Some(other) = self.claims.other(&Thing::of(cx, &id), cx.operation().urn()) {
            return Err(error.with_advice(belongs(&id, &other)));
        }
        let whose = match T::OWNER {
            Carried::Identity if error.kind() == Kind::Lost => self.whose_answer_was_lost::<T>(cx, &found, inputs),
            Carried::Identity => self.whose_part::<T>(cx, want, &found, inputs).await?,
            _ => whose::<T>(cx, &id, owner).await?,
        };
        match whose {
            Whose::Ours => {
                same::where_fixed::<T>(cx, &id, &found, inputs)?;
                self.take::<T>(cx, &id).map_err(|other| error.with_advice(belongs(&id, &other)))?;
                self.note_adopted(cx, &id);
                Ok(id)
            }
            Whose::Once => Err(error.with_advice(too_old(&id))),
            Whose::Foreign => Err(error.with_advice(foreign::<T>(cx, &id, &found, inputs))),
        }
    }

    /// Whose a thing is that carries no tag, and that this very call may have made.
    fn whose_answer_was_lost<T: Managed<Cloud = C>>(&self, cx: &Cx<C>, found: &T, inputs: &Map) -> Whose {
        let ours =
            C::adopts_any(cx) && (has_made_up_name::<T>(inputs) || same::anywhere::<T>(cx, found, inputs).is_empty());
        if ours { Whose::Ours } else { Whose::Foreign }
    }

    /// Whose a thing is that carries no tag: ours by a name that only we can have made up, or as nothing in it
    /// differs and it is a part of something of this stack.
    async fn whose_part<T: Managed<Cloud = C>>(
        &self,
        cx: &Cx<C>,
        want: &T::Inputs,
        found: &T,
        inputs: &Map,
    ) -> Result<Whose, Error> {
        if !C::adopts_any(cx) {
            return Ok(Whose::Foreign);
        }
        if has_made_up_name::<T>(inputs) {
            return Ok(Whose::Ours);
        }
        if !same::anywhere::<T>(cx, found, inputs).is_empty() {
            return Ok(Whose::Foreign);
        }
        let holder = unless_gone(T::holder(cx, want).await.map_err(Into::into))?.flatten();
        let ours = holder.is_some_and(|holder| self.owners.knows(holder.token()));
        Ok(if ours { Whose::Ours } else { Whose::Foreign })
    }
}

/// Whose a thing is that carries a tag.
async fn whose<T: Managed>(cx: &Cx<T::Cloud>, id: &str, owner: &Owner) -> Result<Whose, Error> {
    let made = match T::OWNER {
        Carried::Tag { kind } => {
            let mut owned = <T::Cloud as Cloud>::owned(cx, kind).await?.into_iter();
            owned.find(|(token, owned)| owned.id == id && owner.is(token)).map(|(_, owned)| owned.made)
        }
        Carried::NamedTag => {
            let tagged = unless_gone(T::owner_of(cx, id).await.map_err(Into::into))?.flatten();
            tagged.filter(|tagged| owner.is(tagged.token())).map(|tagged| tagged.asked())
        }
        Carried::Identity | Carried::Nowhere => None,
    };
    Ok(match made {
        _ if owner.is_nobody() => Whose::Foreign,
        Some(made) if owner.asked_at(made) => Whose::Ours,
        Some(made) if !<T::Cloud as Cloud>::adopts(cx, made) => Whose::Once,
        Some(_) if <T::Cloud as Cloud>::adopts_any(cx) => Whose::Ours,
        _ => Whose::Foreign,
    })
}

fn has_made_up_name<T: Managed>(inputs: &Map) -> bool {
    let name = named::<T>().and_then(|field| inputs.get(field.name)).and_then(Value::as_str);
    name.is_some_and(|name| made_up(name, inputs))
}

fn named<T: Managed>() -> Option<&'static Field> {
    T::FIELDS.iter().find(|field| field.named.is_some())
}

/// What to do about something that isn't ours, as far as we know.
fn foreign<T: Managed>(cx: &Cx<T::Cloud>, id: &str, found: &T, inputs: &Map) -> String {
    if named::<T>().is_some() {
        return format!(
            "{id} exists already and was not made for this resource: import it with `pulumi import`, delete it, or choose another name"
        );
    }
    let different = same::anywhere::<T>(cx, found, inputs).join(", ");
    if different.is_empty() {
        // A deployment with targets doesn't ask for what it stands in, so its own looks like this too.
        return format!(
            "{id} is there already: import it with `pulumi import`, or delete it. If you asked for its replacement, give it the resource option `deleteBeforeReplace`"
        );
    }
    format!("{id} is there already, with another {different}: import it with `pulumi import`, or delete it")
}
