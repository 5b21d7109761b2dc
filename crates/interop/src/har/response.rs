//! The response of an entry as an example.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_model::{Example, ExampleBody, ExampleResponse, Header};
use serde_json::{Map, Value};

use super::limited::RESPONSE_TEXT;
use super::request::pairs;
use crate::Receipt;

/// The saved response; none where nothing came back.
pub(super) fn read(source: &Map<String, Value>, notes: &mut Receipt) -> Option<Example> {
    let status = source.get("status").and_then(Value::as_u64).and_then(|n| u16::try_from(n).ok());
    let status = status.filter(|status| *status > 0);
    if status.is_none() {
        notes.not_carried("response", "nothing came back when it was recorded");
        return None;
    }
    let text = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let headers = pairs(source.get("headers"));
    let headers = headers.into_iter().filter(|(name, _)| !name.starts_with(':'));
    let response = ExampleResponse {
        status,
        status_text: text("statusText"),
        headers: headers.map(|(name, value)| Header::new(name, value)).collect(),
        body: source.get("content").and_then(Value::as_object).and_then(|c| body(c, notes)),
    };
    let name = status.map(|status| format!("{status} {}", response.status_text));
    let name = name.unwrap_or_default().trim().to_owned();
    Some(Example { name, response, ..Example::default() })
}

fn body(content: &Map<String, Value>, notes: &mut Receipt) -> Option<ExampleBody> {
    let mime = content.get("mimeType").and_then(Value::as_str).unwrap_or_default();
    let media = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = match content.get("text") {
        Some(Value::String(text)) if text.len() <= RESPONSE_TEXT => text,
        Some(Value::String(_) | Value::Null) => {
            notes.not_carried("response body", "it is longer than 64 KB");
            return None;
        }
        _ => return None,
    };
    let encoded = content.get("encoding").and_then(Value::as_str) == Some("base64");
    let data = if encoded {
        let decoded = STANDARD.decode(text.as_bytes()).ok();
        decoded.and_then(|bytes| String::from_utf8(bytes).ok()).filter(|_| is_text(&media))
    } else {
        Some(text.clone())
    };
    let Some(data) = data else {
        notes.not_carried("response body", "it is not text");
        return None;
    };
    Some(ExampleBody { kind: kind(&media).to_owned(), data })
}

fn is_text(media: &str) -> bool {
    let binary =
        ["image/", "audio/", "video/", "font/", "application/octet-stream", "application/zip"];
    media == "image/svg+xml" || !binary.iter().any(|start| media.starts_with(start))
}

/// The model's word for a media type.
fn kind(media: &str) -> &'static str {
    if media.ends_with("json") {
        "json"
    } else if media == "text/html" || media == "application/xhtml+xml" {
        "html"
    } else if media.ends_with("xml") {
        "xml"
    } else {
        "text"
    }
}
