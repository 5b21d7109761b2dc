//! What can go wrong with an exchange, in plain words.

use std::fmt;

/// A phase that has a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimedPhase {
    /// The name lookup.
    Lookup,
    /// The TCP connection.
    Connect,
    /// The TLS handshake.
    Tls,
    /// From the last byte sent to the response's head.
    FirstByte,
    /// Between two pieces of the body.
    Idle,
    /// The whole exchange.
    Total,
}

impl fmt::Display for TimedPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lookup => "looking up the name",
            Self::Connect => "connecting",
            Self::Tls => "the TLS handshake",
            Self::FirstByte => "waiting for the response",
            Self::Idle => "waiting for more of the body",
            Self::Total => "the whole exchange",
        })
    }
}

/// What is wrong with a server's certificate or its TLS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// The certificate is too old; since when, in plain words.
    Expired {
        /// The day it ended, if known.
        since: Option<String>,
    },
    /// The certificate begins in the future.
    NotYetValid {
        /// The day it begins, if known.
        from: Option<String>,
    },
    /// The certificate is for other names.
    WrongHost {
        /// The names it is for.
        names: Vec<String>,
    },
    /// It is signed by itself.
    SelfSigned,
    /// It is signed by nobody we trust.
    UnknownAuthority,
    /// Server and client share no TLS version or cipher.
    OldVersion,
    /// What came back is not TLS.
    NotTls,
    /// Anything else, as the TLS library says it.
    Other(String),
}

impl TlsProblem {
    /// What is wrong, as a sentence about `host`.
    pub fn sentence(&self, host: &str) -> String {
        let says = match self {
            Self::Expired { since: Some(day) } => format!("expired on {day}"),
            Self::Expired { since: None } => "has expired".into(),
            Self::NotYetValid { from: Some(day) } => format!("is not valid before {day}"),
            Self::NotYetValid { from: None } => "is not valid yet".into(),
            Self::WrongHost { names } if names.is_empty() => "is for another host".into(),
            Self::WrongHost { names } => format!("is for another host: {}", names.join(", ")),
            Self::SelfSigned => "is signed by itself, not by a known authority".into(),
            Self::UnknownAuthority => "is signed by an unknown authority".into(),
            Self::OldVersion => {
                return format!(
                    "{host} and Errand have no TLS version or cipher in common (TLS 1.2 or newer is needed)."
                );
            }
            Self::NotTls => return format!("{host} does not speak TLS on this port."),
            Self::Other(text) => return format!("TLS with {host} failed: {text}."),
        };
        format!("The certificate of {host} {says}.")
    }
}

