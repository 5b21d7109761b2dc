//! Parameters: path, query, header and cookie rows.

use errand_model::{Header, Param, ParamKind};
use serde_json::Value;

use super::document::{Document, Operation, entries, list, text, yes};
use super::media;
use crate::Scribe;

/// Parameters of an operation as rows.
#[derive(Default)]
pub(super) struct Rows {
    pub params: Vec<Param>,
    pub headers: Vec<Header>,
}

/// The parameters of an operation and of its path, resolved; the operation's own win.
pub(super) fn all<'d>(document: &'d Document, operation: Operation<'d>) -> Vec<&'d Value> {
    let of = |value: &'d Value| {
        list(value.get("parameters").unwrap_or(&Value::Null))
            .map(|one| document.resolve(one))
            .filter(|one| one.get("name").is_some_and(Value::is_string))
            .collect::<Vec<_>>()
    };
    let key = |one: &&Value| (text(one, "name"), text(one, "in"));
    let own = of(operation.value);
    let mut found: Vec<_> = of(operation.item);
    found.retain(|above| !own.iter().any(|mine| key(mine) == key(above)));
    found.extend(own);
    found
}

/// The rows of an operation; those that are required are enabled.
pub(super) fn rows(document: &Document, operation: Operation<'_>, scribe: &mut Scribe<'_>) -> Rows {
    let mut rows = Rows::default();
    let mut cookies: Vec<(String, String)> = Vec::new();
    for parameter in all(document, operation) {
        let name = text(parameter, "name");
        let place = text(parameter, "in");
        let needed = yes(parameter, "required");
        match place.as_str() {
            "query" | "path" => {
                let kind = if place == "path" { ParamKind::Path } else { ParamKind::Query };
                let enabled = needed || kind == ParamKind::Path;
                let words = description(parameter);
                for (name, value) in pairs(document, parameter, &place) {
                    rows.params.push(Param {
                        name,
                        value,
                        kind,
                        description: words.clone(),
                        enabled,
                    });
                }
            }
            "header" if is_set_elsewhere(&name) => {
                let why = "It is set by the body and the Accept header";
                scribe.set_aside(format!("header {name}"), why, "extensions.openapi");
            }
            "header" => {
                let value = written(&value(document, parameter), ",", yes(parameter, "explode"));
                let description = description(parameter);
                rows.headers.push(Header { name, value, description, enabled: needed });
            }
            "cookie" => {
                let pairs = pairs(document, parameter, &place);
                if needed {
                    cookies.extend(pairs);
                } else {
                    let mut header = Header::new("Cookie", cookie(&pairs));
                    header.description = description(parameter);
                    header.enabled = false;
                    rows.headers.push(header);
                }
            }
            "querystring" => querystring(document, parameter, &mut rows),
            other => {
                let why = format!("{other:?} is no place for a parameter");
                scribe.set_aside(format!("parameter {name}"), why, "extensions.openapi");
            }
        }
    }
    if !cookies.is_empty() {
        rows.headers.push(Header::new("Cookie", cookie(&cookies)));
    }
    rows
}

fn is_set_elsewhere(header: &str) -> bool {
    ["accept", "content-type"].iter().any(|name| header.eq_ignore_ascii_case(name))
}

fn cookie(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
}

/// The whole query as one value (3.2).
fn querystring(document: &Document, parameter: &Value, rows: &mut Rows) {
    let value = value(document, parameter);
    for (name, value) in entries(&value) {
        rows.params.push(Param {
            name: name.clone(),
            value: media::inline(value),
            kind: ParamKind::Query,
            description: String::new(),
            enabled: yes(parameter, "required"),
        });
    }
}

/// What people should know of a parameter: its description and what it may be.
fn description(parameter: &Value) -> String {
    let mut words = text(parameter, "description").trim().to_owned();
    let mut add = |more: String| {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&more);
    };
    if yes(parameter, "deprecated") {
        add("(deprecated)".to_owned());
    }
    let schema = parameter.get("schema");
    let choices = schema.and_then(|schema| {
        schema.get("enum").or_else(|| schema.get("items").and_then(|items| items.get("enum")))
    });
    if let Some(choices) = choices.and_then(Value::as_array).filter(|all| all.len() <= 20) {
        let all: Vec<_> = choices.iter().map(media::inline).collect();
        add(format!("({})", all.join(", ")));
    }
    words
}

fn value(document: &Document, parameter: &Value) -> Value {
    let name = text(parameter, "name");
    if let Some((_, media)) = parameter.get("content").into_iter().flat_map(entries).next() {
        let value = media::value(document, media, &name);
        // It is sent as JSON text, whatever it is.
        return if value.is_string() { value } else { Value::String(value.to_string()) };
    }
    media::value(document, parameter, &name)
}

/// The rows of one parameter: several where a list or an object is taken apart (`OpenAPI` 3.1 §4.8.12).
fn pairs(document: &Document, parameter: &Value, place: &str) -> Vec<(String, String)> {
    let name = text(parameter, "name");
    let value = value(document, parameter);
    let style = text(parameter, "style");
    let by_default = if matches!(place, "path" | "header") { "simple" } else { "form" };
    let style = if style.is_empty() { by_default } else { style.as_str() };
    let explode = parameter.get("explode").and_then(Value::as_bool).unwrap_or(style == "form");
    let one = |value: String| vec![(name.clone(), value)];
    match (style, &value) {
        ("form", Value::Array(list)) if explode && !list.is_empty() => {
            list.iter().map(|item| (name.clone(), media::inline(item))).collect()
        }
        ("form", Value::Object(object)) if explode && !object.is_empty() => {
            object.iter().map(|(key, item)| (key.clone(), media::inline(item))).collect()
        }
        ("deepObject", Value::Object(_)) => {
            let mut found = Vec::new();
            deep(&name, &value, 0, &mut found);
            found
        }
        ("spaceDelimited", _) => one(written(&value, " ", false)),
        ("pipeDelimited", _) => one(written(&value, "|", false)),
        ("label", _) => {
            one(format!(".{}", written(&value, if explode { "." } else { "," }, explode)))
        }
        ("matrix", Value::Array(list)) if explode => {
            let all = list.iter().map(|item| format!(";{name}={}", media::inline(item)));
            one(all.collect::<Vec<_>>().concat())
        }
        ("matrix", Value::Object(_)) if explode => one(format!(";{}", written(&value, ";", true))),
        ("matrix", _) => one(format!(";{name}={}", written(&value, ",", false))),
        _ => one(written(&value, ",", explode)),
    }
}

fn deep(name: &str, value: &Value, depth: usize, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(object) if depth < 8 => {
            for (key, inner) in object {
                deep(&format!("{name}[{key}]"), inner, depth + 1, found);
            }
        }
        value => found.push((name.to_owned(), media::inline(value))),
    }
}

/// Lists and objects in one text, as the styles `simple` and `form` write them.
fn written(value: &Value, between: &str, explode: bool) -> String {
    let sign = if explode { "=" } else { between };
    match value {
        Value::Array(list) => list.iter().map(media::inline).collect::<Vec<_>>().join(between),
        Value::Object(object) => object
            .iter()
            .map(|(key, value)| format!("{key}{sign}{}", media::inline(value)))
            .collect::<Vec<_>>()
            .join(between),
        value => media::inline(value),
    }
}
