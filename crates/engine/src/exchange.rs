//! The exchange: hops in turn, until a response that is no redirect, or an error.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use hyper::body::Incoming;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::connect::{self, Connection, Sender, limited, us};
use crate::cookies::SharedJar;
use crate::decode::SharedOutlet;
use crate::error::{Error, TimedPhase};
use crate::event::{Event, Events, Phase};
use crate::outcome::{Hop, Outcome, RejectedCookie, State};
use crate::outgoing::Outgoing;
use crate::pool::{Key, Pool};
use crate::prepare;
use crate::receive;
use crate::redirect::{self, Step};
use crate::send::{self, Failure};
use crate::sink::BodySink;
use crate::wire::Wire;

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
    sink: Box<dyn BodySink>,
) -> Exchange {
    let events = Events::default();
    let cancel = CancellationToken::new();
    let run = Run {
        pool,
        outlet: SharedOutlet::new(sink, outgoing.settings.max_body_bytes, cancel.clone()),
        outgoing,
        jar,
        events: events.clone(),
        start: Instant::now(),
        hops: Vec::new(),
        hop_start: Instant::now(),
        wire: None,
        download: None,
    };
    let exchange = Exchange {
        events,
        cancel: cancel.clone(),
        _guard: cancel.clone().drop_guard(),
        outcome: None,
    };
    tokio::spawn(run.finish(cancel));
    exchange
}

struct Run {
    pool: Arc<Pool>,
    outgoing: Outgoing,
    jar: Option<SharedJar>,
    outlet: SharedOutlet,
    events: Events,
    start: Instant,
    hops: Vec<Hop>,
    hop_start: Instant,
    /// The tap of the connection in use.
    wire: Option<Wire>,
    /// Since when the final body is being received.
    download: Option<Instant>,
}

/// A response whose head is here and whose body is not.
struct Live {
    body: Incoming,
    connection: Connection,
    key: Key,
    since: Instant,
}

/// Tells that it is over, even when the task is dropped with its runtime.
struct CloseEvents(Events);

impl Drop for CloseEvents {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Run {
    async fn finish(mut self, cancel: CancellationToken) {
        let _close = CloseEvents(self.events.clone());
        let limit = self.outgoing.settings.timeouts.total;
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => Err(Error::Cancelled),
            result = limited(TimedPhase::Total, limit, self.drive()) => result,
        };
        self.end_hop();
        self.keep_unfinished_head();
        let error = result.err();
        let state = match &error {
            None => State::Complete,
            Some(Error::Cancelled) => State::Cancelled,
            Some(_) if self.download.is_some() => State::Truncated,
            Some(_) => State::Failed,
        };
        let size = self.hops.last().map(|hop| hop.size).unwrap_or_default();
        let outcome = Outcome { state, hops: self.hops, error, size, duration_us: us(self.start) };
        self.events.push(Event::Finished(Arc::new(outcome)));
    }

    async fn drive(&mut self) -> Result<(), Error> {
        let mut step = prepare::first(&self.outgoing)?;
        self.outgoing.settings.pool_salt ^= prepare::identity(&self.outgoing.url);
        let mut seen = HashSet::new();
        let mut redirects = 0;
        loop {
            self.begin_hop(&step);
            let live = self.attempt(&step, &mut seen).await?;
            self.store_cookies(&step);
            let hop = self.hops.last_mut();
            let head = hop.as_ref().and_then(|hop| hop.response.clone()).unwrap_or_default();
            if !self.outgoing.settings.follow_redirects || !redirect::is_redirect(&head) {
                return self.receive(live).await;
            }
            self.skip_body(live).await?;
            let settings = &self.outgoing.settings;
            let next = redirect::next(&step, &head, &self.outgoing.credentials, settings)?;
            redirects += 1;
            if redirects > settings.max_redirects {
                return Err(Error::TooManyRedirects { limit: settings.max_redirects });
            }
            self.end_hop();
            if let Some(hop) = self.hops.last() {
                self.events.push(Event::Redirect(Arc::new(hop.clone())));
            }
            step = next;
        }
    }

    fn begin_hop(&mut self, step: &Step) {
        self.hop_start = Instant::now();
        let mut hop =
            Hop { url: step.url.to_string(), dropped: step.dropped.clone(), ..Hop::default() };
        hop.request.method.clone_from(&step.method);
        hop.timings.start_us = us(self.start);
        self.hops.push(hop);
    }

    fn end_hop(&mut self) {
        let download = self.download;
        let total = us(self.hop_start);
        if let Some(hop) = self.hops.last_mut() {
            hop.timings.total_us = total;
            if let Some(since) = download {
                hop.timings.download_us = Some(us(since));
            }
        }
    }

