//! Conditional requests (RFC 9110 §13) and freshness (RFC 9111).

use http::StatusCode;
use http::header::{CACHE_CONTROL, ETAG, LAST_MODIFIED};
use serde_json::json;

use crate::answer::{Answer, Outcome, Refusal, empty, json_answer, set};
use crate::call::Call;

const MODIFIED: &str = "Sat, 01 Nov 2025 00:00:00 GMT";

pub(crate) fn cache(call: &Call) -> Outcome {
    let conditional = call.headers.contains_key("if-modified-since")
        || call.headers.contains_key("if-none-match");
    let mut answer = if call.path.len() > 1 {
        let seconds = call.segment(1, "The time in seconds", 31_536_000_u32)?;
        let mut answer = json_answer(&json!({ "maxAge": seconds }));
        let value = format!("public, max-age={seconds}");
        set(&mut answer, CACHE_CONTROL, &value)?;
        answer
    } else if conditional {
        empty(StatusCode::NOT_MODIFIED)
    } else {
        json_answer(&json!({ "cached": false }))
    };
    set(&mut answer, ETAG, "\"playground-cache\"")?;
    set(&mut answer, LAST_MODIFIED, MODIFIED)?;
    Ok(answer)
}

pub(crate) fn etag(call: &Call) -> Outcome {
    let tag = call.text(1);
    if tag.contains('"') {
        return Err(Refusal::bad("An entity tag has no quotes inside."));
    }
    let etag = format!("\"{tag}\"");
    let mut answer = match (call.header("if-match"), call.header("if-none-match")) {
        (Some(wanted), _) if !matches(wanted, &etag, false) => Answer::from(Refusal::new(
            StatusCode::PRECONDITION_FAILED,
            format!("If-Match does not name {etag}."),
        )),
        (_, Some(known)) if matches(known, &etag, true) => empty(StatusCode::NOT_MODIFIED),
        _ => json_answer(&json!({ "etag": etag })),
    };
    set(&mut answer, ETAG, &etag)?;
    Ok(answer)
}

/// Weak tags match only in the weak comparison (§8.8.3.2).
fn matches(list: &str, etag: &str, weak: bool) -> bool {
    list.split(',').map(str::trim).any(|tag| {
        let bare = tag.strip_prefix("W/").filter(|_| weak).unwrap_or(tag);
        tag == "*" || bare == etag
    })
}
