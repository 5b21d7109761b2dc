//! Bodies, there and back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{Body, FileBody, RawLanguage};
use hurl_core::ast::{Body as HurlBody, Bytes, MultilineStringKind};
use hurl_core::types::ToSource as _;
use serde_json::Value;

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
pub(super) fn read(body: &HurlBody, content_type: &str) -> Read {
    let raw = |language, text| Read::Body(Body::Raw { language, text });
    let plain = |text: String| {
        let media = content_type.split(';').next().unwrap_or_default().trim();
        let language = match curl::body::language(media, &text) {
            RawLanguage::Json if !media.ends_with("json") => RawLanguage::Text,
            language => language,
        };
        raw(language, text)
    };
    match &body.value {
        Bytes::Json(value) => raw(RawLanguage::Json, functions(value.to_source().as_str())),
        Bytes::Xml(text) => raw(RawLanguage::Xml, text.clone()),
        Bytes::OnelineString(template) => plain(text(template)),
        Bytes::MultilineString(string) => match &string.kind {
            MultilineStringKind::Json(template) => raw(RawLanguage::Json, text(template)),
            MultilineStringKind::Xml(template) => raw(RawLanguage::Xml, text(template)),
            MultilineStringKind::Text(template) | MultilineStringKind::Raw(template) => {
                plain(text(template))
            }
            MultilineStringKind::GraphQl(query) => {
                let query_text = Value::String(text(&query.value).trim_end().to_owned());
                let json = match &query.variables {
                    Some(variables) => {
                        let variables = functions(variables.value.to_source().as_str());
                        format!("{{\n  \"query\": {query_text},\n  \"variables\": {variables}\n}}")
                    }
                    None => format!("{{\n  \"query\": {query_text}\n}}"),
                };
                let source = string.to_source().as_str().to_owned();
                Read::Query(Body::Raw { language: RawLanguage::Json, text: json }, source)
            }
        },
        Bytes::Base64(bytes) => match String::from_utf8(bytes.value.clone()) {
            Ok(text) => plain(text),
            Err(_) => Read::Bytes(format!("base64,{};", bytes.source.as_str())),
        },
        Bytes::Hex(bytes) => match String::from_utf8(bytes.value.clone()) {
            Ok(text) => plain(text),
            Err(_) => Read::Bytes(format!("hex,{};", bytes.source.as_str())),
        },
        Bytes::File(file) => {
            let file = FileBody {
                path: text(&file.filename),
                content_type: String::new(),
                selected: true,
            };
            Read::Body(Body::File { files: vec![file] })
        }
    }
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
