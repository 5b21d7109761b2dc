use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::{View, pattern};

/// Patterns longer than this are not looked at.
const PATTERN: usize = 400;

/// A text in its format and pattern, and within its length.
pub(super) fn sample(view: &View<'_>, name: &str) -> String {
    let format = view.get("format").and_then(Value::as_str).unwrap_or_default();
    let likely = of_format(format, name).unwrap_or_else(|| of_name(name));
    let pattern = view.get("pattern").and_then(Value::as_str).filter(|text| text.len() <= PATTERN);
    if let Some(rule) = pattern.and_then(compiled)
        && !rule.is_match(&likely)
        && let Some(made) = pattern.and_then(pattern::sample)
        && rule.is_match(&made)
    {
        return made;
    }
    sized(likely, view.size("minLength").unwrap_or(0), view.size("maxLength"))
}

/// Large counts of large classes are not worth their compilation.
fn compiled(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).size_limit(256 << 10).build().ok()
}

fn sized(text: String, least: usize, most: Option<usize>) -> String {
    let length = text.chars().count();
    if length < least && !text.is_empty() {
        return format!("{text} ").chars().cycle().take(least.min(4096)).collect();
    }
    match most {
        Some(most) if length > most => text.chars().take(most).collect(),
        _ => text,
    }
}

fn of_format(format: &str, name: &str) -> Option<String> {
    Some(
        match format {
            "date-time" | "datetime" | "timestamp" => "2026-01-15T09:30:00Z",
            "date" => "2026-01-15",
            "time" => "09:30:00Z",
            "duration" => "PT15M",
            "email" | "idn-email" => "ada@example.com",
            "hostname" | "idn-hostname" | "host" => "example.com",
            "ipv4" | "ip" => "192.0.2.10",
            "ipv6" => "2001:db8::10",
            "ipv4-cidr" | "cidr" => "192.0.2.0/24",
            "uri" | "url" | "iri" => "https://example.com/",
            "uri-reference" | "iri-reference" => "/items/1",
            "uri-template" => "/items/{id}",
            "uuid" | "guid" => "1f0e6a4c-5b1d-4c3a-9e57-2d8b7a6c9f10",
            "json-pointer" => "/items/0",
            "regex" => "^[a-z]+$",
            "byte" | "base64" => return Some(BASE64_STANDARD.encode(of_name(name))),
            "binary" => "",
            "password" => "correct horse battery",
            "phone" | "tel" => "+1 555 0100",
            "color" => "#d9a441",
            "int32" | "int64" | "integer" => "1",
            "float" | "double" | "decimal" => "1.5",
            "currency" => "EUR",
            _ => return None,
        }
        .to_owned(),
    )
}

/// Endings of names, the longer ones first, with a text that people would write there.
const NAMES: &[(&str, &str)] = &[
    ("emailaddress", "ada@example.com"),
    ("email", "ada@example.com"),
    ("firstname", "Ada"),
    ("givenname", "Ada"),
    ("lastname", "Lovelace"),
    ("surname", "Lovelace"),
    ("familyname", "Lovelace"),
    ("fullname", "Ada Lovelace"),
    ("displayname", "Ada Lovelace"),
    ("username", "ada"),
    ("nickname", "ada"),
    ("login", "ada"),
    ("owner", "ada"),
    ("user", "ada"),
    ("name", "Example"),
    ("authorization", "Bearer {{token}}"),
    ("author", "Ada Lovelace"),
    ("password", "correct horse battery"),
    ("phonenumber", "+1 555 0100"),
    ("phone", "+1 555 0100"),
    ("mobile", "+1 555 0100"),
    ("streetaddress", "12 Main Street"),
    ("street", "12 Main Street"),
    ("address", "12 Main Street"),
    ("postalcode", "10115"),
    ("postcode", "10115"),
    ("zipcode", "10115"),
    ("zip", "10115"),
    ("city", "Berlin"),
    ("countrycode", "DE"),
    ("country", "Germany"),
    ("state", "active"),
    ("province", "Ontario"),
    ("currency", "EUR"),
    ("timezone", "Europe/Berlin"),
    ("language", "en"),
    ("locale", "en-GB"),
    ("company", "Example Ltd"),
    ("organization", "example"),
    ("org", "example"),
    ("website", "https://example.com/"),
    ("homepage", "https://example.com/"),
    ("uri", "https://example.com/"),
    ("url", "https://example.com/"),
    ("domain", "example.com"),
    ("hostname", "example.com"),
    ("ipaddress", "192.0.2.10"),
    ("filename", "report.pdf"),
    ("color", "#d9a441"),
    ("colour", "#d9a441"),
    ("description", "A short description"),
    ("summary", "A short summary"),
    ("title", "A title"),
    ("message", "Hello"),
    ("comment", "A comment"),
    ("createdat", "2026-01-15T09:30:00Z"),
    ("updatedat", "2026-01-15T09:30:00Z"),
    ("datetime", "2026-01-15T09:30:00Z"),
    ("date", "2026-01-15"),
    ("version", "1.0.0"),
    ("uuid", "1f0e6a4c-5b1d-4c3a-9e57-2d8b7a6c9f10"),
    ("sha", "6dcb09b5b57875f334f61aebed695e2e4193db5e"),
    ("query", "search"),
    ("id", "1"),
];

fn of_name(name: &str) -> String {
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let known = NAMES.iter().find(|(ending, _)| {
        plain.strip_suffix(ending).is_some_and(|before| {
            before.is_empty() || ending.len() > 3 || ends_word(name, ending.len())
        })
    });
    if let Some((_, text)) = known {
        return (*text).to_owned();
    }
    if name.is_empty() { "text".to_owned() } else { name.to_owned() }
}

/// Whether the last `length` letters of a name are a word of their own: `user_id`, `userId`, not `paid`.
fn ends_word(name: &str, length: usize) -> bool {
    let Some(at) = name.len().checked_sub(length) else { return false };
    let Some((before, ending)) = name.split_at_checked(at) else { return false };
    ending.starts_with(char::is_uppercase) || before.ends_with(|c: char| !c.is_alphanumeric())
}
