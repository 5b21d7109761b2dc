//! Waiting for a thing to become true, rather than for time to pass.

use std::thread;
use std::time::{Duration, Instant};

/// How long an expectation may take before it counts as failed. Generous: it is spent only by a failing test.
pub const PATIENCE: Duration = Duration::from_secs(20);

const BETWEEN_LOOKS: Duration = Duration::from_millis(25);

/// The first answer `look` gives, or nothing when there was none `within` that time.
pub fn until<T>(within: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let end = Instant::now() + within;
    loop {
        if let Some(found) = look() {
            return Some(found);
        }
        if Instant::now() >= end {
            return None;
        }
        thread::sleep(BETWEEN_LOOKS);
    }
}

/// The first answer `look` gives; panics with `what` was waited for when none came in [`PATIENCE`].
#[track_caller]
pub fn expect<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    until(PATIENCE, look)
        .unwrap_or_else(|| panic!("waited {} s in vain for {what}", PATIENCE.as_secs()))
}
