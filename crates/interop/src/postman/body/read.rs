//! From Postman's body to ours.

use errand_model::{Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage};
use serde_json::Value;

use super::graphql;
use crate::Scribe;
use crate::postman::KEPT;
use crate::postman::json::{description, enabled, is_on, list, text, text_at};
use crate::postman::settings::is_pruned;

/// A body, and what goes with it.
#[derive(Default)]
pub(crate) struct Read {
    pub(crate) body: Body,
    /// The type Postman adds by itself, where the model's language does not.
    pub(crate) media_type: Option<&'static str>,
    /// It was GraphQL, and is JSON now.
    pub(crate) graphql: bool,
}

/// Reads the body of a request with this method and these headers. `pruned` is false when the
/// request wants its body sent with every method.
pub(crate) fn read(
    request: &Value,
    method: &str,
    headers: &[Header],
    pruned: bool,
    scribe: &mut Scribe<'_>,
) -> Read {
    // Early version 2 files call it `data`.
    let Some(body) =
        [request.get("body"), request.get("data")].into_iter().flatten().find(|body| says(body))
    else {
        return Read::default();
    };
    if is_on(body.get("disabled")) {
        scribe.set_aside("body", "it is disabled", KEPT);
        return Read::default();
    }
    if pruned && is_pruned(method) {
        let why = format!("Postman sends none with {method}");
        scribe.set_aside("body", why, KEPT);
        return Read::default();
    }
    match text_at(body, "mode").as_str() {
        "urlencoded" => Read { body: form(body), ..Read::default() },
        "formdata" => Read { body: multipart(body), ..Read::default() },
        "file" => file(body, scribe),
        "graphql" => {
            scribe.converted("GraphQL", "a JSON body with query and variables");
            let text = graphql::joined(body.get("graphql").unwrap_or(&Value::Null));
            let body = Body::Raw { language: RawLanguage::Json, text };
            Read { body, graphql: true, media_type: None }
        }
        "raw" | "" => raw(body, headers),
        other => {
            scribe.set_aside(format!("body {other}"), "Errand has no such body", KEPT);
            Read::default()
        }
    }
}

/// Whether a body says anything that is sent.
fn says(body: &Value) -> bool {
    let mode = text_at(body, "mode");
    let content = body.get(if mode.is_empty() { "raw" } else { &mode });
    match content {
        None | Some(Value::Null) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(rows)) => !rows.is_empty(),
        Some(Value::Object(object)) => {
            object.values().any(|value| !matches!(value, Value::Null) && value.as_str() != Some(""))
        }
        Some(_) => true,
    }
}

fn raw(body: &Value, headers: &[Header]) -> Read {
    let text = text(body.get("raw"));
    let language = body.pointer("/options/raw/language").and_then(Value::as_str).unwrap_or("");
    let typed = headers
        .iter()
        .find(|header| header.enabled && header.name.trim().eq_ignore_ascii_case("content-type"));
    let typed = typed.map(|header| header.value.to_ascii_lowercase());
    let says = |word| typed.as_ref().is_some_and(|typed| typed.contains(word));
    let (language, media_type) = match language {
        "json" => (RawLanguage::Json, None),
        "xml" => (RawLanguage::Xml, None),
        "html" => (RawLanguage::Text, Some("text/html")),
        "javascript" => (RawLanguage::Text, Some("application/javascript")),
        _ if says("json") => (RawLanguage::Json, None),
        _ if says("xml") => (RawLanguage::Xml, None),
        _ if says("sparql-query") => (RawLanguage::Sparql, None),
        _ => (RawLanguage::Text, None),
    };
    let media_type = media_type.filter(|_| typed.is_none());
    Read { body: Body::Raw { language, text }, media_type, graphql: false }
}

fn form(body: &Value) -> Body {
    let rows = match body.get("urlencoded") {
        Some(Value::String(text)) => return Body::FormUrlEncoded { rows: pairs(text) },
        rows => list(rows).iter().filter(|row| row.is_object()),
    };
    let rows = rows.map(|row| FormRow {
        name: text_at(row, "key"),
        value: text_at(row, "value"),
        description: description(row.get("description")),
        enabled: enabled(row),
    });
    Body::FormUrlEncoded { rows: rows.collect() }
}

fn pairs(text: &str) -> Vec<FormRow> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            FormRow {
                name: name.to_owned(),
                value: value.to_owned(),
                description: String::new(),
                enabled: true,
            }
        })
        .collect()
}

fn multipart(body: &Value) -> Body {
    let rows = list(body.get("formdata")).iter().filter(|row| row.is_object());
    let rows = rows.map(|row| {
        let kind = if text_at(row, "type") == "file" { PartKind::File } else { PartKind::Text };
        let files = match row.get("src") {
            Some(Value::Array(paths)) => paths.iter().map(|path| text(Some(path))).collect(),
            src => vec![text(src)],
        };
        MultipartRow {
            name: text_at(row, "key"),
            kind,
            value: if kind == PartKind::Text { text_at(row, "value") } else { String::new() },
            files: match kind {
                PartKind::File => files.into_iter().filter(|path| !path.is_empty()).collect(),
                PartKind::Text => Vec::new(),
            },
            content_type: text_at(row, "contentType"),
            description: description(row.get("description")),
            enabled: enabled(row),
        }
    });
    Body::Multipart { rows: rows.collect() }
}

fn file(body: &Value, scribe: &mut Scribe<'_>) -> Read {
    let file = body.get("file").unwrap_or(&Value::Null);
    let (path, content) = match file {
        Value::String(path) => (path.clone(), String::new()),
        file => (text(file.get("src")), text(file.get("content"))),
    };
    if path.is_empty() && !content.is_empty() {
        scribe.converted("body file", "its content is in the collection: it is a text here");
        let body = Body::Raw { language: RawLanguage::Text, text: content };
        return Read { body, ..Read::default() };
    }
    let files = vec![FileBody { path, content_type: String::new(), selected: true }];
    Read { body: Body::File { files }, ..Read::default() }
}
