//! Secrets in parts that have no field here. What is kept of an original is written to a file, so
//! they are taken out of it.

use serde_json::Value;

/// Parameters of auths that are secret.
const NAMES: &[&str] = &[
    "accessToken",
    "authKey",
    "clientSecret",
    "clientToken",
    "consumerSecret",
    "passphrase",
    "password",
    "privateKey",
    "refreshToken",
    "secret",
    "secretKey",
    "sessionToken",
    "token",
    "tokenSecret",
    "value",
];

/// Takes them out of what is kept; says whether there were any.
pub(super) fn take_out(kept: &mut Value) -> bool {
    match kept {
        Value::Array(list) => list.iter_mut().fold(false, |any, value| take_out(value) | any),
        Value::Object(object) => {
            let mut any = false;
            let named = object.get("key").and_then(Value::as_str).is_some_and(is_secret);
            if let Some(value) = object.get_mut("value").filter(|_| named) {
                any |= empty(value);
            }
            if let Some(value) = object.get_mut("passphrase") {
                any |= empty(value);
            }
            if let Some(Value::Object(rows)) = object.get_mut("rows") {
                for (name, row) in rows.iter_mut().filter(|(name, _)| is_secret(name)) {
                    let value = row.pointer_mut("/in/value/is").filter(|_| name != "value");
                    any |= value.is_some_and(empty);
                }
            }
            object.values_mut().fold(any, |any, value| take_out(value) | any)
        }
        _ => false,
    }
}

fn is_secret(name: &str) -> bool {
    NAMES.contains(&name)
}

/// Empties a literal; a variable's name is no secret.
fn empty(value: &mut Value) -> bool {
    let literal = match value {
        Value::String(text) => !text.is_empty() && !text.contains("{{"),
        Value::Number(_) => true,
        _ => false,
    };
    if literal {
        *value = Value::String(String::new());
    }
    literal
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn secrets_are_taken_out_and_variables_stay() {
        let mut kept = json!({"in": {"auth": {"more": {"oauth2": [
            {"key": "accessToken", "value": "s3cret"}, {"key": "clientSecret", "value": "{{s}}"},
            {"key": "scope", "value": "read"}
        ]}}, "certificate": {"passphrase": "p"}}});
        assert!(take_out(&mut kept));
        let text = kept.to_string();
        assert!(!text.contains("s3cret") && !text.contains("\"p\""), "{text}");
        assert!(text.contains("{{s}}") && text.contains("read"), "{text}");
        assert!(!take_out(&mut kept));
    }
}
