//! Request bodies.

use errand_model::{Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage};
use serde_json::Value;

use super::document::{Document, entries, text};
use super::media::{self, Kind};
use super::sample::View;
use super::xml;
use crate::Scribe;

/// The body of a request, with the header that names its type where the body does not say it itself.
pub(super) fn body(
    document: &Document,
    request_body: &Value,
    scribe: &mut Scribe<'_>,
) -> (Body, Option<Header>) {
    let content: Vec<_> = request_body.get("content").into_iter().flat_map(entries).collect();
    let rank = |(media_type, _): &(&String, &Value)| match media::kind(media_type) {
        Kind::Json => 0,
        Kind::Multipart | Kind::Form => 1,
        Kind::Xml => 2,
        _ => 3,
    };
    let Some(&(media_type, holder)) = content.iter().min_by_key(|one| rank(one)) else {
        return (Body::None, None);
    };
    let others: Vec<_> =
        content.iter().map(|one| one.0.as_str()).filter(|one| *one != media_type).collect();
    if !others.is_empty() {
        let note = format!("The body is {media_type}; it may also be {}", others.join(", "));
        scribe.converted_keeping("requestBody", note, "extensions.openapi");
    }
    let examples = media::examples(document, holder).len();
    if examples > 1 {
        let note = format!("The first of {examples} examples is the body");
        scribe.converted_keeping("requestBody.examples", note, "extensions.openapi");
    }
    of(document, media_type, holder)
}

fn of(document: &Document, media_type: &str, holder: &Value) -> (Body, Option<Header>) {
    let header = |name: &str| {
        let plain = media_type.eq_ignore_ascii_case(name) || media_type.contains('*');
        (!plain).then(|| Header::new("Content-Type", media_type))
    };
    let sample = || media::value(document, holder, "");
    match media::kind(media_type) {
        Kind::Json => {
            let text = media::json(&sample());
            (Body::Raw { language: RawLanguage::Json, text }, header("application/json"))
        }
        Kind::Xml => {
            let text = xml::body(document, holder, &sample());
            (Body::Raw { language: RawLanguage::Xml, text }, header("application/xml"))
        }
        Kind::Text | Kind::Html => {
            let text = media::pretty(&sample());
            (Body::Raw { language: RawLanguage::Text, text }, header("text/plain"))
        }
        Kind::Form => (Body::FormUrlEncoded { rows: fields(document, holder) }, None),
        Kind::Multipart => (Body::Multipart { rows: parts(document, holder) }, None),
        Kind::Binary => {
            let content_type =
                if media_type.contains('*') { String::new() } else { media_type.to_owned() };
            let file = FileBody { path: String::new(), content_type, selected: true };
            (Body::File { files: vec![file] }, None)
        }
    }
}

/// A field of a form: name, value, its schema.
fn values<'d>(
    document: &'d Document,
    holder: &'d Value,
) -> Vec<(String, Value, Option<&'d Value>)> {
    let sample = media::value(document, holder, "");
    let view = View::of(document, holder.get("schema").unwrap_or(&Value::Null));
    let properties = view.properties();
    let schema = |name: &str| properties.iter().find(|one| one.0 == name).map(|one| one.1);
    entries(&sample).map(|(name, value)| (name.clone(), value.clone(), schema(name))).collect()
}

/// Whether a field is sent unless the user says otherwise: all of them where none is required.
fn enabled(document: &Document, holder: &Value) -> impl Fn(&str) -> bool {
    let view = View::of(document, holder.get("schema").unwrap_or(&Value::Null));
    let required: Vec<String> = view.required().into_iter().map(str::to_owned).collect();
    move |name: &str| required.is_empty() || required.iter().any(|one| one == name)
}

fn described(document: &Document, schema: Option<&Value>) -> String {
    schema.map(|schema| text(document.resolve(schema), "description")).unwrap_or_default()
}

fn fields(document: &Document, holder: &Value) -> Vec<FormRow> {
    let enabled = enabled(document, holder);
    let mut rows = Vec::new();
    for (field, value, schema) in values(document, holder) {
        let encoding = holder.get("encoding").and_then(|all| all.get(&field));
        let style = encoding.map(|one| text(one, "style")).unwrap_or_default();
        let explode = encoding.and_then(|one| one.get("explode")).and_then(Value::as_bool);
        let mut push = |name: String, value: &Value| {
            rows.push(FormRow {
                name,
                value: media::inline(value),
                description: described(document, schema),
                enabled: enabled(&field),
            });
        };
        match &value {
            Value::Array(list) if explode.unwrap_or(true) && style != "pipeDelimited" => {
                for item in list {
                    push(field.clone(), item);
                }
            }
            Value::Array(list) => {
                let mark = if style == "pipeDelimited" { "|" } else { "," };
                let all: Vec<_> = list.iter().map(media::inline).collect();
                push(field.clone(), &Value::String(all.join(mark)));
            }
            Value::Object(object) if style == "deepObject" => {
                for (key, inner) in object {
                    push(format!("{field}[{key}]"), inner);
                }
            }
            value => push(field.clone(), value),
        }
    }
    rows
}

fn parts(document: &Document, holder: &Value) -> Vec<MultipartRow> {
    let enabled = enabled(document, holder);
    let mut rows = Vec::new();
    for (name, value, schema) in values(document, holder) {
        let encoding = holder.get("encoding").and_then(|all| all.get(&name));
        let said = encoding.map(|one| text(one, "contentType")).unwrap_or_default();
        // Of several types the first is meant; a range says nothing.
        let said = said.split(',').next().unwrap_or_default().trim().to_owned();
        let is_file = schema.is_some_and(|schema| is_file(document, schema))
            || !said.is_empty() && media::kind(&said) == Kind::Binary;
        let row = |value: String, content_type: String| MultipartRow {
            name: name.clone(),
            kind: if is_file { PartKind::File } else { PartKind::Text },
            value,
            files: Vec::new(),
            content_type: if content_type.contains('*') { String::new() } else { content_type },
            description: described(document, schema),
            enabled: enabled(&name),
        };
        match &value {
            _ if is_file => rows.push(row(String::new(), said)),
            Value::Array(list) if !list.iter().any(Value::is_object) => {
                rows.extend(list.iter().map(|item| row(media::inline(item), said.clone())));
            }
            Value::Object(_) | Value::Array(_) if said.is_empty() => {
                rows.push(row(value.to_string(), "application/json".to_owned()));
            }
            value => rows.push(row(media::inline(value), said)),
        }
    }
    rows
}

/// Whether a field holds the bytes of a file.
fn is_file(document: &Document, schema: &Value) -> bool {
    let view = View::of(document, schema);
    if let (Some(items), "array") = (view.get("items"), view.kind()) {
        return !document.resolve(items).get("items").is_some_and(Value::is_object)
            && is_binary(&View::of(document, items));
    }
    is_binary(&view)
}

fn is_binary(view: &View<'_>) -> bool {
    let says = |key: &str| view.get(key).and_then(Value::as_str).unwrap_or_default();
    says("format") == "binary"
        || !says("contentMediaType").is_empty()
            && says("contentEncoding").is_empty()
            && media::kind(says("contentMediaType")) == Kind::Binary
}
