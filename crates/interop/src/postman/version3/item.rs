//! From the YAML of a request, example or definition to version 2.1.

use serde_json::{Map, Value, json};

use super::{File, named, order};
use crate::Receipt;
use crate::postman::json::{is_on, list, object, text, text_at};
use crate::postman::url;

/// What collections, folders and requests have alike.
pub(super) fn common(value: &Value) -> Map<String, Value> {
    object([
        ("description", value.get("description").cloned()),
        ("variable", rows(value.get("variables"))),
        ("auth", auth(value.get("auth"))),
        ("event", events(value.get("scripts"))),
        ("protocolProfileBehavior", value.get("settings").filter(|v| v.is_object()).cloned()),
    ])
}

/// Rows, which may be written as a list of `key` and `value` or as a mapping.
fn rows(value: Option<&Value>) -> Option<Value> {
    match value? {
        Value::Object(by_name) => {
            let rows = by_name.iter().map(|(key, value)| match value {
                Value::Object(row) => {
                    let mut row = row.clone();
                    row.insert("key".to_owned(), json!(key));
                    Value::Object(row)
                }
                value => json!({"key": key, "value": value}),
            });
            Some(Value::Array(rows.collect()))
        }
        list @ Value::Array(_) => Some(list.clone()),
        _ => None,
    }
}

/// One auth, or the first of several.
fn auth(value: Option<&Value>) -> Option<Value> {
    let auth = list(value).first()?;
    let kind = match text_at(auth, "type") {
        kind if kind == "aws" => "awsv4".to_owned(),
        kind if kind == "none" => "noauth".to_owned(),
        kind => kind,
    };
    let credentials = rows(auth.get("credentials"));
    let mut written = Map::new();
    written.insert("type".to_owned(), json!(kind));
    written.extend(credentials.map(|rows| (kind, rows)));
    Some(Value::Object(written))
}

fn events(scripts: Option<&Value>) -> Option<Value> {
    let scripts = list(scripts);
    let events = scripts.iter().filter(|script| script.is_object()).map(|script| {
        let kind = text_at(script, "type");
        let listen = match kind.rsplit(':').next() {
            Some("beforeRequest") => "prerequest",
            Some("afterResponse") => "test",
            _ => kind.as_str(),
        };
        let code = text_at(script, "code");
        let lines: Vec<&str> = code.split('\n').collect();
        let mut event =
            json!({"listen": listen, "script": {"type": "text/javascript", "exec": lines}});
        if is_on(script.get("disabled")) {
            event["disabled"] = json!(true);
        }
        event
    });
    (!scripts.is_empty()).then(|| Value::Array(events.collect()))
}

pub(super) fn request_item(
    file: &File,
    value: &Value,
    examples: &[(File, Value)],
    receipt: &mut Receipt,
) -> (String, Value) {
    let name = named(value, &file.stem);
    let kind = text_at(value, "$kind");
    let mut item = common(value);
    let description = item.shift_remove("description");
    let auth = item.shift_remove("auth");
    item.insert("name".to_owned(), json!(name));
    if !kind.is_empty() && !matches!(kind.as_str(), "http-request" | "graphql-request") {
        receipt.at(&name).not_carried(kind, "only HTTP requests are imported");
        item.insert("original".to_owned(), value.clone());
        return (name, Value::Object(item));
    }
    if list(value.get("auth")).len() > 1 {
        let why = "a request has one; the first was taken";
        receipt.at(&name).not_carried("further auths", why);
    }
    let mut request = request(value);
    request.extend(description.map(|text| ("description".to_owned(), text)));
    request.extend(auth.map(|auth| ("auth".to_owned(), auth)));
    let mut examples: Vec<_> = examples.iter().collect();
    examples
        .sort_by(|a, b| order(&a.1).total_cmp(&order(&b.1)).then_with(|| a.0.path.cmp(&b.0.path)));
    let examples = examples.into_iter().map(|(file, value)| example(file, value));
    item.insert("request".to_owned(), Value::Object(request));
    item.insert("response".to_owned(), Value::Array(examples.collect()));
    (name, Value::Object(item))
}

fn request(value: &Value) -> Map<String, Value> {
    let is_graphql = text_at(value, "$kind") == "graphql-request";
    let method = text_at(value, "method");
    let method = if method.is_empty() && is_graphql { "POST".to_owned() } else { method };
    object([
        ("method", Some(json!(method))),
        ("header", rows(value.get("headers"))),
        ("url", Some(address(value))),
        ("body", body(value)),
    ])
}

/// Enabled parameters are in the text; disabled ones only in the table.
fn address(value: &Value) -> Value {
    let raw = text_at(value, "url");
    let mut parts = url::write(&raw, &url::read(Some(&json!(raw))).params);
    if let Some(variables) = rows(value.get("pathVariables")) {
        parts["variable"] = variables;
    }
    if let Some(Value::Array(table)) = rows(value.get("queryParams")) {
        let mut query = list(parts.get("query")).to_vec();
        for row in table {
            let same = |known: &&mut Value| {
                known.get("key") == row.get("key") && known.get("description").is_none()
            };
            match query.iter_mut().find(same).filter(|_| !is_on(row.get("disabled"))) {
                Some(known) => {
                    known["description"] = row.get("description").cloned().unwrap_or_default();
                }
                None => query.push(row),
            }
        }
        parts["query"] = Value::Array(query);
    }
    parts
}

fn body(value: &Value) -> Option<Value> {
    let body = value.get("body").filter(|body| body.is_object())?;
    // Some tools write the body as version 2.1 does.
    if body.get("mode").is_some() {
        return Some(body.clone());
    }
    let content = body.get("content");
    let raw = |language: &str| json!({"mode": "raw", "raw": text(content), "options": {"raw": {"language": language}}});
    match text_at(body, "type").as_str() {
        "none" => None,
        language @ ("json" | "xml" | "html" | "javascript" | "text") => Some(raw(language)),
        "formdata" => Some(json!({"mode": "formdata", "formdata": rows(content)})),
        "urlencoded" => Some(json!({"mode": "urlencoded", "urlencoded": rows(content)})),
        "file" => {
            let path = match content {
                Some(Value::Object(file)) => text(file.get("src")),
                other => text(other),
            };
            Some(json!({"mode": "file", "file": {"src": path}}))
        }
        "graphql" => {
            let graphql = if content.is_some_and(Value::is_object) {
                content.cloned()
            } else {
                Some(body.clone())
            };
            Some(json!({"mode": "graphql", "graphql": graphql}))
        }
        _ if content.is_some() => Some(raw("text")),
        _ => None,
    }
}

/// A saved response; early files had its members at the top.
fn example(file: &File, value: &Value) -> Value {
    let response = value.get("response").unwrap_or(value);
    let original = value.get("request").or_else(|| value.get("originalRequest"));
    let code = response.get("statusCode").or_else(|| response.get("code"));
    let status = response.get("statusText").or_else(|| response.get("status"));
    let body = response.get("body");
    Value::Object(object([
        ("name", Some(json!(named(value, &file.stem)))),
        ("originalRequest", original.filter(|r| r.is_object()).map(|r| Value::Object(request(r)))),
        ("status", status.map(|status| json!(text(Some(status))))),
        ("code", code.cloned()),
        ("_postman_previewlanguage", body.and_then(|body| body.get("type")).cloned()),
        ("header", Some(rows(response.get("headers")).unwrap_or_else(|| json!([])))),
        ("cookie", Some(json!([]))),
        ("body", body.map(|body| json!(text(body.get("content").or(Some(body)))))),
    ]))
}
