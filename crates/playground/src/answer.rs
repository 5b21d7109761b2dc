//! Answers and refusals.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::content::Content;

pub(crate) type Answer = Response<Content>;
pub(crate) type Outcome = Result<Answer, Refusal>;

/// A request that cannot be answered as asked, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: String,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    /// 400 with a message that says what to send instead.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let status = refusal.status;
        let body = json!({ "error": { "status": status.as_u16(), "message": refusal.message } });
        with_status(status, json_answer(&body))
    }
}

/// An answer with no body, and no Content-Type.
pub(crate) fn empty(status: StatusCode) -> Answer {
    with_status(status, Response::new(Content::empty()))
}

/// 200 with a body of this type.
pub(crate) fn typed(content_type: &'static str, content: Content) -> Answer {
    let mut answer = Response::new(content);
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    answer
}

/// 200 with these bytes.
pub(crate) fn whole(content_type: &'static str, bytes: impl Into<Bytes>) -> Answer {
    typed(content_type, Content::Whole(bytes.into()))
}

/// 200 with JSON, indented for people.
pub(crate) fn json_answer(value: &Value) -> Answer {
    whole("application/json", format!("{value:#}\n"))
}

pub(crate) fn with_status(status: StatusCode, mut answer: Answer) -> Answer {
    *answer.status_mut() = status;
    answer
}

/// Sets a header from text that a request may have supplied.
///
/// # Errors
/// 400 when the text cannot be a header value (RFC 9110 §5.5).
pub(crate) fn set(answer: &mut Answer, name: HeaderName, value: &str) -> Result<(), Refusal> {
    let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        Refusal::bad(format!("The value for {name} has characters that a header cannot carry."))
    })?;
    answer.headers_mut().append(name, value);
    Ok(())
}

/// Sets a header to a number; the name is lower case.
pub(crate) fn number_header(answer: &mut Answer, name: &'static str, value: u64) {
    answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from(value));
}
