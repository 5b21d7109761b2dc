//! Literals that look like credentials: what a question is asked about before it gets into a file.

mod known;
mod loose;
mod replace;

use std::collections::BTreeSet;

use errand_model::{Auth, Body, Folder, Request, Variable};
use serde_json::Value;

pub use known::{is_credential_name, looks_like_credential};
pub use loose::{Loose, in_map, in_text};
pub use replace::{replaced, restored};

use crate::wire::LiteralFound;

/// Fields of auth schemes that are secret by their nature.
const SECRET_FIELDS: &[&str] = &[
    "password",
    "token",
    "value",
    "key",
    "clientSecret",
    "clientToken",
    "accessToken",
    "accessTokenSecret",
    "consumerSecret",
    "secretAccessKey",
    "sessionToken",
    "subjectToken",
    "actorToken",
];

/// What is found in a request.
pub fn in_request(request: &Request) -> Vec<LiteralFound> {
    let mut found = Found::default();
    found.auth(&request.auth);
    found.url(&request.url);
    for header in request.headers.iter().filter(|header| header.enabled) {
        found.named("headers", "The header", &header.name, &header.value);
    }
    for param in request.params.iter().filter(|param| param.enabled) {
        found.named("params", "The parameter", &param.name, &param.value);
    }
    found.body(&request.body);
    found.variables(&request.variables);
    found.literals
}

/// What is found in a folder's or the collection's settings.
pub fn in_folder(folder: &Folder) -> Vec<LiteralFound> {
    let mut found = Found::default();
    found.auth(&folder.defaults.auth);
    for header in folder.defaults.headers.iter().filter(|header| header.enabled) {
        found.named("headers", "The header", &header.name, &header.value);
    }
    found.variables(&folder.defaults.variables);
    found.variables(&folder.globals);
    for certificate in &folder.client_certificates {
        found.secret(
            format!("certificates.{}", certificate.domain),
            format!("The passphrase of the certificate for {}", certificate.domain),
            &certificate.passphrase,
            "certificate_passphrase",
            "a passphrase",
        );
    }
    found.literals
}

#[derive(Default)]
struct Found {
    literals: Vec<LiteralFound>,
    seen: BTreeSet<String>,
}

impl Found {
    /// A literal; one that is composed of variables only is none.
    fn secret(
        &mut self,
        place: String,
        label: String,
        literal: &str,
        suggestion: &str,
        reason: &str,
    ) {
        if literal.trim().is_empty()
            || literal.contains("{{")
            || !self.seen.insert(literal.to_owned())
        {
            return;
        }
        let mut name = suggestion.to_owned();
        let mut count = 1;
        while self.literals.iter().any(|other| other.suggestion == name) {
            count += 1;
            name = format!("{suggestion}_{count}");
        }
        self.literals.push(LiteralFound {
            place,
            label,
            literal: literal.to_owned(),
            shown: shown(literal),
            suggestion: name,
            reason: reason.to_owned(),
        });
    }

    fn auth(&mut self, auth: &Auth) {
        let Ok(value) = serde_json::to_value(auth) else { return };
        self.fields(&value, "auth", auth.scheme());
    }

    fn fields(&mut self, value: &Value, place: &str, scheme: &str) {
        let Value::Object(map) = value else { return };
        let key_text = map.get("type").and_then(Value::as_str) == Some("text");
        for (name, value) in map {
            let here = format!("{place}.{name}");
            match value {
                Value::String(text)
                    if (key_text && name == "value")
                        || (SECRET_FIELDS.contains(&name.as_str())
                            && !is_name_field(scheme, name)) =>
                {
                    let suggestion =
                        suggestion(scheme, if key_text { "private_key" } else { name });
                    self.secret(here, label(place, name), text, &suggestion, "a secret field");
                }
                Value::String(text) if looks_like_credential(text).is_some() => {
                    let reason = looks_like_credential(text).unwrap_or_default();
                    self.secret(here, label(place, name), text, &suggestion(scheme, name), reason);
                }
                Value::Object(_) => self.fields(value, &here, scheme),
                _ => {}
            }
        }
    }

