//! Receiving the body of a response.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Incoming;

use crate::decode::{Decoder, SharedOutlet, codings};
use crate::error::{Error, TimedPhase};
use crate::event::{Events, Growth};
use crate::outcome::Hop;
use crate::outgoing::Header;

/// How much of a redirect's body is kept.
const KEPT: usize = 64 * 1024;
/// How much of a redirect's body is read to be able to use the connection again.
const SKIPPED: u64 = 1 << 20;
/// After so many decoded bytes others get a turn on this thread.
const YIELD: u64 = 1 << 20;
/// Decoded in slices of this size, so that a bomb is noticed between them.
const SLICE: usize = 4 * 1024;

/// The next data of a body; trailers go into `hop`.
async fn next(
    body: &mut Incoming,
    idle: Option<Duration>,
    hop: &mut Hop,
) -> Result<Option<Bytes>, Error> {
    loop {
        let frame = match idle {
            None => body.frame().await,
            Some(limit) => tokio::time::timeout(limit, body.frame()).await.map_err(|_| {
                Error::Timeout { phase: TimedPhase::Idle, limit_ms: limit.as_millis() }
            })?,
        };
        let Some(frame) = frame else { return Ok(None) };
        let frame = frame.map_err(|error| Error::IncompleteBody { reason: reason(&error) })?;
        match frame.into_data() {
            Ok(data) => return Ok(Some(data)),
            Err(other) => {
                let trailers = other.into_trailers().unwrap_or_default();
                let lines = trailers.iter().map(|(name, value)| {
                    Header::new(name.as_str().to_owned(), Bytes::copy_from_slice(value.as_bytes()))
                });
                hop.trailers.extend(lines);
            }
        }
    }
}

fn reason(error: &hyper::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if let Some(io) = cause.downcast_ref::<std::io::Error>() {
        return match io.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                "the connection was closed before its announced end".into()
            }
            std::io::ErrorKind::ConnectionReset => "the connection was reset".into(),
            _ => crate::request_body::plain(io),
        };
    }
    if error.is_incomplete_message() {
        return "the connection was closed before its announced end".into();
    }
    cause.to_string()
}

/// Receives the body of a redirect: the beginning is kept, a moderate rest skipped. Whether it was
/// read to its end, so that the connection can be used again.
pub(crate) async fn small(
    mut body: Incoming,
    idle: Option<Duration>,
    hop: &mut Hop,
) -> Result<bool, Error> {
    let mut kept = BytesMut::new();
    let mut raw = 0;
    let result = loop {
        match next(&mut body, idle, hop).await {
            Ok(Some(data)) => {
                raw += data.len() as u64;
                let room = KEPT.saturating_sub(kept.len());
                kept.extend_from_slice(&data[..data.len().min(room)]);
                if raw > SKIPPED {
                    break Ok(false);
                }
            }
            Ok(None) => break Ok(true),
            // A redirect works without its body.
            Err(Error::IncompleteBody { .. }) => break Ok(false),
            Err(error) => break Err(error),
        }
    };
    hop.body = kept.freeze();
    hop.size = Growth { raw, decoded: raw };
    result
}

/// Receives the final body into the sink. On an error what arrived before it has been handed over.
pub(crate) async fn whole(
    mut body: Incoming,
    outlet: &SharedOutlet,
    limits: (Option<Duration>, u64),
    events: &Events,
    hop: &mut Hop,
) -> Result<(), Error> {
    let (idle, max) = limits;
    let codings = hop.response.as_ref().and_then(codings).unwrap_or_default();
    let sink_error =
        |error: std::io::Error| Error::Sink { reason: crate::request_body::plain(&error) };
    outlet.lock().sink().begin(!codings.is_empty()).map_err(sink_error)?;
    let mut decoder = match codings.as_slice() {
        [] => None,
        some => Some(Decoder::new(some, outlet.clone()).map_err(sink_error)?),
    };
    // A broken coding ends the decoding, not the receiving: the bytes as they came are kept whole.
    let mut broken = None;
    while let Some(data) = next(&mut body, idle, hop).await? {
        let room = usize::try_from(max - hop.size.raw).unwrap_or(usize::MAX);
        let taken = data.slice(..data.len().min(room));
        outlet.lock().sink().raw(&taken).map_err(sink_error)?;
        hop.size.raw += taken.len() as u64;
        match &mut decoder {
            None => hop.size.decoded = hop.size.raw,
            Some(decoder) if broken.is_none() => {
                for slice in taken.chunks(SLICE) {
                    let before = hop.size.decoded;
                    let result = decoder.feed(slice);
                    hop.size.decoded = outlet.lock().decoded;
                    events.grow(hop.size);
                    match result {
                        Err(error @ Error::Decode { .. }) => broken = Some(error),
                        result => result?,
                    }
                    if broken.is_some() {
                        break;
                    }
                    if hop.size.decoded - before > YIELD {
                        tokio::task::yield_now().await;
                    }
                }
            }
            Some(_) => {}
        }
        events.grow(hop.size);
        if taken.len() < data.len() {
            return Err(Error::BodyTooLarge { limit: max });
        }
    }
    if let Some(error) = broken {
        return Err(error);
    }
    let result = decoder.map_or(Ok(()), |mut decoder| decoder.finish());
    if !codings.is_empty() {
        hop.size.decoded = outlet.lock().decoded;
    }
    events.grow(hop.size);
    result
}
