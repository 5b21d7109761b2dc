//! From our body to Postman's.

use errand_model::{Body, FileBody, FormRow, MultipartRow, PartKind, RawLanguage};
use serde_json::{Value, json};

use super::graphql;
use crate::Scribe;
use crate::postman::json::{filled, object, set};

/// Writes a body; none for none. `as_graphql` says that it came as GraphQL.
pub(crate) fn write(body: &Body, as_graphql: bool, scribe: &mut Scribe<'_>) -> Option<Value> {
    match body {
        Body::None => None,
        Body::Raw { language, text } => {
            let parted = if as_graphql { graphql::parted(text) } else { None };
            Some(parted.map_or_else(|| raw(*language, text), graphql_body))
        }
        Body::FormUrlEncoded { rows } => {
            let rows: Vec<Value> = rows.iter().map(field).collect();
            Some(json!({"mode": "urlencoded", "urlencoded": rows}))
        }
        Body::Multipart { rows } => {
            let rows: Vec<Value> = rows.iter().map(part).collect();
            Some(json!({"mode": "formdata", "formdata": rows}))
        }
        Body::File { files } => Some(file(files, scribe)),
    }
}

fn raw(language: RawLanguage, text: &str) -> Value {
    let name = match language {
        RawLanguage::Json => Some("json"),
        RawLanguage::Xml => Some("xml"),
        RawLanguage::Text => Some("text"),
        RawLanguage::Sparql => None,
    };
    let options = name.map(|name| json!({"raw": {"language": name}}));
    let members = [("mode", Some(json!("raw"))), ("raw", Some(json!(text))), ("options", options)];
    Value::Object(object(members))
}

fn graphql_body((query, operation, variables): (String, Option<String>, Option<String>)) -> Value {
    let members = object([
        ("query", Some(json!(query))),
        ("operationName", operation.map(Value::String)),
        ("variables", Some(json!(variables.unwrap_or_default()))),
    ]);
    json!({"mode": "graphql", "graphql": members})
}

fn field(row: &FormRow) -> Value {
    Value::Object(object([
        ("key", Some(json!(row.name))),
        ("value", Some(json!(row.value))),
        ("type", Some(json!("text"))),
        ("description", filled(&row.description)),
        ("disabled", set(!row.enabled)),
    ]))
}

fn part(row: &MultipartRow) -> Value {
    let is_file = row.kind == PartKind::File;
    let src = match row.files.as_slice() {
        _ if !is_file => None,
        [] => Some(Value::Array(Vec::new())),
        [one] => Some(json!(one)),
        several => Some(json!(several)),
    };
    Value::Object(object([
        ("key", Some(json!(row.name))),
        ("value", (!is_file).then(|| json!(row.value))),
        ("src", src),
        ("type", Some(json!(if is_file { "file" } else { "text" }))),
        ("contentType", filled(&row.content_type)),
        ("description", filled(&row.description)),
        ("disabled", set(!row.enabled)),
    ]))
}

fn file(files: &[FileBody], scribe: &mut Scribe<'_>) -> Value {
    if files.len() > 1 {
        scribe.not_carried("further body files", "Postman keeps one; the chosen one was written");
    }
    let file = files.iter().find(|file| file.selected).or(files.first());
    let path = file.map(|file| json!(file.path));
    json!({"mode": "file", "file": {"src": path}})
}
