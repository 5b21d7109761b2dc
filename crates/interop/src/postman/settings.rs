//! `protocolProfileBehavior`: how a request is sent.

use errand_model::RequestSettings;
use serde_json::{Map, Value, json};

use super::KEPT;
use super::json::{is_on, text};
use crate::Scribe;

/// Reads it; what has no field here is told.
pub(super) fn read(behavior: Option<&Value>, scribe: &mut Scribe<'_>) -> RequestSettings {
    let mut settings = RequestSettings::default();
    let Some(behavior) = behavior.and_then(Value::as_object) else { return settings };
    for (name, value) in behavior {
        let on = is_on(Some(value));
        match name.as_str() {
            "strictSSL" => settings.verify_tls = Some(on),
            "followRedirects" => settings.follow_redirects = Some(on),
            "maxRedirects" => settings.max_redirects = text(Some(value)).parse().ok(),
            "disableCookies" => settings.use_cookies = Some(!on),
            "disableUrlEncoding" => settings.encode_url = Some(!on),
            "followAuthorizationHeader" => settings.forward_authorization = Some(on),
            "protocolVersion" => settings.http_version = version(&text(Some(value))),
            // Decides whether there is a body here at all.
            "disableBodyPruning" => {}
            other => {
                let what = format!("protocolProfileBehavior.{other}");
                scribe.set_aside(what, "a request has no such setting here", KEPT);
            }
        }
    }
    settings
}

fn version(name: &str) -> Option<String> {
    let version = match name {
        "http1" => "1.1",
        "http2" => "2",
        _ => return None,
    };
    Some(version.to_owned())
}

/// Whether a body is left out of methods that usually have none.
pub(super) fn prunes(behavior: Option<&Value>) -> Option<bool> {
    behavior?.get("disableBodyPruning").map(|value| !is_on(Some(value)))
}

/// Writes it; none when nothing is set. `body` says that a body goes with a method that has none.
pub(super) fn write(
    settings: &RequestSettings,
    body: bool,
    scribe: &mut Scribe<'_>,
) -> Option<Value> {
    let mut behavior = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        behavior.extend(value.map(|value| (name.to_owned(), value)));
    };
    put("strictSSL", settings.verify_tls.map(Value::Bool));
    put("followRedirects", settings.follow_redirects.map(Value::Bool));
    put("maxRedirects", settings.max_redirects.map(|count| json!(count)));
    put("disableCookies", settings.use_cookies.map(|on| Value::Bool(!on)));
    put("disableUrlEncoding", settings.encode_url.map(|on| Value::Bool(!on)));
    put("followAuthorizationHeader", settings.forward_authorization.map(Value::Bool));
    let version = settings.http_version.as_deref().and_then(|version| match version {
        "1.1" => Some("http1"),
        "2" => Some("http2"),
        _ => None,
    });
    put("protocolVersion", version.map(|version| json!(version)));
    put("disableBodyPruning", body.then_some(Value::Bool(true)));
    if settings.timeout_ms.is_some() {
        scribe.not_carried("timeout", "Postman has none for a single request");
    }
    (!behavior.is_empty()).then_some(Value::Object(behavior))
}

/// Whether Postman needs to be told to send a body with this method.
pub(super) fn is_pruned(method: &str) -> bool {
    matches!(method, "GET" | "COPY" | "HEAD" | "PURGE" | "UNLOCK")
}
