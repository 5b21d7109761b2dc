//! What tokens are for, and what can be asked and said about them.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};

use super::client::authenticate;
use super::fault::Fault;
use super::issue::{has, opened};
use super::proof::proven;
use super::state::{field, form};
use crate::answer::{Answer, empty, json_answer};
use crate::call::Call;

/// A protected resource: wants the scope `read`, or the one in `?scope=`.
pub(crate) fn resource(call: &Call) -> Result<Answer, Fault> {
    let claims = presented(call)?;
    let wanted = call.param("scope").unwrap_or("read");
    if !has(claims["scope"].as_str().unwrap_or_default(), wanted) {
        return Err(Fault::insufficient_scope(wanted));
    }
    Ok(json_answer(&json!({ "authenticated": true, "scope": wanted, "claims": claims })))
}

/// OpenID Connect Core §5.3.
pub(crate) fn userinfo(call: &Call) -> Result<Answer, Fault> {
    let claims = presented(call)?;
    if !has(claims["scope"].as_str().unwrap_or_default(), "openid") {
        return Err(Fault::insufficient_scope("openid"));
    }
    let user = claims["sub"].as_str().unwrap_or_default();
    Ok(json_answer(&json!({
        "sub": user,
        "name": user,
        "email": format!("{user}@example.test"),
    })))
}

/// The token in the Authorization header, with its proof if it is bound to a key.
fn presented(call: &Call) -> Result<Value, Fault> {
    let Some((scheme @ ("bearer" | "dpop"), token)) = super::scheme(call) else {
        return Err(Fault::invalid_token("Bearer", "A token is missing: Authorization: Bearer …"));
    };
    let claims = opened(call, token)?;
    let bound = claims["cnf"]["jkt"].as_str();
    let proof = if scheme == "dpop" {
        proven(call, Some(token))
            .map_err(|fault| Fault::invalid_token("DPoP", fault.description))?
    } else {
        None
    };
    if bound != proof.as_deref() {
        let wanted = "The token is bound to a key: it goes with DPoP and a proof by that key.";
        let text = if bound.is_some() { wanted } else { "The token goes with Bearer." };
        return Err(Fault::invalid_token("DPoP", text));
    }
    Ok(claims)
}

/// RFC 7662.
pub(crate) async fn introspect(call: &mut Call) -> Result<Answer, Fault> {
    let form = form(call).await?;
    authenticate(call, &form)?;
    let token = field(&form, "token").unwrap_or_default();
    if let Some(grant) = call.site.oauth.kept().refreshes.get(token) {
        return Ok(json_answer(&json!({
            "active": true,
            "client_id": grant.client,
            "scope": grant.scope,
            "sub": grant.user,
        })));
    }
    let mut told = json!({ "active": false });
    if let Ok(Value::Object(mut claims)) = opened(call, token) {
        claims.shift_insert(0, "active".to_owned(), Value::from(true));
        let kind = if claims.contains_key("cnf") { "DPoP" } else { "Bearer" };
        claims.insert("token_type".to_owned(), kind.into());
        told = Value::Object(claims);
    }
    Ok(json_answer(&told))
}

/// RFC 7009: good for unknown tokens, too.
pub(crate) async fn revoke(call: &mut Call) -> Result<Answer, Fault> {
    let form = form(call).await?;
    let client = authenticate(call, &form)?;
    let token = field(&form, "token").unwrap_or_default();
    let claims = opened(call, token).ok();
    let mut kept = call.site.oauth.kept();
    if kept.refreshes.get(token).is_some_and(|grant| grant.client == client) {
        kept.refreshes.take(token);
    }
    if let Some(id) = claims.as_ref().filter(|claims| claims["client_id"] == client) {
        let id = id["jti"].as_str().unwrap_or_default();
        // No token lives longer.
        kept.revoked.put(id, (), Duration::from_secs(86_400));
    }
    Ok(empty(StatusCode::OK))
}
