//! Bodies.

use errand_model::{Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage};
use serde_json::{Map, Value, json};

use super::{rows, template};
use crate::Scribe;
use crate::content::language;
use crate::fields::{is_blank, list, put, scalar, text};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";
const GRAPHQL: &str = "application/graphql";

/// The body at `body`.
pub(super) fn read(item: &Value, scribe: &mut Scribe<'_>) -> Body {
    let Some(body) = item.get("body") else { return Body::None };
    if let Value::String(text) = body {
        let text = template::read(text, scribe);
        return if text.is_empty() { Body::None } else { raw(RawLanguage::Text, text) };
    }
    let media_type = text(body, "mimeType");
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !scalar(body, "fileName").is_empty() && list(body, "params").is_empty() {
        return file(body, media_type, scribe);
    }
    let content = || scalar(body, "text");
    match essence.as_str() {
        MULTIPART => Body::Multipart { rows: parts(body, scribe) },
        FORM if content().is_empty() => Body::FormUrlEncoded { rows: fields(body, scribe) },
        GRAPHQL => {
            scribe.converted(
                "GraphQL query",
                "it is a JSON body with `query` and `variables`, as Insomnia sends it",
            );
            raw(RawLanguage::Json, template::read(&content(), scribe))
        }
        "" if body.get("text").is_none() && !list(body, "params").is_empty() => {
            Body::FormUrlEncoded { rows: fields(body, scribe) }
        }
        "" if content().is_empty() => Body::None,
        essence => raw(language(essence), template::read(&content(), scribe)),
    }
}

fn raw(language: RawLanguage, text: String) -> Body {
    Body::Raw { language, text }
}

fn file(body: &Value, media_type: &str, scribe: &mut Scribe<'_>) -> Body {
    let path = template::read(&scalar(body, "fileName"), scribe);
    only_named(scribe);
    // What Insomnia writes for any file.
    let content_type =
        if media_type == "application/octet-stream" { "" } else { media_type }.to_owned();
    Body::File { files: vec![FileBody { path, content_type, selected: true }] }
}

fn only_named(scribe: &mut Scribe<'_>) {
    scribe.not_carried("files to send", "the source has only their paths");
}

fn fields(body: &Value, scribe: &mut Scribe<'_>) -> Vec<FormRow> {
    let rows = list(body, "params").iter();
    rows.map(|row| {
        let rows::Row { name, value, description, enabled } = rows::read(row, scribe);
        FormRow { name, value, description, enabled }
    })
    .collect()
}

fn parts(body: &Value, scribe: &mut Scribe<'_>) -> Vec<MultipartRow> {
    let rows = list(body, "params").iter();
    rows.map(|param| {
        let row = rows::read(param, scribe);
        let path = scalar(param, "fileName");
        let is_file = text(param, "type") == "file" || (!path.is_empty() && row.value.is_empty());
        let media_type = text(param, "multiline");
        let mut files = Vec::new();
        if is_file && !path.is_empty() {
            files.push(template::read(&path, scribe));
            only_named(scribe);
        }
        if is_file && !row.value.is_empty() {
            scribe.not_carried("value of a file part", "the part sends its file");
        }
        MultipartRow {
            name: row.name,
            kind: if is_file { PartKind::File } else { PartKind::Text },
            value: if is_file { String::new() } else { row.value },
            files,
            content_type: if media_type.contains('/') {
                media_type.to_owned()
            } else {
                String::new()
            },
            description: row.description,
            enabled: row.enabled,
        }
    })
    .collect()
}

/// The body as Insomnia writes it; an empty object for none.
pub(super) fn write(body: &Body, headers: &[Header]) -> Value {
    match body {
        Body::None => json!({}),
        Body::Raw { language, text } => {
            let media_type = match language {
                RawLanguage::Json => "application/json",
                RawLanguage::Xml => "application/xml",
                RawLanguage::Text => "text/plain",
                RawLanguage::Sparql => "application/sparql-query",
            };
            json!({ "mimeType": said(headers).unwrap_or(media_type), "text": template::write(text) })
        }
        Body::FormUrlEncoded { rows } => {
            let params: Value = rows
                .iter()
                .map(|row| {
                    let row = rows::write(&row.name, &row.value, &row.description, row.enabled);
                    Value::Object(row)
                })
                .collect();
            with_params(FORM, params)
        }
        Body::Multipart { rows } => {
            with_params(MULTIPART, rows.iter().flat_map(write_part).collect())
        }
        Body::File { files } => {
            let Some(file) = files.iter().find(|file| file.selected).or(files.first()) else {
                return json!({});
            };
            let media_type = match file.content_type.as_str() {
                "" => "application/octet-stream",
                said => said,
            };
            json!({ "mimeType": media_type, "fileName": template::write(&file.path) })
        }
    }
}

fn with_params(media_type: &str, params: Value) -> Value {
    let mut body = Map::new();
    put(&mut body, "mimeType", media_type);
    if !is_blank(&params) {
        body.insert("params".to_owned(), params);
    }
    Value::Object(body)
}

/// One part, or one for each of several files.
fn write_part(row: &MultipartRow) -> Vec<Value> {
    let made = |value: &str| {
        let mut part = rows::write(&row.name, value, &row.description, row.enabled);
        put(&mut part, "multiline", row.content_type.as_str());
        part
    };
    if row.kind == PartKind::Text {
        return vec![Value::Object(made(&row.value))];
    }
    let mut files: Vec<_> = row.files.iter().map(String::as_str).collect();
    if files.is_empty() {
        files.push("");
    }
    let parts = files.into_iter().map(|path| {
        let mut part = made("");
        part.insert("type".to_owned(), "file".into());
        put(&mut part, "fileName", template::write(path));
        Value::Object(part)
    });
    parts.collect()
}

/// The media type that the headers name.
fn said(headers: &[Header]) -> Option<&str> {
    let header = headers
        .iter()
        .find(|header| header.enabled && header.name.eq_ignore_ascii_case("content-type"))?;
    let essence = header.value.split(';').next().unwrap_or_default().trim();
    let is_raw = !matches!(essence, "" | FORM | MULTIPART) && !essence.contains('{');
    is_raw.then_some(essence)
}
