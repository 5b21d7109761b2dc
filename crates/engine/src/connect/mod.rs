//! From a URL to a connection that speaks HTTP.

mod dial;
mod proxy;

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::AbortHandle;
use url::Url;

pub(crate) use proxy::{Route, Stop, basic, route};

use crate::error::{Error, TimedPhase};
use crate::event::{Events, Phase};
use crate::head::MAX_HEADERS;
use crate::outcome::{Hop, Protocol, Timings};
use crate::request_body::RequestBody;
use crate::settings::{HttpVersion, Settings};
use crate::tls::{self, Ended, Offer, TlsInfo};
use crate::wire::{Tapped, Wire};

/// A byte stream: TCP, or TLS over it.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// How requests get into a connection.
pub(crate) enum Sender {
    Http1 { sender: http1::SendRequest<RequestBody>, wire: Wire },
    Http2(http2::SendRequest<RequestBody>),
}

/// Ends the connection's task when the last request that uses it is gone.
pub(crate) struct Driver(AbortHandle);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What stays the same for the life of a connection.
#[derive(Clone)]
pub(crate) struct Facts {
    pub(crate) remote: SocketAddr,
    pub(crate) protocol: Protocol,
    pub(crate) tls: Option<TlsInfo>,
}

/// An open connection.
pub(crate) struct Connection {
    pub(crate) sender: Sender,
    pub(crate) facts: Facts,
    /// Whether a request has been sent over it before.
    pub(crate) used: bool,
    pub(crate) driver: std::sync::Arc<Driver>,
    /// How it ended, if TLS says so.
    pub(crate) alert: Ended,
}

/// Runs one phase within its limit.
pub(crate) async fn limited<T>(
    phase: TimedPhase,
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work)
            .await
            .unwrap_or(Err(Error::Timeout { phase, limit_ms: limit.as_millis() })),
    }
}

/// Microseconds since `start`.
pub(crate) fn us(start: Instant) -> u64 {
    duration_us(start.elapsed())
}

pub(crate) fn duration_us(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Opens a connection for `url` by `route`. What happens on the way is written into `hop`.
pub(crate) async fn open(
    url: &Url,
    route: &Route,
    settings: &Settings,
    events: &Events,
    hop: &mut Hop,
) -> Result<Connection, Error> {
    let (host, port) = dial::host_and_port(url)?;
    let mut stream = reach(&host, port, route, settings, events, hop).await?;
    let ended = Ended::default();
    let secure = url.scheme() == "https";
    if secure {
        events.push(Phase::Tls.into());
        let start = Instant::now();
        let identity = settings.identity_for(url);
        let offer = Offer { alpn: tls::alpn(settings.version), identity, ended: ended.clone() };
        let shake = tls::handshake(stream, &host, settings, offer, &mut hop.tls);
        let result = limited(TimedPhase::Tls, settings.timeouts.tls, shake).await;
        hop.timings.tls_us = Some(us(start));
        stream = result?;
    }
    let protocol =
        protocol(settings.version, hop.tls.as_ref().and_then(|tls| tls.alpn.as_deref()), secure);
    let protocol = protocol.ok_or_else(|| Error::NoHttp2 { host: host.clone() })?;
    hop.protocol = Some(protocol);
    let Some(remote) = hop.remote else {
        return Err(Error::Io { address: host, reason: "the connection has no address".into() });
    };
    let facts = Facts { remote, protocol, tls: hop.tls.clone() };
    speak(stream, facts, ended, settings)
        .await
        .map_err(|error| Error::Io { address: host, reason: error.to_string() })
}

fn protocol(version: HttpVersion, alpn: Option<&str>, secure: bool) -> Option<Protocol> {
    match (version, alpn) {
        (_, Some("h2")) => Some(Protocol::Http2),
        (HttpVersion::Http2, _) if !secure => Some(Protocol::Http2),
        (HttpVersion::Http2, _) => None,
        _ => Some(Protocol::Http1),
    }
}

/// Gets bytes through to the host, by way of the proxy if there is one.
async fn reach(
    host: &str,
    port: u16,
    route: &Route,
    settings: &Settings,
    events: &Events,
    hop: &mut Hop,
) -> Result<Box<dyn Stream>, Error> {
    let limits = &settings.timeouts;
    let (near_host, near_port) = route.first_stop(host, port);
    events.push(Phase::Resolving.into());
    let start = Instant::now();
    let found =
        limited(TimedPhase::Lookup, limits.lookup, dial::lookup(near_host, near_port)).await;
    hop.timings.lookup_us = Some(us(start));
    let addresses = found.map_err(|error| route.blame(error))?;
    events.push(Phase::Connecting.into());
    let start = Instant::now();
    let result = limited(TimedPhase::Connect, limits.connect, async {
        let (socket, remote) = dial::connect(&addresses, near_host, near_port)
            .await
            .map_err(|error| route.blame(error))?;
        hop.remote = Some(remote);
        route.pass(Box::new(socket), host, port, settings).await
    })
    .await;
    hop.timings.connect_us = Some(us(start));
    result
}

async fn speak(
    stream: Box<dyn Stream>,
    facts: Facts,
    ended: Ended,
    settings: &Settings,
) -> hyper::Result<Connection> {
    let (sender, task) = match facts.protocol {
        Protocol::Http1 => {
            let wire = Wire::default();
            let io = TokioIo::new(Tapped::new(stream, wire.clone()));
            let (sender, connection) = http1::Builder::new()
                .writev(false)
                .max_headers(MAX_HEADERS)
                .max_header_size(settings.max_header_bytes)
                .max_buf_size(settings.max_header_bytes.max(8192))
                .handshake(io)
                .await?;
            let task = tokio::spawn(async move { drop(connection.await) });
            (Sender::Http1 { sender, wire }, task)
        }
        Protocol::Http2 => {
            let (sender, connection) = http2::Builder::new(TokioExecutor::new())
                .timer(TokioTimer::new())
                .initial_stream_window_size(1 << 20)
                .initial_connection_window_size(4 << 20)
                // h2 says no more than "protocol error" at its limit; ours, below it, is named.
                .max_header_list_size(
                    u32::try_from(settings.max_header_bytes.saturating_mul(4)).unwrap_or(u32::MAX),
                )
                .handshake(TokioIo::new(stream))
                .await?;
            let task = tokio::spawn(async move { drop(connection.await) });
            (Sender::Http2(sender), task)
        }
    };
    Ok(Connection {
        sender,
        facts,
        used: false,
        driver: std::sync::Arc::new(Driver(task.abort_handle())),
        alert: ended,
    })
}

impl From<Phase> for crate::event::Event {
    fn from(phase: Phase) -> Self {
        Self::Phase(phase)
    }
}

impl Connection {
    /// The tap, where there is one.
    pub(crate) fn wire(&self) -> Option<Wire> {
        match &self.sender {
            Sender::Http1 { wire, .. } => Some(wire.clone()),
            Sender::Http2(_) => None,
        }
    }

    /// Writes what is known of the connection into `hop`.
    pub(crate) fn describe(&self, hop: &mut Hop) {
        hop.remote = Some(self.facts.remote);
        hop.protocol = Some(self.facts.protocol);
        hop.tls.clone_from(&self.facts.tls);
        hop.reused = self.used;
        if self.used {
            hop.timings = Timings { start_us: hop.timings.start_us, ..Timings::default() };
        }
    }
}
