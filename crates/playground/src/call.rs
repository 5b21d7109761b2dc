//! One request as the routes see it.

use std::net::SocketAddr;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{COOKIE, HeaderMap};
use http::{Method, Request, StatusCode, Uri, Version};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::answer::Refusal;
use crate::connection::Link;
use crate::routes::hostile::Script;
use crate::site::Site;

/// How long a client may pause while sending a body.
const BODY_PAUSE: Duration = Duration::from_secs(60);

pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) peer: SocketAddr,
    pub(crate) site: Arc<Site>,
    /// The path's segments, percent-decoded. Empty for `/`.
    pub(crate) path: Vec<String>,
    /// The query's pairs, decoded, in order.
    pub(crate) query: Vec<(String, String)>,
    /// What was read from the connection before this request; HTTP/1 only.
    pub(crate) raw: Vec<u8>,
    body: Incoming,
}

/// A body as far as it was kept.
pub(crate) struct Received {
    pub(crate) bytes: Bytes,
    /// Bytes received, kept or not.
    pub(crate) size: u64,
}

impl Received {
    pub(crate) fn is_cut(&self) -> bool {
        self.size > self.bytes.len() as u64
    }
}

impl Call {
    pub(crate) fn new(
        request: Request<Incoming>,
        link: Link,
    ) -> (Self, Option<mpsc::Sender<Script>>) {
        let (parts, body) = request.into_parts();
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let path = parts.uri.path().strip_prefix('/').unwrap_or_default();
        let path = match path {
            "" => Vec::new(),
            path => path.split('/').map(decode).collect(),
        };
        let query = parts.uri.query().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let call = Self {
            method: parts.method,
            uri: parts.uri,
            version: parts.version,
            headers: parts.headers,
            peer: link.peer,
            site: link.site,
            path,
            query,
            raw: link.tail.take(),
            body,
        };
        (call, link.takeover)
    }

    /// A query parameter's first value.
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        let pair = self.query.iter().find(|(known, _)| known == name)?;
        Some(&pair.1)
    }

    /// Whether a query parameter is there and not `0`, `false` or `no`.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.param(name).is_some_and(|value| !matches!(value, "0" | "false" | "no"))
    }

    /// A query parameter as a number.
    pub(crate) fn number<N>(&self, name: &str, default: N, max: N) -> Result<N, Refusal>
    where
        N: Copy + FromStr + PartialOrd + Default + std::fmt::Display,
    {
        match self.param(name) {
            None => Ok(default),
            Some(text) => number(name, text, max),
        }
    }

    /// The number a path segment holds.
    pub(crate) fn segment<N>(&self, index: usize, name: &str, max: N) -> Result<N, Refusal>
    where
        N: Copy + FromStr + PartialOrd + Default + std::fmt::Display,
    {
        number(name, self.text(index), max)
    }

    /// A path segment, empty when the path is shorter.
    pub(crate) fn text(&self, index: usize) -> &str {
        self.path.get(index).map_or("", String::as_str)
    }

    /// A header's first value where it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// `http://` and the name the client used.
    pub(crate) fn origin(&self) -> String {
        let authority = self.uri.authority().map(http::uri::Authority::as_str);
        let name = authority.or_else(|| self.header("host"));
        format!("http://{}", name.unwrap_or("localhost"))
    }

    /// Path and query as sent.
    pub(crate) fn target(&self) -> &str {
        self.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)
    }

    /// Cookie names and values in the order sent (RFC 6265 §5.4).
    pub(crate) fn cookies(&self) -> Vec<(String, String)> {
        self.headers
            .get_all(COOKIE)
            .iter()
            .flat_map(|value| {
                let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                let pairs: Vec<_> = text
                    .split(';')
                    .filter_map(|pair| pair.trim().split_once('='))
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .collect();
                pairs
            })
            .collect()
    }

    /// Reads the body to its end and keeps its first `limit` bytes.
    pub(crate) async fn receive(&mut self, limit: usize) -> Result<Received, Refusal> {
        let mut kept = Vec::new();
        let mut size = 0_u64;
        loop {
            let frame = timeout(BODY_PAUSE, self.body.frame()).await.map_err(|_| {
                Refusal::new(
                    StatusCode::REQUEST_TIMEOUT,
                    "The request's body stopped arriving for a minute.",
                )
            })?;
            let Some(frame) = frame else { break };
            let frame =
                frame.map_err(|error| Refusal::bad(format!("The body is broken: {error}.")))?;
            if let Ok(data) = frame.into_data() {
                size += data.len() as u64;
                let room = limit - kept.len();
                kept.extend_from_slice(&data[..data.len().min(room)]);
            }
        }
        Ok(Received { bytes: Bytes::from(kept), size })
    }
}

fn number<N>(name: &str, text: &str, max: N) -> Result<N, Refusal>
where
    N: Copy + FromStr + PartialOrd + Default + std::fmt::Display,
{
    let parsed = text.parse::<N>().ok();
    parsed.filter(|number| *number >= N::default() && *number <= max).ok_or_else(|| {
        Refusal::bad(format!("{name} is {text:?}; it must be a number from 0 to {max}."))
    })
}
