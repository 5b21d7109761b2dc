//! Credentials asked for and checked. They are part of the URL: nothing here is secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use http::header::WWW_AUTHENTICATE;
use serde_json::json;

use crate::answer::{Answer, Outcome, Refusal, json_answer, set};
use crate::call::Call;

/// RFC 7617.
pub(crate) fn basic(call: &Call) -> Outcome {
    let wanted = format!("{}:{}", call.text(1), call.text(2));
    let given = credentials(call, "Basic")
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if given.is_some_and(|given| given == wanted) {
        return Ok(json_answer(&json!({ "authenticated": true, "user": call.text(1) })));
    }
    challenge("Basic realm=\"playground\", charset=\"UTF-8\"")
}

/// RFC 6750 §3.
pub(crate) fn bearer(call: &Call) -> Outcome {
    match credentials(call, "Bearer") {
        None | Some("") => challenge("Bearer realm=\"playground\""),
        Some(token) if call.param("token").is_some_and(|wanted| wanted != token) => {
            challenge("Bearer realm=\"playground\", error=\"invalid_token\"")
        }
        Some(token) => Ok(json_answer(&json!({ "authenticated": true, "token": token }))),
    }
}

/// What follows the scheme, whose name is case-insensitive (RFC 9110 §11.1).
fn credentials<'a>(call: &'a Call, scheme: &str) -> Option<&'a str> {
    let (given, rest) = call.header("authorization")?.split_once(' ')?;
    given.eq_ignore_ascii_case(scheme).then(|| rest.trim())
}

fn challenge(with: &str) -> Outcome {
    let mut answer: Answer = Refusal::new(
        StatusCode::UNAUTHORIZED,
        "Credentials are missing, or not the ones in the URL.",
    )
    .into();
    set(&mut answer, WWW_AUTHENTICATE, with)?;
    Ok(answer)
}
