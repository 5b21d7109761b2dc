//! What of an auth may be kept in a file.

use serde_json::Value;

use crate::fields::text;

/// Words in the names of fields that hold secrets.
const SECRET: &[&str] = &["password", "secret", "token", "key", "code", "value"];

/// What may be kept in a file of an auth that Errand does not apply: literal secrets are emptied.
pub(in super::super) fn without_secrets(auth: &mut Value) {
    let Some(fields) = auth.as_object_mut() else { return };
    for (name, value) in fields {
        let name = name.to_ascii_lowercase();
        let is_secret = SECRET.iter().any(|word| name.contains(word)) && !name.ends_with("url");
        if is_secret && value.as_str().is_some_and(|text| !is_reference(text)) {
            *value = Value::String(String::new());
        }
    }
}

/// Tokens that Insomnia had fetched, which are secret and short-lived.
pub(in super::super) fn without_tokens(auth: &mut Value) {
    if text(auth, "type") == "oauth2"
        && let Some(fields) = auth.as_object_mut()
    {
        for name in ["accessToken", "refreshToken", "identityToken", "code"] {
            if let Some(Value::String(token)) = fields.get_mut(name)
                && !is_reference(token)
            {
                token.clear();
            }
        }
    }
}

/// Whether a text is one variable or tag and nothing else.
fn is_reference(text: &str) -> bool {
    let text = text.trim();
    let inside = |open: &str, close: &str| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner| !inner.contains(close))
    };
    text.is_empty() || inside("{{", "}}") || inside("{%", "%}")
}
