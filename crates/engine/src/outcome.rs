//! What is known when an exchange is over: every hop with what was sent, what came and how long it took.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use serde::Serialize;

use crate::cookies::CookieRejection;
use crate::error::Error;
use crate::event::Growth;
use crate::outgoing::Header;
use crate::tls::TlsInfo;

/// How an exchange ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The final response arrived whole.
    Complete,
    /// The final response's head and part of its body arrived; `error` says why not the rest.
    Truncated,
    /// The user cancelled. What had arrived is kept.
    Cancelled,
    /// No final response; `error` says why.
    Failed,
}

/// The end of an exchange.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub state: State,
    /// Each request that was begun, in order; the last one is the final.
    pub hops: Vec<Hop>,
    /// Why it is not complete.
    pub error: Option<Error>,
    /// What went wrong beside: challenges that were not met. For people, without secrets.
    pub notes: Vec<String>,
    /// Body sizes of the final response.
    pub size: Growth,
    /// From the start to the end, in microseconds.
    pub duration_us: u64,
}

impl Outcome {
    /// The last hop, if any request was begun.
    pub fn last(&self) -> Option<&Hop> {
        self.hops.last()
    }

    /// The final response's head, if one arrived.
    pub fn response(&self) -> Option<&ResponseHead> {
        self.last().and_then(|hop| hop.response.as_ref())
    }
}

/// One request and its response.
#[derive(Clone, Default)]
pub struct Hop {
    /// The absolute URL as it was sent, fragment included.
    pub url: String,
    /// The request as it was sent.
    pub request: SentRequest,
    /// The response's head; `None` when none arrived.
    pub response: Option<ResponseHead>,
    /// Interim responses (1xx), in order.
    pub interim: Vec<ResponseHead>,
    /// What arrived of a head that is not one (malformed or cut).
    pub unparsed: Bytes,
    /// The trailers (RFC 9110 §6.5).
    pub trailers: Vec<Header>,
    /// The first 64 KiB of a redirect's or a challenge's body, undecoded. The final body goes to the sink.
    pub body: Bytes,
    /// Size of this hop's body.
    pub size: Growth,
    /// The address that was connected to: the proxy's, if there is one.
    pub remote: Option<SocketAddr>,
    /// The proxy that was used, without its credentials.
    pub proxy: Option<String>,
    /// The protocol of the connection.
    pub protocol: Option<Protocol>,
    /// Whether the connection had been used before.
    pub reused: bool,
    /// Why the request was sent a second time on a new connection, if it was.
    pub retried: Option<String>,
    /// Why the request of the hop before was sent again here: `401, sent again with credentials`.
    pub challenge: Option<String>,
    /// Where the time went.
    pub timings: Timings,
    /// What the TLS handshake told.
    pub tls: Option<TlsInfo>,
    /// Names of the jar's cookies that were sent.
    pub cookies_sent: Vec<String>,
    /// Cookies that the response set.
    pub cookies_stored: Vec<String>,
    /// Cookies that the response tried to set.
    pub cookies_rejected: Vec<RejectedCookie>,
    /// What was left out because the redirect to here left the origin.
    pub dropped: Vec<Dropped>,
}

/// Values are left out: they may be secrets.
impl fmt::Debug for Hop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hop")
            .field("method", &self.request.method)
            .field("status", &self.response.as_ref().map(|head| head.status))
            .field("remote", &self.remote)
            .field("protocol", &self.protocol)
            .field("reused", &self.reused)
            .field("timings", &self.timings)
            .field("dropped", &self.dropped)
            .finish_non_exhaustive()
    }
}

/// A cookie that was not stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RejectedCookie {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: CookieRejection,
}

/// Something left out of a redirected request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// What kind of thing.
    pub kind: DroppedKind,
    /// Its name; empty for the body.
    pub name: String,
    /// Why, in plain words.
    pub reason: String,
}

/// What kind of thing was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DroppedKind {
    /// A header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
    /// The body and the headers that describe it.
    Body,
    /// A client certificate; its subject is the name.
    ClientCertificate,
}

/// A request as it was sent.
#[derive(Clone, Default)]
pub struct SentRequest {
    /// The method.
    pub method: String,
    /// The headers, order and case as on the wire. On HTTP/2 the pseudo-headers come first.
    pub headers: Vec<Header>,
    /// The head. On HTTP/1 the bytes that were written; on HTTP/2 written out by us in that form.
    pub raw_head: Bytes,
    /// Whether `raw_head` is written out by us rather than taken from the wire.
    pub reconstructed: bool,
    /// Bytes of body that were sent.
    pub body_bytes: u64,
}

/// Values are left out: they may be secrets.
impl fmt::Debug for SentRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentRequest")
            .field("method", &self.method)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// The head of a response.
#[derive(Clone, Default)]
pub struct ResponseHead {
    /// The status code, 100 to 999.
    pub status: u16,
    /// The reason phrase as it came (HTTP/1 only); may be empty.
    pub reason: String,
    /// The headers: order, duplicates and bytes as they came; case too, on HTTP/1.
    pub headers: Vec<Header>,
    /// The head. On HTTP/1 the bytes that arrived; on HTTP/2 written out by us in that form.
    pub raw: Bytes,
}

impl ResponseHead {
    /// The first header with this name, as text.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|header| header.is(name)).map(Header::value_text)
    }
}

/// Values are left out: they may be secrets.
impl fmt::Debug for ResponseHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseHead")
            .field("status", &self.status)
            .field("reason", &self.reason)
            .field("headers", &self.headers)
            .finish_non_exhaustive()
    }
}

/// The protocol of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Protocol {
    /// HTTP/1.1
    #[serde(rename = "HTTP/1.1")]
    Http1,
    /// HTTP/2
    #[serde(rename = "HTTP/2")]
    Http2,
}

/// Where the time of one hop went, in microseconds. A phase that did not happen (a reused
/// connection has no lookup) is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timings {
    /// When the hop began, from the exchange's start.
    pub start_us: u64,
    /// The name lookup.
    pub lookup_us: Option<u64>,
    /// The TCP connection, proxy included.
    pub connect_us: Option<u64>,
    /// The TLS handshake.
    pub tls_us: Option<u64>,
    /// Sending the request.
    pub send_us: Option<u64>,
    /// From the last byte sent to the first received.
    pub wait_us: Option<u64>,
    /// From the first byte to the last.
    pub download_us: Option<u64>,
    /// From the hop's begin to its end.
    pub total_us: u64,
}
