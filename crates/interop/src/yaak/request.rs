//! Requests.

use errand_model::{
    Body, Extensions, FileBody, FormRow, Header, ItemOther, ItemRequest, MultipartRow, Param,
    ParamKind, PartKind, RawLanguage, Request, RequestSettings,
};
use serde_json::{Map, Value, json};

use super::{auth, template};
use crate::content::{graphql, language, say_media_type, settle_multipart};
use crate::fields::{flag, list, named, put, scalar, text, unknown};
use crate::{Scribe, query};

/// Fields that are read, or mean nothing elsewhere.
const FIELDS: &[&str] = &[
    "model",
    "id",
    "createdAt",
    "updatedAt",
    "workspaceId",
    "folderId",
    "sortPriority",
    "name",
    "description",
    "method",
    "url",
    "urlParameters",
    "headers",
    "authentication",
    "authenticationType",
    "body",
    "bodyType",
    "settingRequestTimeout",
    "settingFollowRedirects",
    "settingValidateCertificates",
    "settingSendCookies",
    "settingDnsOverrides",
    "service",
    "metadata",
    "message",
    "variables",
    "encryptionKeyChallenge",
];

/// Keeps what has no field here, and says so.
pub(super) fn set_aside(item: &Value, extensions: &mut Extensions, scribe: &mut Scribe<'_>) {
    for (key, value) in unknown(item, FIELDS) {
        let kept = extensions.entry("yaak").or_insert_with(|| json!({}));
        kept[key.as_str()] = value.clone();
        scribe.set_aside(key.clone(), "Errand has no such field", "extensions.yaak");
    }
}

/// The name of a request or the text of its address.
pub(super) fn name(item: &Value) -> String {
    named(text(item, "name"), &named(text(item, "url"), "Request"))
}

/// An HTTP request.
pub(super) fn read(item: &Value, scribe: &mut Scribe<'_>) -> ItemRequest {
    let mut request = Request {
        name: name(item),
        docs: scalar(item, "description"),
        method: named(text(item, "method"), "GET"),
        url: template::read(&scalar(item, "url"), scribe),
        auth: auth::read(item, scribe),
        headers: headers(item, scribe),
        settings: settings(item, scribe),
        ..Request::default()
    };
    let mut extensions = Extensions::new();
    request.body = body(item, &mut request.headers, &mut extensions, scribe);
    settle_multipart(&mut request.headers, &request.body, scribe);
    request.params = query::rows(&request.url);
    let rows: Vec<_> = list(item, "urlParameters").iter().map(|row| param(row, scribe)).collect();
    query::add(&mut request.url, &rows);
    request.params.extend(rows);
    set_aside(item, &mut extensions, scribe);
    ItemRequest { request, examples: Vec::new(), extensions }
}

/// A name with a colon is one of the path.
fn param(row: &Value, scribe: &mut Scribe<'_>) -> Param {
    let name = template::read(&scalar(row, "name"), scribe);
    let (name, kind) = match name.strip_prefix(':') {
        Some(bare) => (bare.to_owned(), ParamKind::Path),
        None => (name, ParamKind::Query),
    };
    Param {
        name,
        value: template::read(&scalar(row, "value"), scribe),
        kind,
        description: String::new(),
        enabled: flag(row, "enabled") != Some(false),
    }
}

/// The headers of a request, folder or workspace.
pub(super) fn headers(item: &Value, scribe: &mut Scribe<'_>) -> Vec<Header> {
    let rows = list(item, "headers").iter().map(|row| Header {
        name: template::read(&scalar(row, "name"), scribe),
        value: template::read(&scalar(row, "value"), scribe),
        description: String::new(),
        enabled: flag(row, "enabled") != Some(false),
    });
    rows.collect()
}

/// What is set for an item. Later versions say beside each whether it is inherited.
pub(super) fn settings(item: &Value, scribe: &mut Scribe<'_>) -> RequestSettings {
    let said = |key: &str| match item.get(key)? {
        Value::Object(setting) => {
            let is_own = setting.get("enabled") != Some(&Value::Bool(false));
            setting.get("value").filter(|_| is_own)
        }
        plain => Some(plain),
    };
    let is = |key: &str| said(key).and_then(Value::as_bool);
    if !list(item, "settingDnsOverrides").is_empty() {
        scribe.not_carried("DNS overrides", "names are looked up by the system");
    }
    RequestSettings {
        timeout_ms: said("settingRequestTimeout").and_then(Value::as_u64).filter(|ms| *ms > 0),
        follow_redirects: is("settingFollowRedirects").filter(|follow| !follow),
        verify_tls: is("settingValidateCertificates").filter(|verify| !verify),
        use_cookies: is("settingSendCookies").filter(|send| !send),
        ..RequestSettings::default()
    }
}

