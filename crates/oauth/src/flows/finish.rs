use errand_auth::Secret;
use errand_jose::Key;
use errand_model::{OAuth2, TokenKind};
use jiff::Timestamp;

use crate::answer::Granted;
use crate::endpoint::Context;
use crate::id_token::{Wanted, checked};
use crate::token_set::unchecked_claim;
use crate::{Error, IdTokenCheck, TokenSet};

/// Makes a checked token set of what a server granted.
pub(super) async fn finish(
    context: &Context<'_>,
    granted: Granted,
    dpop: Option<&Key>,
    nonce: Option<&str>,
    before: Option<&TokenSet>,
) -> Result<TokenSet, Error> {
    let Granted { access_token, token_type, refresh_token, id_token, scopes, mut expires_at } =
        granted;
    let definition = context.definition;
    let wants_id = definition.token_config.source == TokenKind::IdToken;
    if access_token.is_empty() && !wants_id {
        return Err(Error::Answer {
            step: "Token request",
            reason: "there is no access_token in it".to_owned(),
        });
    }
    let mut warnings = Vec::new();
    let id_token_check = match &id_token {
        None => IdTokenCheck::None,
        Some(token) => {
            let before = before.and_then(|set| set.id_token.as_ref());
            let wanted = Wanted { nonce, access_token: &access_token, before };
            checked(token, definition, context.endpoints, &wanted, context.wire).await?
        }
    };
    if let IdTokenCheck::NotChecked(why) = &id_token_check {
        warnings.push(format!("The ID token was not checked. {why}"));
    }
    if dpop.is_some() && !token_type.eq_ignore_ascii_case("DPoP") {
        warnings.push(format!(
            "The provider gave a token of type {token_type} that is not bound to the DPoP key."
        ));
    }
    if wants_id && let Some(token) = &id_token {
        expires_at = end_of(token);
    }
    let scopes = scopes
        .or_else(|| before.map(|set| set.scopes.clone()))
        .unwrap_or_else(|| asked(definition));
    Ok(TokenSet {
        access_token,
        token_type,
        // RFC 6749 §6: without a new refresh token the old one stays.
        refresh_token: refresh_token.or_else(|| before.and_then(|set| set.refresh_token.clone())),
        id_token_check: match (&id_token, before) {
            (None, Some(before)) => before.id_token_check.clone(),
            _ => id_token_check,
        },
        id_token: id_token.or_else(|| before.and_then(|set| set.id_token.clone())),
        scopes,
        obtained_at: context.wire.now(),
        expires_at,
        dpop_key: dpop.map(|key| Secret::from(key.private_jwk().as_str())),
        warnings,
        kept: false,
    })
}

fn end_of(token: &Secret) -> Option<Timestamp> {
    let end = unchecked_claim(token, "exp")?;
    Timestamp::from_second(crate::answer::seconds(&end)?).ok()
}

fn asked(definition: &OAuth2) -> Vec<String> {
    definition.scope.split_whitespace().map(str::to_owned).collect()
}
