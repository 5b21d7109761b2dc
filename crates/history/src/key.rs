use serde::{Deserialize, Serialize};

/// Where a page of a list ended: give it back in `Query::before` to go on from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(crate) i64);

/// Row ids are times: milliseconds, then ten bits that tell entries of one millisecond apart.
/// So the newest entry has the greatest row id, a span of time is a span of row ids, and no
/// index on time is needed. A row id stays below 2^53, so JavaScript can hold it.
const TIE_BITS: u32 = 10;

/// The year 2248: what comes later is a broken clock.
const LAST_MS: i64 = (1 << 43) - 1;

/// A thousand entries a millisecond spill into the next one. Searches by time look this much
/// further before they compare the exact time.
const SPILL_MS: i64 = 5_000;

/// The first row id of a millisecond.
pub(crate) fn first_of(time_ms: i64) -> i64 {
    time_ms.clamp(0, LAST_MS) << TIE_BITS
}

/// The last row id that an entry of `time_ms` or before can have.
pub(crate) fn last_until(time_ms: i64) -> i64 {
    first_of(time_ms.saturating_add(SPILL_MS)) - 1
}

/// The last row id of the millisecond that `key` belongs to.
pub(crate) fn last_of_tick(key: i64) -> i64 {
    key | ((1 << TIE_BITS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_ids_follow_time_and_fit_javascript() {
        assert!(first_of(1_000) < first_of(1_001));
        assert!(last_until(1_000) > first_of(1_000));
        assert_eq!(first_of(-5), 0);
        assert!(last_until(i64::MAX) < 1 << 53);
    }
}