/// Why an exchange did not complete. Texts name hosts, never whole URLs or values: those may hold
/// secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The URL cannot be sent to.
    #[error("The URL is not valid: {reason}.")]
    InvalidUrl {
        /// Why not.
        reason: String,
    },
    /// The method is not a token.
    #[error("\"{method}\" is not a method: only letters, digits and !#$%&'*+-.^_`|~ are allowed.")]
    InvalidMethod {
        /// The method, control characters escaped.
        method: String,
    },
    /// A header cannot be sent.
    #[error("The header {name} cannot be sent: {reason}.")]
    InvalidHeader {
        /// Its name, control characters escaped.
        name: String,
        /// Why not.
        reason: String,
    },
    /// The host has no address.
    #[error("There is no host named \"{host}\".")]
    UnknownHost {
        /// The host's name.
        host: String,
        /// What the system said.
        detail: String,
    },
    /// Nobody listens there.
    #[error("{address} refused the connection.")]
    Refused {
        /// Host and port.
        address: String,
    },
    /// The network does not lead there.
    #[error("{address} cannot be reached: {detail}.")]
    Unreachable {
        /// Host and port.
        address: String,
        /// What the system said.
        detail: String,
    },
    /// The connection was cut before the response.
    #[error("{address} closed the connection before it answered.")]
    Reset {
        /// Host and port.
        address: String,
    },
    /// A phase took too long.
    #[error("Time ran out after {limit_ms} ms while {phase}.")]
    Timeout {
        /// Which phase.
        phase: TimedPhase,
        /// The limit, in milliseconds.
        limit_ms: u128,
    },
    /// The server's certificate or TLS is not acceptable.
    #[error("{}", problem.sentence(host))]
    Tls {
        /// The server's name.
        host: String,
        /// What is wrong.
        problem: TlsProblem,
    },
    /// The server wants another client certificate, or one at all.
    #[error("{}", refused_certificate(host, shown.as_deref(), reason))]
    ClientCertificate {
        /// The server's name.
        host: String,
        /// Whom the certificate that was shown is for; none when none was.
        shown: Option<String>,
        /// What the server did, in plain words.
        reason: String,
    },
    /// The credentials cannot be made.
    #[error("{message}")]
    Auth {
        /// What happened and what to do next, in sentences.
        message: String,
    },
    /// A file of certificate authorities cannot be used.
    #[error("The certificate file {path} cannot be used: {reason}.")]
    CaFile {
        /// Where it is.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The proxy did not let us through.
    #[error("The proxy {proxy} {reason}.")]
    Proxy {
        /// The proxy without its credentials.
        proxy: String,
        /// What happened.
        reason: String,
    },
    /// HTTP/2 was demanded and not offered.
    #[error("{host} does not offer HTTP/2.")]
    NoHttp2 {
        /// The server's name.
        host: String,
    },
    /// More redirects than allowed.
    #[error("The server redirected more than {limit} times.")]
    TooManyRedirects {
        /// How many are allowed.
        limit: u32,
    },
    /// A redirect leads to a place that was already visited in the same way.
    #[error("The server redirects in a circle: {host} was asked for the same thing twice.")]
    RedirectLoop {
        /// The host.
        host: String,
    },
    /// A redirect leads to where we do not go.
    #[error("The redirect is not followed: {reason}.")]
    RedirectRefused {
        /// Why not.
        reason: String,
    },
    /// A redirect would carry the body to another origin.
    #[error("The server at {from} asks to send the body again, to {to}.")]
    CrossOriginBody {
        /// The origin that redirects.
        from: String,
        /// The origin it redirects to.
        to: String,
    },
    /// What came is not HTTP.
    #[error("What {host} sent is not a valid response: {reason}.")]
    MalformedResponse {
        /// The server's name.
        host: String,
        /// What is wrong.
        reason: String,
    },
    /// The response's head is too large.
    #[error(
        "The head of the response is larger than {limit} bytes or has more than {count} headers."
    )]
    HeaderTooLarge {
        /// The limit, in bytes.
        limit: usize,
        /// The limit, in headers.
        count: usize,
    },
    /// The body is too large.
    #[error("The body is larger than {limit} bytes.")]
    BodyTooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The body ended early.
    #[error("The body is not complete: {reason}.")]
    IncompleteBody {
        /// What happened.
        reason: String,
    },
    /// The content coding is broken.
    #[error("The body is not valid {coding}: {reason}.")]
    Decode {
        /// `gzip`, `br`, …
        coding: String,
        /// What is wrong.
        reason: String,
    },
    /// A file of the request cannot be read.
    #[error("The file {path} cannot be sent: {reason}.")]
    BodyFile {
        /// Where it is.
        path: String,
        /// Why not.
        reason: String,
    },
    /// The sink could not take the body.
    #[error("The body cannot be kept: {reason}.")]
    Sink {
        /// What the system said.
        reason: String,
    },
    /// HTTP/2 said no.
    #[error("{host} ended the HTTP/2 stream: {reason}.")]
    Http2 {
        /// The server's name.
        host: String,
        /// The reason from RFC 9113 §7.
        reason: String,
    },
    /// The user cancelled.
    #[error("Cancelled.")]
    Cancelled,
    /// Anything else from the system.
    #[error("The connection to {address} failed: {reason}.")]
    Io {
        /// Host and port.
        address: String,
        /// What the system said.
        reason: String,
    },
}

fn refused_certificate(host: &str, shown: Option<&str>, reason: &str) -> String {
    match shown {
        None => {
            format!("{host} asks for a client certificate and none is set for it; it {reason}.")
        }
        Some(subject) => {
            format!("{host} did not accept the client certificate of {subject}: it {reason}.")
        }
    }
}

