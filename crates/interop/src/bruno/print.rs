//! JSON as `.bru` texts, in Bruno's order and layout.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::auth_fields::{ADDITIONAL, ADDITIONAL_BLOCK, SCHEMES};
use super::example;
use super::lines::{
    annotations, indented, write_files, write_pair, write_part, write_row, write_rows, write_text,
};

/// Methods with a block of their own.
pub(super) const METHODS: &[&str] =
    &["get", "post", "put", "patch", "delete", "head", "options", "trace", "connect"];

/// The text of a request, a `folder.bru` or a `collection.bru`.
pub(super) fn of_file(tree: &Value) -> String {
    let mut blocks = Vec::new();
    heads(tree, &mut blocks);
    auth(tree, &mut blocks);
    body(&tree["body"], &mut blocks);
    for (key, name) in [("req", "vars:pre-request"), ("res", "vars:post-response")] {
        table(&tree["vars"][key], name, &mut blocks);
    }
    table(&tree["assertions"], "assert", &mut blocks);
    let script = &tree["script"];
    text(&script["req"], "script:pre-request", &mut blocks);
    text(&script["res"], "script:post-response", &mut blocks);
    text(&script["hooks"], "script:hooks", &mut blocks);
    text(&tree["tests"], "tests", &mut blocks);
    pairs(&tree["settings"], "settings", &[], &mut blocks);
    text(&tree["docs"], "docs", &mut blocks);
    for made in tree["examples"].as_array().into_iter().flatten() {
        let mut block = String::new();
        write_part(&mut block, "example", &example::write(made));
        blocks.push(block);
    }
    others(tree, &mut blocks);
    blocks.join("\n")
}

/// The text of an environment.
pub(super) fn of_environment(tree: &Value) -> String {
    let rows = tree["variables"].as_array().map(Vec::as_slice).unwrap_or_default();
    let (secret, plain): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row["secret"] == true);
    let mut out = String::new();
    if !plain.is_empty() || secret.is_empty() {
        let mut inner = String::new();
        write_rows(&mut inner, plain);
        write_part(&mut out, "vars", &inner);
    }
    if !secret.is_empty() {
        out.push_str(&secrets("vars:secret", &secret));
    }
    if let Some(color) = tree["color"].as_str() {
        let _ = writeln!(out, "color: {color}");
    }
    let mut blocks = Vec::new();
    others(tree, &mut blocks);
    out + &blocks.concat()
}

fn heads(tree: &Value, blocks: &mut Vec<String>) {
    pairs(&tree["meta"], "meta", &[], blocks);
    let method = tree["http"]["method"].as_str().unwrap_or_default();
    if METHODS.contains(&method) {
        pairs(&tree["http"], method, &["method"], blocks);
    } else {
        pairs(&tree["http"], "http", &[], blocks);
    }
    pairs(&tree["grpc"], "grpc", &[], blocks);
    pairs(&tree["ws"], "ws", &[], blocks);
    for kind in ["query", "path"] {
        let rows = tree["params"].as_array().into_iter().flatten();
        let rows: Vec<_> = rows.filter(|row| row["type"] == kind).cloned().collect();
        if !rows.is_empty() {
            table(&rows.into(), &format!("params:{kind}"), blocks);
        }
    }
    table(&tree["headers"], "headers", blocks);
    table(&tree["metadata"], "metadata", blocks);
}

fn auth(tree: &Value, blocks: &mut Vec<String>) {
    let Some(auth) = tree["auth"].as_object() else { return };
    let own: Map<_, _> = auth.iter().filter(|(_, value)| !value.is_object()).map(cloned).collect();
    if !own.is_empty() {
        pairs(&own.into(), "auth", &[], blocks);
    }
    for (scheme, fields) in SCHEMES {
        let Some(given) = auth.get(*scheme).and_then(Value::as_object) else { continue };
        let mut inner = String::new();
        for field in *fields {
            let value = match given.get(field.json) {
                Some(Value::String(text)) => text.clone(),
                Some(Value::Null) | None => continue,
                Some(other) => other.to_string(),
            };
            if !needed(given, field.json, &value) {
                continue;
            }
            let is_file =
                field.json == "privateKey" && given.get("privateKeyType") == Some(&"file".into());
            let value = if is_file { format!("@file({value})") } else { value };
            write_row(&mut inner, field.bru, &value);
        }
        for (key, value) in given {
            let known = fields.iter().any(|field| field.json == key) || key == "privateKeyType";
            if !known && !value.is_object() {
                write_pair(&mut inner, key, value);
            }
        }
        let mut block = String::new();
        write_part(&mut block, &format!("auth:{scheme}"), &inner);
        blocks.push(block);
        additional(&given.get("additionalParameters").cloned().unwrap_or_default(), blocks);
    }
    let unknown = auth.iter().filter(|(name, value)| {
        value.is_object() && !SCHEMES.iter().any(|(scheme, _)| scheme == name)
    });
    for (name, value) in unknown {
        pairs(value, &format!("auth:{name}"), &[], blocks);
    }
}