    /// A header, parameter or row: by its name, or by what it holds.
    fn named(&mut self, place: &str, kind: &str, name: &str, value: &str) {
        let (place, label) = (format!("{place}.{name}"), format!("{kind} {name}"));
        // `Bearer abc`: the word stays, what follows is the secret.
        let literal = match value.split_once(' ') {
            Some((word, rest)) if is_scheme(word) && is_credential_name(name) => rest.trim(),
            _ => value,
        };
        let by_value = looks_like_credential(literal);
        if is_credential_name(name) && literal.chars().count() >= 6 {
            let reason = by_value.unwrap_or("the name of a credential");
            self.secret(place, label, literal, &snake(name), reason);
        } else if let Some(reason) = by_value {
            self.secret(place, label, literal, &snake(name), reason);
        }
    }

    fn url(&mut self, url: &str) {
        let authority = url.split("://").nth(1).and_then(|rest| rest.split(['/', '?', '#']).next());
        let user = authority.and_then(|authority| authority.rsplit_once('@')).map(|(user, _)| user);
        if let Some((_, password)) = user.and_then(|user| user.split_once(':')) {
            let label = "The password in the URL".to_owned();
            self.secret("url".to_owned(), label, password, "password", "a password");
        }
        let query = url.split_once('?').map_or("", |(_, query)| query);
        self.pairs("url", "The parameter", query.split('#').next().unwrap_or_default());
    }

