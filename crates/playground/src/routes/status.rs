//! Chosen statuses and chosen headers.

use http::header::{self, HeaderName};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use super::received::object;
use crate::answer::{Outcome, Refusal, empty, json_answer, number_header, set, with_status};
use crate::call::Call;

pub(crate) fn status(call: &Call) -> Outcome {
    let code: u16 = call.segment(1, "The status", 999)?;
    let status = StatusCode::from_u16(code)
        .ok()
        .filter(|status| !status.is_informational())
        .ok_or_else(|| Refusal::bad("The status must be from 200 to 999."))?;
    let mut answer = match code {
        204 | 205 | 304 => empty(status),
        _ => {
            let reason = status.canonical_reason().unwrap_or("no standard meaning");
            let body = json!({ "status": code, "reason": reason });
            with_status(status, json_answer(&body))
        }
    };
    match code {
        429 | 503 => {
            let seconds = call.number("retry-after", 1_u64, 86_400)?;
            number_header(&mut answer, "retry-after", seconds);
        }
        401 => set(&mut answer, header::WWW_AUTHENTICATE, "Basic realm=\"playground\"")?,
        407 => set(&mut answer, header::PROXY_AUTHENTICATE, "Basic realm=\"playground\"")?,
        405 => set(&mut answer, header::ALLOW, "GET, HEAD, OPTIONS")?,
        301 | 302 | 303 | 307 | 308 => set(&mut answer, header::LOCATION, "/anything")?,
        _ => {}
    }
    Ok(answer)
}

/// Headers that frame a message or belong to the connection are the server's own.
const RESERVED: &[&str] = &[
    "connection",
    "content-length",
    "date",
    "keep-alive",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

pub(crate) fn response_headers(call: &Call) -> Outcome {
    let mut answer = Response::new(crate::content::Content::empty());
    let body = json_answer(&Value::Object(object(&call.query)));
    *answer.body_mut() = body.into_body();
    for (name, value) in &call.query {
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| Refusal::bad(format!("{name:?} cannot be the name of a header.")))?;
        if RESERVED.contains(&name.as_str()) {
            return Err(Refusal::bad(format!("{name} is set by the server itself.")));
        }
        set(&mut answer, name, value)?;
    }
    if !answer.headers().contains_key(header::CONTENT_TYPE) {
        set(&mut answer, header::CONTENT_TYPE, "application/json")?;
    }
    Ok(answer)
}
