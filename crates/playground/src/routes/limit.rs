//! A rate limit to run into: five requests in ten seconds for each key.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::StatusCode;
use serde_json::json;

use crate::answer::{Answer, Refusal, json_answer, number_header};
use crate::call::Call;

const ALLOWED: u64 = 5;
const WINDOW: Duration = Duration::from_secs(10);
/// Keys remembered at once.
const KEYS: usize = 1024;

/// When each key's window began, and how often it asked since.
#[derive(Default)]
pub(crate) struct Limits(Mutex<HashMap<String, (Instant, u64)>>);

impl Limits {
    /// Counts a request: how many this window has seen, and how long it still lasts.
    fn count(&self, key: &str, now: Instant) -> (u64, Duration) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, (start, _)| now.duration_since(*start) < WINDOW);
        if windows.len() >= KEYS && !windows.contains_key(key) {
            let oldest = windows.iter().min_by_key(|(_, (start, _))| *start);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                windows.remove(&oldest);
            }
        }
        let (start, seen) = windows.entry(key.to_owned()).or_insert((now, 0));
        *seen += 1;
        (*seen, WINDOW.saturating_sub(now.duration_since(*start)))
    }
}

pub(crate) fn limited(call: &Call) -> Answer {
    let key = call.param("key").or_else(|| call.header("x-api-key"));
    let key: String = key.unwrap_or("everyone").chars().take(100).collect();
    let (seen, left) = call.site.limits.count(&key, Instant::now());
    // Rounded up: a client that waits this long is let in.
    let seconds = left.as_millis().div_ceil(1000);
    let seconds = u64::try_from(seconds).unwrap_or(u64::MAX);
    let mut answer = if seen > ALLOWED {
        let mut answer = Answer::from(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            format!("More than {ALLOWED} requests in 10 seconds for the key {key:?}."),
        ));
        number_header(&mut answer, "retry-after", seconds);
        answer
    } else {
        json_answer(&json!({ "key": key, "request": seen }))
    };
    number_header(&mut answer, "x-ratelimit-limit", ALLOWED);
    number_header(&mut answer, "x-ratelimit-remaining", ALLOWED.saturating_sub(seen));
    number_header(&mut answer, "x-ratelimit-reset", seconds);
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_ends_and_keys_are_bounded() {
        let limits = Limits::default();
        let start = Instant::now();
        assert_eq!(limits.count("a", start).0, 1);
        assert_eq!(limits.count("a", start).0, 2);
        assert_eq!(limits.count("b", start).0, 1);
        assert_eq!(limits.count("a", start + WINDOW).0, 1);
        for key in 0..2 * KEYS {
            limits.count(&key.to_string(), start + WINDOW);
        }
        assert_eq!(limits.0.lock().map(|windows| windows.len()).ok(), Some(KEYS));
    }
}
