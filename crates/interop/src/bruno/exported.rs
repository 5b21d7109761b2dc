//! Bruno's exports as JSON, brought into the form of `.bru` files.

use serde_json::{Map, Value, json};

use super::auth_fields::fields;
use super::gather::{Gathered, Node};
use super::rows::{list, owned, put, text};
use super::{file_name, request};
use crate::{Entry, Error};

/// The collection of an export.
pub(super) fn gather(value: &Value, entry: &Entry) -> Result<Gathered, Error> {
    let wrong = |place: &str, what: &str| Error::Wrong {
        file: entry.path.clone(),
        place: place.to_owned(),
        what: what.to_owned(),
    };
    let Some(items) = value.get("items").and_then(Value::as_array) else {
        return Err(wrong("items", "A list of requests and folders is expected here"));
    };
    let mut found = Gathered {
        config: value.get("brunoConfig").cloned().unwrap_or_default(),
        fallback_name: owned(value, "name"),
        root: root(&value["root"]),
        ..Gathered::default()
    };
    for (at, item) in items.iter().enumerate() {
        let node =
            node(item).ok_or_else(|| wrong(&format!("items[{at}]"), "An object is expected"))?;
        found.nodes.push(node);
    }
    for (at, environment) in list(&value["environments"]).enumerate() {
        let name = Some(text(environment, "name")).filter(|name| !name.is_empty());
        let name = name.map_or_else(|| format!("Environment {}", at + 1), str::to_owned);
        found.environments.push((name, of_environment(environment)));
    }
    Ok(found)
}

/// Depth is limited by that of JSON documents.
fn node(item: &Value) -> Option<Node> {
    let given = item.as_object()?;
    let name = text(item, "name");
    let file = text(item, "filename");
    let file = file.strip_suffix(".bru").or_else(|| file.strip_suffix(".yml")).unwrap_or(file);
    let file = if file.is_empty() { file_name::safe(name) } else { file.to_owned() };
    if text(item, "type") == "js" {
        return Some(Node::Script { file: format!("{file}.js") });
    }
    let mut meta = Map::new();
    put(&mut meta, "name", name);
    if text(item, "type") == "folder" || given.contains_key("items") {
        let mut tree = Map::new();
        put(&mut meta, "seq", number(&item["seq"]));
        put(&mut tree, "meta", meta);
        if let Value::Object(root) = root(&item["root"]) {
            tree.extend(root.into_iter().filter(|(key, _)| key != "meta"));
        }
        let nodes = list(&item["items"]).filter_map(node).collect();
        return Some(Node::Folder { directory: file, tree: tree.into(), nodes });
    }
    let kind = text(item, "type");
    let kind = kind.strip_suffix("-request").unwrap_or(kind);
    put(&mut meta, "type", kind);
    put(&mut meta, "seq", number(&item["seq"]));
    put(&mut meta, "tags", item["tags"].clone());
    let mut tree = Map::new();
    put(&mut tree, "meta", meta);
    add_request(&mut tree, kind, &item["request"]);
    put(&mut tree, "settings", clean(&item["settings"]));
    put(&mut tree, "examples", list(&item["examples"]).map(example).collect::<Vec<_>>());
    Some(Node::File { file, tree: tree.into() })
}

fn add_request(tree: &mut Map<String, Value>, kind: &str, given: &Value) {
    let mut head = Map::new();
    let method = text(given, "method");
    let is_http = !matches!(kind, "grpc" | "ws");
    let method = if is_http { request::of_method(method) } else { method.to_owned() };
    put(&mut head, "method", method);
    put(&mut head, "url", text(given, "url"));
    put(&mut head, "body", text(&given["body"], "mode"));
    put(&mut head, "auth", text(&given["auth"], "mode"));
    for key in ["methodType", "protoPath"] {
        put(&mut head, key, text(given, key));
    }
    put(tree, if is_http { "http" } else { kind }, head);
    put(tree, "params", rows(&given["params"], None));
    put(tree, if kind == "grpc" { "metadata" } else { "headers" }, rows(&given["headers"], None));
    let mut auth = auth(&given["auth"]);
    auth.shift_remove("mode");
    put(tree, "auth", auth);
    let mut body = body(&given["body"]);
    body.shift_remove("mode");
    put(tree, "body", body);
    add_runtime(tree, given);
    put(tree, "docs", text(given, "docs"));
}

/// A folder's or the collection's own.
fn root(given: &Value) -> Value {
    let request = &given["request"];
    let mut tree = Map::new();
    put(&mut tree, "meta", clean(&given["meta"]));
    put(&mut tree, "headers", rows(&request["headers"], None));
    put(&mut tree, "auth", auth(&request["auth"]));
    add_runtime(&mut tree, request);
    put(&mut tree, "docs", text(given, "docs"));
    tree.into()
}

fn add_runtime(tree: &mut Map<String, Value>, given: &Value) {
    let mut vars = Map::new();
    for key in ["req", "res"] {
        put(&mut vars, key, rows(&given["vars"][key], Some("local")));
    }
    put(tree, "vars", vars);
    put(tree, "assertions", rows(&given["assertions"], None));
    let mut script = Map::new();
    for key in ["req", "res", "hooks"] {
        put(&mut script, key, text(&given["script"], key));
    }
    put(tree, "script", script);
    put(tree, "tests", text(given, "tests"));
}

