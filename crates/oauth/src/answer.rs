//! What comes back from an endpoint (RFC 6749 §5).

use errand_auth::{HttpResponse, Secret};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use crate::wire::Wire;
use crate::{Error, ServerError};

/// Tokens as they came, nothing checked.
pub(crate) struct Granted {
    pub access_token: Secret,
    pub token_type: String,
    pub refresh_token: Option<Secret>,
    pub id_token: Option<Secret>,
    pub scopes: Option<Vec<String>>,
    pub expires_at: Option<Timestamp>,
}

impl Granted {
    /// Reads a token endpoint's answer and hides what is in it.
    pub fn from_answer(
        step: &'static str,
        answer: &HttpResponse,
        wire: &Wire<'_>,
    ) -> Result<Self, Error> {
        let mut body = object(step, answer, wire)?;
        // Slack's v2 answer has a user's token one level down.
        if !body.contains_key("access_token")
            && let Some(Value::Object(user)) = body.get("authed_user").cloned()
        {
            body.extend(user);
        }
        Self::from_map(step, &body, wire)
    }

    /// Reads the parameters of an answer, whichever way they came.
    pub fn from_map(
        step: &'static str,
        body: &Map<String, Value>,
        wire: &Wire<'_>,
    ) -> Result<Self, Error> {
        let secret = |name: &str| {
            let secret = body
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
                .map(Secret::from);
            if let Some(secret) = &secret {
                wire.hide(secret, name);
            }
            secret
        };
        let (access_token, id_token) = (secret("access_token"), secret("id_token"));
        if access_token.is_none() && id_token.is_none() {
            return Err(Error::Answer {
                step,
                reason: "there is no access_token in it".to_owned(),
            });
        }
        let access_token = access_token.unwrap_or_else(|| Secret::from(""));
        if access_token.expose().chars().any(char::is_control) {
            return Err(Error::Answer {
                step,
                reason: "its access_token has control characters".to_owned(),
            });
        }
        Ok(Self {
            access_token,
            token_type: body
                .get("token_type")
                .and_then(Value::as_str)
                .map_or_else(|| "Bearer".to_owned(), |text| wire.words(text)),
            refresh_token: secret("refresh_token"),
            id_token,
            scopes: body.get("scope").and_then(scopes),
            expires_at: body
                .get("expires_in")
                .and_then(seconds)
                .and_then(|life| wire.now().checked_add(SignedDuration::from_secs(life)).ok()),
        })
    }
}

/// Blanks separate scopes; GitHub and Slack write commas.
fn scopes(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => {
            Some(text.split([' ', ',']).filter(|one| !one.is_empty()).map(str::to_owned).collect())
        }
        Value::Array(list) => {
            Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        _ => None,
    }
}

/// A number of seconds, which some servers write as a text.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    let number = match value {
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        other => other.as_f64()?,
    };
    // A cast saturates; a token that is good for longer than 100 years is good for ever.
    #[allow(clippy::cast_possible_truncation)]
    (number.is_finite() && (0.0..=3.2e9).contains(&number)).then_some(number as i64)
}

/// An endpoint's answer as an object; a refusal as an error.
pub(crate) fn object(
    step: &'static str,
    answer: &HttpResponse,
    wire: &Wire<'_>,
) -> Result<Map<String, Value>, Error> {
    let body = parse(answer);
    // Some servers refuse with 200.
    let refused = body
        .as_ref()
        .is_some_and(|body| body.contains_key("error") && !body.contains_key("access_token"));
    if !(200..300).contains(&answer.status) || refused {
        return Err(refusal(step, answer, body.as_ref(), wire));
    }
    body.ok_or_else(|| Error::Answer {
        step,
        reason: format!(
            "status {}, {}, but neither JSON nor a form",
            answer.status,
            answer
                .header("Content-Type")
                .map_or("no content type".to_owned(), |text| wire.words(text))
        ),
    })
}

fn parse(answer: &HttpResponse) -> Option<Map<String, Value>> {
    if let Ok(Value::Object(body)) = serde_json::from_slice(&answer.body) {
        return Some(body);
    }
    let is_form = answer.header("Content-Type").is_some_and(|kind| {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
            || kind.eq_ignore_ascii_case("text/plain")
    });
    let pairs: Map<String, Value> = form_urlencoded::parse(&answer.body)
        .map(|(name, value)| (name.into_owned(), value.into_owned().into()))
        .collect();
    (is_form && (pairs.contains_key("access_token") || pairs.contains_key("error")))
        .then_some(pairs)
}

/// A server's refusal in its own words.
pub(crate) fn refusal(
    step: &'static str,
    answer: &HttpResponse,
    body: Option<&Map<String, Value>>,
    wire: &Wire<'_>,
) -> Error {
    let text = |name: &str| body.and_then(|body| body.get(name)).and_then(Value::as_str);
    let error = match body.and_then(|body| body.get("error")) {
        Some(Value::String(error)) => wire.words(error),
        // Google's and others' APIs: {"error": {"message": …}}.
        Some(Value::Object(inner)) => inner
            .get("message")
            .and_then(Value::as_str)
            .map(|text| wire.words(text))
            .unwrap_or_default(),
        _ => String::new(),
    };
    let description =
        text("error_description").or_else(|| text("message")).map(|words| wire.words(words));
    let raw = || {
        let start = &answer.body[..answer.body.len().min(2000)];
        let words = wire.words(&String::from_utf8_lossy(start));
        (!words.is_empty()).then_some(words)
    };
    let description = if error.is_empty() { description.or_else(raw) } else { description };
    Error::Server(Box::new(ServerError {
        step,
        status: Some(answer.status),
        error,
        description: description.filter(|words| !words.is_empty()),
        uri: text("error_uri").and_then(|text| web_address(text, wire)),
    }))
}

/// Only a web address is shown as one.
pub(crate) fn web_address(text: &str, wire: &Wire<'_>) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| wire.words(url.as_str()))
}
