//! Credentials where no model says what a text is: what other tools' files say besides, examples,
//! bodies, scripts. They are known by the names beside them, and by their form.

mod text;
mod words;

use serde_json::{Map, Value};

use self::words::{AUTHS, KINDS, NAMES, NEUTRAL, PROSE, VALUES, is_placeholder, is_template};
use super::known::{self, compact, is_credential_name};

/// A credential that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loose {
    /// What it is called there; empty where only its form gives it away.
    pub name: String,
    /// As it stands there.
    pub literal: String,
}

/// Values in values, and texts in texts: JSON in a text in JSON.
const DEEPEST: usize = 64;
/// A value of a name that may be anything else; within an auth any length counts.
const SHORTEST: usize = 6;
/// Cookies that are shorter are choices, not sessions.
const SHORTEST_COOKIE: usize = 8;

/// The credentials in what has members.
pub fn in_map(map: &Map<String, Value>) -> Vec<Loose> {
    let mut sweep = Sweep::default();
    sweep.object(map, Here::default());
    sweep.found
}

/// The credentials in a text of any kind.
pub fn in_text(text: &str) -> Vec<Loose> {
    let mut sweep = Sweep::default();
    sweep.text(text, 0);
    sweep.found
}

#[derive(Default)]
struct Sweep {
    found: Vec<Loose>,
}

/// Where something stands.
#[derive(Clone, Copy, Default)]
struct Here<'a> {
    /// What names it.
    name: &'a str,
    in_auth: bool,
    in_cookies: bool,
    /// Something beside it says that it is secret.
    is_secret: bool,
    depth: usize,
}

impl Sweep {
    fn value(&mut self, value: &Value, here: Here<'_>) {
        if here.depth > DEEPEST {
            return;
        }
        match value {
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => self.string(text, here),
            Value::Array(list) => list.iter().for_each(|value| self.value(value, here)),
            Value::Object(map) => self.object(map, here),
            Value::Number(number)
                if here.in_auth
                    && number.to_string().len() > 3
                    && is_credential_name(here.name) =>
            {
                self.push(here.name, &number.to_string());
            }
            _ => {}
        }
    }

    fn object(&mut self, map: &Map<String, Value>, here: Here<'_>) {
        let kind = KINDS.iter().find_map(|key| map.get(*key)?.as_str()).unwrap_or_default();
        let row = row_name(map, here, kind);
        let is_secret = here.is_secret || says_secret(map);
        for (key, value) in map {
            if is_digest(map, key, value) {
                continue;
            }
            let holder = value.is_object() || value.is_array();
            let held = if holder { compact(key) } else { String::new() };
            let neutral = is_neutral(key, value);
            let name = if neutral {
                row.unwrap_or(here.name)
            } else if matches!(held.as_str(), "auth" | "authentication") {
                kind
            } else if key == "key" && is_hawk(kind, here.name) {
                "authKey"
            } else {
                key.split(" #").next().unwrap_or(key)
            };
            self.value(
                value,
                Here {
                    name,
                    in_auth: here.in_auth || AUTHS.contains(&held.as_str()),
                    in_cookies: (here.in_cookies && (neutral || holder))
                        || matches!(held.as_str(), "cookies" | "cookiejar" | "cookie"),
                    is_secret: is_secret && neutral,
                    depth: here.depth + 1,
                },
            );
        }
    }

    fn string(&mut self, text: &str, here: Here<'_>) {
        if here.is_secret && !is_template(text) {
            return self.push(here.name, text);
        }
        if here.in_cookies && !is_template(text) && text.len() >= SHORTEST_COOKIE {
            // A jar says more of a cookie than its value, under names of their own.
            if !matches!(here.name, "domain" | "path" | "expires" | "creation" | "lastAccessed") {
                return self.push(&format!("cookie_{}", here.name), text);
            }
        }
        let letters = here.name.bytes().filter(u8::is_ascii_alphabetic);
        if letters.map(|c| c.to_ascii_lowercase()).collect::<Vec<_>>().ends_with(b"setcookie") {
            return self.cookie(text);
        }
        if is_credential_name(here.name) && self.named(here.name, text, here.in_auth) {
            return;
        }
        if PROSE.contains(&here.name) {
            return self.prose(text);
        }
        self.text(text, here.depth + 1);
    }

    /// A value beside the name of a credential; whether it is one.
    fn named(&mut self, name: &str, value: &str, in_auth: bool) -> bool {
        let value = match value.trim().split_once(' ') {
            Some((word, rest)) if super::is_scheme(word) => rest.trim(),
            _ => value.trim(),
        };
        let length = value.chars().count();
        let literal = (length >= SHORTEST || (in_auth && length > 0))
            && !is_template(value)
            && !is_placeholder(value);
        if literal {
            self.push(name, value);
        }
        literal
    }

    /// `name=value; Path=/`.
    fn cookie(&mut self, text: &str) {
        let pair = text.split(';').next().unwrap_or_default();
        if let Some((name, value)) = pair.split_once('=')
            && value.trim().len() >= SHORTEST_COOKIE
            && !is_template(value)
        {
            self.push(&format!("cookie_{}", name.trim()), value);
        }
    }

    /// Those that have a form of their own.
    fn forms(&mut self, text: &str) {
        for (literal, _) in known::all_in(text) {
            self.push("", literal);
        }
    }

