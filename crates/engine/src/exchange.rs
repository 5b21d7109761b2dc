//! A running exchange, as its caller sees it.

use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};

use crate::authenticate::Authenticator;
use crate::cookies::SharedJar;
use crate::error::Error;
use crate::event::{Event, Events};
use crate::outcome::{Outcome, State};
use crate::outgoing::Outgoing;
use crate::pool::Pool;
use crate::run::Run;
use crate::sink::BodySink;

/// A running exchange. Dropping it cancels it.
pub struct Exchange {
    events: Events,
    cancel: CancellationToken,
    _guard: DropGuard,
    outcome: Option<Arc<Outcome>>,
}

impl Exchange {
    /// The next event; `None` after [`Event::Finished`].
    pub async fn next(&mut self) -> Option<Event> {
        let event = self.events.next().await;
        if let Some(Event::Finished(outcome)) = &event {
            self.outcome = Some(outcome.clone());
        }
        event
    }

    /// Ends the exchange, in whatever phase it is. What arrived is kept.
    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    /// Something to cancel with from elsewhere.
    pub fn canceller(&self) -> CancellationToken {
        self.cancel.clone()
    }

    /// Waits for the end, passing over the events.
    pub async fn outcome(mut self) -> Arc<Outcome> {
        while self.next().await.is_some() {}
        // The task that would have told the outcome died with its runtime.
        self.outcome.unwrap_or_else(|| {
            Arc::new(Outcome {
                state: State::Failed,
                hops: Vec::new(),
                error: Some(Error::Cancelled),
                notes: Vec::new(),
                size: crate::event::Growth::default(),
                duration_us: 0,
            })
        })
    }
}

impl std::fmt::Debug for Exchange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").finish_non_exhaustive()
    }
}

/// Starts an exchange on the current tokio runtime.
pub(crate) fn start(
    pool: Arc<Pool>,
    outgoing: Outgoing,
    jar: Option<SharedJar>,
    authenticator: Option<Box<dyn Authenticator>>,
    sink: Box<dyn BodySink>,
) -> Exchange {
    let events = Events::default();
    let cancel = CancellationToken::new();
    let run = Run::new(pool, outgoing, jar, authenticator, sink, events.clone(), cancel.clone());
    let exchange = Exchange {
        events,
        cancel: cancel.clone(),
        _guard: cancel.clone().drop_guard(),
        outcome: None,
    };
    tokio::spawn(run.finish(cancel));
    exchange
}
