//! Whether an answer is as it should be, and what is taken from it.

use errand_runner::Finished;

use crate::session::{Session, lock};
use crate::use_cases::Order;
use crate::wire::{CaptureResult, CheckResult, Exchange};

/// Results of checks and captures, and the values captured.
#[derive(Default)]
pub struct Verdict {
    /// In order.
    pub checks: Vec<CheckResult>,
    /// In order.
    pub captures: Vec<CaptureResult>,
    /// Variables to set.
    pub values: Vec<(String, String)>,
}

/// Evaluates the request's checks and captures.
pub fn judge(_order: &Order, _finished: &Finished, _exchange: &Exchange) -> Verdict {
    Verdict::default()
}

impl Session {
    /// Sets what was captured, for the requests after this one.
    pub(crate) fn capture(&self, values: Vec<(String, String)>) {
        let Some(opened) = self.try_open() else { return };
        let mut runtime = lock(&opened.runtime);
        for (name, value) in values {
            runtime.insert(name, value.into());
        }
    }
}
