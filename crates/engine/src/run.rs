//! The exchange itself: hops in turn, until a response that is no redirect and no challenge that
//! can be met, or an error.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use bytes::Bytes;
use hyper::body::Incoming;
use tokio_util::sync::CancellationToken;

use crate::authenticate::Authenticator;
use crate::authorization::Authorization;
use crate::connect::{Connection, Sender, limited, us};
use crate::cookies::SharedJar;
use crate::decode::SharedOutlet;
use crate::error::{Error, TimedPhase};
use crate::event::{Event, Events, Phase};
use crate::outcome::{Hop, Outcome, RejectedCookie, ResponseHead, State};
use crate::outgoing::Outgoing;
use crate::pool::{Key, Pool};
use crate::prepare;
use crate::receive;
use crate::redirect::{self, Step};
use crate::send;
use crate::sink::BodySink;
use crate::wire::Wire;

pub(crate) struct Run {
    pub(crate) pool: Arc<Pool>,
    pub(crate) outgoing: Outgoing,
    pub(crate) jar: Option<SharedJar>,
    pub(crate) authorization: Authorization,
    /// The connection that belongs to this exchange alone, between two of its requests.
    pub(crate) held: Option<(Key, Connection)>,
    /// What was asked already, to see circles.
    pub(crate) seen: HashSet<Bytes>,
    outlet: SharedOutlet,
    pub(crate) events: Events,
    start: Instant,
    pub(crate) hops: Vec<Hop>,
    hop_start: Instant,
    /// The tap of the connection in use.
    pub(crate) wire: Option<Wire>,
    /// Since when the final body is being received.
    download: Option<Instant>,
}

/// A response whose head is here and whose body is not.
pub(crate) struct Live {
    pub(crate) body: Incoming,
    pub(crate) connection: Connection,
    pub(crate) key: Key,
    /// Whether the connection is this exchange's own.
    pub(crate) own: bool,
    pub(crate) since: Instant,
}

/// Tells that it is over, even when the task is dropped with its runtime.
struct CloseEvents(Events);

impl Drop for CloseEvents {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Run {
    pub(crate) fn new(
        pool: Arc<Pool>,
        outgoing: Outgoing,
        jar: Option<SharedJar>,
        authenticator: Option<Box<dyn Authenticator>>,
        sink: Box<dyn BodySink>,
        events: Events,
        cancel: CancellationToken,
    ) -> Self {
        Self {
            pool,
            outlet: SharedOutlet::new(sink, outgoing.settings.max_body_bytes, cancel),
            outgoing,
            jar,
            authorization: Authorization::new(authenticator),
            held: None,
            seen: HashSet::new(),
            events,
            start: Instant::now(),
            hops: Vec::new(),
            hop_start: Instant::now(),
            wire: None,
            download: None,
        }
    }

    pub(crate) async fn finish(mut self, cancel: CancellationToken) {
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
        let notes = self.authorization.notes;
        let duration_us = us(self.start);
        let outcome = Outcome { state, hops: self.hops, error, notes, size, duration_us };
        self.events.push(Event::Finished(Arc::new(outcome)));
    }

    async fn drive(&mut self) -> Result<(), Error> {
        let mut step = prepare::first(&self.outgoing)?;
        self.outgoing.settings.pool_salt ^= prepare::identity(&self.outgoing.url);
        let mut challenge = None;
        let mut redirects = 0;
        loop {
            self.begin_hop(&step, challenge.take());
            let live = self.attempt(&step).await?;
            self.store_cookies(&step);
            let head = self.hops.last().and_then(|hop| hop.response.clone()).unwrap_or_default();
            if self.authorization.repeats(&step, &self.outgoing.settings, &head) {
                self.skip_body(live).await?;
                self.end_hop();
                challenge = Some(format!("{}, sent again with credentials", head.status));
                step.dropped.clear();
                continue;
            }
            if !self.outgoing.settings.follow_redirects || !redirect::is_redirect(&head) {
                return self.receive(live).await;
            }
            self.skip_body(live).await?;
            let next = self.redirected(&step, &head)?;
            redirects += 1;
            let limit = self.outgoing.settings.max_redirects;
            if redirects > limit {
                return Err(Error::TooManyRedirects { limit });
            }
            self.end_hop();
            if let Some(hop) = self.hops.last() {
                self.events.push(Event::Redirect(Arc::new(hop.clone())));
            }
            step = next;
        }
    }

    /// The step that a redirect leads to.
    fn redirected(&mut self, step: &Step, head: &ResponseHead) -> Result<Step, Error> {
        let carried = redirect::Carried {
            credentials: &self.outgoing.credentials,
            added: &self.authorization.added,
            certificate: self
                .hops
                .last()
                .and_then(|hop| hop.tls.as_ref())
                .and_then(|tls| tls.client_certificate.as_ref()),
        };
        let next = redirect::next(step, head, &carried, &self.outgoing.settings)?;
        let left = next.url.origin() != step.url.origin();
        self.authorization.next_step(left && !self.outgoing.settings.forward_authorization);
        if left {
            self.held = None;
        }
        Ok(next)
    }

    fn begin_hop(&mut self, step: &Step, challenge: Option<String>) {
        self.hop_start = Instant::now();
        let mut hop = Hop {
            url: step.url.to_string(),
            challenge,
            dropped: step.dropped.clone(),
            ..Hop::default()
        };
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
        let Live { body, connection, key, own, since } = live;
        let idle = self.outgoing.settings.timeouts.idle;
        let Some(hop) = self.hops.last_mut() else { return Ok(()) };
        let whole = receive::small(body, idle, hop).await?;
        hop.timings.download_us = Some(us(since));
        if whole && own {
            self.held = Some((key, connection));
        } else if whole {
            self.keep(key, connection);
        }
        Ok(())
    }

    async fn receive(&mut self, live: Live) -> Result<(), Error> {
        let Live { body, connection, key, own, since } = live;
        self.download = Some(since);
        self.events.push(Phase::Downloading.into());
        let settings = &self.outgoing.settings;
        let limits = (settings.timeouts.idle, settings.max_body_bytes);
        let Some(hop) = self.hops.last_mut() else { return Ok(()) };
        self.events.push(Event::Head(Arc::new(hop.clone())));
        receive::whole(body, &self.outlet, limits, &self.events, hop).await?;
        // To a connection of its own an identity was proven: nobody else may use it.
        if !own {
            self.keep(key, connection);
        }
        Ok(())
    }

    /// Keeps an HTTP/1 connection; an HTTP/2 one is kept since it was opened.
    fn keep(&self, key: Key, connection: Connection) {
        if matches!(connection.sender, Sender::Http1 { .. }) {
            self.pool.put(key, connection);
        }
    }
}
