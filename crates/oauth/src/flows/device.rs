//! The device flow (RFC 8628).

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::Value;

use super::finish::finish;
use super::grants::{dpop_key, token_request};
use super::what_for;
use crate::answer::{object, seconds, web_address};
use crate::endpoint::{Call, Context};
use crate::form::Form;
use crate::{Browser, DevicePrompt, Error, TokenSet};

const STEP: &str = "Device authorization";

/// Seconds between two questions where the server names none (§3.2).
const INTERVAL: i64 = 5;
/// Seconds that a code is good for where the server, against §3.2, does not say.
const LIFE: i64 = 600;
/// Longest time between two questions, in seconds.
const LONGEST: i64 = 300;

pub(super) async fn log_in(
    context: &Context<'_>,
    browser: &dyn Browser,
) -> Result<TokenSet, Error> {
    let definition = context.definition;
    let mut form = Form::default();
    form.push("client_id", definition.credentials.client_id.as_str());
    what_for(&mut form, definition);
    let further = &definition.additional_parameters.authorization_request;
    let url = &context.endpoints.device;
    let call =
        Call { step: STEP, field: "device authorization URL", url, form, further, dpop: None };
    let answer = object(STEP, &context.call(&call).await?, context.wire)?;
    let text = |name: &'static str| {
        answer.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    };
    let needed = |name| {
        text(name).ok_or_else(|| Error::Answer {
            step: STEP,
            reason: format!("there is no {name} in it"),
        })
    };
    let device_code = needed("device_code")?;
    context.wire.hide(&device_code.into(), "device_code");
    let number = |name, usual| answer.get(name).and_then(seconds).unwrap_or(usual);
    let expires_at = context
        .wire
        .now()
        .checked_add(SignedDuration::from_secs(number("expires_in", LIFE)))
        .map_err(|_| Error::Answer {
            step: STEP,
            reason: "its expires_in is no time".to_owned(),
        })?;
    // Google's older name.
    let uri = text("verification_uri").or_else(|| text("verification_url"));
    let uri = uri.and_then(|uri| web_address(uri, context.wire));
    browser.show_code(DevicePrompt {
        user_code: context.wire.words(needed("user_code")?),
        verification_uri: uri.ok_or_else(|| Error::Answer {
            step: STEP,
            reason: "there is no verification_uri in it".to_owned(),
        })?,
        verification_uri_complete: text("verification_uri_complete")
            .and_then(|uri| web_address(uri, context.wire)),
        expires_at,
    });
    let key = dpop_key(definition)?;
    let mut interval = number("interval", INTERVAL).clamp(1, LONGEST);
    loop {
        browser.pause(Duration::from_secs(interval.unsigned_abs())).await;
        if context.wire.now() >= expires_at {
            return Err(Error::DeviceExpired);
        }
        let mut form = Form::default();
        form.push("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
        form.push("device_code", device_code);
        let error = match token_request(context, form, key.as_ref()).await {
            Ok(granted) => return finish(context, granted, key.as_ref(), None, None).await,
            Err(error) => error,
        };
        match error.server().map(|server| server.error.as_str()) {
            Some("authorization_pending") => (),
            Some("slow_down") => interval = (interval + 5).min(LONGEST),
            Some("expired_token") => return Err(Error::DeviceExpired),
            // §3.5: no connection is no refusal; asked after ever less often.
            None if matches!(error, Error::Http { .. }) => interval = (interval * 2).min(LONGEST),
            _ => return Err(error),
        }
    }
}
