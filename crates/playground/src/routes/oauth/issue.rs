//! Tokens made and read.

use std::time::{Duration, SystemTime};

use errand_jose::{Algorithm, Expected, base64url};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::fault::Fault;
use super::state::{Grant, issuer, now, random};
use crate::answer::Refusal;
use crate::call::Call;

/// How long a refresh token lives without use.
const REFRESH: Duration = Duration::from_secs(86_400);

/// What the token endpoint answers (RFC 6749 §5.1).
pub(crate) fn tokens(call: &Call, grant: &Grant, refreshable: bool) -> Result<Value, Refusal> {
    let access = access_token(call, grant)?;
    let mut told = json!({
        "access_token": access,
        "token_type": if grant.bound.is_some() { "DPoP" } else { "Bearer" },
        "expires_in": grant.seconds,
        "scope": grant.scope,
    });
    if refreshable {
        let refresh = random()?;
        call.site.oauth.kept().refreshes.put(&refresh, grant.clone(), REFRESH);
        told["refresh_token"] = refresh.into();
    }
    if has(&grant.scope, "openid") && grant.user.is_some() {
        told["id_token"] = id_token(call, grant, Some(&access))?.into();
    }
    Ok(told)
}

/// RFC 9068.
pub(crate) fn access_token(call: &Call, grant: &Grant) -> Result<String, Refusal> {
    let issuer = issuer(call);
    let mut claims = json!({
        "iss": issuer,
        "sub": grant.user.as_deref().unwrap_or(&grant.client),
        "aud": grant.audience.as_deref().unwrap_or(&issuer),
        "client_id": grant.client,
        "scope": grant.scope,
        "iat": now(),
        "exp": now() + grant.seconds,
        "jti": random()?,
    });
    if let Some(thumbprint) = &grant.bound {
        claims["cnf"] = json!({ "jkt": thumbprint });
    }
    signed(call, "at+jwt", claims)
}

/// OpenID Connect Core §2.
pub(crate) fn id_token(
    call: &Call,
    grant: &Grant,
    access: Option<&str>,
) -> Result<String, Refusal> {
    let user = grant.user.as_deref().unwrap_or_default();
    let mut claims = json!({
        "iss": issuer(call),
        "sub": user,
        "aud": grant.client,
        "iat": now(),
        "exp": now() + 300,
        "auth_time": now(),
        "name": user,
    });
    if let Some(nonce) = &grant.nonce {
        claims["nonce"] = nonce.as_str().into();
    }
    if let Some(access) = access {
        // The left half of the hash that the signature uses (§3.1.3.6).
        claims["at_hash"] = base64url(&Sha256::digest(access)[..16]).into();
    }
    signed(call, "JWT", claims)
}

fn signed(call: &Call, kind: &str, claims: Value) -> Result<String, Refusal> {
    let Value::Object(claims) = claims else { return Ok(String::new()) };
    let header = Map::from_iter([
        ("typ".to_owned(), Value::from(kind)),
        ("kid".to_owned(), Value::from("playground")),
    ]);
    let token = errand_jose::sign(header, claims, Algorithm::Es256, call.site.oauth.key()?);
    let token = token.map_err(|error| Refusal::bad(error.to_string()))?;
    Ok(token.to_string())
}

/// The claims of an access token that is good now.
pub(crate) fn opened(call: &Call, token: &str) -> Result<Value, Fault> {
    let scheme = super::scheme(call)
        .map_or("Bearer", |(word, _)| if word == "dpop" { "DPoP" } else { "Bearer" });
    let refused = |error: errand_jose::Error| Fault::invalid_token(scheme, error.to_string());
    let verified = errand_jose::verify(token, &call.site.oauth.keys()?, &[Algorithm::Es256]);
    let verified = verified.map_err(refused)?;
    if verified.header["typ"] != "at+jwt" {
        return Err(Fault::invalid_token(scheme, "This is no access token."));
    }
    let issuer = issuer(call);
    let expected = Expected {
        now: SystemTime::now(),
        leeway: Duration::ZERO,
        issuer: Some(&issuer),
        audience: None,
        needs_expiry: true,
    };
    errand_jose::check(&verified.claims, &expected).map_err(refused)?;
    let id = verified.claims["jti"].as_str().unwrap_or_default();
    if call.site.oauth.kept().revoked.get(id).is_some() {
        return Err(Fault::invalid_token(scheme, "The token was revoked."));
    }
    Ok(verified.claims)
}

/// Whether a list of scopes holds this one.
pub(crate) fn has(scopes: &str, scope: &str) -> bool {
    scopes.split(' ').any(|known| known == scope)
}