fn body(
    item: &Value,
    headers: &mut Vec<Header>,
    extensions: &mut Extensions,
    scribe: &mut Scribe<'_>,
) -> Body {
    let body = item.get("body").unwrap_or(&Value::Null);
    let media_type = text(item, "bodyType");
    match media_type {
        "" if scalar(body, "text").is_empty() => Body::None,
        "application/x-www-form-urlencoded" => Body::FormUrlEncoded {
            rows: list(body, "form").iter().map(|r| field(r, scribe)).collect(),
        },
        "multipart/form-data" => {
            Body::Multipart { rows: list(body, "form").iter().map(|r| part(r, scribe)).collect() }
        }
        "binary" => {
            scribe.not_carried("files to send", "the source has only their paths");
            let path = template::read(&scalar(body, "filePath"), scribe);
            Body::File {
                files: vec![FileBody { path, content_type: String::new(), selected: true }],
            }
        }
        "graphql" => {
            // Early versions have the whole as text.
            let whole = scalar(body, "text");
            let query = template::read(&scalar(body, "query"), scribe);
            let variables = template::read(&scalar(body, "variables"), scribe);
            extensions.insert("yaak".to_owned(), json!({ "bodyType": media_type, "body": body }));
            scribe.converted_keeping(
                "GraphQL query",
                "it is a JSON body with `query` and `variables`",
                "extensions.yaak",
            );
            let text = match (query.as_str(), whole.as_str()) {
                ("", whole) if !whole.is_empty() => template::read(whole, scribe),
                (query, _) => graphql(query, &variables, ""),
            };
            Body::Raw { language: RawLanguage::Json, text }
        }
        media_type => {
            let language = language(media_type);
            if media_type.contains('/') {
                say_media_type(headers, media_type, language);
            }
            Body::Raw { language, text: template::read(&scalar(body, "text"), scribe) }
        }
    }
}

fn field(row: &Value, scribe: &mut Scribe<'_>) -> FormRow {
    FormRow {
        name: template::read(&scalar(row, "name"), scribe),
        value: template::read(&scalar(row, "value"), scribe),
        description: String::new(),
        enabled: flag(row, "enabled") != Some(false),
    }
}

fn part(row: &Value, scribe: &mut Scribe<'_>) -> MultipartRow {
    let path = template::read(&scalar(row, "file"), scribe);
    let FormRow { name, value, description, enabled } = field(row, scribe);
    let is_file = !path.is_empty();
    if is_file {
        scribe.not_carried("files to send", "the source has only their paths");
    }
    MultipartRow {
        name,
        kind: if is_file { PartKind::File } else { PartKind::Text },
        value: if is_file { String::new() } else { value },
        files: if is_file { vec![path] } else { Vec::new() },
        content_type: scalar(row, "contentType"),
        description,
        enabled,
    }
}

/// A gRPC or WebSocket request in OpenCollection's form.
pub(super) fn other(item: &Value, kind: &str, scribe: &mut Scribe<'_>) -> ItemOther {
    let mut details = Map::new();
    put(&mut details, "url", template::read(&scalar(item, "url"), scribe));
    let headers = if kind == "grpc" { "metadata" } else { "headers" };
    put(&mut details, headers, rows(item, headers, scribe));
    put(&mut details, "params", rows(item, "urlParameters", scribe));
    let message = template::read(&scalar(item, "message"), scribe);
    if kind == "grpc" {
        let (service, method) = (scalar(item, "service"), scalar(item, "method"));
        if !service.is_empty() {
            put(&mut details, "method", format!("/{service}/{method}"));
        }
        put(&mut details, "message", message);
    } else if !message.is_empty() {
        put(&mut details, "message", json!({ "type": "text", "data": message }));
    }
    if auth::read(item, scribe).scheme() != "inherit" {
        let mut said = item.get("authentication").cloned().unwrap_or_default();
        if said.is_object() {
            said["type"] = text(item, "authenticationType").into();
            put(&mut details, "auth", said);
        }
    }
    let name = name(item);
    let mut content = Map::new();
    content.insert("info".to_owned(), json!({ "name": name, "type": kind }));
    content.insert(kind.to_owned(), Value::Object(details));
    put(&mut content, "docs", scalar(item, "description"));
    let mut extensions = Extensions::new();
    set_aside(item, &mut extensions, scribe);
    put(&mut content, "extensions", extensions);
    scribe.not_carried(format!("{kind} request"), "kept and shown; Errand does not open this kind");
    ItemOther { name, content }
}

/// Rows in OpenCollection's form.
fn rows(item: &Value, key: &str, scribe: &mut Scribe<'_>) -> Value {
    let rows = list(item, key).iter().map(|row| {
        let mut written = Map::new();
        written.insert("name".to_owned(), template::read(&scalar(row, "name"), scribe).into());
        written.insert("value".to_owned(), template::read(&scalar(row, "value"), scribe).into());
        if flag(row, "enabled") == Some(false) {
            written.insert("disabled".to_owned(), true.into());
        }
        Value::Object(written)
    });
    rows.collect()
}