/// Rows with their members as `.bru` files have them; `mark` is one that is false when missing.
fn rows(given: &Value, mark: Option<&str>) -> Vec<Value> {
    let row = |row: &Value| {
        let mut made = Map::new();
        made.insert("name".to_owned(), json!(text(row, "name")));
        made.insert("value".to_owned(), json!(as_text(&row["value"])));
        made.insert("enabled".to_owned(), json!(row.get("enabled") != Some(&json!(false))));
        for key in ["description", "type", "dataType"] {
            put(&mut made, key, as_text(&row[key]));
        }
        put(&mut made, "annotations", row["annotations"].clone());
        if let Some(mark) = mark {
            made.insert(mark.to_owned(), json!(row.get(mark) == Some(&json!(true))));
        }
        made.into()
    };
    list(given).filter(|row| row.is_object()).map(row).collect()
}

fn of_environment(given: &Value) -> Value {
    let mut rows = rows(&given["variables"], Some("secret"));
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.shift_remove("type");
    }
    let mut tree = Map::from_iter([("variables".to_owned(), rows.into())]);
    put(&mut tree, "color", text(given, "color"));
    tree.into()
}

fn auth(given: &Value) -> Map<String, Value> {
    let mut made = Map::new();
    for (scheme, value) in given.as_object().into_iter().flatten() {
        let Some(given) = value.as_object() else {
            put(&mut made, scheme, as_text(value));
            continue;
        };
        let grant = text(value, "grantType");
        let mut inner = Map::new();
        for field in fields(scheme) {
            let found = given.get(field.json).filter(|value| !value.is_null());
            let older = given.get("signatureEncoding").filter(|_| field.json == "signatureMethod");
            let found = found.or(older);
            if found.is_none() && scheme == "oauth2" && !field.belongs_to(grant) {
                continue;
            }
            let default =
                if field.flag { json!(field.default == "true") } else { json!(field.default) };
            let found = found.filter(|value| field.default.is_empty() || **value != json!(""));
            let value = found.map_or(default, |value| match value {
                Value::Bool(is) if field.flag => json!(is),
                other => json!(as_text(other)),
            });
            inner.insert(field.json.to_owned(), value);
        }
        if scheme == "oauth1" {
            let kind = if text(value, "privateKeyType") == "file" { "file" } else { "text" };
            inner.insert("privateKeyType".to_owned(), json!(kind));
        }
        let mut steps = Map::new();
        for step in ["authorization", "token", "refresh"] {
            let given = &value["additionalParameters"][step];
            let mut made = rows(given, None);
            for (row, given) in made.iter_mut().zip(list(given).filter(|row| row.is_object())) {
                row["sendIn"] = json!(text(given, "sendIn"));
            }
            put(&mut steps, step, made);
        }
        put(&mut inner, "additionalParameters", steps);
        made.insert(scheme.clone(), inner.into());
    }
    made
}

fn body(given: &Value) -> Map<String, Value> {
    let mut made = Map::new();
    for key in ["mode", "json", "text", "xml", "sparql"] {
        put(&mut made, key, text(given, key));
    }
    put(&mut made, "graphql", clean(&given["graphql"]));
    put(&mut made, "formUrlEncoded", rows(&given["formUrlEncoded"], None));
    let given_parts = list(&given["multipartForm"]).filter(|row| row.is_object());
    let mut parts = rows(&given["multipartForm"], None);
    for (row, given) in parts.iter_mut().zip(given_parts) {
        let is_file = text(given, "type") == "file";
        row["type"] = json!(if is_file { "file" } else { "text" });
        row["contentType"] = json!(text(given, "contentType"));
        if is_file {
            let paths = list(&given["value"]).filter_map(Value::as_str);
            let single = given["value"].as_str().filter(|path| !path.is_empty());
            row["value"] = paths.chain(single).map(Value::from).collect();
        }
    }
    put(&mut made, "multipartForm", parts);
    let files = list(&given["file"]).map(|file| {
        json!({
            "filePath": text(file, "filePath"),
            "contentType": text(file, "contentType"),
            "selected": file.get("selected") == Some(&json!(true)),
        })
    });
    put(&mut made, "file", files.collect::<Vec<_>>());
    for kind in ["grpc", "ws"] {
        put(&mut made, kind, list(&given[kind]).map(clean).collect::<Vec<_>>());
    }
    made
}

fn example(given: &Value) -> Value {
    let mut made = Map::new();
    for key in ["name", "description", "type"] {
        put(&mut made, key, text(given, key));
    }
    if given["request"].is_object() {
        let sent = &given["request"];
        let mut request = Map::new();
        put(&mut request, "url", text(sent, "url"));
        put(&mut request, "method", request::of_method(text(sent, "method")));
        put(&mut request, "params", rows(&sent["params"], None));
        put(&mut request, "headers", rows(&sent["headers"], None));
        put(&mut request, "body", body(&sent["body"]));
        put(&mut made, "request", request);
    }
    let answer = &given["response"];
    let mut response = Map::new();
    put(&mut response, "headers", rows(&answer["headers"], None));
    put(&mut response, "status", as_text(&answer["status"]));
    put(&mut response, "statusText", text(answer, "statusText"));
    let body = &answer["body"];
    match body {
        Value::Object(_) => {
            let mut inner = Map::new();
            put(&mut inner, "type", text(body, "type"));
            put(&mut inner, "content", as_text(&body["content"]));
            put(&mut response, "body", inner);
        }
        other => put(&mut response, "body", as_text(other)),
    }
    put(&mut made, "response", response);
    made.into()
}

/// Without ids and what is empty.
fn clean(given: &Value) -> Map<String, Value> {
    let mut made = Map::new();
    for (key, value) in given.as_object().into_iter().flatten().filter(|(key, _)| *key != "uid") {
        put(&mut made, key, if value.is_object() { as_text(value).into() } else { value.clone() });
    }
    made
}

fn number(value: &Value) -> Option<String> {
    value.as_f64().map(|number| number.to_string())
}

/// Values of typed variables are JSON.
fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
