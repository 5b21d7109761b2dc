//! Media types, and the examples that stand beside schemas.

use serde_json::Value;

use super::document::{Document, entries};
use super::sample::{Sampler, View};

/// What a media type is to Errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Xml,
    Html,
    Form,
    Multipart,
    Text,
    Binary,
}

/// The kind of a media type such as `application/vnd.api+json; charset=utf-8`.
pub(super) fn kind(media_type: &str) -> Kind {
    let essence = essence(media_type);
    let (main, sub) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    match (main, sub) {
        ("multipart", _) => Kind::Multipart,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("text", "html") | ("application", "xhtml+xml") => Kind::Html,
        ("image", "svg+xml") => Kind::Xml,
        ("image" | "audio" | "video" | "font", _) => Kind::Binary,
        (_, sub) if sub == "xml" || sub.ends_with("+xml") => Kind::Xml,
        (_, "json" | "*") => Kind::Json,
        (_, sub) if sub.ends_with("+json") => Kind::Json,
        ("text", _) => Kind::Text,
        ("application", sub) => match sub {
            "graphql" | "javascript" | "x-ndjson" | "jsonl" | "yaml" | "x-yaml" | "toml"
            | "sparql-query" | "sql" | "jwt" | "x-sh" | "csv" | "json-seq" => Kind::Text,
            _ => Kind::Binary,
        },
        _ => Kind::Json,
    }
}

/// A media type without parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The example of a media object, parameter or header, as it is written there: name and value.
pub(super) fn examples<'d>(document: &'d Document, media: &'d Value) -> Vec<(String, &'d Value)> {
    let mut found = Vec::new();
    if let Some(value) = media.get("example") {
        found.push((String::new(), value));
    }
    for (name, example) in media.get("examples").into_iter().flat_map(entries) {
        let example = document.resolve(example);
        // 3.2 tells data from text as it is sent.
        let value =
            ["value", "dataValue", "serializedValue"].iter().find_map(|key| example.get(key));
        found.extend(value.map(|value| (name.clone(), value)));
    }
    found
}

/// A value for a media object, parameter or header: its first example, or one made up.
pub(super) fn value(document: &Document, holder: &Value, name: &str) -> Value {
    if let Some((_, value)) = examples(document, holder).into_iter().find(|one| !one.1.is_null()) {
        return value.clone();
    }
    match holder.get("schema") {
        Some(schema) => Sampler::new(document).sample(schema, name),
        None => Value::Null,
    }
}

/// The example that a schema itself has, if it has one.
pub(super) fn of_schema(document: &Document, holder: &Value) -> Option<Value> {
    let schema = document.get(holder, "schema");
    let has = ["example", "examples"].iter().any(|key| schema.get(key).is_some());
    has.then(|| View::of(document, schema).stated()).flatten()
}

/// A value as text: JSON as people write it, texts as they are.
pub(super) fn pretty(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}

/// A value in a line: texts as they are, anything else as JSON.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// The JSON body for a value. A text that is JSON already is taken for a body as it is sent.
pub(super) fn json(value: &Value) -> String {
    match value {
        Value::String(text)
            if serde_json::from_str::<Value>(text).is_ok_and(|v| v.is_object() || v.is_array()) =>
        {
            text.clone()
        }
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    }
}