    /// Names and values in the form that a URL's query and a form have.
    fn pairs(&mut self, place: &str, kind: &str, text: &str) {
        for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
            self.named(place, kind, name, value);
        }
    }

    fn body(&mut self, body: &Body) {
        match body {
            Body::Raw { text, .. } => {
                for (literal, reason) in known::all_in(text) {
                    self.secret("body".to_owned(), "The body".to_owned(), literal, "token", reason);
                }
                if let Ok(value) = serde_json::from_str::<Value>(text) {
                    self.json(&value);
                } else if !text.contains(char::is_whitespace) {
                    self.pairs("body", "The field", text);
                }
            }
            Body::FormUrlEncoded { rows } => {
                for row in rows.iter().filter(|row| row.enabled) {
                    self.named("body", "The field", &row.name, &row.value);
                }
            }
            Body::Multipart { rows } => {
                for row in rows.iter().filter(|row| row.enabled) {
                    self.named("body", "The field", &row.name, &row.value);
                }
            }
            Body::None | Body::File { .. } => {}
        }
    }

    fn json(&mut self, value: &Value) {
        match value {
            Value::Object(map) => {
                for (name, value) in map {
                    match value {
                        Value::String(text) => self.named("body", "The field", name, text),
                        other => self.json(other),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.json(item)),
            _ => {}
        }
    }

    fn variables(&mut self, variables: &[Variable]) {
        for variable in variables.iter().filter(|variable| variable.enabled && !variable.secret) {
            self.named("variables", "The variable", &variable.name, &variable.value);
        }
    }
}

/// Whether a word before a credential is that of a scheme, and no part of the credential: in
/// `sid=abc; theme=dark` it is.
fn is_scheme(word: &str) -> bool {
    word.len() < 12 && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Fields of that name that hold no secret in this scheme: the name of an API key.
fn is_name_field(scheme: &str, field: &str) -> bool {
    matches!((scheme, field), ("apikey", "key") | ("oauth1", "accessToken"))
}

fn label(place: &str, field: &str) -> String {
    let field = words(field);
    match place.rsplit('.').next() {
        Some("auth") | None => format!("The {field} of the auth"),
        Some(group) => format!("The {field} of the {}", words(group)),
    }
}

fn suggestion(scheme: &str, field: &str) -> String {
    match (scheme, field) {
        (_, "password") => "password".to_owned(),
        ("bearer", _) => "token".to_owned(),
        ("apikey", _) => "api_key".to_owned(),
        (_, field) => snake(field),
    }
}

/// `clientSecret` as words.
fn words(name: &str) -> String {
    snake(name).replace('_', " ")
}

/// Any name as a variable's: `X-Api-Key` becomes `x_api_key`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    let mut lower = false;
    for letter in name.chars() {
        if letter.is_ascii_alphanumeric() {
            if letter.is_ascii_uppercase() && lower {
                out.push('_');
            }
            lower = letter.is_ascii_lowercase() || letter.is_ascii_digit();
            out.push(letter.to_ascii_lowercase());
        } else {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            lower = false;
        }
    }
    let out = out.trim_matches('_').to_owned();
    if out.is_empty() { "secret".to_owned() } else { out }
}

/// The first characters of a long literal, nothing of a short one.
fn shown(literal: &str) -> String {
    let visible = if literal.chars().count() >= 16 { 4 } else { 0 };
    literal.chars().take(visible).chain("••••••".chars()).collect()
}

#[cfg(test)]
mod tests {
    use errand_model::Header;

    use super::*;

    fn suggestions(request: &Request) -> Vec<(String, String)> {
        in_request(request).into_iter().map(|found| (found.place, found.suggestion)).collect()
    }

    #[test]
    fn secret_fields_of_every_scheme_are_found() {
        for blank in Auth::blanks() {
            let mut value = serde_json::to_value(&blank).expect("plain data");
            let mut count = 0;
            fill(&mut value, &mut count);
            let auth: Auth = serde_json::from_value(value).expect("the same scheme");
            let expected = match auth {
                Auth::Netrc { .. } | Auth::Negotiate { .. } => 0,
                _ => 1,
            };
            let found = in_request(&Request { auth, ..Request::default() });
            assert!(found.len() >= expected, "{}: {}", blank.scheme(), found.len());
            let references = Request {
                auth: Auth::Bearer { token: "{{token}}".to_owned() },
                ..Request::default()
            };
            assert!(in_request(&references).is_empty());
        }
    }

    fn fill(value: &mut Value, count: &mut u32) {
        match value {
            Value::Object(map) => {
                for (name, value) in map.iter_mut().filter(|(name, _)| *name != "type") {
                    if SECRET_FIELDS.contains(&name.as_str()) && value.is_string() {
                        *count += 1;
                        *value = format!("literal {count}").into();
                    } else if value.get("type").is_some() {
                        *value = serde_json::json!({"type": "text", "value": "a key"});
                    } else {
                        fill(value, count);
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| fill(item, count)),
            _ => {}
        }
    }

    #[test]
    fn headers_bodies_and_urls_are_looked_at() {
        let request = Request {
            url: "https://ada:enchantress@example.com/x".to_owned(),
            headers: vec![
                Header::new("Authorization", "Bearer abcdef123456"),
                Header::new("X-Api-Key", "{{key}}"),
                Header::new("Idempotency-Key", "7f2e"),
                Header::new("X-Note", "ghp_0123456789abcdefghijABCDEFGHIJ012345"),
            ],
            body: Body::Raw {
                language: errand_model::RawLanguage::Json,
                text: r#"{"user": "ada", "login": {"password": "hunter22"}}"#.to_owned(),
            },
            ..Request::default()
        };
        assert_eq!(
            suggestions(&request),
            [
                ("url", "password"),
                ("headers.Authorization", "authorization"),
                ("headers.X-Note", "x_note"),
                ("body.password", "password_2"),
            ]
            .map(|(place, name)| (place.to_owned(), name.to_owned()))
        );
        assert_eq!(in_request(&request)[1].literal, "abcdef123456");
    }

    #[test]
    fn queries_and_forms_in_one_text_are_looked_at() {
        let request = Request {
            url: "https://example.com/x?page=2&access_token=abcdef123456#part".to_owned(),
            body: Body::Raw {
                language: errand_model::RawLanguage::Text,
                text: "user=ada&password=enchantress".to_owned(),
            },
            ..Request::default()
        };
        let found = in_request(&request);
        let literals: Vec<&str> = found.iter().map(|found| found.literal.as_str()).collect();
        assert_eq!(literals, ["abcdef123456", "enchantress"]);
    }

    #[test]
    fn little_is_shown() {
        assert_eq!(shown("short"), "••••••");
        assert_eq!(shown("0123456789abcdef"), "0123••••••");
    }
}
