//! One request in, a stream of events out.
//!
//! An [`Engine`] sends an [`Outgoing`] and gives an [`Exchange`]: a stream of [`Event`]s that ends
//! with an [`Outcome`]. The final body goes to the caller's [`BodySink`] as it arrives.

mod additions;
mod attempt;
mod authenticate;
mod authorization;
mod body_reading;
mod connect;
mod cookies;
mod credential_headers;
mod decode;
mod error;
mod event;
mod exchange;
mod head;
mod multipart;
mod outcome;
mod outgoing;
mod pool;
mod prepare;
mod receive;
mod redirect;
mod request_body;
mod run;
mod send;
mod settings;
mod sink;
mod tls;
mod wire;

use std::sync::Arc;

pub use authenticate::{
    Again, AuthFailure, Authenticator, Authorized, Authorizing, Framing, Unsent,
};
pub use cookies::{Cookie, CookieRejection, Jar, SameSite, SharedJar};
pub use credential_headers::is_credential_header;
pub use error::{Error, TimedPhase, TlsProblem};
pub use event::{Event, Growth, Phase};
pub use exchange::Exchange;
pub use outcome::{
    Dropped, DroppedKind, Hop, Outcome, Protocol, RejectedCookie, ResponseHead, SentRequest, State,
    Timings,
};
pub use outgoing::{Body, Credentials, Header, Multipart, Outgoing, Part, PartContent};
pub use settings::{HttpVersion, Proxy, Settings, Timeouts};
pub use sink::{BodySink, MemorySink};
pub use tls::{Certificate, ClientIdentity, Identity, IdentityError, ShownCertificate, TlsInfo};

/// The content codings that the engine takes off; a value for `Accept-Encoding`.
pub const ACCEPT_ENCODING: &str = "gzip, deflate, br, zstd";

/// Sends requests, and keeps connections open between them. Clones share the connections.
#[derive(Clone, Default)]
pub struct Engine {
    pool: Arc<pool::Pool>,
}

impl Engine {
    /// An engine with no open connections.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts an exchange. Must be called within a tokio runtime. Cookies are taken from `jar` and
    /// put into it; without one, none are sent but the typed ones. Credentials come from
    /// `authenticator`, besides those in the headers. The final body goes to `sink`.
    pub fn send(
        &self,
        outgoing: Outgoing,
        jar: Option<SharedJar>,
        authenticator: Option<Box<dyn Authenticator>>,
        sink: Box<dyn BodySink>,
    ) -> Exchange {
        exchange::start(self.pool.clone(), outgoing, jar, authenticator, sink)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}
