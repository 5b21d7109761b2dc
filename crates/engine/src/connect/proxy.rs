//! The way to the host: direct, or through a proxy.

use std::fmt::Write as _;

use base64::Engine as _;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_socks::tcp::Socks5Stream;
use url::Url;

use super::{Stream, dial};
use crate::error::Error;
use crate::settings::{Proxy, Settings};
use crate::tls::{self, Ended, Offer};

/// The largest head a proxy may answer CONNECT with.
const MAX_ANSWER: usize = 64 * 1024;

/// The way to a host.
#[derive(Clone)]
pub(crate) enum Route {
    Direct,
    /// Plain HTTP through an HTTP proxy: the proxy gets the whole URL.
    Forward(Stop),
    /// A tunnel through an HTTP proxy by CONNECT (RFC 9110 §9.3.6).
    Tunnel(Stop),
    /// A tunnel through a SOCKS 5 proxy (RFC 1928); `remote_dns`: the proxy looks up the name.
    Socks {
        stop: Stop,
        remote_dns: bool,
    },
}

/// A proxy.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Stop {
    host: String,
    port: u16,
    scheme: String,
    /// The value of `Proxy-Authorization`.
    basic: Option<String>,
    /// User and password for SOCKS.
    login: Option<(String, String)>,
}

impl Stop {
    /// The value of `Proxy-Authorization`.
    pub(crate) fn authorization(&self) -> Option<&str> {
        self.basic.as_deref()
    }

    fn name(&self) -> String {
        format!("{}://{}:{}", self.scheme, self.host, self.port)
    }
}

/// Chooses the way to `url`.
pub(crate) fn route(url: &Url, settings: &Settings) -> Result<Route, Error> {
    let matcher = match &settings.proxy {
        Proxy::None => return Ok(Route::Direct),
        Proxy::System => Matcher::from_system(),
        Proxy::Environment => Matcher::from_env(),
        Proxy::Explicit { url, bypass } => explicit(url, bypass)?,
    };
    let Ok(uri) = url.as_str().parse() else { return Ok(Route::Direct) };
    match matcher.intercept(&uri) {
        None => Ok(Route::Direct),
        Some(found) => choose(&found, url.scheme() == "https", settings),
    }
}

fn explicit(proxy: &str, bypass: &str) -> Result<Matcher, Error> {
    let all = Matcher::builder().all(proxy).build();
    if all.intercept(&http::Uri::from_static("http://errand.invalid/")).is_none() {
        return Err(Error::Proxy {
            proxy: "in the settings".into(),
            reason: "has no valid address; write it like http://proxy.example:8080 or socks5://proxy.example:1080".into(),
        });
    }
    Ok(Matcher::builder().all(proxy).no(bypass).build())
}

fn choose(found: &Intercept, secure: bool, settings: &Settings) -> Result<Route, Error> {
    let uri = found.uri();
    let scheme = uri.scheme_str().unwrap_or("http").to_owned();
    let usual = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => 1080,
    };
    let stop = Stop {
        host: uri.host().unwrap_or_default().trim_matches(['[', ']']).to_owned(),
        port: uri.port_u16().unwrap_or(usual),
        basic: found.basic_auth().and_then(|value| value.to_str().ok()).map(str::to_owned),
        login: found.raw_auth().map(|(user, password)| (user.to_owned(), password.to_owned())),
        scheme,
    };
    match stop.scheme.as_str() {
        "http" | "https" if secure || settings.version == crate::settings::HttpVersion::Http2 => {
            Ok(Route::Tunnel(stop))
        }
        "http" | "https" => Ok(Route::Forward(stop)),
        "socks5" => Ok(Route::Socks { stop, remote_dns: false }),
        "socks5h" => Ok(Route::Socks { stop, remote_dns: true }),
        scheme => Err(Error::Proxy {
            reason: format!("speaks {scheme}, which is not supported; use socks5 or http"),
            proxy: stop.name(),
        }),
    }
}

impl Route {
    fn stop(&self) -> Option<&Stop> {
        match self {
            Self::Direct => None,
            Self::Forward(stop) | Self::Tunnel(stop) | Self::Socks { stop, .. } => Some(stop),
        }
    }

    /// The proxy without its credentials.
    pub(crate) fn name(&self) -> Option<String> {
        self.stop().map(Stop::name)
    }

    /// What tells this way from another, credentials included.
    pub(crate) fn key(&self) -> Option<Stop> {
        self.stop().cloned()
    }

    /// The proxy that gets the whole URL in the request line, if there is one.
    pub(crate) fn forward(&self) -> Option<&Stop> {
        match self {
            Self::Forward(stop) => Some(stop),
            _ => None,
        }
    }

