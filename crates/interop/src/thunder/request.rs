//! Requests, and what folders and collections hand down.

use errand_model::{
    Auth, Body, Defaults, Extensions, FileBody, ItemRequest, RawLanguage, Request, Script,
    ScriptPhase,
};
use serde_json::{Map, Value, json};

use super::rows::{any, fields, headers, list, params, parts, text};
use super::{auth, tests, variables};
use crate::{Receipt, Scribe};

/// Where the receipt says that originals are kept.
const KEPT: &str = "extensions.thunder";

/// Members of a request that have a place here, or mean nothing elsewhere.
const KNOWN: &[&str] = &[
    "_id",
    "colId",
    "containerId",
    "name",
    "url",
    "method",
    "sortNum",
    "created",
    "modified",
    "headers",
    "params",
    "body",
    "auth",
    "tests",
    "docs",
    "preReq",
    "postReq",
];

/// A request; `base` comes before a URL that is only a path.
pub(super) fn read(given: &Value, base: &str, place: &str, receipt: &mut Receipt) -> ItemRequest {
    let mut lines = receipt.at(place);
    lines.kept("request");
    let mut given = given.clone();
    let mut changes = variables::Changes::default();
    variables::rewrite(&mut given, &mut changes);
    for name in changes.converted {
        lines.converted(format!("{{{{{name}}}}}"), "the dynamic variable that makes the like");
    }
    for name in changes.left {
        lines.not_carried(format!("{{{{{name}}}}}"), "Errand has no such variable or filter");
    }
    let mut kept = Map::new();
    let found = tests::read(&given["tests"]);
    if !found.left.is_empty() {
        for (item, _) in &found.left {
            lines.set_aside(item.trim(), "it can only be done by a script", KEPT);
        }
        let rows = found.left.iter().map(|(_, row)| row.clone());
        kept.insert("tests".to_owned(), rows.collect());
    }
    let scripts = scripts(&given, &mut kept, &mut lines);
    let auth = auth::read(&given["auth"]);
    if let Auth::Other { scheme } = &auth {
        lines.set_aside(format!("auth {scheme}"), "this version cannot apply it", KEPT);
        kept.insert("auth".to_owned(), given["auth"].clone());
    }
    for (key, value) in given.as_object().into_iter().flatten() {
        if !KNOWN.contains(&key.as_str()) && says_something(value) {
            lines.set_aside(key.as_str(), "Errand has no place for it", KEPT);
            kept.insert(key.clone(), value.clone());
        }
    }
    let request = Request {
        name: name(&given),
        method: Some(text(&given, "method")).filter(|m| !m.is_empty()).unwrap_or("GET".to_owned()),
        url: url(&text(&given, "url"), base, &mut lines),
        params: params(&given["params"]),
        headers: headers(&given["headers"]),
        body: body(&given["body"], &mut kept, &mut lines),
        auth,
        checks: found.checks,
        captures: found.captures,
        scripts,
        docs: text(&given, "docs"),
        ..Request::default()
    };
    let extensions = extensions(kept, !request.scripts.is_empty());
    ItemRequest { request, examples: Vec::new(), extensions }
}

fn name(given: &Value) -> String {
    let name = text(given, "name");
    if name.is_empty() { "Request".to_owned() } else { name }
}

fn url(url: &str, base: &str, lines: &mut Scribe) -> String {
    let is_whole = url.contains("://") || url.starts_with("{{");
    if base.is_empty() || is_whole {
        return url.to_owned();
    }
    lines.converted("base URL", "it stands before the URL of the request");
    let slash =
        if url.is_empty() || url.starts_with('/') || base.ends_with('/') { "" } else { "/" };
    let base = if url.starts_with('/') { base.trim_end_matches('/') } else { base };
    format!("{base}{slash}{url}")
}

