//! Bodies, there and back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{Body, FileBody, RawLanguage};
use serde_json::Value;

use super::grammar::{Body as Written, Kind};
use super::template::{functions, one_line, text};
use crate::curl;

/// What a body is here.
pub(super) enum Read {
    /// The same.
    Body(Body),
    /// A GraphQL query: its JSON, and its source.
    Query(Body, String),
    /// Bytes that are no text: their source.
    Bytes(String),
}

/// Reads a body; the content type decides the language of a text.
pub(super) fn read(body: &Written<'_>, content_type: &str) -> Read {
    let raw = |language, text| Read::Body(Body::Raw { language, text });
    let plain = |text: String| {
        let media = content_type.split(';').next().unwrap_or_default().trim();
        let language = match curl::body::language(media, &text) {
            RawLanguage::Json if !media.ends_with("json") => RawLanguage::Text,
            language => language,
        };
        raw(language, text)
    };
    let bytes = |word: &str, value: &[u8], source: &str| match String::from_utf8(value.to_vec()) {
        Ok(text) => plain(text),
        Err(_) => Read::Bytes(format!("{word},{source};")),
    };
    match body {
        Written::Json(source) => raw(RawLanguage::Json, functions(source)),
        Written::Xml(text) => raw(RawLanguage::Xml, (*text).to_owned()),
        Written::Line(template) => plain(text(template)),
        Written::Multiline(kind) => match kind {
            Kind::Json(template) => raw(RawLanguage::Json, text(template)),
            Kind::Xml(template) => raw(RawLanguage::Xml, text(template)),
            Kind::Text(template) | Kind::Raw(template) => plain(text(template)),
            Kind::GraphQl { query, variables, source } => {
                let query = text(query);
                Read::Query(graphql(&query, *variables), (*source).to_owned())
            }
        },
        Written::Base64(found) => bytes("base64", &found.value, found.source),
        Written::Hex(found) => bytes("hex", &found.value, found.source),
        Written::File(name) => {
            let file = FileBody { path: text(name), content_type: String::new(), selected: true };
            Read::Body(Body::File { files: vec![file] })
        }
    }
}

/// A GraphQL query as the JSON that is sent.
fn graphql(query: &str, variables: Option<&str>) -> Body {
    let query = Value::String(query.trim_end().to_owned());
    let text = match variables.map(functions) {
        Some(variables) => {
            format!("{{\n  \"query\": {query},\n  \"variables\": {variables}\n}}")
        }
        None => format!("{{\n  \"query\": {query}\n}}"),
    };
    Body::Raw { language: RawLanguage::Json, text }
}

/// The ways to write a text, the nicest first. Whoever writes takes the first that reads as the same.
pub(super) fn ways(language: RawLanguage, text: &str) -> Vec<String> {
    let ours = super::template::ours(text);
    let hint = match language {
        RawLanguage::Json => "json",
        RawLanguage::Xml => "xml",
        RawLanguage::Text | RawLanguage::Sparql => "",
    };
    let mut ways = Vec::new();
    if !hint.is_empty() {
        ways.push(ours.clone());
    }
    if !ours.contains("```") {
        ways.push(format!("```{hint}\n{ours}```"));
    }
    ways.push(one_line(text));
    ways.push(format!("base64,{};", STANDARD.encode(text)));
    ways
}
