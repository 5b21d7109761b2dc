//! The token endpoint (RFC 6749 §3.2).

use std::time::{Duration, Instant};

use errand_jose::base64url_sha256;
use http::header::{CACHE_CONTROL, HeaderValue};
use serde_json::Value;

use super::client::{PUBLIC, authenticate};
use super::fault::Fault;
use super::issue::{has, opened, tokens};
use super::proof::proven;
use super::state::{Code, DeviceState, Fields, Grant, field, form, grant};
use crate::answer::{Answer, json_answer};
use crate::call::Call;

const DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS: &str = "urn:ietf:params:oauth:token-type:access_token";
/// How long a client waits between two questions for a device's code.
pub(crate) const INTERVAL: Duration = Duration::from_secs(1);

/// The person whose password is known here.
pub(crate) const USER: &str = "ada";
const PASSWORD: &str = "engine";

pub(crate) async fn token(call: &mut Call) -> Result<Answer, Fault> {
    let form = form(call).await?;
    let client = authenticate(call, &form)?;
    let bound = proven(call, None)?;
    let kind = field(&form, "grant_type").unwrap_or_default().to_owned();
    let (mut grant, refreshable) = match kind.as_str() {
        "authorization_code" => (by_code(call, &form, client, bound.as_deref())?, true),
        "refresh_token" => (by_refresh(call, &form, client, bound.as_deref())?, true),
        "client_credentials" if client == PUBLIC => {
            return Err(Fault::new(
                "unauthorized_client",
                "This grant is for a client with a secret.",
            ));
        }
        "client_credentials" => (grant(&form, client, None)?, false),
        "password" => (by_password(&form, client)?, true),
        DEVICE => (by_device(call, &form, client)?, true),
        EXCHANGE => (by_exchange(call, &form, client)?, false),
        _ => {
            return Err(Fault::new(
                "unsupported_grant_type",
                format!(
                    "grant_type is {kind:?}; it may be authorization_code, refresh_token, \
                     client_credentials, password, {DEVICE} or {EXCHANGE}."
                ),
            ));
        }
    };
    grant.bound = bound;
    let mut told = tokens(call, &grant, refreshable)?;
    if kind == EXCHANGE {
        told["issued_token_type"] = Value::from(ACCESS);
    }
    let mut answer = json_answer(&told);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(answer)
}

fn by_code(call: &Call, form: &Fields, client: &str, bound: Option<&str>) -> Result<Grant, Fault> {
    let code = field(form, "code").unwrap_or_default();
    // Taken at once: a code is good for one try.
    let kept = call.site.oauth.kept().codes.take(code);
    let Code { mut grant, redirect_uri, challenge } = kept.ok_or_else(|| {
        Fault::invalid_grant("The code was used, is older than a minute, or is not from here.")
    })?;
    if grant.client != client {
        return Err(Fault::invalid_grant("The code was given to another client."));
    }
    if field(form, "redirect_uri") != Some(redirect_uri.as_str()) {
        return Err(Fault::invalid_grant(format!(
            "redirect_uri must be {redirect_uri}, as before."
        )));
    }
    if grant.bound.is_some() && grant.bound.as_deref() != bound {
        return Err(Fault::invalid_grant("The code is bound to another key."));
    }
    let verifier = field(form, "code_verifier");
    let fits = match (&challenge, verifier) {
        (None, None) => true,
        (Some((challenge, method)), Some(verifier)) if method == "S256" => {
            base64url_sha256(verifier) == *challenge
        }
        (Some((challenge, _)), Some(verifier)) => verifier == challenge,
        _ => false,
    };
    if !fits {
        return Err(Fault::invalid_grant("code_verifier does not fit the code_challenge."));
    }
    take_seconds(form, &mut grant)?;
    Ok(grant)
}