    /// When the exchange was ended from outside, a part of the head may be in the tap.
    fn keep_unfinished_head(&mut self) {
        let (Some(wire), Some(hop)) = (self.wire.take(), self.hops.last_mut()) else { return };
        if hop.response.is_none() && hop.unparsed.is_empty() {
            send::read_wire(&wire, hop);
        }
    }

    /// Sends the step; a second time where the first certainly or harmlessly went nowhere.
    async fn attempt(&mut self, step: &Step, seen: &mut HashSet<Bytes>) -> Result<Live, Error> {
        let settings = self.outgoing.settings.clone();
        let route = connect::route(&step.url, &settings)?;
        let key = Key::new(&step.url, &route, &settings);
        let mut again = false;
        loop {
            let plan =
                prepare::plan(step, self.jar.as_ref(), &self.outgoing.credentials, &route).await?;
            let Some(hop) = self.hops.last_mut() else { return Err(Error::Cancelled) };
            hop.proxy = route.name();
            hop.cookies_sent.clone_from(&plan.cookies);
            hop.dropped = [step.dropped.clone(), plan.dropped.clone()].concat();
            let pooled = if again { None } else { self.pool.take(&key).await };
            let mut connection = match pooled {
                Some(connection) => connection,
                None => connect::open(&step.url, &route, &settings, &self.events, hop).await?,
            };
            connection.describe(hop);
            self.wire = connection.wire();
            let (sent, request) = match connection.sender {
                Sender::Http1 { .. } => prepare::http1(step, plan, &route)?,
                Sender::Http2(_) => prepare::http2(step, plan)?,
            };
            hop.request = sent;
            let line = [step.url.scheme().as_bytes(), b" ", &hop.request.raw_head].concat();
            if !seen.insert(line.into()) && !again {
                return Err(Error::RedirectLoop {
                    host: step.url.host_str().unwrap_or_default().into(),
                });
            }
            // An HTTP/2 connection is for others too while this request runs.
            if let Some(shared) = connection.share().filter(|_| !connection.used) {
                self.pool.put(key.clone(), shared);
            }
            match send::send(&mut connection, request, &settings, &self.events, hop).await {
                Ok((body, since)) => return Ok(Live { body, connection, key, since }),
                Err(failure) if !again && may_repeat(&failure, step, connection.used) => {
                    again = true;
                    hop.retried =
                        Some(format!("{} Sent again on a new connection.", failure.error));
                }
                Err(failure) => return Err(failure.error),
            }
        }
    }

    fn store_cookies(&mut self, step: &Step) {
        let (Some(jar), Some(hop)) = (&self.jar, self.hops.last_mut()) else { return };
        let Some(head) = &hop.response else { return };
        let mut jar = jar.lock().unwrap_or_else(PoisonError::into_inner);
        for header in head.headers.iter().filter(|header| header.is("Set-Cookie")) {
            match jar.store(&step.url, &header.value_text()) {
                Ok(name) => hop.cookies_stored.push(name),
                Err((name, reason)) => hop.cookies_rejected.push(RejectedCookie { name, reason }),
            }
        }
    }

    async fn skip_body(&mut self, live: Live) -> Result<(), Error> {
        let Live { body, connection, key, since } = live;
        let idle = self.outgoing.settings.timeouts.idle;
        let Some(hop) = self.hops.last_mut() else { return Ok(()) };
        let whole = receive::small(body, idle, hop).await?;
        hop.timings.download_us = Some(us(since));
        if whole {
            self.keep(key, connection);
        }
        Ok(())
    }

    async fn receive(&mut self, live: Live) -> Result<(), Error> {
        let Live { body, connection, key, since } = live;
        self.download = Some(since);
        self.events.push(Phase::Downloading.into());
        let settings = &self.outgoing.settings;
        let limits = (settings.timeouts.idle, settings.max_body_bytes);
        let Some(hop) = self.hops.last_mut() else { return Ok(()) };
        self.events.push(Event::Head(Arc::new(hop.clone())));
        receive::whole(body, &self.outlet, limits, &self.events, hop).await?;
        self.keep(key, connection);
        Ok(())
    }

    /// Keeps an HTTP/1 connection; an HTTP/2 one is kept since it was opened.
    fn keep(&self, key: Key, connection: Connection) {
        if matches!(connection.sender, Sender::Http1 { .. }) {
            self.pool.put(key, connection);
        }
    }
}

/// Whether sending again can do no harm (RFC 9110 §9.2.2): the server did not act on it, or acting
/// twice is as acting once and an old connection had simply been closed.
fn may_repeat(failure: &Failure, step: &Step, used: bool) -> bool {
    let idempotent =
        matches!(step.method.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE");
    failure.unprocessed || (failure.silent && used && idempotent)
}
