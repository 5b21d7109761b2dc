//! A prepared request on its way.

use std::sync::Arc;

use errand_body::{Body, Store};
use errand_engine::{BodySink as _, Engine, Event, Exchange, Outcome, SharedJar, State};

use crate::Error;
use crate::prepare::Prepared;
use crate::sink::SpoolSink;

/// A request on its way. Dropping it cancels it.
pub struct Running {
    exchange: Exchange,
    sink: SpoolSink,
}

/// What a request came to. Cancelled, truncated and failed are states of the outcome.
pub struct Finished {
    /// What was on the wire.
    pub outcome: Arc<Outcome>,
    /// The final body, as far as it came; when what came is no response, its bytes; none when nothing came.
    pub body: Option<Body>,
}

/// Sends a prepared request; its body goes into the spool. Must be called within a tokio runtime.
pub fn start(
    engine: &Engine,
    prepared: &Prepared,
    jar: Option<SharedJar>,
    store: &Store,
) -> Result<Running, Error> {
    let masks = (!prepared.keep_echoed).then(|| prepared.masks.clone());
    let jar = jar.filter(|_| prepared.use_cookies);
    let sink = SpoolSink::new(store.create()?, masks, jar.clone());
    let authenticator = prepared.take_authenticator();
    let exchange =
        engine.send(prepared.outgoing.clone(), jar, authenticator, Box::new(sink.clone()));
    Ok(Running { exchange, sink })
}

impl Running {
    /// The next event; `None` once it is over.
    pub async fn next(&mut self) -> Option<Event> {
        self.exchange.next().await
    }

    /// Ends it, in whatever phase it is. What arrived is kept.
    pub fn cancel(&self) {
        self.exchange.cancel();
    }

    /// Waits for the end.
    pub async fn finish(mut self) -> Result<Finished, Error> {
        let mut outcome = self.exchange.outcome().await;
        if outcome.response().is_none() {
            let came = outcome.last().map(|hop| hop.unparsed.clone()).unwrap_or_default();
            if came.is_empty() {
                self.sink.discard()?;
                return Ok(Finished { outcome, body: None });
            }
            // What is no response is all there is to look at. Where there is no room for it, the
            // outcome's own error is the one that counts.
            let _ = self.sink.raw(&came);
        }
        let complete = outcome.state == State::Complete;
        let (body, failed) = self.sink.end(complete);
        if let Some(error) = failed.filter(|_| complete) {
            // All of it came; a disk that is full at the very end costs the end, not the answer.
            let cut = Arc::make_mut(&mut outcome);
            cut.state = State::Truncated;
            cut.error = Some(errand_engine::Error::Sink { reason: error.to_string() });
        }
        Ok(Finished { outcome, body })
    }
}
