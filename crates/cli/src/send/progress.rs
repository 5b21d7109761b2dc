//! How far a long answer is, on a terminal.

use std::io::IsTerminal as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use errand_app::EventSink;

use crate::output::message;
use crate::time::bytes;

/// An answer that is here before this needs no progress.
const SOON: Duration = Duration::from_millis(500);
const BETWEEN: Duration = Duration::from_millis(100);

/// The line that tells it, or nothing where nobody looks.
#[derive(Clone)]
pub struct Progress(Option<Arc<Mutex<Line>>>);

struct Line {
    next: Instant,
    written: bool,
}

impl Progress {
    /// Begins, on a terminal.
    pub fn start() -> Self {
        let line = || Arc::new(Mutex::new(Line { next: Instant::now() + SOON, written: false }));
        Self(std::io::stderr().is_terminal().then(line))
    }

    /// Where the exchange's events go.
    pub fn events(&self) -> EventSink {
        let Some(line) = self.0.clone() else { return EventSink::none() };
        EventSink::new(move |event| {
            let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            if let Some(received) = event["received"].as_u64()
                && now >= line.next
            {
                line.next = now + BETWEEN;
                line.written = true;
                message::say(&format!("\r\u{1b}[K{} received", bytes(received)));
            }
        })
    }

    /// Takes the line away.
    pub fn end(&self) {
        if let Some(line) = &self.0
            && std::mem::take(&mut line.lock().unwrap_or_else(PoisonError::into_inner).written)
        {
            message::say("\r\u{1b}[K");
        }
    }
}
