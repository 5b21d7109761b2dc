//! What bodies of other tools need to mean the same here.

use errand_model::{Body, Header, RawLanguage};
use serde_json::{Value, json};

use crate::Scribe;

const MULTIPART: &str = "multipart/form-data";

/// A multipart body's header without a boundary would hide the one that is sent: it is disabled.
pub(crate) fn settle_multipart(headers: &mut [Header], body: &Body, scribe: &mut Scribe<'_>) {
    if !matches!(body, Body::Multipart { .. }) {
        return;
    }
    for header in headers {
        let bare = header.name.eq_ignore_ascii_case("content-type")
            && header.value.to_ascii_lowercase().starts_with(MULTIPART)
            && !header.value.contains("boundary");
        if bare && header.enabled {
            header.enabled = false;
            scribe.converted(
                "Content-Type",
                "disabled: Errand writes it with the boundary of the body",
            );
        }
    }
}

/// The opposite of [`settle_multipart`].
pub(crate) fn unsettle_multipart(headers: &mut [Header], body: &Body) {
    if matches!(body, Body::Multipart { .. }) {
        for header in headers {
            header.enabled |=
                header.name.eq_ignore_ascii_case("content-type") && header.value == MULTIPART;
        }
    }
}

/// Adds the header for a media type that the body's language does not say by itself.
pub(crate) fn say_media_type(headers: &mut Vec<Header>, media_type: &str, language: RawLanguage) {
    let said = headers
        .iter()
        .any(|header| header.enabled && header.name.eq_ignore_ascii_case("content-type"));
    if !said && !media_type.is_empty() && media_type != usual(language) {
        headers.push(Header::new("Content-Type", media_type));
    }
}

fn usual(language: RawLanguage) -> &'static str {
    match language {
        RawLanguage::Json => "application/json",
        RawLanguage::Xml => "application/xml",
        RawLanguage::Text => "text/plain",
        RawLanguage::Sparql => "application/sparql-query",
    }
}

/// The language of a media type.
pub(crate) fn language(media_type: &str) -> RawLanguage {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/sparql-query" => RawLanguage::Sparql,
        essence if essence.ends_with("json") => RawLanguage::Json,
        essence if essence.ends_with("xml") => RawLanguage::Xml,
        _ => RawLanguage::Text,
    }
}

/// How an example's body of a media type is shown.
pub(crate) fn example_kind(media_type: &str) -> &'static str {
    match media_type {
        media_type if media_type.contains("json") => "json",
        media_type if media_type.contains("html") => "html",
        media_type if media_type.contains("xml") => "xml",
        _ => "text",
    }
}

/// A GraphQL request as JSON. Variables are text, which may hold `{{name}}` and go in as they are.
pub(crate) fn graphql(query: &str, variables: &str, operation: &str) -> String {
    let mut text = format!("{{\n  \"query\": {}", json!(query));
    if !variables.trim().is_empty() {
        text.extend([",\n  \"variables\": ", variables.trim()]);
    }
    if !operation.is_empty() {
        text.extend([",\n  \"operationName\": ", &json!(operation).to_string()]);
    }
    text.push_str("\n}");
    text
}

/// Notes whose scripts an item has.
pub(crate) fn dialect(name: &str) -> Value {
    json!({ "scriptDialect": name })
}
