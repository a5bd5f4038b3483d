//! How long the plugin takes to say its port.

use std::time::{Duration, Instant};

use crate::{line, milliseconds, percentile, plugin::Plugin};

const TIMES: usize = 50;

pub fn print() {
    // The first one reads the binary from the disk.
    once();
    let mut all: Vec<_> = (0..TIMES).map(|_| once()).collect();
    line(&format!("exec to port line, median of {TIMES}"), milliseconds(percentile(&mut all, 50)));
    line("exec to port line, 95th percentile", milliseconds(percentile(&mut all, 95)));
}

fn once() -> Duration {
    let began = Instant::now();
    let _plugin = Plugin::start(&[]);
    began.elapsed()
}
