//! One request on one connection, until the response's head is here.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;

use crate::connect::{Connection, Sender, duration_us};
use crate::error::{Error, TimedPhase};
use crate::event::{Events, Phase};
use crate::head::{self, MAX_HEADERS};
use crate::outcome::{Hop, ResponseHead};
use crate::outgoing::Header;
use crate::request_body::{Progress, RequestBody, plain};
use crate::settings::Settings;
use crate::tls::{refusal, silent_refusal};
use crate::wire::Wire;

/// Why no head came.
pub(crate) struct Failure {
    pub(crate) error: Error,
    /// The server has certainly not acted on the request.
    pub(crate) unprocessed: bool,
    /// Nothing of a response arrived and the connection is gone.
    pub(crate) silent: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, unprocessed: false, silent: false }
    }
}

/// Sends `request` and waits for the head, which is written into `hop`.
pub(crate) async fn send(
    connection: &mut Connection,
    request: Request<RequestBody>,
    settings: &Settings,
    events: &Events,
    hop: &mut Hop,
) -> Result<(Incoming, Instant), Failure> {
    let progress = request.body().progress.clone();
    let start = Instant::now();
    events.push(Phase::Sending.into());
    let limit = settings.timeouts.first_byte;
    let result = match &mut connection.sender {
        Sender::Http1 { sender, wire } => {
            let wire = wire.clone();
            wire.begin(hop.request.raw_head.clone(), settings.max_header_bytes.saturating_mul(2));
            let last = || wire.last_write().max(progress.last());
            let result =
                wait(sender.try_send_request(request), &progress, last, limit, events).await;
            read_wire(&wire, hop);
            let first = wire.lock().first_read;
            times(hop, start, wire.last_write().or(progress.last()), first);
            result.map_err(|failed| explain(failed, hop, &progress, settings, first.is_none()))
        }
        Sender::Http2(sender) => {
            let result = wait(
                sender.try_send_request(request),
                &progress,
                || progress.last(),
                limit,
                events,
            )
            .await;
            times(hop, start, progress.last(), result.is_ok().then(Instant::now));
            result.map_err(|failed| explain(failed, hop, &progress, settings, true))
        }
    };
    hop.request.body_bytes = progress.sent();
    let response = result.map_err(|failure| judge_certificate(failure, connection, hop))?;
    if hop.response.is_none() {
        hop.response = Some(from_http(&response));
    }
    let raw = hop.response.as_ref().map_or(0, |head| head.raw.len());
    if response.headers().len() > MAX_HEADERS || raw > settings.max_header_bytes {
        let limit = settings.max_header_bytes;
        return Err(Error::HeaderTooLarge { limit, count: MAX_HEADERS }.into());
    }
    Ok((response.into_body(), Instant::now()))
}

/// With TLS 1.3 a server says only now what it thinks of the client's certificate (RFC 8446 §4.4.2.4).
fn judge_certificate(failure: Failure, connection: &Connection, hop: &Hop) -> Failure {
    let reset = matches!(failure.error, Error::Reset { .. });
    let ended = reset || matches!(failure.error, Error::Io { .. });
    if connection.used || !ended || hop.response.is_some() || !hop.unparsed.is_empty() {
        return failure;
    }
    let url = url::Url::parse(&hop.url).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or_default();
    let info = hop.tls.as_ref();
    let told = connection.alert.error().and_then(|error| refusal(&error, host, info));
    match told.or_else(|| silent_refusal(host, info).filter(|_| reset)) {
        Some(error) => error.into(),
        None => failure,
    }
}

type Sent = Result<Response<Incoming>, TrySendError<Request<RequestBody>>>;

/// A failure of hyper, or of our own clock.
enum Failed {
    Hyper(Box<TrySendError<Request<RequestBody>>>),
    Slow(Duration),
}

