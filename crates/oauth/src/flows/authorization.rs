//! The authorization code flow (RFC 6749 §4.1, RFC 7636, RFC 9126) and the implicit one (§4.2).

use errand_auth::Secret;
use errand_jose::Key;
use errand_model::{OAuth2, ParameterPlace, TokenKind};
use serde_json::{Map, Value};
use url::Url;

use super::finish::finish;
use super::grants::{dpop_key, token_request};
use super::{redirect, what_for};
use crate::answer::{Granted, object};
use crate::endpoint::{Call, Context, endpoint};
use crate::form::Form;
use crate::pkce::{self, Proof};
use crate::{Browser, Error, TokenSet};

const PUSHED: &str = "Pushed authorization request";

/// What the parameters of an authorization request were in the end.
struct Asked {
    redirect_uri: String,
    nonce: Option<String>,
    response: Vec<(String, Secret)>,
}

pub(super) async fn code(context: &Context<'_>, browser: &dyn Browser) -> Result<TokenSet, Error> {
    let definition = context.definition;
    let proof = Proof::new(&definition.pkce)?;
    let key = dpop_key(definition)?;
    // Before anything is asked of a person: without a token endpoint the login would be in vain.
    endpoint(&context.endpoints.token, "token URL")?;
    let asked = authorize(context, browser, "code", proof.as_ref(), key.as_ref()).await?;
    let code = redirect::needed(&asked.response, "code", context.wire)?;
    context.wire.hide(code, "code");
    let mut form = Form::default();
    form.push("grant_type", "authorization_code");
    form.push("code", code.clone());
    form.push("redirect_uri", asked.redirect_uri.as_str());
    if let Some(proof) = proof {
        context.wire.hide(&proof.verifier, "code_verifier");
        form.push("code_verifier", proof.verifier);
    }
    for resource in definition.resource.split_whitespace() {
        form.push("resource", resource);
    }
    let granted = token_request(context, form, key.as_ref()).await?;
    finish(context, granted, key.as_ref(), asked.nonce.as_deref(), None).await
}

pub(super) async fn implicit(
    context: &Context<'_>,
    browser: &dyn Browser,
) -> Result<TokenSet, Error> {
    let wants_id = context.definition.token_config.source == TokenKind::IdToken;
    let kind = if wants_id { "id_token token" } else { "token" };
    let asked = authorize(context, browser, kind, None, None).await?;
    let answer: Map<String, Value> =
        asked.response.iter().map(|(name, value)| (name.clone(), value.expose().into())).collect();
    let granted = Granted::from_map("Login", &answer, context.wire)?;
    finish(context, granted, None, asked.nonce.as_deref(), None).await
}

/// Sends the user to the provider and back, and checks what came back.
async fn authorize(
    context: &Context<'_>,
    browser: &dyn Browser,
    kind: &str,
    proof: Option<&Proof>,
    key: Option<&Key>,
) -> Result<Asked, Error> {
    let callback = browser.listen(&context.definition.callback_url).await?;
    let form = parameters(context, kind, callback.redirect_uri(), proof, key)?;
    // What is sent is what is checked, whoever set it.
    let of = |name: &str| form.get(name).map(str::to_owned);
    let (state, nonce) = (of("state"), of("nonce"));
    let redirect_uri = of("redirect_uri").unwrap_or_else(|| callback.redirect_uri().to_owned());
    let url = request_url(context, &form, key).await?;
    let final_url = Secret::new(callback.authorize(url.as_str()).await?);
    let response = redirect::read(&final_url, &redirect_uri, state.as_deref(), context)?;
    Ok(Asked { redirect_uri, nonce, response })
}

fn parameters(
    context: &Context<'_>,
    kind: &str,
    redirect_uri: &str,
    proof: Option<&Proof>,
    key: Option<&Key>,
) -> Result<Form, Error> {
    let definition = context.definition;
    let mut form = Form::default();
    form.push("response_type", kind);
    form.push("client_id", definition.credentials.client_id.as_str());
    form.push("redirect_uri", redirect_uri);
    what_for(&mut form, definition);
    form.push("prompt", definition.prompt.as_str());
    let state = if definition.state.is_empty() {
        pkce::random()?
    } else {
        definition.state.as_str().into()
    };
    form.push("state", state);
    if is_openid(definition, kind) {
        form.push("nonce", pkce::random()?);
    }
    if let Some(proof) = proof {
        if proof.method == "plain" {
            context.wire.hide(&proof.verifier, "code_verifier");
        }
        form.push("code_challenge", proof.challenge.as_str());
        form.push("code_challenge_method", proof.method);
    }
    if let Some(key) = key {
        form.push("dpop_jkt", key.thumbprint());
    }
    let further = &definition.additional_parameters.authorization_request;
    form.add(further, |place| place != ParameterPlace::Header);
    Ok(form)
}

fn is_openid(definition: &OAuth2, kind: &str) -> bool {
    kind.contains("id_token") || definition.scope.split_whitespace().any(|scope| scope == "openid")
}

/// The URL to open; its parameters are pushed first where that is wanted.
async fn request_url(context: &Context<'_>, form: &Form, key: Option<&Key>) -> Result<Url, Error> {
    let definition = context.definition;
    let mut url = endpoint(&context.endpoints.authorization, "authorization URL")?;
    let further = &definition.additional_parameters.authorization_request;
    if definition.pushed_authorization {
        let request_uri = push(context, form, key).await?;
        url.query_pairs_mut()
            .append_pair("client_id", &definition.credentials.client_id)
            .append_pair("request_uri", &request_uri);
        return Ok(url);
    }
    if let Some(header) =
        further.iter().find(|one| one.placement == ParameterPlace::Header && !one.name.is_empty())
    {
        let reason = format!(
            "the browser opens the authorization URL and cannot be given the header {}; put it into the query, or push the request",
            header.name
        );
        return Err(Error::Field { field: "additional parameter", reason });
    }
    url.query_pairs_mut().extend_pairs(form.pairs());
    Ok(url)
}

/// RFC 9126 §2.
async fn push(context: &Context<'_>, form: &Form, key: Option<&Key>) -> Result<String, Error> {
    let headers: Vec<_> = context
        .definition
        .additional_parameters
        .authorization_request
        .iter()
        .filter(|one| one.placement == ParameterPlace::Header)
        .cloned()
        .collect();
    let url = &context.endpoints.pushed;
    let call = Call {
        step: PUSHED,
        field: "pushed authorization URL",
        url,
        form: form.clone(),
        further: &headers,
        dpop: key,
    };
    let answer = object(PUSHED, &context.call(&call).await?, context.wire)?;
    answer
        .get("request_uri")
        .and_then(Value::as_str)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
        .ok_or_else(|| Error::Answer {
            step: PUSHED,
            reason: "there is no request_uri in it".to_owned(),
        })
}
