//! Who asks: the two clients there are, and how they prove themselves (RFC 6749 §2.3, RFC 7523 §2.2).

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_jose::{Algorithm, Expected, Key, KeySet};

use super::fault::Fault;
use super::state::{field, issuer};
use crate::call::Call;

/// The client with a secret, and what it is.
pub(crate) const CLIENT: &str = "errand";
const SECRET: &str = "playground";
/// The client without one.
pub(crate) const PUBLIC: &str = "errand-public";
const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// The client's id, when that is who asks.
pub(crate) fn authenticate(call: &Call, form: &[(String, String)]) -> Result<&'static str, Fault> {
    if let Some(assertion) = field(form, "client_assertion") {
        return asserted(call, form, assertion);
    }
    let (id, secret) = match super::scheme(call) {
        Some(("basic", encoded)) => basic(encoded)?,
        _ => (
            field(form, "client_id").unwrap_or_default().to_owned(),
            field(form, "client_secret").unwrap_or_default().to_owned(),
        ),
    };
    match (id.as_str(), secret.as_str()) {
        (CLIENT, SECRET) => Ok(CLIENT),
        (PUBLIC, "") => Ok(PUBLIC),
        (CLIENT, _) => Err(Fault::invalid_client(format!("The secret of {CLIENT} is {SECRET}."))),
        (PUBLIC, _) => Err(Fault::invalid_client(format!("{PUBLIC} has no secret."))),
        _ => Err(Fault::invalid_client(format!(
            "The clients here are {CLIENT}, with the secret {SECRET}, and {PUBLIC}, without."
        ))),
    }
}

/// Id and secret are form-encoded before they are put together (RFC 6749 §2.3.1).
fn basic(encoded: &str) -> Result<(String, String), Fault> {
    let broken = || Fault::invalid_client("The Basic credentials are not base64 of id:secret.");
    let bytes = STANDARD.decode(encoded).map_err(|_| broken())?;
    let text = String::from_utf8(bytes).map_err(|_| broken())?;
    let (id, secret) = text.split_once(':').ok_or_else(broken)?;
    let decode = |text: &str| {
        let pair = format!("v={text}");
        let decoded = url::form_urlencoded::parse(pair.as_bytes()).next();
        decoded.map_or_else(String::new, |(_, value)| value.into_owned())
    };
    Ok((decode(id), decode(secret)))
}

/// `client_secret_jwt`.
fn asserted(
    call: &Call,
    form: &[(String, String)],
    assertion: &str,
) -> Result<&'static str, Fault> {
    if field(form, "client_assertion_type") != Some(ASSERTION) {
        return Err(Fault::invalid_client(format!("client_assertion_type must be {ASSERTION}.")));
    }
    let refused = |error: errand_jose::Error| Fault::invalid_client(error.to_string());
    let key = Key::from_secret(SECRET.as_bytes()).map_err(refused)?;
    let allowed = [Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];
    let claims =
        errand_jose::verify(assertion, &KeySet::new([key]), &allowed).map_err(refused)?.claims;
    let issuer = issuer(call);
    let endpoint = format!("{issuer}/token");
    // Either names this server (RFC 7523 §3).
    let audience = if claims["aud"] == endpoint { &endpoint } else { &issuer };
    let expected = Expected {
        now: SystemTime::now(),
        leeway: Duration::from_secs(5),
        issuer: Some(CLIENT),
        audience: Some(audience),
        needs_expiry: true,
    };
    errand_jose::check(&claims, &expected).map_err(refused)?;
    if claims["sub"] != CLIENT {
        return Err(Fault::invalid_client(format!("sub must be {CLIENT}, like iss.")));
    }
    Ok(CLIENT)
}
