//! What several schemes need: hashes of bodies, strict percent-encoding, base64.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::digest::block_api::EagerHash;
use hmac::{Hmac, KeyInit, Mac};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::Digest;
use sha2::digest::Output;
use url::{Position, Url};

use crate::{Error, Payload, Unsigned};

/// Everything but the unreserved characters of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The same, with slashes left as they are.
const PATH: &AsciiSet = &RESERVED.remove(b'/');

/// Percent-encodes all but unreserved characters, as RFC 5849 §3.6 and AWS want it.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The same for a path.
pub(crate) fn encode_path(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The names and values of a query or form, decoded.
pub(crate) fn pairs(encoded: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded.as_bytes()).into_owned().collect()
}

/// Base64 with padding.
pub(crate) fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Path and query as the request line has them.
pub(crate) fn target(url: &Url) -> &str {
    &url[Position::BeforePath..Position::AfterQuery]
}

/// The URL with the host that the `Host` header says, where that is another one: the server sees only
/// the header.
pub(crate) fn as_asked<'a>(request: &Unsigned<'a>) -> Cow<'a, Url> {
    let url = request.url;
    let said = request
        .header("Host")
        .and_then(|host| Url::parse(&format!("{}://{host}{}", url.scheme(), target(url))).ok());
    match said.filter(|said| said.path() == url.path() && said.username().is_empty()) {
        Some(said) => Cow::Owned(said),
        None => Cow::Borrowed(url),
    }
}

/// Host and port as the `Host` header has them.
pub(crate) fn authority(request: &Unsigned<'_>) -> String {
    let from_url = || request.url[Position::BeforeHost..Position::AfterPort].to_owned();
    request.header("Host").map_or_else(from_url, str::to_owned)
}

/// Reads a body from start to end.
pub(crate) fn read(payload: &dyn Payload, take: &mut dyn FnMut(&[u8])) -> Result<(), Error> {
    payload.read(take).map_err(|error| Error::Body { reason: error.to_string() })
}

/// A body in memory: for forms, which are short.
pub(crate) fn read_all(payload: &dyn Payload) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    read(payload, &mut |piece| bytes.extend_from_slice(piece))?;
    Ok(bytes)
}

/// The hash of a body.
pub(crate) fn hash<D: Digest>(payload: &dyn Payload) -> Result<Output<D>, Error> {
    let mut hash = D::new();
    read(payload, &mut |piece| hash.update(piece))?;
    Ok(hash.finalize())
}

/// An HMAC (RFC 2104).
pub(crate) fn hmac<D>(key: &[u8], text: &[u8]) -> Vec<u8>
where
    D: EagerHash,
    Hmac<D>: Mac + KeyInit,
{
    // A key of any length is taken; the error type is that of ciphers.
    <Hmac<D> as KeyInit>::new_from_slice(key)
        .map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

/// A quoted string (RFC 9110 §5.6.4).
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
