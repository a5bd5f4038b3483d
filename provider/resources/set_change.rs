//! Properties that are sets, which AWS changes by what comes and what goes.

use framework::{
    property::{Decode, Encode, FieldOf},
    resource::{Change, Resource},
};

/// What comes into a set and what goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetChange {
    /// What comes.
    pub add: Vec<String>,
    /// What goes.
    pub remove: Vec<String>,
}

impl SetChange {
    /// What has to be done to a set so that it becomes another.
    #[must_use]
    pub fn from_to(was: &[String], wanted: &[String]) -> Self {
        let without = |of: &[String], those: &[String]| {
            let mut rest: Vec<_> = of.iter().filter(|one| !those.contains(one)).cloned().collect();
            rest.sort();
            rest.dedup();
            rest
        };
        SetChange { add: without(wanted, was), remove: without(was, wanted) }
    }

    /// What differs in a set of a resource that is being changed; an absent set is an empty one.
    #[must_use]
    pub fn of<R: Resource, T>(change: &Change<R>, field: FieldOf<R, T>) -> Self
    where
        T: Decode + Encode + Into<Option<Vec<String>>>,
    {
        let Some((was, wanted)) = change.between(field) else { return SetChange::default() };
        let all = |set: T| set.into().unwrap_or_default();
        SetChange::from_to(&was.map(all).unwrap_or_default(), &all(wanted))
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.remove.is_empty()
    }

    /// What comes and what goes, each absent where there is nothing.
    #[must_use]
    pub fn into_parts(self) -> (Option<Vec<String>>, Option<Vec<String>>) {
        let some = |set: Vec<String>| (!set.is_empty()).then_some(set);
        (some(self.add), some(self.remove))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_repetition_mean_nothing() {
        let set = |of: &[&str]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(SetChange::from_to(&set(&["a", "b"]), &set(&["b", "a", "a"])).is_empty());
        let change = SetChange::from_to(&set(&["a", "b"]), &set(&["c", "b", "c"]));
        assert_eq!(change, SetChange { add: set(&["c"]), remove: set(&["a"]) });
    }
}
