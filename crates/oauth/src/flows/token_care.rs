//! What can be done with a token that is there: ask what it is worth, and give it back.

use serde_json::Value;

use crate::answer::{object, refusal};
use crate::endpoint::{Call, Context};
use crate::form::Form;
use crate::{Error, ServerError, TokenSet};

/// RFC 7662.
pub(crate) async fn introspect(context: &Context<'_>, set: &TokenSet) -> Result<Value, Error> {
    const STEP: &str = "Introspection";
    context.wire.hide(&set.access_token, "access_token");
    let mut form = Form::default();
    form.push("token", set.access_token.clone());
    form.push("token_type_hint", "access_token");
    let url = &context.endpoints.introspection;
    let call = Call { step: STEP, field: "introspection URL", url, form, further: &[], dpop: None };
    let answer = context.call(&call).await?;
    object(STEP, &answer, context.wire).map(Value::Object)
}

/// RFC 7009: the refresh token, then the access token.
pub(crate) async fn revoke(context: &Context<'_>, set: &TokenSet) -> Result<(), Error> {
    const STEP: &str = "Revocation";
    let tokens =
        [("refresh_token", set.refresh_token.as_ref()), ("access_token", Some(&set.access_token))];
    let mut done = 0;
    for (kind, token) in tokens {
        let Some(token) = token.filter(|token| !token.is_empty()) else { continue };
        context.wire.hide(token, kind);
        let mut form = Form::default();
        form.push("token", token.clone());
        form.push("token_type_hint", kind);
        let url = &context.endpoints.revocation;
        let call =
            Call { step: STEP, field: "revocation URL", url, form, further: &[], dpop: None };
        let answer = context.call(&call).await?;
        if (200..300).contains(&answer.status) {
            done += 1;
            continue;
        }
        let body = serde_json::from_slice::<Value>(&answer.body).ok();
        let error = refusal(STEP, &answer, body.as_ref().and_then(Value::as_object), context.wire);
        // RFC 7009 §2.2.1: a server may keep access tokens out of it. The refresh token is gone then.
        let unsupported = |server: &ServerError| server.error == "unsupported_token_type";
        if !(done > 0 && error.server().is_some_and(unsupported)) {
            return Err(error);
        }
    }
    Ok(())
}
