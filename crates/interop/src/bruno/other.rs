//! Requests that Errand does not open: gRPC, WebSocket, GraphQL in `OpenCollection`'s form.

use errand_model::{Extensions, ItemOther};
use serde_json::{Map, Value, json};

use super::rows::{enabled, list, owned, put, row, text};
use super::{kept, request};
use crate::{Receipt, Scribe};

/// In `OpenCollection`'s form, with the JSON it came from.
pub(super) fn read(tree: &Value, file: &str, place: &str, receipt: &mut Receipt) -> ItemOther {
    let name = request::name(tree, file);
    let kind = match text(&tree["meta"], "type") {
        "ws" => "websocket",
        "" if tree.get("ws").is_some() => "websocket",
        "" => "grpc",
        kind => kind,
    };
    let why = "kept and shown; this version does not open it";
    receipt.at(place).converted_keeping(format!("{kind} request"), why, "extensions.bruno.tree");
    let mut info = Map::new();
    info.insert("name".to_owned(), json!(name));
    info.insert("type".to_owned(), json!(kind));
    let seq = text(&tree["meta"], "seq").parse::<f64>().ok().filter(|seq| seq.is_finite());
    put(&mut info, "seq", json!(seq));
    let mut content = Map::from_iter([("info".to_owned(), info.into())]);
    if matches!(kind, "grpc" | "websocket") {
        content.insert(kind.to_owned(), details(tree, kind).into());
    }
    put(&mut content, "docs", owned(tree, "docs"));
    let mut bruno = Map::from_iter([("tree".to_owned(), tree.clone())]);
    kept::file(&mut bruno, file, &name);
    let extensions = Extensions::from_iter([(kept::TOOL.to_owned(), bruno.into())]);
    content.insert("extensions".to_owned(), extensions.into());
    ItemOther { name, content }
}

fn details(tree: &Value, kind: &str) -> Map<String, Value> {
    let is_grpc = kind == "grpc";
    let head = &tree[if is_grpc { "grpc" } else { "ws" }];
    let mut details = Map::new();
    put(&mut details, "url", text(head, "url"));
    if is_grpc {
        put(&mut details, "method", text(head, "method"));
        put(&mut details, "methodType", text(head, "methodType"));
        put(&mut details, "protoFilePath", text(head, "protoPath"));
    }
    let list_name = if is_grpc { "metadata" } else { "headers" };
    let rows = list(&tree[list_name]).map(|row| {
        json!({ "name": text(row, "name"), "value": text(row, "value"), "disabled": !enabled(row) })
    });
    put(&mut details, list_name, rows.collect::<Vec<_>>());
    let messages = list(&tree["body"][if is_grpc { "grpc" } else { "ws" }]).map(|message| {
        let data = text(message, "content");
        let kind = Some(text(message, "type")).filter(|kind| !kind.is_empty()).unwrap_or("text");
        let said = if is_grpc { json!(data) } else { json!({ "type": kind, "data": data }) };
        json!({ "title": text(message, "name"), "message": said })
    });
    put(&mut details, "message", messages.collect::<Vec<_>>());
    details
}

/// The JSON for Bruno: what it came from, or what can be made of it; none when nothing can.
pub(super) fn write(item: &ItemOther, lines: &mut Scribe) -> Option<Value> {
    let bruno = item.content.get("extensions").and_then(|all| all.get(kept::TOOL));
    if let Some(tree) = bruno.and_then(|bruno| bruno.get("tree")) {
        let mut tree = tree.clone();
        if request::name(&tree, &item.name) != item.name && tree["meta"].is_object() {
            tree["meta"]["name"] = json!(item.name);
        }
        return Some(tree);
    }
    let content = Value::Object(item.content.clone());
    let kind = text(&content["info"], "type");
    let given = &content[kind];
    let (theirs, mode) = match kind {
        "grpc" => ("grpc", "grpc"),
        "websocket" => ("ws", "ws"),
        "graphql" => ("http", "graphql"),
        _ => {
            lines.not_carried(format!("{kind} item"), "Bruno has nothing like it");
            return None;
        }
    };
    let mut meta = Map::new();
    put(&mut meta, "name", item.name.as_str());
    put(&mut meta, "type", if kind == "websocket" { "ws" } else { kind });
    put(&mut meta, "seq", content["info"]["seq"].as_f64().map(|seq| seq.to_string()));
    let mut head = Map::new();
    let method = text(given, "method");
    let method = match (kind, method) {
        ("graphql", "") => "post".to_owned(),
        ("graphql", method) => request::of_method(method),
        (_, method) => method.to_owned(),
    };
    put(&mut head, "method", method);
    put(&mut head, "url", text(given, "url"));
    put(&mut head, "methodType", text(given, "methodType"));
    put(&mut head, "protoPath", text(given, "protoFilePath"));
    put(&mut head, "body", mode);
    let auth = given.get("auth").map_or("none", |auth| auth.as_str().unwrap_or("none"));
    put(&mut head, "auth", auth);
    if given.get("auth").is_some_and(Value::is_object) {
        lines.not_carried("auth", "of such items Errand only writes whether it is inherited");
    }
    if content.get("runtime").is_some() {
        lines.not_carried("runtime", "of such items Errand writes the request alone");
    }
    let mut tree = Map::from_iter([("meta".to_owned(), meta.into())]);
    put(&mut tree, theirs, head);
    for key in ["params", "headers", "metadata"] {
        put(&mut tree, key, rows(&given[key], key == "params"));
    }
    put(&mut tree, "body", body(given, kind));
    put(&mut tree, "docs", text(&content, "docs"));
    Some(tree.into())
}

fn rows(given: &Value, typed: bool) -> Vec<Value> {
    let rows = list(given).map(|given| {
        let enabled = given.get("disabled") != Some(&Value::Bool(true));
        let mut row =
            row(text(given, "name"), text(given, "value"), enabled, text(given, "description"));
        if typed {
            let kind = if text(given, "type") == "path" { "path" } else { "query" };
            row.insert("type".to_owned(), json!(kind));
        }
        row.into()
    });
    rows.collect()
}

fn body(given: &Value, kind: &str) -> Value {
    if kind == "graphql" {
        // Of several variants the selected one.
        let chosen = list(&given["body"]).find(|variant| variant["selected"] == true);
        let body = chosen.or_else(|| list(&given["body"]).next());
        let body = body.map_or(&given["body"], |variant| &variant["body"]);
        let mut graphql = Map::new();
        put(&mut graphql, "query", text(body, "query"));
        put(&mut graphql, "variables", text(body, "variables"));
        return json!({ "graphql": graphql });
    }
    let message = |title: &str, message: &Value| {
        let data = message.as_str().unwrap_or_else(|| text(message, "data"));
        let mut made = Map::new();
        made.insert("name".to_owned(), json!(title));
        put(&mut made, "type", text(message, "type"));
        made.insert("content".to_owned(), json!(data));
        Value::Object(made)
    };
    let messages: Vec<_> = match &given["message"] {
        Value::Null => return Value::Null,
        Value::Array(variants) => {
            variants.iter().map(|one| message(text(one, "title"), &one["message"])).collect()
        }
        one => vec![message("message 1", one)],
    };
    json!({ if kind == "grpc" { "grpc" } else { "ws" }: messages })
}
