//! Texts of any kind: JSON, XML, forms, addresses, heads, scripts.

use std::sync::OnceLock;

use regex::{Captures, Regex};
use serde_json::Value;

use super::words::is_template;
use super::{DEEPEST, Here, Sweep};
use crate::literals::known::{is_credential_name, may_name_one};

/// A pattern that is made once, and only when it is needed.
struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

const fn pattern(text: &'static str) -> Pattern {
    Pattern { text, regex: OnceLock::new() }
}

/// `"name": "value"`, `name = 'value'`, `set("name", "value")`.
static ASSIGNED: Pattern = pattern(
    r#"(?x) ([A-Za-z_][\w.-]*) ["'`]? \s* (?: [:=,] | => ) \s*
    (?: "((?:[^"\\\r\n]|\\.)+)" | '((?:[^'\\\r\n]|\\.)+)' | `([^`\r\n]+)` )"#,
);
/// `Name: value` to the end of the line, or of the quotation it is in.
static HEADER: Pattern =
    pattern(r#"(?m)(?:^[ \t>]*|["'`]|:[ ])([A-Za-z][A-Za-z0-9-]+):[ \t]+([^"'`\r\n]+)"#);
/// A parameter of an address, or of a form in a longer text.
static PARAMETER: Pattern = pattern(r#"(?:^|[?&;\s"'`])([\w.\-\[\]]+)=([^&\s"'`<>#;]+)"#);
/// The password in an address.
static USER: Pattern = pattern(r#"://[^/\s:@"'<>?#]*:([^/\s@"'<>?#]+)@"#);
/// An element that holds a text only.
static ELEMENT: Pattern = pattern(r"<(?:[\w-]+:)?([A-Za-z][\w.-]*)(?:\s[^<>]*)?>([^<>]+)</");
/// A user for curl.
static CURL_USER: Pattern =
    pattern(r#"(?:^|\s)(?:-u|-U|--user|--proxy-user)(?:\s+|=)?["']?[^\s:"']+:([^\s"']+)"#);

impl Pattern {
    fn all<'t>(&'static self, text: &'t str) -> impl Iterator<Item = Captures<'t>> {
        let regex = self.regex.get_or_init(|| Regex::new(self.text).ok()).as_ref();
        regex.into_iter().flat_map(move |regex| regex.captures_iter(text))
    }
}

impl Sweep {
    /// A text for people: only what looks like no word counts.
    pub(super) fn prose(&mut self, text: &str) {
        let before = self.found.len();
        self.forms(text);
        if may_name_one(text) {
            self.pairs(text);
        }
        let mut at = 0;
        self.found.retain(|found| {
            at += 1;
            at <= before || found.name.is_empty() || is_random(&found.literal)
        });
    }

    /// A text that nothing names.
    pub(super) fn text(&mut self, text: &str, depth: usize) {
        self.forms(text);
        if depth > DEEPEST {
            return;
        }
        if text.contains("://") && text.contains('@') {
            for found in USER.all(text).filter(|found| !is_template(&found[1])) {
                self.push("password", &found[1]);
            }
        }
        if text.contains("curl") {
            for found in CURL_USER.all(text).filter(|found| !is_template(&found[1])) {
                self.push("password", &found[1]);
            }
        }
        if !may_name_one(text) {
            return;
        }
        let start = text.trim_start();
        if start.starts_with(['{', '['])
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            return self.value(&value, Here { depth: depth + 1, ..Here::default() });
        }
        if start.starts_with('<') {
            for found in ELEMENT.all(text) {
                self.pair(&found[1], &found[2]);
            }
        }
        self.pairs(text);
    }

    fn pairs(&mut self, text: &str) {
        for found in ASSIGNED.all(text) {
            let written = found.iter().skip(2).flatten().next().map_or("", |found| found.as_str());
            // As JSON says it; what is no JSON is taken as it stands.
            let value = serde_json::from_str::<String>(&format!("\"{written}\""));
            self.pair(&found[1], value.as_deref().unwrap_or(written));
        }
        for found in HEADER.all(text) {
            let (name, value) = (&found[1], found[2].trim());
            match name.to_ascii_lowercase().as_str() {
                "set-cookie" => self.cookie(value),
                "cookie" => {
                    _ = self.named(name, value, false);
                }
                _ => self.pair(name, value),
            }
        }
        for found in PARAMETER.all(text) {
            self.pair(&found[1], &found[2]);
        }
    }

    /// In a text that may be about anything, a value of several words is none.
    fn pair(&mut self, name: &str, value: &str) {
        let bare = value.trim().rsplit(' ').next().unwrap_or_default();
        let words = value.split_whitespace().count();
        let code = bare.ends_with(['(', '{', ',', ';', '!']);
        if words <= 2 && !code && is_credential_name(name) {
            self.named(name, value, false);
        }
    }
}

/// Whether it is neither a word nor a few.
fn is_random(text: &str) -> bool {
    text.chars().count() >= 12
        && text.chars().any(|c| c.is_ascii_digit())
        && text.chars().any(char::is_alphabetic)
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn texts_of_every_kind_are_looked_at() {
        for text in [
            r#"{"a": {{b}}, "password": "s3cret-1"}"#,
            r#"{"a": "{\"password\": \"s3cret-1\"}"}"#,
            "<s:Envelope><wsse:Password Type=\"x\">s3cret-1</wsse:Password></s:Envelope>",
            "GET /x\nX-Api-Key: s3cret-1\nAccept: */*",
            "curl -H 'X-Api-Key: s3cret-1' https://a.example.com",
            "curl -u ada:s3cret-1 https://a.example.com",
            "see https://a.example.com/?page=1&api_key=s3cret-1#part",
            "postgres://ada:s3cret-1@db.example.com/x",
            "user=ada&password=s3cret-1",
            "pm.environment.set(\"token\", 's3cret-1');",
            "const apiKey = `s3cret-1`;",
        ] {
            let found: Vec<String> = in_text(text).into_iter().map(|found| found.literal).collect();
            assert!(found.contains(&"s3cret-1".to_owned()), "{text}: {found:?}");
            assert!(found.iter().all(|found| found == "s3cret-1"), "{text}: {found:?}");
        }
    }

    #[test]
    fn words_about_credentials_are_none() {
        for text in [
            "The token is sent as a header. Authorization: a bearer token of the user",
            "pm.test(\"token is there\", function () {});",
            "const token = pm.response.json().token;",
            "{\"password\": \"{{password}}\", \"n\": {{n}}}",
            "type User { password: String! token: ID }",
            "if (password == 'password') {}",
        ] {
            assert_eq!(in_text(text), Vec::new(), "{text}");
        }
    }
}
