//! What a scheme does to a request: the port between this crate and whoever sends.

use std::io;

use url::Url;

use crate::{Addition, Error};

/// Puts credentials onto each request of an exchange, and answers challenges.
///
/// One signer lives for one exchange: it is asked again for every hop within the origin and for
/// every repeat after a challenge.
pub trait Signer: Send {
    /// What to add to a request that is otherwise complete.
    ///
    /// # Errors
    /// Whatever keeps the credentials from being made; nothing is sent then.
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error>;

    /// Looks at an answer; says whether to sign and send the same request again.
    ///
    /// # Errors
    /// A challenge that is not understood, or that asks for what the scheme does not do. The answer
    /// stays the answer then, and the error is told beside it.
    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        let _ = answer;
        Ok(Again::No)
    }

    /// Whether the scheme proves an identity to a connection rather than with each request (NTLM,
    /// Negotiate). Such an exchange has a connection of its own, over HTTP/1.1.
    fn needs_one_connection(&self) -> bool {
        false
    }

    /// That one connection was closed: what was proven to it is void.
    fn connection_lost(&mut self) {}
}

/// A request as it is about to be sent, complete but for its credentials.
pub struct Unsigned<'a> {
    /// Method as sent.
    pub method: &'a str,
    /// The URL as sent, without user information.
    pub url: &'a Url,
    /// Headers in the order they are sent, `Host` and `Content-Length` among them.
    pub headers: &'a [(String, String)],
    /// The body as sent.
    pub payload: &'a dyn Payload,
}

impl Unsigned<'_> {
    /// The first header of this name, case ignored.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A request's body, wherever it is.
pub trait Payload: Sync {
    /// Its length in bytes; none for one whose end is not known beforehand.
    fn length(&self) -> Option<u64>;

    /// Hands its bytes to `take`, in pieces, from the start. May be asked again. Blocks.
    ///
    /// # Errors
    /// A file that cannot be read.
    fn read(&self, take: &mut dyn FnMut(&[u8])) -> io::Result<()>;
}

/// A body in memory; an empty one is no body.
impl Payload for [u8] {
    fn length(&self) -> Option<u64> {
        Some(self.len() as u64)
    }

    fn read(&self, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        take(self);
        Ok(())
    }
}

/// The same, where a `dyn Payload` is wanted: a slice cannot be one.
impl Payload for Vec<u8> {
    fn length(&self) -> Option<u64> {
        self.as_slice().length()
    }

    fn read(&self, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        self.as_slice().read(take)
    }
}

/// What a signature adds.
#[derive(Default)]
pub struct Signed {
    /// Headers, parameters and cookies.
    pub additions: Vec<Addition>,
    /// The body to send instead.
    pub body: Option<SignedBody>,
}

impl From<Addition> for Signed {
    fn from(addition: Addition) -> Self {
        Self { additions: vec![addition], body: None }
    }
}

/// A body that a signature changes.
pub enum SignedBody {
    /// Another one.
    Whole(Vec<u8>),
    /// The same one in signed pieces.
    Framed(Box<dyn Framing>),
}

/// Wraps a body's pieces while it is sent.
pub trait Framing: Send {
    /// Bytes of each piece but the last.
    fn piece(&self) -> usize;
    /// Length of the framed body for a body of `length` bytes.
    fn framed_length(&self, length: u64) -> u64;
    /// The next piece with its frame.
    fn frame(&mut self, piece: &[u8]) -> Vec<u8>;
    /// What ends the body.
    fn end(&mut self) -> Vec<u8>;
}

/// The head of an answer.
pub struct Answer<'a> {
    /// Status code.
    pub status: u16,
    /// Headers in order.
    pub headers: &'a [(String, String)],
}

impl Answer<'_> {
    /// The values of every header of this name, case ignored.
    pub fn all<'b>(&'b self, name: &'b str) -> impl Iterator<Item = &'b str> {
        self.headers
            .iter()
            .filter(move |(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// Whether to send again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// The answer stands.
    No,
    /// Sign and send the same request once more.
    Yes,
}
