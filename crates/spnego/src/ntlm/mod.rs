//! NTLM version 2 (MS-NLMP), the client's side, without signing or sealing: HTTP asks for neither.

mod challenge;
mod fields;
mod hash;
mod message;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod vectors;

use zeroize::Zeroizing;

use crate::Error;
use challenge::Challenge;
use hash::Key;

/// Who proves an identity by NTLM. Keeps a hash that is as good as the password, and wipes it on drop.
pub struct Ntlm {
    user: String,
    domain: Option<String>,
    password: Zeroizing<Key>,
}

/// What a response is made from beside the user and the challenge: never the same twice.
struct Salt {
    nonce: [u8; 8],
    /// Tenths of microseconds since 1601; used where the server does not say the time.
    time: u64,
}

impl Ntlm {
    /// `username` may be `DOMAIN\user` or `user@domain`; a `domain` that is not empty goes before what the user
    /// name says. With neither, it is the one the server names.
    pub fn new(username: &str, password: &str, domain: &str) -> Self {
        let (said, user) = match username.split_once('\\') {
            Some((domain, user)) => (Some(domain), user),
            // The domain of `user@domain` is part of the name: the server sorts it out.
            None if username.contains('@') => (Some(""), username),
            None => (None, username),
        };
        let domain = if domain.is_empty() { said } else { Some(domain) };
        Self {
            user: user.to_owned(),
            domain: domain.map(str::to_owned),
            password: hash::password(password),
        }
    }

    /// The first message: says what the client can do, and nothing about who it is. It is always the same.
    pub fn negotiate(&self) -> Vec<u8> {
        message::negotiate()
    }

    /// The answer to the server's challenge. `service` (`HTTP/host`) tells the server whom it was meant for;
    /// `channel_bindings` is what RFC 5929 makes of the TLS connection, if it is known.
    ///
    /// # Errors
    /// [`Error::Challenge`] and [`Error::NoUnicode`] for a challenge that cannot be answered.
    pub fn authenticate(
        &self,
        challenge: &[u8],
        service: &str,
        channel_bindings: Option<&[u8]>,
    ) -> Result<Vec<u8>, Error> {
        let read = Challenge::read(challenge)?;
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce).map_err(|_| Error::NoRandom)?;
        let salt = Salt { nonce, time: fields::now() };
        Ok(message::authenticate(self, challenge, &read, service, channel_bindings, &salt))
    }
}
