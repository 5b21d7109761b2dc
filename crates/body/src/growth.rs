//! How far a body that is still arriving has come, shared by its writer and its readers.

use std::sync::{
    Condvar, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU64, Ordering},
};
use std::time::Duration;

/// The length of growing bytes. Readers wait on it, the writer moves it.
#[derive(Debug, Default)]
pub(crate) struct Growth {
    len: AtomicU64,
    /// No more bytes will come.
    ended: AtomicBool,
    /// All bytes came (otherwise the body is cut).
    whole: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

impl Growth {
    /// Bytes that will not change any more.
    pub(crate) fn fixed(len: u64, whole: bool) -> Self {
        let growth = Self::default();
        growth.grow(len);
        growth.end(whole);
        growth
    }

    pub(crate) fn len(&self) -> u64 {
        self.len.load(Ordering::Acquire)
    }

    pub(crate) fn ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    pub(crate) fn whole(&self) -> bool {
        self.whole.load(Ordering::Acquire)
    }

    pub(crate) fn grow(&self, bytes: u64) {
        let _guard = self.guard();
        self.len.fetch_add(bytes, Ordering::AcqRel);
        self.changed.notify_all();
    }

    pub(crate) fn end(&self, whole: bool) {
        let _guard = self.guard();
        self.whole.store(whole, Ordering::Release);
        self.ended.store(true, Ordering::Release);
        self.changed.notify_all();
    }

    /// Waits until there are more than `beyond` bytes or the end is reached, at most `patience`.
    /// Returns the length and whether it is final.
    pub(crate) fn wait(&self, beyond: u64, patience: Duration) -> (u64, bool) {
        let guard = self.guard();
        let still = |(): &mut ()| self.len() <= beyond && !self.ended();
        drop(
            self.changed
                .wait_timeout_while(guard, patience, still)
                .unwrap_or_else(PoisonError::into_inner),
        );
        // The end is read first: a length read after it is the final one.
        let ended = self.ended();
        (self.len(), ended)
    }

    fn guard(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
