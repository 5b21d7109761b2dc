//! How a request is sent: time limits, redirects, proxy, TLS, sizes.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::tls::{ClientIdentity, Identity};

/// How a request is sent.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // Independent switches, each a setting of its own.
pub struct Settings {
    /// Time limits, one for each phase.
    pub timeouts: Timeouts,
    /// Whether redirects are followed.
    pub follow_redirects: bool,
    /// How many redirects are followed before giving up.
    pub max_redirects: u32,
    /// Whether credentials go along when a redirect leaves the origin, and the authenticator is
    /// asked there too.
    pub forward_authorization: bool,
    /// Whether a 307 or 308 may carry the body to another origin.
    pub allow_cross_origin_body: bool,
    /// Which HTTP versions may be used.
    pub version: HttpVersion,
    /// Whether a server's certificate must be valid.
    pub verify_tls: bool,
    /// Hosts whose certificate need not be valid.
    pub insecure_hosts: Vec<String>,
    /// PEM files with certificate authorities trusted besides the system's.
    pub extra_ca_files: Vec<PathBuf>,
    /// The client certificates; the first whose domain matches is shown, if the host asks for one.
    pub identities: Vec<ClientIdentity>,
    /// Which proxy is used.
    pub proxy: Proxy,
    /// A connection is reused only by requests with the same value here. Give one for each identity.
    pub pool_salt: u64,
    /// The largest body, raw or decoded, in bytes.
    pub max_body_bytes: u64,
    /// The largest response head, in bytes.
    pub max_header_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeouts: Timeouts::default(),
            follow_redirects: true,
            max_redirects: 20,
            forward_authorization: false,
            allow_cross_origin_body: false,
            version: HttpVersion::Auto,
            verify_tls: true,
            insecure_hosts: Vec::new(),
            extra_ca_files: Vec::new(),
            identities: Vec::new(),
            proxy: Proxy::System,
            pool_salt: 0,
            max_body_bytes: 16 << 30,
            max_header_bytes: 1 << 20,
        }
    }
}

impl Settings {
    /// The identity for the host of `url`, if it speaks TLS and one is set for it.
    pub fn identity_for(&self, url: &Url) -> Option<&Identity> {
        self.identities.iter().find(|it| it.is_for(url)).map(|it| &it.identity)
    }
}

/// Time limits; `None` is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For the name lookup.
    pub lookup: Option<Duration>,
    /// For the TCP connection, proxies included.
    pub connect: Option<Duration>,
    /// For the TLS handshake.
    pub tls: Option<Duration>,
    /// From the last byte sent to the end of the response's head.
    pub first_byte: Option<Duration>,
    /// Between two pieces of the body.
    pub idle: Option<Duration>,
    /// For everything, redirects included.
    pub total: Option<Duration>,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            lookup: Some(Duration::from_secs(15)),
            connect: Some(Duration::from_secs(15)),
            tls: Some(Duration::from_secs(15)),
            first_byte: None,
            idle: None,
            total: None,
        }
    }
}

/// Which HTTP versions may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HttpVersion {
    /// HTTP/2 where TLS negotiates it, else HTTP/1.1.
    #[default]
    Auto,
    /// HTTP/1.1 only.
    Http1,
    /// HTTP/2 only: negotiated by ALPN on `https`, with prior knowledge on `http`.
    Http2,
}

/// Which proxy is used.
#[derive(Clone, Default, PartialEq, Eq)]
pub enum Proxy {
    /// The environment's (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`), or the system's.
    #[default]
    System,
    /// The environment's only.
    Environment,
    /// None at all.
    None,
    /// This one.
    Explicit {
        /// `http://`, `https://`, `socks5://` or `socks5h://`, with `user:password@` if it asks for them.
        url: String,
        /// Hosts that are reached without it, in the form of `NO_PROXY`.
        bypass: String,
    },
}

/// The proxy's URL is left out: it may hold a password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Environment => "Environment",
            Self::None => "None",
            Self::Explicit { .. } => "Explicit",
        })
    }
}
