//! Lets calls go at the rate that AWS published, so that a crowd becomes a queue instead of a storm.
//!
//! Each attempt takes a token from every bucket of [`RATES`] that its call falls into, per region.
//! When AWS throttles a call nevertheless, its buckets are emptied: somebody else draws from them too.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use tokio::time::{Instant, sleep};

use super::{
    bucket::{Bucket, Place, Urgency},
    call::Call,
    limits::rates::{Rate, Share, UNPUBLISHED, drawn_from},
    lock::locked,
};

/// The token buckets of one account in one region.
#[derive(Debug, Default)]
pub struct Governor {
    buckets: Mutex<HashMap<String, Arc<Mutex<Bucket>>>>,
}

impl Governor {
    /// Waits until the call may go.
    pub async fn admit(&self, call: &Call) {
        let urgency = if call.looks() { Urgency::Look } else { Urgency::Change };
        for bucket in self.buckets_of(call) {
            Queued::in_line(bucket, urgency).served().await;
        }
    }

    /// Takes note that AWS throttled the call.
    pub fn throttled(&self, call: &Call) {
        for bucket in self.buckets_of(call) {
            locked(&bucket).empty(Instant::now());
        }
    }

    fn buckets_of(&self, call: &Call) -> Vec<Arc<Mutex<Bucket>>> {
        let mut buckets = locked(&self.buckets);
        let bucket = |(name, burst, per_second): (String, f64, f64)| {
            let new = || Arc::new(Mutex::new(Bucket::full(burst, per_second, Instant::now())));
            buckets.entry(name).or_insert_with(new).clone()
        };
        names_of(call).into_iter().map(bucket).collect()
    }
}

/// The buckets that a call draws from, with how many at once and how many a second.
fn names_of(call: &Call) -> Vec<(String, f64, f64)> {
    let bucket = |(row, rate): (usize, &Rate)| {
        let name = match rate.share {
            Share::Each => call.to_string(),
            Share::Together => format!("{}#{row}", rate.service),
        };
        (name, rate.burst, rate.per_second)
    };
    let named: Vec<_> = drawn_from(&call.service, &call.operation, call.looks()).map(bucket).collect();
    if named.is_empty() { vec![(call.to_string(), UNPUBLISHED.0, UNPUBLISHED.1)] } else { named }
}

/// Somebody who waits for a token, and gives the place up when dropped.
struct Queued {
    bucket: Arc<Mutex<Bucket>>,
    place: Place,
}

impl Queued {
    fn in_line(bucket: Arc<Mutex<Bucket>>, urgency: Urgency) -> Self {
        let place = locked(&bucket).queue(urgency);
        Queued { bucket, place }
    }

    async fn served(self) {
        while let Err(early) = self.ask() {
            sleep(early).await;
        }
    }

    fn ask(&self) -> Result<(), std::time::Duration> {
        locked(&self.bucket).take(self.place, Instant::now())
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        locked(&self.bucket).leave(self.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::limits::rates::RATES;

    fn call(service: &str, operation: &str) -> Call {
        Call { service: service.into(), operation: operation.into(), global: false, tokened: false }
    }

    #[test]
    fn calls_find_their_buckets() {
        let of = |service, operation| names_of(&call(service, operation));
        assert_eq!(of("ec2", "CreateVpcEndpoint"), [("ec2:CreateVpcEndpoint".into(), 4.0, 0.3)]);
        assert_eq!(of("ec2", "DescribeSubnets"), [("ec2:DescribeSubnets".into(), 100.0, 20.0)]);
        assert_eq!(of("ec2", "CreateSubnet"), [("ec2:CreateSubnet".into(), 50.0, 5.0)]);
        assert_eq!(of("iam", "CreateRole"), [("iam:CreateRole".into(), 100.0, 20.0)]);
    }

    #[test]
    fn some_services_have_a_bucket_for_everything() {
        let buckets = names_of(&call("elasticloadbalancing", "CreateRule"));
        assert_eq!(buckets.len(), 2);
        assert_eq!(buckets[1], names_of(&call("elasticloadbalancing", "DescribeRules"))[1]);
    }

    #[test]
    fn rates_can_be_waited_for() {
        assert!(RATES.iter().all(|row| row.burst >= 1.0 && row.per_second > 0.0));
    }

    #[tokio::test]
    async fn what_is_dropped_while_it_waits_leaves_the_queue() {
        let governor = Governor::default();
        let endpoint = call("ec2", "CreateVpcEndpoint");
        governor.throttled(&endpoint);
        let waits = tokio::time::timeout(std::time::Duration::from_millis(5), governor.admit(&endpoint)).await;
        assert!(waits.is_err());
        let bucket = governor.buckets_of(&endpoint).remove(0);
        let place = locked(&bucket).queue(Urgency::Look);
        assert_eq!(locked(&bucket).take(place, Instant::now() + std::time::Duration::from_secs(4)), Ok(()));
    }
}