async fn wait(
    sending: impl Future<Output = Sent>,
    progress: &Arc<Progress>,
    last_activity: impl Fn() -> Option<Instant>,
    limit: Option<Duration>,
    events: &Events,
) -> Result<Response<Incoming>, Failed> {
    tokio::pin!(sending);
    let start = Instant::now();
    let mut waiting = progress.is_done();
    if waiting {
        events.push(Phase::Waiting.into());
    }
    loop {
        // The limit counts from the last byte that went out.
        let deadline = limit.map(|limit| last_activity().unwrap_or(start) + limit);
        let slow = async {
            match deadline {
                Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            result = &mut sending => return result.map_err(|error| Failed::Hyper(Box::new(error))),
            () = progress.ended.notified(), if !waiting => {
                waiting = true;
                events.push(Phase::Waiting.into());
            }
            () = slow => {
                let limit = limit.unwrap_or_default();
                if last_activity().unwrap_or(start) + limit <= Instant::now() {
                    return Err(Failed::Slow(limit));
                }
            }
        }
    }
}

/// Takes the heads from the tap.
pub(crate) fn read_wire(wire: &Wire, hop: &mut Hop) {
    let mut passed = wire.lock();
    let bytes = std::mem::take(&mut passed.heads).freeze();
    let mut start = 0;
    let ends = std::mem::take(&mut passed.ends);
    drop(passed);
    for end in ends {
        let Some(found) = head::read_response(bytes.slice(start..end)) else { break };
        start = end;
        if (100..200).contains(&found.status) && found.status != 101 {
            hop.interim.push(found);
        } else {
            hop.response = Some(found);
        }
    }
    hop.unparsed = bytes.slice(start..);
}

fn times(hop: &mut Hop, start: Instant, sent: Option<Instant>, first: Option<Instant>) {
    let sent = sent.unwrap_or(start).max(start);
    hop.timings.send_us = Some(duration_us(sent - start));
    hop.timings.wait_us = first.map(|first| duration_us(first.saturating_duration_since(sent)));
}

/// A head without bytes of its own: HTTP/2.
fn from_http(response: &Response<Incoming>) -> ResponseHead {
    let status = response.status().as_u16();
    let headers: Vec<Header> = response
        .headers()
        .iter()
        .map(|(name, value)| {
            Header::new(name.as_str().to_owned(), Bytes::copy_from_slice(value.as_bytes()))
        })
        .collect();
    ResponseHead {
        status,
        reason: String::new(),
        raw: head::write_response(status, &headers),
        headers,
    }
}

fn explain(
    failed: Failed,
    hop: &mut Hop,
    progress: &Progress,
    settings: &Settings,
    nothing_came: bool,
) -> Failure {
    // hyper did not accept it as a response, so it is none.
    if let Some(judged) = hop.response.take() {
        hop.unparsed = judged.raw;
    }
    let failed = match failed {
        Failed::Slow(limit) => {
            return Error::Timeout { phase: TimedPhase::FirstByte, limit_ms: limit.as_millis() }
                .into();
        }
        Failed::Hyper(failed) => failed,
    };
    let unsent = failed.message().is_some();
    let error = failed.into_error();
    let address = hop.remote.map(|remote| remote.to_string()).unwrap_or_default();
    let address = url::Url::parse(&hop.url)
        .ok()
        .and_then(|url| Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?)))
        .unwrap_or(address);
    if let Some(error) = progress.error() {
        return error.into();
    }
    let h2 = source::<h2::Error>(&error);
    let refused = h2.is_some_and(|h2| {
        h2.reason() == Some(h2::Reason::REFUSED_STREAM)
            || (h2.is_go_away() && h2.is_remote() && h2.reason() == Some(h2::Reason::NO_ERROR))
    });
    let meaning = meaning(&error, &address, settings, nothing_came);
    let silent = nothing_came && matches!(meaning, Error::Reset { .. });
    Failure { error: meaning, unprocessed: unsent || refused, silent }
}

fn meaning(error: &hyper::Error, address: &str, settings: &Settings, nothing_came: bool) -> Error {
    let host = address.to_owned();
    if error.is_parse_too_large() {
        return Error::HeaderTooLarge { limit: settings.max_header_bytes, count: MAX_HEADERS };
    }
    if error.is_parse() {
        return Error::MalformedResponse { host, reason: malformed(error) };
    }
    if let Some(h2) = source::<h2::Error>(error)
        && !h2.is_io()
    {
        if h2.is_library() && h2.reason() == Some(h2::Reason::PROTOCOL_ERROR) {
            let reason = format!(
                "it breaks the rules of HTTP/2, or its head is much larger than {} bytes",
                settings.max_header_bytes
            );
            return Error::MalformedResponse { host, reason };
        }
        let reason = h2.reason().map_or_else(|| h2.to_string(), |reason| format!("{reason:?}"));
        return Error::Http2 { host, reason };
    }
    if let Some(io) = source::<std::io::Error>(error) {
        return match io.kind() {
            std::io::ErrorKind::ConnectionReset
            | std::io::ErrorKind::ConnectionAborted
            | std::io::ErrorKind::BrokenPipe
            | std::io::ErrorKind::UnexpectedEof => Error::Reset { address: host },
            _ => Error::Io { address: host, reason: plain(io) },
        };
    }
    if error.is_incomplete_message() && !nothing_came {
        return Error::MalformedResponse {
            host,
            reason: "the connection was closed in the middle of the head".into(),
        };
    }
    if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        return Error::Reset { address: host };
    }
    Error::Io { address: host, reason: error.to_string() }
}

fn malformed(error: &hyper::Error) -> String {
    let text =
        std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    text.trim_start_matches("invalid HTTP ").trim_end_matches(" parsed").to_owned()
}

/// The cause of this type, wherever it is in the chain.
fn source<T: std::error::Error + 'static>(error: &hyper::Error) -> Option<&T> {
    let mut cause = std::error::Error::source(error);
    while let Some(found) = cause {
        if let Some(found) = found.downcast_ref::<T>() {
            return Some(found);
        }
        cause = found.source();
    }
    None
}
