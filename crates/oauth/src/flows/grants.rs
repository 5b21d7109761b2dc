//! The grants that need nobody, and refreshing.

use errand_jose::Key;
use errand_model::{AdditionalParameter, OAuth2};
use serde_json::{Map, Value};

use super::finish::finish;
use super::what_for;
use crate::answer::Granted;
use crate::client::{self, ASSERTION_LIFE};
use crate::endpoint::{Call, Context};
use crate::form::Form;
use crate::{Error, TokenSet, dpop, pkce};

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";

/// A token request: the form's grant, with the key of a `DPoP` proof.
pub(super) async fn token_request(
    context: &Context<'_>,
    form: Form,
    key: Option<&Key>,
) -> Result<Granted, Error> {
    let definition = context.definition;
    let further = &definition.additional_parameters.access_token_request;
    let url = &context.endpoints.token;
    granted(context, "Token request", url, form, further, key).await
}

async fn granted(
    context: &Context<'_>,
    step: &'static str,
    url: &str,
    form: Form,
    further: &[AdditionalParameter],
    key: Option<&Key>,
) -> Result<Granted, Error> {
    let call = Call { step, field: "token URL", url, form, further, dpop: key };
    let answer = context.call(&call).await?;
    Granted::from_answer(step, &answer, context.wire)
}

/// A new key where tokens are bound to one.
pub(super) fn dpop_key(definition: &OAuth2) -> Result<Option<Key>, Error> {
    definition.dpop.then(dpop::generate).transpose()
}

async fn alone(context: &Context<'_>, form: Form) -> Result<TokenSet, Error> {
    let key = dpop_key(context.definition)?;
    let granted = token_request(context, form, key.as_ref()).await?;
    finish(context, granted, key.as_ref(), None, None).await
}

/// RFC 6749 §4.4.
pub(super) async fn client_credentials(context: &Context<'_>) -> Result<TokenSet, Error> {
    let mut form = Form::default();
    form.push("grant_type", "client_credentials");
    what_for(&mut form, context.definition);
    alone(context, form).await
}

/// RFC 6749 §4.3.
pub(super) async fn password(context: &Context<'_>) -> Result<TokenSet, Error> {
    let owner = &context.definition.resource_owner;
    if owner.username.is_empty() {
        return Err(Error::Missing {
            field: "user name",
            hint: "Fill it in; this flow logs in with it.",
        });
    }
    context.wire.hide(&owner.password.as_str().into(), "password");
    let mut form = Form::default();
    form.push("grant_type", "password");
    form.push("username", owner.username.as_str());
    form.push("password", owner.password.as_str());
    what_for(&mut form, context.definition);
    alone(context, form).await
}

/// RFC 7523 §2.1.
pub(super) async fn jwt_bearer(context: &Context<'_>) -> Result<TokenSet, Error> {
    let definition = context.definition;
    let assertion = &definition.assertion;
    let key = client::private_key(&assertion.key, "assertion key", context.wire)?;
    let algorithm =
        client::algorithm(&assertion.algorithm, "assertion key", key.default_algorithm())?;
    let claims = claims(context)?;
    let token = client::sign(&assertion.key_id, claims, algorithm, &key, "assertion key")?;
    context.wire.hide(&token, "assertion");
    let mut form = Form::default();
    form.push("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
    form.push("assertion", token);
    what_for(&mut form, definition);
    alone(context, form).await
}

/// RFC 7523 §3; the definition's own claims win.
fn claims(context: &Context<'_>) -> Result<Map<String, Value>, Error> {
    let definition = context.definition;
    let assertion = &definition.assertion;
    let or =
        |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    let issuer = or(&assertion.issuer, &definition.credentials.client_id);
    if issuer.is_empty() {
        return Err(Error::Missing {
            field: "issuer of the assertion",
            hint: "Fill in the issuer or the client id.",
        });
    }
    let now = context.wire.now().as_second();
    let mut claims = Map::new();
    claims.insert("sub".to_owned(), or(&assertion.subject, &issuer).into());
    claims.insert("iss".to_owned(), issuer.into());
    claims.insert("aud".to_owned(), or(&assertion.audience, &context.endpoints.token).into());
    claims.insert("jti".to_owned(), pkce::random()?.expose().into());
    claims.insert("iat".to_owned(), now.into());
    claims.insert("exp".to_owned(), (now + ASSERTION_LIFE).into());
    if assertion.claims.trim().is_empty() {
        return Ok(claims);
    }
    let further: Map<String, Value> =
        serde_json::from_str(&assertion.claims).map_err(|error| Error::Field {
            field: "claims of the assertion",
            reason: format!(
                "it is no JSON object (line {}, column {})",
                error.line(),
                error.column()
            ),
        })?;
    for (name, value) in further {
        // A claim of null takes ours away.
        if value.is_null() {
            claims.shift_remove(&name);
        } else {
            claims.insert(name, value);
        }
    }
    Ok(claims)
}

/// RFC 8693 §2.1.
pub(super) async fn exchange(context: &Context<'_>) -> Result<TokenSet, Error> {
    let tokens = &context.definition.exchange;
    if tokens.subject_token.is_empty() {
        return Err(Error::Missing {
            field: "subject token",
            hint: "Fill in the token to exchange.",
        });
    }
    let or = |kind: &str| if kind.is_empty() { ACCESS_TOKEN.to_owned() } else { kind.to_owned() };
    let mut form = Form::default();
    form.push("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    context.wire.hide(&tokens.subject_token.as_str().into(), "subject_token");
    form.push("subject_token", tokens.subject_token.as_str());
    form.push("subject_token_type", or(&tokens.subject_token_type));
    if !tokens.actor_token.is_empty() {
        context.wire.hide(&tokens.actor_token.as_str().into(), "actor_token");
        form.push("actor_token", tokens.actor_token.as_str());
        form.push("actor_token_type", or(&tokens.actor_token_type));
    }
    form.push("requested_token_type", tokens.requested_token_type.as_str());
    what_for(&mut form, context.definition);
    alone(context, form).await
}

/// RFC 6749 §6, with the key the old token is bound to.
pub(crate) async fn refresh(context: &Context<'_>, old: &TokenSet) -> Result<TokenSet, Error> {
    let token = old.refresh_token.as_ref().ok_or(Error::NoRefreshToken)?;
    let wire = context.wire;
    wire.hide(token, "refresh_token");
    wire.hide(&old.access_token, "access_token");
    let key = old.dpop_key.as_ref().map(dpop::key).transpose()?;
    let mut form = Form::default();
    form.push("grant_type", "refresh_token");
    form.push("refresh_token", token.clone());
    for resource in context.definition.resource.split_whitespace() {
        form.push("resource", resource);
    }
    let further = &context.definition.additional_parameters.refresh_token_request;
    let url = &context.endpoints.refresh;
    let granted = granted(context, "Refresh", url, form, further, key.as_ref()).await?;
    finish(context, granted, key.as_ref(), None, Some(old)).await
}
