//! A token bucket with a queue, as arithmetic: it is told the time and answers how long to wait.

use std::{collections::BTreeSet, time::Duration};

use tokio::time::Instant;

/// How much it matters that a call goes soon. The order is that of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// It changes something: others wait for it.
    Change,
    /// It only looks, and can look later.
    Look,
}

/// A place in the queue: the urgent before the others, then first come, first served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    urgency: Urgency,
    number: u64,
}

/// Tokens that refill at a steady rate, and those who wait for one.
#[derive(Debug)]
pub struct Bucket {
    burst: f64,
    per_second: f64,
    tokens: f64,
    refilled: Instant,
    waiting: BTreeSet<Place>,
    next: u64,
}

impl Bucket {
    /// A full one.
    #[must_use]
    pub fn full(burst: f64, per_second: f64, now: Instant) -> Self {
        Bucket { burst, per_second, tokens: burst, refilled: now, waiting: BTreeSet::new(), next: 0 }
    }

    /// Takes a place in the queue.
    pub fn queue(&mut self, urgency: Urgency) -> Place {
        let place = Place { urgency, number: self.next };
        self.next += 1;
        self.waiting.insert(place);
        place
    }

    /// Leaves the queue without a token.
    pub fn leave(&mut self, place: Place) {
        self.waiting.remove(&place);
    }

    /// Takes a token and leaves the queue, unless it is too early.
    ///
    /// # Errors
    ///
    /// How long to wait before asking again.
    pub fn take(&mut self, place: Place, now: Instant) -> Result<(), Duration> {
        self.refill(now);
        let wanted = self.ahead_of(place) + 1.0;
        if self.tokens >= wanted {
            self.tokens -= 1.0;
            self.waiting.remove(&place);
            return Ok(());
        }
        Err(Duration::from_secs_f64((wanted - self.tokens) / self.per_second))
    }

    /// Empties it: AWS has fewer tokens than we thought, because somebody else takes them too.
    pub fn empty(&mut self, now: Instant) {
        self.refill(now);
        self.tokens = self.tokens.min(0.0);
    }

    fn refill(&mut self, now: Instant) {
        let passed = now.saturating_duration_since(self.refilled);
        self.tokens = (self.tokens + passed.as_secs_f64() * self.per_second).min(self.burst);
        self.refilled = now;
    }

    #[allow(clippy::cast_precision_loss, reason = "a queue of 2^52 calls doesn't fit into memory")]
    fn ahead_of(&self, place: Place) -> f64 {
        self.waiting.range(..place).count() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn taken(bucket: &mut Bucket, urgency: Urgency, now: Instant) -> Result<(), Duration> {
        let place = bucket.queue(urgency);
        bucket.take(place, now)
    }

    #[test]
    fn a_burst_goes_at_once_and_the_rest_at_the_rate() {
        let now = Instant::now();
        let mut bucket = Bucket::full(2.0, 1.0, now);
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Ok(()));
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Ok(()));
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Err(SECOND));
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Err(SECOND * 2));
    }

    #[test]
    fn changes_go_before_looks() {
        let now = Instant::now();
        let mut bucket = Bucket::full(1.0, 1.0, now);
        assert_eq!(taken(&mut bucket, Urgency::Look, now), Ok(()));
        let (look, change) = (bucket.queue(Urgency::Look), bucket.queue(Urgency::Change));
        assert_eq!(bucket.take(look, now + SECOND), Err(SECOND));
        assert_eq!(bucket.take(change, now + SECOND), Ok(()));
        assert_eq!(bucket.take(look, now + SECOND * 2), Ok(()));
    }

    #[test]
    fn who_leaves_makes_room() {
        let now = Instant::now();
        let mut bucket = Bucket::full(1.0, 1.0, now);
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Ok(()));
        let (first, second) = (bucket.queue(Urgency::Change), bucket.queue(Urgency::Change));
        bucket.leave(first);
        assert_eq!(bucket.take(second, now + SECOND), Ok(()));
    }

    #[test]
    fn an_emptied_bucket_fills_again() {
        let now = Instant::now();
        let mut bucket = Bucket::full(50.0, 5.0, now);
        bucket.empty(now);
        assert_eq!(taken(&mut bucket, Urgency::Change, now), Err(SECOND / 5));
        assert_eq!(taken(&mut bucket, Urgency::Change, now + SECOND), Ok(()));
    }
}
