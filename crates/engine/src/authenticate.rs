//! The port for whoever proves who we are. The engine knows no scheme.

use std::fmt;
use std::pin::Pin;

use url::Url;

use crate::outcome::ResponseHead;
use crate::outgoing::{Body, Header};

/// What [`Authenticator::authorize`] gives.
pub type Authorizing<'a> =
    Pin<Box<dyn Future<Output = Result<Authorized, AuthFailure>> + Send + 'a>>;

/// Puts credentials onto each request of an exchange.
///
/// It is asked for every request within the origin of the first one, repeats among them, and no
/// more once a redirect has left that origin (unless [`crate::Settings::forward_authorization`]).
pub trait Authenticator: Send {
    /// What to add to a request that is otherwise complete.
    ///
    /// # Errors
    /// Whatever keeps the credentials from being made; the exchange fails with
    /// [`crate::Error::Auth`].
    fn authorize<'a>(&'a mut self, request: Unsent<'a>) -> Authorizing<'a>;

    /// Looks at the head of an answer; says whether to authorize and send the same request again.
    ///
    /// # Errors
    /// A challenge that cannot be met. The answer stands, and [`crate::Outcome::notes`] tells.
    fn challenged(&mut self, head: &ResponseHead) -> Result<Again, AuthFailure>;

    /// Whether the identity is proven to a connection rather than with each request (NTLM,
    /// Negotiate). The exchange then has a connection of its own, over HTTP/1.1.
    fn needs_one_connection(&self) -> bool;

    /// That one connection was closed, and the next request goes over a new one: what was proven
    /// to the old one is void, and the handshake begins anew with the next `authorize`.
    fn connection_lost(&mut self) {}
}

/// A request as it is about to be sent, complete but for its credentials.
#[derive(Clone, Copy)]
pub struct Unsent<'a> {
    /// The method.
    pub method: &'a str,
    /// The URL, without user information.
    pub url: &'a Url,
    /// The headers in the order they are sent: `Host`, `Content-Length` and the jar's cookies are
    /// among them.
    pub headers: &'a [Header],
    /// The body; [`Body::read_all`] reads it.
    pub body: &'a Body,
}

/// What is added to a request.
#[derive(Default)]
pub struct Authorized {
    /// Headers; they replace those of the same name.
    pub headers: Vec<Header>,
    /// Query parameters, as they are before percent-encoding; they are appended.
    pub query: Vec<(String, String)>,
    /// Cookies; they join the `Cookie` header and replace those of the same name.
    pub cookies: Vec<(String, String)>,
    /// The body to send instead.
    pub body: Option<Body>,
    /// Wraps the body while it is sent.
    pub framing: Option<Box<dyn Framing>>,
}

/// Values are left out: they are secrets.
impl fmt::Debug for Authorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |pairs: &[(String, String)]| -> Vec<String> {
            pairs.iter().map(|(name, _)| name.clone()).collect()
        };
        f.debug_struct("Authorized")
            .field("headers", &self.headers.iter().map(Header::name_text).collect::<Vec<_>>())
            .field("query", &names(&self.query))
            .field("cookies", &names(&self.cookies))
            .field("body", &self.body)
            .field("framed", &self.framing.is_some())
            .finish()
    }
}

/// Why the credentials cannot be made, for people; without any secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct AuthFailure {
    /// What happened and what to do next, in sentences.
    pub message: String,
}

/// Whether to send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The answer stands.
    No,
    /// Authorize and send the same request once more.
    Yes,
}

/// Wraps a body's pieces while it is sent.
pub trait Framing: Send {
    /// Bytes of each piece but the last; at least 1.
    fn piece(&self) -> usize;
    /// Length of the framed body for a body of `length` bytes.
    fn framed_length(&self, length: u64) -> u64;
    /// The next piece with its frame.
    fn frame(&mut self, piece: &[u8]) -> Vec<u8>;
    /// What ends the body.
    fn end(&mut self) -> Vec<u8>;
}
