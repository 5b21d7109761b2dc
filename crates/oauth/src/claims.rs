use errand_jose::read;
use serde_json::Value;

use crate::{IdTokenCheck, TokenSet};

/// What tokens say of themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claims {
    /// The access token, when it is a JWT.
    pub access: Option<ShownToken>,
    /// The ID token.
    pub id: Option<ShownToken>,
}

/// A token's content, to look at.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownToken {
    /// The JOSE header.
    pub header: Value,
    /// The claims.
    pub claims: Value,
    /// Why its signature was not checked; none when it was.
    pub unverified: Option<String>,
}

pub(crate) fn of(set: &TokenSet) -> Claims {
    let shown = |token: &str, unverified| {
        let content = read(token).ok()?;
        Some(ShownToken { header: content.header, claims: content.claims, unverified })
    };
    let why = match &set.id_token_check {
        IdTokenCheck::Checked => None,
        IdTokenCheck::NotChecked(why) => Some(why.clone()),
        IdTokenCheck::None => Some("Nobody checked it.".to_owned()),
    };
    Claims {
        access: shown(
            set.access_token.expose(),
            Some("An access token is for the server that it is sent to; its signature was not checked here.".to_owned()),
        ),
        id: set.id_token.as_ref().and_then(|token| shown(token.expose(), why)),
    }
}
