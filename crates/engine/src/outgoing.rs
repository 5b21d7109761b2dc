//! What is to be sent: one request, fully resolved, as bytes and files.

use std::fmt;
use std::path::PathBuf;

use bytes::Bytes;

use crate::settings::Settings;

/// One header line. Name and value are bytes: on HTTP/1 they reach the wire exactly as they are here.
#[derive(Clone, PartialEq, Eq)]
pub struct Header {
    /// The field name in the case it was typed.
    pub name: Bytes,
    /// The field value, without the line end.
    pub value: Bytes,
}

impl Header {
    /// Makes a header from anything that turns into bytes.
    pub fn new(name: impl Into<Bytes>, value: impl Into<Bytes>) -> Self {
        Self { name: name.into(), value: value.into() }
    }

    /// Whether the name is `name`, case ignored (RFC 9110 §5.1).
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }

    /// The name as text; bytes that are not UTF-8 are replaced.
    pub fn name_text(&self) -> String {
        String::from_utf8_lossy(&self.name).into_owned()
    }

    /// The value as text: UTF-8 where it is that, Latin-1 otherwise.
    pub fn value_text(&self) -> String {
        crate::head::text_of(&self.value)
    }
}

/// The value is left out: it may be a secret.
impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ({} bytes)", self.name_text(), self.value.len())
    }
}

/// A request ready to be sent.
#[derive(Clone)]
pub struct Outgoing {
    /// Any token (RFC 9110 §5.6.2), `GET` and custom ones alike.
    pub method: String,
    /// The absolute `http` or `https` URL.
    pub url: String,
    /// The headers in the order they are sent. `Host`, `Content-Length` and, for multipart,
    /// `Content-Type` are added when they are not here.
    pub headers: Vec<Header>,
    /// What follows the head.
    pub body: Body,
    /// Which parts of the request are credentials.
    pub credentials: Credentials,
    /// How it is sent.
    pub settings: Settings,
}

impl Outgoing {
    /// A request with no headers, no body and default settings.
    pub fn new(method: impl Into<String>, url: impl Into<String>) -> Self {
        Self {
            method: method.into(),
            url: url.into(),
            headers: Vec::new(),
            body: Body::None,
            credentials: Credentials::default(),
            settings: Settings::default(),
        }
    }

    /// Adds a header line at the end.
    #[must_use]
    pub fn header(mut self, name: impl Into<Bytes>, value: impl Into<Bytes>) -> Self {
        self.headers.push(Header::new(name, value));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }
}

/// URL and header values are left out: they may hold secrets.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("method", &self.method)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

/// The request's body. Files are read while sending, and read again when a redirect sends them again.
#[derive(Clone, Default)]
pub enum Body {
    /// No body.
    #[default]
    None,
    /// Bytes in memory.
    Bytes(Bytes),
    /// The content of a file.
    File(PathBuf),
    /// `multipart/form-data` (RFC 7578).
    Multipart(Multipart),
}

/// The content is left out: it may hold secrets.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("None"),
            Self::Bytes(bytes) => write!(f, "Bytes({} bytes)", bytes.len()),
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Multipart(form) => write!(f, "Multipart({} parts)", form.parts.len()),
        }
    }
}

/// A multipart form.
#[derive(Clone)]
pub struct Multipart {
    /// Between the parts; must not occur in them. [`Multipart::new`] makes one.
    pub boundary: String,
    /// The parts in the order they are sent.
    pub parts: Vec<Part>,
}

/// One part of a multipart form.
#[derive(Clone)]
pub struct Part {
    /// The field's name.
    pub name: String,
    /// The part's media type; for a file without one, `application/octet-stream`.
    pub content_type: Option<String>,
    /// Text or file.
    pub content: PartContent,
}

/// What a part holds.
#[derive(Clone)]
pub enum PartContent {
    /// Text in memory.
    Text(String),
    /// A file, sent under `filename`, or under its own name.
    File {
        /// Where the file is.
        path: PathBuf,
        /// The name told to the server.
        filename: Option<String>,
    },
}

/// Which parts of the request are credentials. They are dropped when a redirect leaves the origin
/// (scheme, host and port).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Credentials {
    /// Header names, case ignored, on top of the ones known by name (`Authorization`, `Cookie`, …).
    pub headers: Vec<String>,
    /// Names of query parameters.
    pub query: Vec<String>,
    /// Names of cookies.
    pub cookies: Vec<String>,
}
