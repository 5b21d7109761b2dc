use errand_model::{Check, Request};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Sends a request. Streams [`ExchangeEvent`]s; the result is the finished exchange.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Send {
    /// Chosen by the caller, unique among running ones; names the exchange for `cancel`.
    pub exchange: String,
    /// Where the request is saved, for inheritance and relative files; none for one never saved.
    pub path: Option<String>,
    /// The request as shown, saved or not.
    pub request: Request,
    /// Let a 307/308 take the body to another origin this once.
    #[serde(default)]
    pub allow_cross_origin_body: bool,
}

/// Cancels a running exchange.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cancel {
    /// As in [`Send`].
    pub exchange: String,
}

/// What happens while a request is on its way.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ExchangeEvent {
    /// A phase began.
    Phase {
        /// Which.
        phase: Phase,
        /// The host it is about.
        host: String,
    },
    /// A redirect was followed.
    Redirect {
        /// Its status.
        status: u16,
        /// Where to.
        location: String,
    },
    /// Status line and headers are here.
    Head {
        /// Status code.
        status: u16,
        /// Reason phrase; empty over HTTP/2.
        reason: String,
    },
    /// The body grew.
    #[serde(rename_all = "camelCase")]
    Growth {
        /// Bytes on the wire so far.
        #[ts(type = "number")]
        received: u64,
        /// Announced length, when there is one.
        #[ts(type = "number | null")]
        expected: Option<u64>,
    },
    /// The playground was started for this request.
    Playground {
        /// Its URL.
        url: String,
    },
}

/// Phases of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Variables, files, secrets.
    Preparing,
    /// Name lookup.
    Resolving,
    /// TCP, and the proxy.
    Connecting,
    /// TLS handshake.
    Securing,
    /// Writing the request.
    Sending,
    /// Until the first byte of the answer.
    Waiting,
    /// Reading the body.
    Downloading,
}

/// A finished exchange: what was sent and what came back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exchange {
    /// Entry in history; none when it was not kept.
    pub history_id: Option<String>,
    /// How it ended.
    pub state: ExchangeState,
    /// RFC 3339 time it began.
    pub started_at: String,
    /// Environment it was sent in.
    pub environment: Option<String>,
    /// Method and final URL with secrets masked.
    pub method: String,
    /// URL of the first hop with secrets masked.
    pub url: String,
    /// Status of the last hop.
    pub status: Option<u16>,
    /// Reason phrase of the last hop.
    pub reason: String,
    /// `HTTP/1.1`, `HTTP/2`
    pub http_version: String,
    /// Whole time in microseconds.
    #[ts(type = "number")]
    pub duration_us: u64,
    /// Every request and response, in order.
    pub hops: Vec<Hop>,
    /// What went wrong, if something did; there may still be a response.
    pub error: Option<super::WireError>,
    /// The body of the last hop.
    pub body: Option<super::BodyInfo>,
    /// Results of the checks.
    pub checks: Vec<CheckResult>,
    /// What the captures did.
    pub captures: Vec<CaptureResult>,
    /// Things worth knowing: variables without a value, auth that could not be applied, cookies refused.
    pub warnings: Vec<String>,
    /// The answer against the schema of its operation, where the request is from a description that
    /// has one for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub schema: Option<SchemaCheck>,
}

/// An answer against its schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SchemaCheck {
    /// Whether it is as the schema says.
    pub ok: bool,
    /// What is not; at most 100.
    pub violations: Vec<SchemaViolation>,
}

/// What the schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SchemaViolation {
    /// JSON pointer into the body (RFC 6901); empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExchangeState {
    /// All of it came.
    Complete,
    /// Part of the body came.
    Truncated,
    /// Stopped by the user.
    Cancelled,
    /// No response.
    Failed,
}