    /// Where the TCP connection goes.
    pub(crate) fn first_stop<'a>(&'a self, host: &'a str, port: u16) -> (&'a str, u16) {
        self.stop().map_or((host, port), |stop| (&stop.host, stop.port))
    }

    /// An error on the way to the proxy is the proxy's.
    pub(crate) fn blame(&self, error: Error) -> Error {
        let Some(stop) = self.stop() else { return error };
        let reason = match error {
            Error::UnknownHost { .. } => "has a name that does not exist".into(),
            Error::Refused { .. } => "refused the connection".into(),
            Error::Reset { .. } => "closed the connection".into(),
            Error::Unreachable { detail, .. } => format!("cannot be reached: {detail}"),
            error => return error,
        };
        Error::Proxy { proxy: stop.name(), reason }
    }

    /// Goes through the proxy: the stream that comes out ends at the host.
    pub(crate) async fn pass(
        &self,
        stream: Box<dyn Stream>,
        host: &str,
        port: u16,
        settings: &Settings,
    ) -> Result<Box<dyn Stream>, Error> {
        match self {
            Self::Direct => Ok(stream),
            Self::Forward(stop) => secure(stream, stop, settings).await,
            Self::Tunnel(stop) => {
                let mut stream = secure(stream, stop, settings).await?;
                tunnel(&mut stream, stop, host, port).await?;
                Ok(stream)
            }
            Self::Socks { stop, remote_dns } => socks(stream, stop, *remote_dns, host, port).await,
        }
    }
}

/// TLS to the proxy itself, if it wants that.
async fn secure(
    stream: Box<dyn Stream>,
    stop: &Stop,
    settings: &Settings,
) -> Result<Box<dyn Stream>, Error> {
    if stop.scheme != "https" {
        return Ok(stream);
    }
    let offer = Offer { alpn: &[b"http/1.1"], identity: None, ended: Ended::default() };
    tls::handshake(stream, &stop.host, settings, offer, &mut None).await
}

async fn tunnel(
    stream: &mut Box<dyn Stream>,
    stop: &Stop,
    host: &str,
    port: u16,
) -> Result<(), Error> {
    let wrong = |reason: String| Error::Proxy { proxy: stop.name(), reason };
    let target =
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    let mut ask = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n");
    if let Some(basic) = &stop.basic {
        let _ = write!(ask, "Proxy-Authorization: {basic}\r\n");
    }
    ask.push_str("\r\n");
    let broken = |error: std::io::Error| {
        wrong(format!("broke the connection: {}", crate::request_body::plain(&error)))
    };
    stream.write_all(ask.as_bytes()).await.map_err(broken)?;
    stream.flush().await.map_err(broken)?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        if answer.len() >= MAX_ANSWER {
            return Err(wrong("answered CONNECT without end".into()));
        }
        // Byte by byte: what follows the head belongs to the tunnel.
        answer.push(stream.read_u8().await.map_err(broken)?);
    }
    let line = answer.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let line = line.escape_ascii().to_string();
    match line.split(' ').nth(1) {
        Some(status) if status.starts_with('2') => Ok(()),
        Some("407") => Err(wrong("asks for a user and password (407)".into())),
        _ => Err(wrong(format!("refused the tunnel to {target}: {line}"))),
    }
}

async fn socks(
    stream: Box<dyn Stream>,
    stop: &Stop,
    remote_dns: bool,
    host: &str,
    port: u16,
) -> Result<Box<dyn Stream>, Error> {
    let target = if remote_dns && host.parse::<std::net::IpAddr>().is_err() {
        tokio_socks::TargetAddr::Domain(host.into(), port)
    } else {
        let addresses = dial::lookup(host, port).await?;
        let Some(address) = addresses.first() else {
            return Err(Error::UnknownHost {
                host: host.into(),
                detail: "it has no address".into(),
            });
        };
        tokio_socks::TargetAddr::Ip(*address)
    };
    let result = match &stop.login {
        Some((user, password)) => {
            Socks5Stream::connect_with_password_and_socket(stream, target, user, password).await
        }
        None => Socks5Stream::connect_with_socket(stream, target).await,
    };
    let tunnel = result.map_err(|error| Error::Proxy {
        proxy: stop.name(),
        reason: format!("refused the tunnel: {error}"),
    })?;
    Ok(Box::new(tunnel.into_inner()))
}

/// The value of a Basic `Authorization` (RFC 7617).
pub(crate) fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", base64::prelude::BASE64_STANDARD.encode(format!("{user}:{password}")))
}
