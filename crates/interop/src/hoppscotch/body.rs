//! Bodies.

use errand_model::{Body, FileBody, FormRow, Header, MultipartRow, PartKind};
use serde_json::Value;

use super::template;
use crate::Scribe;
use crate::content::{language, say_media_type};
use crate::fields::{flag, list, scalar, text};

/// The body of a request. Hoppscotch sends its media type unless a header says another.
pub(super) fn read(item: &Value, headers: &mut Vec<Header>, scribe: &mut Scribe<'_>) -> Body {
    let Some(body) = item.get("body").filter(|body| body.is_object()) else {
        return oldest(item, scribe);
    };
    let media_type = text(body, "contentType");
    match media_type {
        "" => Body::None,
        "multipart/form-data" => Body::Multipart {
            rows: list(body, "body").iter().map(|row| part(row, scribe)).collect(),
        },
        "application/x-www-form-urlencoded" => {
            Body::FormUrlEncoded { rows: fields(text(body, "body"), scribe) }
        }
        "application/octet-stream" | "binary" => {
            scribe.not_carried("file to send", "the export does not say which it was");
            let file =
                FileBody { path: String::new(), content_type: String::new(), selected: true };
            Body::File { files: vec![file] }
        }
        media_type => raw(&scalar(body, "body"), media_type, headers, scribe),
    }
}

fn raw(
    content: &str,
    media_type: &str,
    headers: &mut Vec<Header>,
    scribe: &mut Scribe<'_>,
) -> Body {
    let language = language(media_type);
    say_media_type(headers, media_type, language);
    Body::Raw { language, text: template::read(content, scribe) }
}

/// Requests of version 0 have the text of a JSON body, or rows of a form.
fn oldest(item: &Value, scribe: &mut Scribe<'_>) -> Body {
    let rows = list(item, "bodyParams");
    if !rows.is_empty() {
        let rows = rows.iter().map(|row| FormRow {
            name: template::read(&scalar(row, "key"), scribe),
            value: template::read(&scalar(row, "value"), scribe),
            description: String::new(),
            enabled: flag(row, "active") != Some(false),
        });
        return Body::FormUrlEncoded { rows: rows.collect() };
    }
    match scalar(item, "rawParams") {
        content if content.is_empty() => Body::None,
        content => raw(&content, text(item, "contentType"), &mut Vec::new(), scribe),
    }
}

fn part(row: &Value, scribe: &mut Scribe<'_>) -> MultipartRow {
    let is_file = flag(row, "isFile") == Some(true);
    if is_file {
        scribe.not_carried("files to send", "the export does not say which they were");
    }
    MultipartRow {
        name: template::read(&scalar(row, "key"), scribe),
        kind: if is_file { PartKind::File } else { PartKind::Text },
        value: template::read(&scalar(row, "value"), scribe),
        files: Vec::new(),
        content_type: scalar(row, "contentType"),
        description: scalar(row, "description"),
        enabled: flag(row, "active") != Some(false),
    }
}

/// `name: value` on each line, with `#` before a disabled one; or pairs as in a query.
fn fields(content: &str, scribe: &mut Scribe<'_>) -> Vec<FormRow> {
    let content = template::read(content, scribe);
    let is_query = !content.contains([':', '\n']) && content.contains('=');
    let row = |name: &str, value: &str, enabled: bool| FormRow {
        name: unquoted(name),
        value: unquoted(value),
        description: String::new(),
        enabled,
    };
    if is_query {
        let decoded = url::form_urlencoded::parse(content.as_bytes());
        return decoded.map(|(name, value)| row(&name, &value, true)).collect();
    }
    let lines = content.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let line = line.trim();
            let bare = line.strip_prefix('#').unwrap_or(line);
            let (name, value) = bare.split_once(':').unwrap_or((bare, ""));
            row(name, value, bare.len() == line.len())
        })
        .collect()
}

fn unquoted(text: &str) -> String {
    let text = text.trim();
    let quoted = text.starts_with('"').then(|| serde_json::from_str(text).ok()).flatten();
    quoted.unwrap_or_else(|| text.to_owned())
}