impl Error {
    /// A stable name to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidUrl { .. } => "invalid-url",
            Self::InvalidMethod { .. } => "invalid-method",
            Self::InvalidHeader { .. } => "invalid-header",
            Self::UnknownHost { .. } => "unknown-host",
            Self::Refused { .. } => "refused",
            Self::Unreachable { .. } => "unreachable",
            Self::Reset { .. } => "reset",
            Self::Timeout { phase, .. } => phase.code(),
            Self::Tls { problem, .. } => problem.code(),
            Self::ClientCertificate { .. } => "client-certificate",
            Self::Auth { .. } => "credentials",
            Self::CaFile { .. } => "ca-file",
            Self::Proxy { .. } => "proxy",
            Self::NoHttp2 { .. } => "no-http2",
            Self::TooManyRedirects { .. } => "too-many-redirects",
            Self::RedirectLoop { .. } => "redirect-loop",
            Self::RedirectRefused { .. } => "redirect-refused",
            Self::CrossOriginBody { .. } => "cross-origin-body",
            Self::MalformedResponse { .. } => "malformed-response",
            Self::HeaderTooLarge { .. } => "header-too-large",
            Self::BodyTooLarge { .. } => "body-too-large",
            Self::IncompleteBody { .. } => "incomplete-body",
            Self::Decode { .. } => "decode",
            Self::BodyFile { .. } => "body-file",
            Self::Sink { .. } => "sink",
            Self::Http2 { .. } => "http2",
            Self::Cancelled => "cancelled",
            Self::Io { .. } => "io",
        }
    }

    /// What to do next, in a sentence; empty when there is nothing to say.
    pub fn hint(&self) -> String {
        match self {
            Self::InvalidUrl { .. } => "Write it like https://example.com/path.".into(),
            Self::InvalidHeader { .. } => "Take out line ends and zero bytes, and spaces in the name.".into(),
            Self::UnknownHost { .. } => "Check the spelling, the VPN and the network.".into(),
            Self::Refused { .. } => "Is the server running, and is the port right?".into(),
            Self::Unreachable { .. } => "Check the network, the VPN and the firewall.".into(),
            Self::Reset { .. } => "It may have crashed, or speak another protocol (http instead of https?). Send again.".into(),
            Self::Timeout { .. } => "Raise the limit in the settings, or check the server.".into(),
            Self::Tls { host, problem } => problem.hint(host),
            Self::ClientCertificate { host, shown: None, .. } => format!("Add one for {host} to the client certificates of the environment or the collection."),
            Self::ClientCertificate { .. } => "Is it the one for this environment, still valid, and of an authority this server trusts? Its file must hold the certificates between, too.".into(),
            Self::CaFile { .. } => "Give a PEM file with at least one certificate.".into(),
            Self::Proxy { .. } => "Check the proxy's address and password in the settings or in HTTP_PROXY.".into(),
            Self::NoHttp2 { .. } => "Set the HTTP version to auto.".into(),
            Self::TooManyRedirects { .. } | Self::RedirectLoop { .. } => "The timeline shows each hop. Often a cookie or a login is missing.".into(),
            Self::RedirectRefused { .. } => "Only http and https are followed.".into(),
            Self::CrossOriginBody { to, .. } => format!("Send again and allow it if {to} may see the body, or send it there yourself."),
            Self::MalformedResponse { .. } => "What arrived is shown raw. Does this port speak HTTP?".into(),
            Self::HeaderTooLarge { .. } => "What arrived is shown raw. No more of a head is read.".into(),
            Self::BodyTooLarge { .. } => "What arrived is kept. No more of a body is; ask for a part of it (Range), if the server can.".into(),
            Self::IncompleteBody { .. } => "What arrived is kept. Send again.".into(),
            Self::Decode { .. } => "What could be decoded is kept.".into(),
            Self::BodyFile { .. } => "Choose the file again.".into(),
            Self::Sink { .. } => "Is the disk full?".into(),
            Self::Http2 { .. } => "Send again, or set the HTTP version to 1.1.".into(),
            Self::Io { .. } => "Check the network and send again.".into(),
            Self::InvalidMethod { .. } | Self::Auth { .. } | Self::Cancelled => String::new(),
        }
    }
}

impl TimedPhase {
    fn code(self) -> &'static str {
        match self {
            Self::Lookup => "timeout-lookup",
            Self::Connect => "timeout-connect",
            Self::Tls => "timeout-tls",
            Self::FirstByte => "timeout-first-byte",
            Self::Idle => "timeout-idle",
            Self::Total => "timeout-total",
        }
    }
}

impl TlsProblem {
    /// A stable name to branch on.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Expired { .. } => "tls-expired",
            Self::NotYetValid { .. } => "tls-not-yet-valid",
            Self::WrongHost { .. } => "tls-wrong-host",
            Self::SelfSigned | Self::UnknownAuthority => "tls-unknown-authority",
            Self::OldVersion | Self::NotTls | Self::Other(_) => "tls-other",
        }
    }

    fn hint(&self, host: &str) -> String {
        match self {
            Self::NotYetValid { .. } => "Check this machine's clock.".into(),
            Self::SelfSigned | Self::UnknownAuthority => format!(
                "If you know this server, add its authority as an extra CA file, or allow {host} without checks in the settings."
            ),
            Self::OldVersion => "The server's TLS must be renewed.".into(),
            Self::NotTls => "Use http:// or another port.".into(),
            _ => format!("If you know this server, allow {host} without checks in the settings."),
        }
    }
}
