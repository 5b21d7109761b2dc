//! Errors as OAuth words them (RFC 6749 §5.2).

use http::StatusCode;
use http::header::{CACHE_CONTROL, HeaderValue, WWW_AUTHENTICATE};
use serde_json::json;

use crate::answer::{Answer, Refusal, json_answer, set, with_status};

pub(crate) struct Fault {
    status: StatusCode,
    pub(crate) error: &'static str,
    pub(crate) description: String,
    /// For `WWW-Authenticate`: the scheme, and what the error does not say.
    challenge: Option<String>,
}

impl Fault {
    /// 400 with this error code.
    pub(crate) fn new(error: &'static str, description: impl Into<String>) -> Self {
        let (status, challenge) = (StatusCode::BAD_REQUEST, None);
        Self { status, error, description: description.into(), challenge }
    }

    pub(crate) fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    pub(crate) fn invalid_grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    /// The client did not prove itself (§5.2).
    pub(crate) fn invalid_client(description: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            challenge: Some("Basic realm=\"playground\"".to_owned()),
            ..Self::new("invalid_client", description)
        }
    }

    /// The token is none, or no longer one (RFC 6750 §3.1).
    pub(crate) fn invalid_token(scheme: &str, description: impl Into<String>) -> Self {
        let challenge = format!("{scheme} realm=\"playground\", error=\"invalid_token\"");
        Self {
            status: StatusCode::UNAUTHORIZED,
            challenge: Some(challenge),
            ..Self::new("invalid_token", description)
        }
    }

    /// The token does not reach so far (RFC 6750 §3.1).
    pub(crate) fn insufficient_scope(scope: &str) -> Self {
        let scope: String =
            scope.chars().filter(|c| c.is_ascii_alphanumeric() || ":._-".contains(*c)).collect();
        let challenge =
            format!("Bearer realm=\"playground\", error=\"insufficient_scope\", scope=\"{scope}\"");
        Self {
            status: StatusCode::FORBIDDEN,
            challenge: Some(challenge),
            ..Self::new("insufficient_scope", format!("The token has not the scope {scope}."))
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        Self::invalid_request(refusal.message())
    }
}

impl From<Fault> for Answer {
    fn from(fault: Fault) -> Self {
        let body = json!({ "error": fault.error, "error_description": fault.description });
        let mut answer = with_status(fault.status, json_answer(&body));
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = &fault.challenge {
            // Made of visible ASCII above: it is always a header value.
            let _ = set(&mut answer, WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}