/// Bruno leaves out the one of two fields that the placement makes idle.
fn needed(auth: &Map<String, Value>, field: &str, value: &str) -> bool {
    let in_header = auth.get("tokenPlacement").and_then(Value::as_str) == Some("header");
    match field {
        "tokenHeaderPrefix" => in_header || !value.is_empty(),
        "tokenQueryKey" => !in_header || value != "access_token",
        _ => true,
    }
}

fn additional(given: &Value, blocks: &mut Vec<String>) {
    for (block, step, place) in ADDITIONAL {
        let rows = given[step].as_array().into_iter().flatten();
        let rows: Vec<_> = rows.filter(|row| row["sendIn"] == *place).cloned().collect();
        if !rows.is_empty() {
            table(&rows.into(), &format!("{ADDITIONAL_BLOCK}{block}"), blocks);
        }
    }
}

fn body(body: &Value, blocks: &mut Vec<String>) {
    for mode in ["json", "text", "xml", "sparql"] {
        text(&body[mode], &format!("body:{mode}"), blocks);
    }
    table(&body["formUrlEncoded"], "body:form-urlencoded", blocks);
    table(&body["multipartForm"], "body:multipart-form", blocks);
    if let Some(rows) = body["file"].as_array() {
        let mut inner = String::new();
        write_files(&mut inner, rows);
        let mut block = String::new();
        write_part(&mut block, "body:file", &inner);
        blocks.push(block);
    }
    text(&body["graphql"]["query"], "body:graphql", blocks);
    text(&body["graphql"]["variables"], "body:graphql:vars", blocks);
    for kind in ["grpc", "ws"] {
        for message in body[kind].as_array().into_iter().flatten() {
            pairs(message, &format!("body:{kind}"), &[], blocks);
        }
    }
}

/// The blocks that the reader did not know.
fn others(tree: &Value, blocks: &mut Vec<String>) {
    for block in tree["blocks"].as_array().into_iter().flatten() {
        let name = block["name"].as_str().unwrap_or_default();
        if let Some(value) = block["value"].as_str() {
            blocks.push(format!("{name}: {value}\n"));
        } else if let Some(items) = block["list"].as_array() {
            blocks.push(secrets(name, &items.iter().collect::<Vec<_>>()));
        } else {
            text(&block["text"], name, blocks);
            table(&block["pairs"], name, blocks);
        }
    }
}

fn pairs(given: &Value, name: &str, without: &[&str], blocks: &mut Vec<String>) {
    let Some(given) = given.as_object() else { return };
    let mut inner = String::new();
    let (lists, plain): (Vec<_>, Vec<_>) = given.iter().partition(|(_, value)| value.is_array());
    for (key, value) in plain.into_iter().chain(lists) {
        if !without.contains(&key.as_str()) && !value.is_null() {
            write_pair(&mut inner, key, value);
        }
    }
    let mut block = String::new();
    write_part(&mut block, name, &inner);
    blocks.push(block);
}

fn table(rows: &Value, name: &str, blocks: &mut Vec<String>) {
    let Some(rows) = rows.as_array() else { return };
    let mut inner = String::new();
    write_rows(&mut inner, rows);
    let mut block = String::new();
    write_part(&mut block, name, &inner);
    blocks.push(block);
}

fn text(value: &Value, name: &str, blocks: &mut Vec<String>) {
    if let Some(text) = value.as_str() {
        let mut block = String::new();
        write_text(&mut block, name, text);
        blocks.push(block);
    }
}

fn secrets(name: &str, rows: &[&Value]) -> String {
    let items = rows.iter().map(|row| {
        let mut item = String::new();
        annotations(&mut item, row);
        let sign = if row["enabled"] == false { "~" } else { "" };
        let name = row["name"].as_str().unwrap_or_default();
        let _ = write!(item, "{sign}{name}");
        indented(&item)
    });
    format!("{name} [\n{}\n]\n", items.collect::<Vec<_>>().join(",\n"))
}

fn cloned<'v>((key, value): (&'v String, &'v Value)) -> (String, Value) {
    (key.clone(), value.clone())
}
