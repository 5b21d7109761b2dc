//! Connections kept open for the next request.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use url::Url;

use crate::connect::{Connection, Driver, Facts, Route, Sender, Stop};
use crate::outcome::Protocol;
use crate::settings::{HttpVersion, Settings};

/// How long an unused connection is kept.
const KEEP: Duration = Duration::from_secs(90);
/// How many unused connections are kept for one key.
const MAX_IDLE: usize = 256;

/// What two requests must have in common to share a connection: the origin, the way to it, how the
/// server was judged, and whose credentials travel.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    scheme: String,
    host: String,
    port: u16,
    proxy: Option<Stop>,
    forward: bool,
    version: HttpVersion,
    lenient: bool,
    authorities: Vec<PathBuf>,
    head_limit: usize,
    salt: u64,
    /// The fingerprint of the client certificate that is ready to be shown.
    identity: Option<String>,
}

impl Key {
    pub(crate) fn new(url: &Url, route: &Route, settings: &Settings) -> Self {
        let host = url.host_str().unwrap_or_default();
        Self {
            scheme: url.scheme().into(),
            host: host.into(),
            port: url.port_or_known_default().unwrap_or_default(),
            proxy: route.key(),
            forward: route.forward().is_some(),
            version: settings.version,
            lenient: crate::tls::lenient(settings, host),
            authorities: settings.extra_ca_files.clone(),
            head_limit: settings.max_header_bytes,
            salt: settings.pool_salt,
            identity: settings.identity_for(url).map(|it| it.fingerprint().to_owned()),
        }
    }
}

struct Idle {
    connection: Connection,
    since: Instant,
}

/// The open connections. HTTP/1 ones are lent to one request at a time, HTTP/2 ones shared.
#[derive(Default)]
pub(crate) struct Pool(Mutex<HashMap<Key, Vec<Idle>>>);

impl Pool {
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Vec<Idle>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection that was open a moment ago.
    pub(crate) async fn take(&self, key: &Key) -> Option<Connection> {
        loop {
            let mut connection = self.candidate(key)?;
            if connection.is_ready().await {
                return Some(connection);
            }
        }
    }

    fn candidate(&self, key: &Key) -> Option<Connection> {
        let mut all = self.lock();
        let idle = all.get_mut(key)?;
        idle.retain(|idle| idle.since.elapsed() < KEEP && !idle.connection.is_closed());
        let last = idle.last_mut()?;
        if let Some(shared) = last.connection.share() {
            last.since = Instant::now();
            return Some(shared);
        }
        idle.pop().map(|idle| idle.connection)
    }

    /// Keeps a connection for the next request.
    pub(crate) fn put(&self, key: Key, mut connection: Connection) {
        connection.used = true;
        if connection.is_closed() {
            return;
        }
        let mut all = self.lock();
        all.retain(|_, idle| {
            idle.retain(|idle| idle.since.elapsed() < KEEP && !idle.connection.is_closed());
            !idle.is_empty()
        });
        let idle = all.entry(key).or_default();
        let shared = connection.facts.protocol == Protocol::Http2;
        if idle.len() < MAX_IDLE && (!shared || idle.is_empty()) {
            idle.push(Idle { connection, since: Instant::now() });
        }
    }
}

impl Connection {
    /// Whether it takes another request. Answers at once, unless the last exchange left it in a bad
    /// state.
    pub(crate) async fn is_ready(&mut self) -> bool {
        let ready = async {
            match &mut self.sender {
                Sender::Http1 { sender, .. } => sender.ready().await.is_ok(),
                Sender::Http2(sender) => sender.ready().await.is_ok(),
            }
        };
        tokio::time::timeout(Duration::from_millis(20), ready).await == Ok(true)
    }

    fn is_closed(&self) -> bool {
        match &self.sender {
            Sender::Http1 { sender, .. } => sender.is_closed(),
            Sender::Http2(sender) => sender.is_closed(),
        }
    }

    /// Another handle on the same connection, where that is possible.
    pub(crate) fn share(&self) -> Option<Connection> {
        let Sender::Http2(sender) = &self.sender else { return None };
        let facts: Facts = self.facts.clone();
        let driver: std::sync::Arc<Driver> = self.driver.clone();
        let alert = self.alert.clone();
        Some(Connection { sender: Sender::Http2(sender.clone()), facts, used: true, driver, alert })
    }
}
