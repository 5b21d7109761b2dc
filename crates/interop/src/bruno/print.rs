//! JSON as `.bru` texts, in Bruno's order and layout.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::auth_fields::{ADDITIONAL, ADDITIONAL_BLOCK, SCHEMES};
use super::example;

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

/// `name {`, the lines one step further in, `}`.
pub(super) fn write_part(out: &mut String, name: &str, inner: &str) {
    let inner = inner.strip_suffix('\n').unwrap_or(inner);
    let _ = match inner {
        "" => writeln!(out, "{name} {{\n}}"),
        inner => writeln!(out, "{name} {{\n{}\n}}", indented(inner)),
    };
}

/// As [`write_part`], keeping what line ends there are.
pub(super) fn write_text(out: &mut String, name: &str, text: &str) {
    let _ = writeln!(out, "{name} {{\n{}\n}}", indented(text));
}

pub(super) fn write_row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "{}: {}", key(name), guarded(value));
}

fn write_pair(out: &mut String, name: &str, value: &Value) {
    let (sign, name) = name.strip_prefix('~').map_or(("", name), |name| ("~", name));
    out.push_str(sign);
    match value {
        Value::String(text) => write_row(out, name, text),
        Value::Array(items) => {
            let items = items.iter().map(|item| match item {
                Value::String(item) => format!("  {item}\n"),
                other => format!("  {other}\n"),
            });
            let _ = writeln!(out, "{}: [\n{}]", key(name), items.collect::<String>());
        }
        other => write_row(out, name, &other.to_string()),
    }
}

/// Rows of any table.
pub(super) fn write_rows<'v>(out: &mut String, rows: impl IntoIterator<Item = &'v Value>) {
    for row in rows {
        write_any_row(out, row);
    }
}

/// Rows of `body:file`.
pub(super) fn write_files(out: &mut String, rows: &[Value]) {
    for row in rows {
        write_file(out, row);
    }
}

/// With its annotations.
fn write_any_row(out: &mut String, row: &Value) {
    annotations(out, row);
    if row["enabled"] == false {
        out.push('~');
    }
    if row["local"] == true {
        out.push('@');
    }
    let value = match &row["value"] {
        Value::Array(paths) if row["type"] == "file" => {
            let paths: Vec<_> = paths.iter().filter_map(Value::as_str).collect();
            format!("@file({})", paths.join("|"))
        }
        Value::Array(_) => return write_pair(out, name_of(row), &row["value"]),
        Value::String(text) => guarded(text),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let kind = content_type(row);
    let _ = writeln!(out, "{}: {value}{kind}", key(name_of(row)));
}

fn write_file(out: &mut String, row: &Value) {
    annotations(out, row);
    let sign = if row["selected"] == false { "~" } else { "" };
    let path = row["filePath"].as_str().unwrap_or_default();
    let _ = writeln!(out, "{sign}file: @file({path}){}", content_type(row));
}

fn name_of(row: &Value) -> &str {
    row["name"].as_str().unwrap_or_default()
}

fn content_type(row: &Value) -> String {
    match row["contentType"].as_str() {
        Some(kind) if !kind.is_empty() => format!(" @contentType({kind})"),
        _ => String::new(),
    }
}

fn annotations(out: &mut String, row: &Value) {
    if let Some(kind) = row["dataType"].as_str() {
        let _ = writeln!(out, "@{kind}");
    }
    if let Some(text) = row["description"].as_str() {
        let _ = writeln!(out, "@description({})", argument(text));
    }
    for annotation in row["annotations"].as_array().into_iter().flatten() {
        let name = annotation["name"].as_str().unwrap_or_default();
        let _ = match annotation["value"].as_str() {
            Some(value) => writeln!(out, "@{name}({})", argument(value)),
            None => writeln!(out, "@{name}"),
        };
    }
}

fn argument(text: &str) -> String {
    if text.contains("'''") || text.contains('\r') {
        return Value::from(text).to_string();
    }
    if text.contains('\n') { block(text) } else { format!("'''{text}'''") }
}

/// A name, in quotes where it could not be read otherwise.
fn key(name: &str) -> String {
    let special = name.contains([':', '"', '{', '}', ' ', '\t', '\\', '\n']);
    let marked = name.starts_with(['~', '@', '\'']) || name.trim() != name;
    if !special && !marked {
        return name.to_owned();
    }
    // In quotes a backslash could hide the quote behind it.
    if name.contains(['\n', '\\']) {
        return quoted(name);
    }
    format!("\"{}\"", name.replace('"', "\\\""))
}

/// A value, between `'''` where it could not be read otherwise.
fn guarded(text: &str) -> String {
    if text.contains('\n') || text.trim() != text || text == "[" || text == "{" {
        quoted(text)
    } else {
        text.to_owned()
    }
}

/// A text between `'''` on lines of its own. There is no way to write `'''` in it.
pub(super) fn quoted(text: &str) -> String {
    if text.contains("'''") { text.replace(['\n', '\r'], " ") } else { block(text) }
}

fn block(text: &str) -> String {
    format!("'''\n{}\n'''", indented(text))
}

fn indented(text: &str) -> String {
    let lines =
        text.split('\n').map(|line| format!("  {}", line.strip_suffix('\r').unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n")
}

fn cloned<'v>((key, value): (&'v String, &'v Value)) -> (String, Value) {
    (key.clone(), value.clone())
}
