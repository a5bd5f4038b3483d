//! The difference between what a resource was and what it shall be.

use std::collections::BTreeSet;

use crate::{
    property::{Decode, Encode, Field, FieldOf, Properties, Role},
    value::Map,
};

use super::{Resource, changes};

/// What an update has to change.
pub struct Change<R: Resource> {
    old: Map,
    new: R::Inputs,
    new_map: Map,
}

impl<R: Resource> Change<R> {
    pub(super) fn new(old: Map, new: R::Inputs, new_map: Map) -> Self {
        Change { old, new, new_map }
    }

    /// What is wanted.
    pub fn wanted(&self) -> &R::Inputs {
        &self.new
    }

    /// What the state says of the resource's inputs.
    pub fn was(&self) -> Properties<'_, R> {
        Properties::new(&self.old)
    }

    /// The names of the inputs that differ, by the measure of previews.
    pub fn names(&self) -> BTreeSet<&'static str> {
        let inputs = R::FIELDS.iter().filter(|field| field.role == Role::Input);
        let differs = |field: &&Field| !changes(std::iter::once(*field), &self.old, &self.new_map).is_empty();
        inputs.filter(differs).map(|field| field.name).collect()
    }

    /// The property's new value, if it is another than the old one.
    pub fn to<T: Decode + Encode>(&self, field: FieldOf<R, T>) -> Option<T> {
        let new = Properties::<R>::new(&self.new_map).get(field)?;
        match self.was().get(field) {
            Some(old) if old.encode() == new.encode() => None,
            _ => Some(new),
        }
    }

    /// The property's old and new value, if they differ; nothing stands for an old value that can't be read.
    pub fn between<T: Decode + Encode>(&self, field: FieldOf<R, T>) -> Option<(Option<T>, T)> {
        self.to(field).map(|new| (self.was().get(field), new))
    }
}
