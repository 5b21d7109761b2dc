//! Kerberos with the tickets the system already has.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod gssapi;

#[cfg(not(target_os = "linux"))]
use elsewhere as system;
#[cfg(target_os = "linux")]
use gssapi as system;

use crate::Error;

/// What is next in a conversation with a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this token. If the service answers with one, hand that to [`Kerberos::step`].
    Send(Vec<u8>),
    /// Nothing more to send: the service has proved who it is, too.
    Done,
}

/// One conversation with one service: the initiator's side of SPNEGO with Kerberos in it.
pub struct Kerberos(system::Conversation);

impl Kerberos {
    /// Prepares a conversation with a service: `HTTP@host` (the system finds the realm) or a principal such as
    /// `HTTP/host@REALM`. With `delegate`, the service gets a ticket to act on the user's behalf, where the
    /// user's own ticket can be forwarded.
    ///
    /// # Errors
    /// [`Error::Service`] for a name that cannot be one, [`Error::Unsupported`] where there is no Kerberos.
    pub fn new(service: &str, delegate: bool) -> Result<Self, Error> {
        system::Conversation::new(service, delegate).map(Self)
    }

    /// The next token: first without one, then with what the service answered. May block while the realm's
    /// server is asked for a ticket.
    ///
    /// # Errors
    /// Every other [`Error`] that is not NTLM's: no ticket, an expired one, an unknown service, …
    pub fn step(&mut self, answer: Option<&[u8]>) -> Result<Step, Error> {
        self.0.step(answer)
    }
}
