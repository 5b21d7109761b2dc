//! The same for many things, on a few threads: each takes the next ones that nobody has.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const BATCH: usize = 64;

/// What `one` makes of each, in no certain order.
pub(crate) fn gather<T: Sync, R: Send>(all: &[T], one: &(dyn Fn(&T) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism()
        .map_or(2, usize::from)
        .clamp(1, 8)
        .min(all.len() / BATCH + 1);
    let work = || {
        let mut made = Vec::new();
        loop {
            let from = next.fetch_add(BATCH, Ordering::Relaxed);
            let Some(batch) = all.get(from..all.len().min(from + BATCH)).filter(|b| !b.is_empty())
            else {
                return made;
            };
            made.extend(batch.iter().map(one));
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_default());
        }
        made
    })
}

/// Does `one` to each, until one fails.
pub(crate) fn each<T: Sync, E: Send>(
    all: &[T],
    one: &(dyn Fn(&T) -> Result<(), E> + Sync),
) -> Result<(), E> {
    let failed = std::sync::atomic::AtomicBool::new(false);
    let results = gather(all, &|item| {
        if failed.load(Ordering::Relaxed) {
            return Ok(());
        }
        one(item).inspect_err(|_| failed.store(true, Ordering::Relaxed))
    });
    results.into_iter().collect()
}