    fn push(&mut self, name: &str, literal: &str) {
        let literal = literal.trim();
        if !literal.is_empty() && !literal.contains("{{") {
            self.found.push(Loose { name: name.to_owned(), literal: literal.to_owned() });
        }
    }
}

/// What names the values of an object that is a row of a table: the table's name where the row is
/// one of an API key's own, otherwise that of the row.
fn row_name<'a>(map: &'a Map<String, Value>, here: Here<'a>, kind: &'a str) -> Option<&'a str> {
    if !VALUES.iter().any(|key| map.contains_key(*key)) {
        return is_api_key(kind).then_some(kind);
    }
    let named = NAMES.iter().find_map(|key| map.get(*key)?.as_str());
    let of_api_key = is_api_key(kind) || is_api_key(here.name);
    match named {
        Some("value") => Some(here.name),
        Some(own @ ("key" | "in")) if of_api_key => Some(own),
        _ if of_api_key => Some("apikey"),
        named => named,
    }
}

fn is_api_key(word: &str) -> bool {
    compact(word) == "apikey"
}

fn is_hawk(kind: &str, name: &str) -> bool {
    kind.eq_ignore_ascii_case("hawk") || name.eq_ignore_ascii_case("hawk")
}

/// Whether a row says of itself that its value is secret.
fn says_secret(map: &Map<String, Value>) -> bool {
    let is = |key: &str| map.get(key) == Some(&Value::Bool(true));
    let kind = map.get("type").and_then(Value::as_str);
    kind == Some("secret") || ["secret", "isSecret", "sensitive"].iter().any(|key| is(key))
}

/// Digests of what a difference replaces.
fn is_digest(map: &Map<String, Value>, key: &str, value: &Value) -> bool {
    let digest = |value: &Value| value.as_str().is_some_and(|text| text.len() == 16);
    match (key, value) {
        ("was", value) => map.contains_key("is") && digest(value),
        ("gone", Value::Object(gone)) => gone.values().all(digest),
        _ => false,
    }
}

fn is_neutral(key: &str, value: &Value) -> bool {
    match key {
        "in" | "at" | "rows" | "more" => value.is_object(),
        _ => NEUTRAL.contains(&key) || key.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn literals(value: &Value) -> Vec<String> {
        in_map(value.as_object().expect("an object"))
            .into_iter()
            .map(|found| found.literal)
            .collect()
    }

    #[test]
    fn what_a_difference_holds_is_found_by_the_names_around_it() {
        let kept = json!({"in": {"auth": {
            "in": {
                "basic": {"rows": {"password": {"in": {"value": {"was": "0123456789abcdef", "is": "pw1"}}}}, "by": "key"},
                "apikey": {"rows": {"value": {"in": {"value": {"was": "0123456789abcdef", "is": "pw2"}}}, "key": {"in": {"value": {"is": "X-Api-Key"}}}}},
            },
            "more": {
                "apikey": [{"key": "key", "value": "X-My-Key"}, {"key": "value", "value": "pw3"}, {"key": "in", "value": "header"}],
                "hawk": {"id": "ada", "key": "pw4"},
                "oauth2": {"clientSecret": "pw5", "accessTokenUrl": "https://id.example.com", "tokenType": "access_token"},
            },
            "gone": {"password": "0123456789abcdef"},
        }}});
        assert_eq!(literals(&kept), ["pw1", "pw2", "pw3", "pw4", "pw5"]);
    }

    #[test]
    fn auths_of_every_tool_are_known() {
        for (auth, wanted) in [
            (json!({"auth": {"type": "apikey", "key": "X-Key", "value": "pw"}}), "pw"),
            (json!({"auth": {"authType": "api-key", "key": "X-Key", "value": "pw"}}), "pw"),
            (json!({"auth": {"mode": "apikey", "apikey": {"key": "X-Key", "value": "pw"}}}), "pw"),
            (
                json!({"authenticationType": "apikey", "authentication": {"key": "k", "value": "pw"}}),
                "pw",
            ),
            (json!({"auth": {"type": "bearer", "bearer": "pw"}}), "pw"),
            (json!({"auth": {"authType": "hawk", "authId": "a", "authKey": "pw"}}), "pw"),
            (json!({"proxy": {"auth": {"username": "ada", "password": "pw"}}}), "pw"),
            (json!({"clientCertificates": {"certs": [{"domain": "a", "passphrase": "pw"}]}}), "pw"),
            (
                json!({"kvPairData": [{"id": "1", "name": "n", "value": "pw", "type": "secret"}]}),
                "pw",
            ),
            (
                json!({"cookies": [{"key": "sid", "value": "pw123456", "path": "/a/long/path"}]}),
                "pw123456",
            ),
        ] {
            assert_eq!(literals(&auth), [wanted], "{auth}");
        }
    }

    #[test]
    fn references_and_placeholders_are_none() {
        let value = json!({
            "auth": {"type": "bearer", "token": "{{ _.token }}", "prefix": "Bearer"},
            "headers": [{"name": "Authorization", "value": "Bearer <<token>>"}, {"name": "X-Api-Key", "value": "<your key>"}],
            "http": {"auth": "inherit"}, "password": "••••••••", "secret": "xxxxxxxx",
            "access_token_url": "https://id.example.com/token", "token": "${[ token ]}",
            "body": {"mode": "raw", "raw": "{\"password\": \"{{password}}\", \"tokens\": 12}"},
        });
        assert_eq!(literals(&value), Vec::<String>::new());
    }
}
