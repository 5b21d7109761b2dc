//! One step on a connection: sent once, and a second time where the first went nowhere.

use bytes::Bytes;

use crate::connect::{self, Connection, Route, Sender};
use crate::error::Error;
use crate::head;
use crate::pool::Key;
use crate::prepare::{self, Plan};
use crate::redirect::Step;
use crate::run::{Live, Run};
use crate::send::{self, Failure};
use crate::settings::Settings;

impl Run {
    /// Sends the step; a second time where the first certainly or harmlessly went nowhere.
    pub(crate) async fn attempt(&mut self, step: &Step) -> Result<Live, Error> {
        let settings = self.authorization.settings(step, &self.outgoing.settings);
        let own = self.authorization.owns_connection(step, &settings);
        let route = connect::route(&step.url, &settings)?;
        let key = Key::new(&step.url, &route, &settings);
        let mut again = false;
        loop {
            let held = if own { self.held_connection(&key).await } else { None };
            let plan = self.plan(step, &route, &settings, again).await?;
            let mut connection = match held {
                Some(connection) => connection,
                None => self.connection(step, &route, &key, &settings, own || again).await?,
            };
            let Some(hop) = self.hops.last_mut() else { return Err(Error::Cancelled) };
            connection.describe(hop);
            self.wire = connection.wire();
            let (sent, request) = match connection.sender {
                Sender::Http1 { .. } => prepare::http1(step, plan, &route)?,
                Sender::Http2(_) => prepare::http2(step, plan)?,
            };
            hop.request = sent;
            // An HTTP/2 connection is for others too while this request runs.
            if let Some(shared) = connection.share().filter(|_| !connection.used) {
                self.pool.put(key.clone(), shared);
            }
            match send::send(&mut connection, request, &settings, &self.events, hop).await {
                Ok((body, since)) => return Ok(Live { body, connection, key, own, since }),
                Err(failure) if !again && may_repeat(&failure, step, connection.used) => {
                    again = true;
                    hop.retried =
                        Some(format!("{} Sent again on a new connection.", failure.error));
                }
                Err(failure) => return Err(failure.error),
            }
        }
    }

    /// What is to be sent, credentials included, as far as it does not depend on the connection.
    async fn plan(
        &mut self,
        step: &Step,
        route: &Route,
        settings: &Settings,
        again: bool,
    ) -> Result<Plan, Error> {
        let credentials = &self.outgoing.credentials;
        let mut plan = prepare::plan(step, self.jar.as_ref(), credentials, settings, route).await?;
        let Some(hop) = self.hops.last_mut() else { return Err(Error::Cancelled) };
        // Before the credentials: a signature is never the same twice.
        if !again && hop.challenge.is_none() && !self.seen.insert(fingerprint(step, &plan)) {
            return Err(Error::RedirectLoop {
                host: step.url.host_str().unwrap_or_default().into(),
            });
        }
        hop.proxy = route.name();
        hop.cookies_sent.clone_from(&plan.cookies);
        hop.dropped = [step.dropped.clone(), plan.dropped.clone()].concat();
        self.authorization.authorize(step, settings, &mut plan).await?;
        let Some(hop) = self.hops.last_mut() else { return Err(Error::Cancelled) };
        hop.url = plan.url.to_string();
        Ok(plan)
    }

    /// The connection that this exchange has for itself, while it is open.
    async fn held_connection(&mut self, key: &Key) -> Option<Connection> {
        if let Some((held, mut connection)) = self.held.take()
            && held == *key
            && connection.is_ready().await
        {
            connection.used = true;
            return Some(connection);
        }
        self.authorization.connection_opens();
        None
    }

    /// A connection from the pool, or a new one.
    async fn connection(
        &mut self,
        step: &Step,
        route: &Route,
        key: &Key,
        settings: &Settings,
        fresh: bool,
    ) -> Result<Connection, Error> {
        let pooled = if fresh { None } else { self.pool.take(key).await };
        if let Some(connection) = pooled {
            return Ok(connection);
        }
        let Some(hop) = self.hops.last_mut() else { return Err(Error::Cancelled) };
        connect::open(&step.url, route, settings, &self.events, hop).await
    }
}

/// What makes two requests the same, to see circles.
fn fingerprint(step: &Step, plan: &Plan) -> Bytes {
    let mut url = step.url.clone();
    url.set_fragment(None);
    head::write_request(&step.method, url.as_str(), &plan.headers)
}

/// Whether sending again can do no harm (RFC 9110 §9.2.2): the server did not act on it, or acting
/// twice is as acting once and an old connection had simply been closed.
fn may_repeat(failure: &Failure, step: &Step, used: bool) -> bool {
    let idempotent =
        matches!(step.method.as_str(), "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE");
    failure.unprocessed || (failure.silent && used && idempotent)
}
