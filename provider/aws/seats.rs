//! Who of a run takes part in something of which AWS has only so many places.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use super::lock::locked;

/// The places that were taken in this run. What other stacks take isn't known before AWS refuses.
#[derive(Default)]
pub struct Seats(Mutex<BTreeMap<String, BTreeSet<String>>>);

impl Seats {
    /// Takes a place of something that has so many; whether there was one left. Who comes again keeps the same.
    pub fn take(&self, of: &str, who: &str, places: usize) -> bool {
        let mut seats = locked(&self.0);
        let taken = seats.entry(of.to_owned()).or_default();
        taken.contains(who) || (taken.len() < places && taken.insert(who.to_owned()))
    }

    /// Whether somebody has taken a place of something.
    pub fn has(&self, of: &str, who: &str) -> bool {
        locked(&self.0).get(of).is_some_and(|taken| taken.contains(who))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_again_has_the_same_place() {
        let seats = Seats::default();
        let take = |who| seats.take("edge", who, 2);
        assert_eq!((take("web"), take("api"), take("jobs"), take("web")), (true, true, false, true));
        assert!(seats.take("other", "jobs", 1));
    }
}
