//! Schemes that prove an identity to a connection: NTLM and Negotiate (RFC 4559).

mod negotiate;
mod ntlm;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub(crate) use negotiate::Negotiate;
pub(crate) use ntlm::Ntlm;

use crate::apply::authorization;
use crate::challenge::Challenge;
use crate::parts::base64;
use crate::{Addition, Error};

/// The header with a token: `Negotiate YII…`.
fn header(word: &str, token: &[u8]) -> Addition {
    authorization(word, &base64(token))
}

/// The token that a challenge of `word` carries; none where it carries none.
fn token(challenges: &[Challenge], word: &'static str) -> Result<Option<Vec<u8>>, Error> {
    let with_token = |challenge: &&Challenge| challenge.is(word) && challenge.token.is_some();
    let Some(challenge) = challenges.iter().find(with_token) else { return Ok(None) };
    let text = challenge.token.as_deref().unwrap_or_default();
    STANDARD.decode(text).map(Some).map_err(|_| Error::Challenge {
        scheme: word,
        reason: "its token is not base64. This is the server's mistake".to_owned(),
    })
}

/// What the tokens' makers say, as an error of this crate.
fn failed(scheme: &'static str, error: &errand_spnego::Error) -> Error {
    Error::Handshake { scheme, reason: error.to_string() }
}
