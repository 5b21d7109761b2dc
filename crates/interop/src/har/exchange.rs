//! What was sent and came back, as an archive.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::export::{cookie_pairs, log, pair};
use super::request::query_of;
use super::time;

/// One exchange that took place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HarExchange {
    /// When the request started, in milliseconds since 1970.
    pub started_ms: i64,
    /// What was sent.
    pub request: HarRequest,
    /// What came back; none when nothing did.
    pub response: Option<HarResponse>,
    /// How long each phase took.
    pub timings: HarTimings,
    /// IP address of the server; empty when unknown.
    pub server_address: String,
    /// Why nothing came back, or any other remark; empty for none.
    pub comment: String,
}

/// What was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HarRequest {
    /// Method.
    pub method: String,
    /// Absolute URL, without user and fragment.
    pub url: String,
    /// Such as `HTTP/1.1`.
    pub http_version: String,
    /// As sent, in order.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body; none when there was none or it was not kept.
    pub body: Option<Vec<u8>>,
    /// Length of the body on the wire, in bytes; none when unknown.
    pub body_size: Option<u64>,
}

/// What came back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HarResponse {
    /// Status code.
    pub status: u16,
    /// Reason phrase.
    pub status_text: String,
    /// Such as `HTTP/2`.
    pub http_version: String,
    /// As received, in order.
    pub headers: Vec<(String, String)>,
    /// The bytes of the body after decoding; none when they were not kept.
    pub body: Option<Vec<u8>>,
    /// Length of the body on the wire, in bytes; none when unknown.
    pub body_size: Option<u64>,
    /// Length of the body after decoding, in bytes; none when unknown.
    pub content_size: Option<u64>,
}

/// How long each phase took, in milliseconds; none where it did not take place or was not measured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct HarTimings {
    /// Waiting for a connection.
    pub blocked: Option<f64>,
    /// Name resolution.
    pub dns: Option<f64>,
    /// Connecting, TLS included.
    pub connect: Option<f64>,
    /// TLS handshake.
    pub tls: Option<f64>,
    /// Sending.
    pub send: Option<f64>,
    /// Until the first byte.
    pub wait: Option<f64>,
    /// Receiving.
    pub receive: Option<f64>,
}

/// Writes an archive of exchanges one by one, so that any number of them takes little memory.
/// Returns how many there were.
///
/// # Errors
/// It cannot be written.
pub fn write_exchanges(
    exchanges: impl IntoIterator<Item = HarExchange>,
    to: &mut dyn Write,
) -> io::Result<u64> {
    let log = log().to_string();
    // The fields of the log stay open for the list of entries.
    write!(to, "{{\"log\":{},\"entries\":[", log.strip_suffix('}').unwrap_or(&log))?;
    let mut count = 0;
    for exchange in exchanges {
        if count > 0 {
            to.write_all(b",")?;
        }
        to.write_all(b"\n")?;
        serde_json::to_writer(&mut *to, &entry(&exchange))?;
        count += 1;
    }
    to.write_all(b"\n]}}\n")?;
    Ok(count)
}

fn entry(exchange: &HarExchange) -> Value {
    let timings = &exchange.timings;
    // What is inside of another phase does not count twice.
    let all = [
        timings.blocked,
        timings.dns,
        timings.connect,
        timings.send,
        timings.wait,
        timings.receive,
    ];
    let mut entry = Map::new();
    entry.insert("startedDateTime".to_owned(), time::iso(exchange.started_ms).into());
    entry.insert("time".to_owned(), json!(all.iter().flatten().sum::<f64>()));
    entry.insert("request".to_owned(), request(&exchange.request));
    entry.insert("response".to_owned(), response(exchange.response.as_ref()));
    entry.insert("cache".to_owned(), json!({}));
    let phase = |ms: Option<f64>| ms.unwrap_or(-1.0);
    let sure = |ms: Option<f64>| ms.unwrap_or(0.0);
    entry.insert(
        "timings".to_owned(),
        json!({
            "blocked": phase(timings.blocked), "dns": phase(timings.dns),
            "connect": phase(timings.connect), "ssl": phase(timings.tls),
            "send": sure(timings.send), "wait": sure(timings.wait), "receive": sure(timings.receive),
        }),
    );
    for (key, value) in
        [("serverIPAddress", &exchange.server_address), ("comment", &exchange.comment)]
    {
        if !value.is_empty() {
            entry.insert(key.to_owned(), value.as_str().into());
        }
    }
    Value::Object(entry)
}

fn request(request: &HarRequest) -> Value {
    let query = query_of(&request.url);
    let cookies = request.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("cookie"));
    let mut made = json!({
        "method": request.method,
        "url": request.url,
        "httpVersion": request.http_version,
        "cookies": cookies.flat_map(|(_, value)| cookie_pairs(value)).collect::<Vec<_>>(),
        "headers": headers(&request.headers),
        "queryString": query.iter().map(|(name, value)| pair(name, value)).collect::<Vec<_>>(),
        "headersSize": -1,
        "bodySize": known(request.body_size),
    });
    if let (Some(body), Some(object)) = (&request.body, made.as_object_mut()) {
        let mut post = text(body, "_encoding");
        post.insert("mimeType".to_owned(), header(&request.headers, "content-type").into());
        object.insert("postData".to_owned(), Value::Object(post));
    }
    made
}

fn response(response: Option<&HarResponse>) -> Value {
    let none = HarResponse::default();
    let response = response.unwrap_or(&none);
    let mut content =
        response.body.as_deref().map(|body| text(body, "encoding")).unwrap_or_default();
    let size = response.content_size.or(response.body.as_ref().map(|body| body.len() as u64));
    content.insert("size".to_owned(), size.unwrap_or(0).into());
    content.insert("mimeType".to_owned(), header(&response.headers, "content-type").into());
    json!({
        "status": response.status,
        "statusText": response.status_text,
        "httpVersion": response.http_version,
        "cookies": [],
        "headers": headers(&response.headers),
        "content": content,
        "redirectURL": header(&response.headers, "location"),
        "headersSize": -1,
        "bodySize": known(response.body_size),
    })
}

/// Bytes as text, in Base64 where they are not UTF-8.
fn text(bytes: &[u8], encoding: &str) -> Map<String, Value> {
    let mut object = Map::new();
    if let Ok(text) = std::str::from_utf8(bytes) {
        object.insert("text".to_owned(), text.into());
    } else {
        object.insert("text".to_owned(), STANDARD.encode(bytes).into());
        object.insert(encoding.to_owned(), "base64".into());
    }
    object
}

fn headers(headers: &[(String, String)]) -> Vec<Value> {
    headers.iter().map(|(name, value)| pair(name, value)).collect()
}

fn header<'h>(headers: &'h [(String, String)], wanted: &str) -> &'h str {
    let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    found.map_or("", |(_, value)| value.as_str())
}

fn known(size: Option<u64>) -> Value {
    size.map_or_else(|| json!(-1), Value::from)
}