fn body(body: &Value, kept: &mut Map<String, Value>, lines: &mut Scribe) -> Body {
    let raw = |language| Body::Raw { language, text: text(body, "raw") };
    match text(body, "type").as_str() {
        "json" => raw(RawLanguage::Json),
        "xml" => raw(RawLanguage::Xml),
        "text" => raw(RawLanguage::Text),
        "formencoded" => Body::FormUrlEncoded { rows: fields(&body["form"]) },
        "formdata" => Body::Multipart { rows: parts(body) },
        "binary" | "file" => {
            let path = any(body, &["binary", "file", "raw"]);
            let file = FileBody { path, content_type: String::new(), selected: true };
            Body::File { files: vec![file] }
        }
        "graphql" => {
            let how = "an HTTP request with query and variables as its JSON body";
            lines.converted_keeping("GraphQL", how, KEPT);
            kept.insert("graphql".to_owned(), body["graphql"].clone());
            let query = json!(text(&body["graphql"], "query"));
            let variables = text(&body["graphql"], "variables");
            let text = if variables.trim().is_empty() {
                format!("{{\"query\":{query}}}")
            } else {
                format!("{{\"query\":{query},\"variables\":{variables}}}")
            };
            Body::Raw { language: RawLanguage::Json, text }
        }
        "" | "none" => Body::None,
        other => {
            lines.set_aside(format!("body {other}"), "it is no kind of body that is known", KEPT);
            kept.insert("body".to_owned(), body.clone());
            Body::None
        }
    }
}

/// Scripts of a request or folder; what else runs before and after is set aside.
fn scripts(given: &Value, kept: &mut Map<String, Value>, lines: &mut Scribe) -> Vec<Script> {
    let mut found = Vec::new();
    let phases = [("preReq", ScriptPhase::BeforeRequest), ("postReq", ScriptPhase::AfterResponse)];
    for (key, phase) in phases {
        let mut others = given[key].as_object().cloned().unwrap_or_default();
        for name in ["inputScript", "script", "code"] {
            let code = match others.get(name) {
                Some(Value::String(code)) => code.clone(),
                Some(Value::Array(parts)) => {
                    let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
                    parts.join("\n")
                }
                _ => continue,
            };
            others.shift_remove(name);
            if !code.is_empty() {
                lines.kept("scripts");
                found.push(Script { phase, code });
            }
        }
        others.retain(|_, value| says_something(value));
        for name in others.keys() {
            lines.set_aside(format!("{key}.{name}"), "Errand has no place for it", KEPT);
        }
        if !others.is_empty() {
            kept.insert(key.to_owned(), others.into());
        }
    }
    found
}

/// What a folder or collection hands down, and the base URL of its requests.
pub(super) fn defaults(settings: &Value, lines: &mut Scribe) -> (Defaults, String, Extensions) {
    let mut settings = settings.clone();
    let mut changes = variables::Changes::default();
    variables::rewrite(&mut settings, &mut changes);
    for name in changes.left {
        lines.not_carried(format!("{{{{{name}}}}}"), "Errand has no such variable or filter");
    }
    let mut kept = Map::new();
    let scripts = scripts(&settings, &mut kept, lines);
    let auth = auth::read(&settings["auth"]);
    if let Auth::Other { scheme } = &auth {
        lines.set_aside(format!("auth {scheme}"), "this version cannot apply it", KEPT);
        kept.insert("auth".to_owned(), settings["auth"].clone());
    }
    if list(&settings["tests"]).next().is_some() {
        let why = "Errand's folders have no tests of their own";
        lines.set_aside("tests", why, KEPT);
        kept.insert("tests".to_owned(), settings["tests"].clone());
    }
    let base = any(&settings["options"], &["baseUrl"]);
    let known = ["auth", "headers", "tests", "preReq", "postReq"];
    for (key, value) in settings.as_object().into_iter().flatten() {
        let mut value = value.clone();
        if let (Value::Object(options), "options") = (&mut value, key.as_str()) {
            options.shift_remove("baseUrl");
        }
        if !known.contains(&key.as_str()) && says_something(&value) {
            lines.set_aside(format!("settings.{key}"), "Errand has no place for it", KEPT);
            kept.insert(key.clone(), value);
        }
    }
    let headers = headers(&settings["headers"]);
    let extensions = extensions(kept, !scripts.is_empty());
    (Defaults { headers, auth, scripts, ..Defaults::default() }, base, extensions)
}

fn extensions(kept: Map<String, Value>, has_scripts: bool) -> Extensions {
    let mut extensions = Extensions::new();
    if has_scripts {
        extensions.insert("errand".to_owned(), json!({ "scriptDialect": "thunder" }));
    }
    if !kept.is_empty() {
        extensions.insert("thunder".to_owned(), kept.into());
    }
    extensions
}

/// Not what is empty or off.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.values().any(says_something),
        _ => true,
    }
}
