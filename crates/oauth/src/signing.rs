use std::sync::Arc;

use errand_auth::{Addition, Clock, Place, Secret, Signer, Static};
use errand_model::{OAuth2, TokenKind, TokenPlacement};

use crate::{DpopSigner, Error, Nonces, TokenSet};

/// The signer that puts a token onto requests, where and as the definition says.
///
/// # Errors
/// The definition wants an ID token and there is none; a `DPoP` key that cannot be read.
pub fn signer(
    definition: &OAuth2,
    tokens: &TokenSet,
    nonces: &Nonces,
    clock: Arc<dyn Clock>,
) -> Result<Box<dyn Signer>, Error> {
    let source = definition.token_config.source;
    let token = match source {
        TokenKind::AccessToken => tokens.access_token.clone(),
        TokenKind::IdToken => tokens.id_token.clone().ok_or(Error::Missing {
            field: "ID token",
            hint: "Ask for one with the scope openid, or send the access token.",
        })?,
    };
    if source == TokenKind::AccessToken
        && tokens.token_type.eq_ignore_ascii_case("DPoP")
        && let Some(key) = &tokens.dpop_key
    {
        return Ok(Box::new(DpopSigner::new(token, key, nonces.clone())?.with_clock(clock)));
    }
    let (place, name, value, shown) = match &definition.token_config.placement {
        TokenPlacement::Query(name) => {
            let name = if name.is_empty() { "access_token" } else { name };
            (Place::Query, name, token, "••••••".to_owned())
        }
        TokenPlacement::Header(name) => {
            let name = if name.is_empty() { "Authorization" } else { name };
            match word(name, definition, tokens, source) {
                Some(word) => {
                    let value = Secret::new(format!("{word} {}", token.expose()));
                    (Place::Header, name, value, format!("{word} ••••••"))
                }
                None => (Place::Header, name, token, "••••••".to_owned()),
            }
        }
    };
    Ok(Box::new(Static::new(Addition { place, name: name.to_owned(), value, shown })))
}

/// The word before the token. A header of a provider's own (`X-Shopify-Access-Token`) has none
/// unless one is given.
fn word<'a>(
    header: &str,
    definition: &'a OAuth2,
    tokens: &'a TokenSet,
    source: TokenKind,
) -> Option<&'a str> {
    let own = tokens.token_type.as_str();
    match definition.header_prefix.trim() {
        "" if !header.eq_ignore_ascii_case("Authorization") => None,
        "" if source == TokenKind::IdToken || own.eq_ignore_ascii_case("Bearer") => Some("Bearer"),
        "" if !own.is_empty() && own.bytes().all(is_word) => Some(own),
        "" => Some("Bearer"),
        word => Some(word),
    }
}

/// A scheme's word ends where a header's token would (RFC 9110 §5.6.2); `N_A` and the like pass.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