/// One request and its response on the wire.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Hop {
    /// Method.
    pub method: String,
    /// URL with secrets masked.
    pub url: String,
    /// Request head as on the wire with secrets masked; lines end in `\n`.
    pub request_head: String,
    /// Whether `request_head` is what was on the wire or (HTTP/2) its equivalent.
    pub request_head_exact: bool,
    /// Bytes of request body sent.
    #[ts(type = "number")]
    pub request_body_size: u64,
    /// Start of the request body as text with secrets masked, up to 64 KiB.
    pub request_body: String,
    /// Status; none when no response came.
    pub status: Option<u16>,
    /// Reason phrase.
    pub reason: String,
    /// `HTTP/1.1`, `HTTP/2`
    pub http_version: String,
    /// Response headers in order, as they came.
    pub headers: Vec<WireHeader>,
    /// Trailers.
    pub trailers: Vec<WireHeader>,
    /// Bytes of the body on the wire.
    #[ts(type = "number")]
    pub body_size: u64,
    /// Bytes after decoding.
    #[ts(type = "number")]
    pub decoded_size: u64,
    /// `127.0.0.1:8080`
    pub remote: String,
    /// An open connection was used again.
    pub reused: bool,
    /// Where the time went.
    pub timings: Timings,
    /// TLS, for https.
    pub tls: Option<Tls>,
    /// Cookies set by the response, stored or not.
    pub cookies: Vec<CookieSet>,
    /// What the redirect to this hop took away, in words.
    pub dropped: Vec<String>,
    /// Why the request was sent once more after this answer: the scheme that asked for it.
    #[serde(default)]
    pub challenge: Option<String>,
}

/// One header field; bytes that are not UTF-8 are shown as Latin-1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WireHeader {
    /// Name in its case on the wire.
    pub name: String,
    /// Value.
    pub value: String,
}

/// Microseconds; a phase that did not happen is none. `start` is from the exchange's start.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Timings {
    /// When this hop began.
    #[ts(type = "number")]
    pub start: u64,
    /// Name lookup.
    #[ts(type = "number | null")]
    pub lookup: Option<u64>,
    /// TCP connect, with the proxy's.
    #[ts(type = "number | null")]
    pub connect: Option<u64>,
    /// TLS handshake.
    #[ts(type = "number | null")]
    pub tls: Option<u64>,
    /// Writing the request.
    #[ts(type = "number | null")]
    pub send: Option<u64>,
    /// From the last byte sent to the first received.
    #[ts(type = "number | null")]
    pub wait: Option<u64>,
    /// From the first byte to the last.
    #[ts(type = "number | null")]
    pub download: Option<u64>,
}

/// The TLS session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tls {
    /// `TLS 1.3`
    pub version: String,
    /// Cipher suite.
    pub cipher: String,
    /// Negotiated protocol.
    pub alpn: String,
    /// What is wrong with the certificate, though the settings let it pass.
    pub problem: Option<String>,
    /// Subject of the client certificate that was shown; none when none was.
    #[serde(default)]
    pub client_certificate: Option<String>,
    /// Leaf first.
    pub certificates: Vec<Certificate>,
}

/// A certificate of the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Subject name.
    pub subject: String,
    /// Issuer name.
    pub issuer: String,
    /// RFC 3339.
    pub not_before: String,
    /// RFC 3339.
    pub not_after: String,
    /// Subject alternative names.
    pub names: Vec<String>,
    /// SHA-256 in hex.
    pub fingerprint: String,
}

/// A cookie of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CookieSet {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Attributes in words: `Path=/; HttpOnly`.
    pub attributes: String,
    /// Why it was not stored.
    pub rejected: Option<String>,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    /// The check as written.
    pub check: Check,
    /// Whether it holds.
    pub passed: bool,
    /// What was found, at most 200 characters.
    pub actual: String,
    /// In words: `status is 200`, or why it fails.
    pub message: String,
}

/// What one capture did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CaptureResult {
    /// The variable.
    pub variable: String,
    /// The value, at most 200 characters; masked for a secret variable.
    pub value: Option<String>,
    /// Why nothing was captured.
    pub error: Option<String>,
}