/// Each refresh token is good once; the answer holds the next.
fn by_refresh(
    call: &Call,
    form: &Fields,
    client: &str,
    bound: Option<&str>,
) -> Result<Grant, Fault> {
    let token = field(form, "refresh_token").unwrap_or_default();
    let mut kept = call.site.oauth.kept();
    let known = kept.refreshes.get(token).ok_or_else(|| {
        Fault::invalid_grant(
            "The refresh token was used, revoked, is too old, or is not from here.",
        )
    })?;
    if known.refresh_fails {
        return Err(Fault::invalid_grant("This grant was asked for with refresh=fail."));
    }
    if known.client != client {
        return Err(Fault::invalid_grant("The refresh token was given to another client."));
    }
    // Of a client without a secret the key is all that proves it (RFC 9449 §5).
    if client == PUBLIC && known.bound.as_deref() != bound {
        return Err(Fault::invalid_grant("The refresh token is bound to another key."));
    }
    let mut next = known.clone();
    narrow(form, &mut next)?;
    kept.refreshes.take(token);
    drop(kept);
    take_seconds(form, &mut next)?;
    Ok(next)
}

fn by_password(form: &Fields, client: &str) -> Result<Grant, Fault> {
    if (field(form, "username"), field(form, "password")) != (Some(USER), Some(PASSWORD)) {
        return Err(Fault::invalid_grant(format!(
            "The user here is {USER}, the password {PASSWORD}."
        )));
    }
    Ok(grant(form, client, Some(USER))?)
}

/// RFC 8628 §3.5.
fn by_device(call: &Call, form: &Fields, client: &str) -> Result<Grant, Fault> {
    let code = field(form, "device_code").unwrap_or_default();
    let mut kept = call.site.oauth.kept();
    let device = kept.devices.get_mut(code).filter(|device| device.grant.client == client);
    let device = device.ok_or_else(|| {
        Fault::new("expired_token", "The device_code was used, is too old, or is not from here.")
    })?;
    let last = device.polled.replace(Instant::now());
    let state = device.state;
    let fault = match state {
        DeviceState::Waiting if last.is_some_and(|last| last.elapsed() < INTERVAL) => {
            Fault::new("slow_down", "Ask less often.")
        }
        DeviceState::Waiting => Fault::new("authorization_pending", "Nobody has decided yet."),
        DeviceState::Denied => Fault::new("access_denied", "The person said no."),
        DeviceState::Allowed => {
            let taken = kept.devices.take(code).map(|device| device.grant);
            return taken.ok_or_else(|| Fault::new("expired_token", "The device_code is too old."));
        }
    };
    Err(fault)
}

/// RFC 8693, for access tokens from here.
fn by_exchange(call: &Call, form: &Fields, client: &str) -> Result<Grant, Fault> {
    if field(form, "subject_token_type") != Some(ACCESS) {
        return Err(Fault::invalid_request(format!("subject_token_type must be {ACCESS}.")));
    }
    let token = field(form, "subject_token").unwrap_or_default();
    let claims = opened(call, token).map_err(|fault| Fault::invalid_request(fault.description))?;
    let text = |claim: &str| claims[claim].as_str().unwrap_or_default().to_owned();
    let mut next = grant(form, client, Some(&text("sub")))?;
    next.scope = text("scope");
    narrow(form, &mut next)?;
    Ok(next)
}

/// A later scope may hold less than the first, not more (RFC 6749 §6).
fn narrow(form: &Fields, grant: &mut Grant) -> Result<(), Fault> {
    let Some(wanted) = field(form, "scope") else {
        return Ok(());
    };
    if let Some(more) = wanted.split(' ').find(|scope| !has(&grant.scope, scope)) {
        return Err(Fault::new("invalid_scope", format!("{more} was not granted before.")));
    }
    wanted.clone_into(&mut grant.scope);
    Ok(())
}

fn take_seconds(form: &Fields, into: &mut Grant) -> Result<(), Fault> {
    if field(form, "expires_in").is_some() {
        into.seconds = grant(form, &into.client, None)?.seconds;
    }
    if field(form, "refresh") == Some("fail") {
        into.refresh_fails = true;
    }
    Ok(())
}
