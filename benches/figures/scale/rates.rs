//! How fast a deployment could be at best, if nothing but AWS's published rates held it up.

use std::{collections::BTreeMap, time::Duration};

use crate::loopback::Request;

// The provider's own tables, which are data alone.
#[path = "../../../provider/aws/limits/calls.rs"]
#[allow(dead_code, reason = "the provider has uses for all of them")]
mod calls;
#[path = "../../../provider/aws/limits/rates.rs"]
mod table;

use table::{Calls, Rate, Share, UNPUBLISHED, drawn_from};

/// Whether the call changes nothing.
pub fn looks(operation: &str) -> bool {
    calls::LOOKING.iter().any(|begin| operation.starts_with(begin))
}

/// The bucket that needs the longest for its share of the requests, and how long that is.
pub fn at_best(requests: &[Request]) -> (String, Duration) {
    let mut buckets: BTreeMap<String, (u32, f64, f64)> = BTreeMap::new();
    for request in requests {
        for (name, burst, per_second) in buckets_of(request) {
            buckets.entry(name).or_insert((0, burst, per_second)).0 += 1;
        }
    }
    let needs = |(name, (count, burst, per_second)): (String, (u32, f64, f64))| {
        let seconds = (f64::from(count) - burst).max(0.0) / per_second;
        (name, Duration::from_secs_f64(seconds))
    };
    buckets.into_iter().map(needs).max_by_key(|(_, least)| *least).unwrap_or_default()
}

fn buckets_of(request: &Request) -> Vec<(String, f64, f64)> {
    let call = format!("{}:{}", request.service, request.operation);
    let bucket = |(_, row): (usize, &Rate)| {
        let name = match (row.share, row.calls) {
            (Share::Each, _) => call.clone(),
            (Share::Together, Calls::Named(names)) => format!("{}:{} and like it", row.service, names[0]),
            (Share::Together, of) => format!("{}, {}", row.service, format!("{of:?}").to_lowercase()),
        };
        (name, row.burst, row.per_second)
    };
    let named: Vec<_> =
        drawn_from(&request.service, &request.operation, looks(&request.operation)).map(bucket).collect();
    if named.is_empty() { vec![(call, UNPUBLISHED.0, UNPUBLISHED.1)] } else { named }
}
