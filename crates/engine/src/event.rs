//! What an exchange tells while it runs, and the channel it tells it through.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::Notify;

use crate::outcome::{Hop, Outcome};

/// What the exchange is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Looking up the host's addresses.
    Resolving,
    /// Opening the TCP connection, through the proxy if there is one.
    Connecting,
    /// Shaking hands over TLS.
    Tls,
    /// Sending the request.
    Sending,
    /// Waiting for the response's head.
    Waiting,
    /// Receiving the body.
    Downloading,
}

/// How much of the body has arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Growth {
    /// Bytes as the server sent them, transfer coding taken off.
    pub raw: u64,
    /// Bytes after the content coding was taken off.
    pub decoded: u64,
}

/// One thing that happened. Nothing is dropped, except that body growth not yet read is replaced by
/// newer growth.
#[derive(Clone, Debug)]
pub enum Event {
    /// The exchange moved on.
    Phase(Phase),
    /// A redirect was received and will be followed.
    Redirect(Arc<Hop>),
    /// The head of the final response is here.
    Head(Arc<Hop>),
    /// The body has grown.
    Growth(Growth),
    /// It is over. The last event.
    Finished(Arc<Outcome>),
}

#[derive(Default)]
struct Queue {
    events: VecDeque<Event>,
    growth: Option<Growth>,
    closed: bool,
}

/// Sender and receiver of events. Bounded by nature: an exchange has a limited number of phases and
/// hops, and growth has one slot.
#[derive(Clone, Default)]
pub(crate) struct Events {
    queue: Arc<Mutex<Queue>>,
    ready: Arc<Notify>,
}

impl Events {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn push(&self, event: Event) {
        let mut queue = self.lock();
        if let Some(growth) = queue.growth.take() {
            queue.events.push_back(Event::Growth(growth));
        }
        queue.events.push_back(event);
        drop(queue);
        self.ready.notify_one();
    }

    pub(crate) fn grow(&self, growth: Growth) {
        self.lock().growth = Some(growth);
        self.ready.notify_one();
    }

    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.ready.notify_one();
    }

    /// The next event; `None` after the last.
    pub(crate) async fn next(&self) -> Option<Event> {
        loop {
            {
                let mut queue = self.lock();
                if let Some(event) = queue.events.pop_front() {
                    return Some(event);
                }
                if let Some(growth) = queue.growth.take() {
                    return Some(Event::Growth(growth));
                }
                if queue.closed {
                    return None;
                }
            }
            self.ready.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn growth_is_coalesced_and_keeps_its_place() {
        let events = Events::default();
        events.push(Event::Phase(Phase::Downloading));
        for raw in 1..=1000 {
            events.grow(Growth { raw, decoded: raw });
        }
        events.push(Event::Phase(Phase::Waiting));
        events.close();
        assert!(matches!(events.next().await, Some(Event::Phase(Phase::Downloading))));
        assert!(matches!(events.next().await, Some(Event::Growth(Growth { raw: 1000, .. }))));
        assert!(matches!(events.next().await, Some(Event::Phase(Phase::Waiting))));
        assert!(events.next().await.is_none());
    }
}
