//! The `example` blocks of `.bru` texts.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::lines::{quoted, write_files, write_part, write_row, write_rows, write_text};
use super::syntax::{Fault, Reader};
use super::tree::{dictionary, files, multipart, params, rows};

/// Block in `.bru`, mode in JSON.
const TEXTS: &[(&str, &str)] =
    &[("body:json", "json"), ("body:text", "text"), ("body:xml", "xml"), ("body:sparql", "sparql")];

/// One example as JSON.
pub(super) fn read(reader: Reader) -> Result<Value, Fault> {
    let (pairs, blocks) = reader.parts()?;
    let mut example = dictionary(pairs);
    for (name, reader) in blocks {
        let value = match name {
            "request" => request(reader)?,
            "response" => response(reader)?,
            _ => reader.into_text().into(),
        };
        example.insert(name.to_owned(), value);
    }
    Ok(example.into())
}

fn request(reader: Reader) -> Result<Value, Fault> {
    let (pairs, blocks) = reader.parts()?;
    let mut request = dictionary(pairs);
    let mut body = Map::new();
    let mode = request.shift_remove("mode");
    body.extend(mode.map(|mode| ("mode".to_owned(), mode)));
    for (name, mut reader) in blocks {
        let text = TEXTS.iter().find(|(block, _)| *block == name);
        match name {
            "params:query" | "params:path" => {
                let kind = &name["params:".len()..];
                let rows = params(reader.pairs(None)?, kind);
                if let Value::Array(all) = request.entry("params").or_insert_with(|| json!([])) {
                    all.extend(rows);
                }
            }
            "headers" => {
                request.insert("headers".to_owned(), rows(reader.pairs(None)?).into());
            }
            "body:form-urlencoded" => {
                body.insert("formUrlEncoded".to_owned(), rows(reader.pairs(None)?).into());
            }
            "body:multipart-form" => {
                body.insert("multipartForm".to_owned(), multipart(reader.pairs(None)?).into());
            }
            "body:file" => {
                body.insert("file".to_owned(), files(reader.pairs(None)?).into());
            }
            "body:graphql" | "body:graphql:vars" => {
                let key = if name == "body:graphql" { "query" } else { "variables" };
                let text = reader.into_text();
                if let Value::Object(graphql) = body.entry("graphql").or_insert_with(|| json!({})) {
                    graphql.insert(key.to_owned(), text.into());
                }
            }
            _ => match text {
                Some((_, mode)) => {
                    body.insert((*mode).to_owned(), reader.into_text().into());
                }
                None => {
                    request.insert(name.to_owned(), reader.into_text().into());
                }
            },
        }
    }
    if !body.is_empty() {
        request.insert("body".to_owned(), body.into());
    }
    Ok(request.into())
}

fn response(reader: Reader) -> Result<Value, Fault> {
    let (pairs, blocks) = reader.parts()?;
    let mut response = dictionary(pairs);
    for (name, mut reader) in blocks {
        match name {
            "headers" => {
                response.insert("headers".to_owned(), rows(reader.pairs(None)?).into());
            }
            "status" => {
                let mut status = dictionary(reader.pairs(None)?);
                let code = status.shift_remove("code");
                response.extend(code.map(|code| ("status".to_owned(), code)));
                let text = status.shift_remove("text");
                response.extend(text.map(|text| ("statusText".to_owned(), text)));
            }
            // Older versions wrote the text alone.
            "body" if !reader.begins_with("type:") && !reader.begins_with("content:") => {
                response.insert("body".to_owned(), reader.into_text().into());
            }
            "body" => {
                response.insert("body".to_owned(), dictionary(reader.pairs(None)?).into());
            }
            _ => {
                response.insert(name.to_owned(), reader.into_text().into());
            }
        }
    }
    Ok(response.into())
}

/// The text of one example, without its braces and indentation.
pub(super) fn write(example: &Value) -> String {
    let mut out = String::new();
    for (key, value) in example.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("request", Value::Object(request)) => {
                write_part(&mut out, "request:", &of_request(request));
            }
            ("response", Value::Object(response)) => {
                write_part(&mut out, "response:", &of_response(response));
            }
            (_, Value::String(text)) => write_row(&mut out, key, text),
            _ => {}
        }
    }
    out
}

fn of_request(request: &Map<String, Value>) -> String {
    let mut out = String::new();
    for key in ["url", "method"] {
        if let Some(text) = request.get(key).and_then(Value::as_str) {
            write_row(&mut out, key, text);
        }
    }
    let body = request.get("body");
    if let Some(mode) = body.and_then(|body| body.get("mode")).and_then(Value::as_str) {
        write_row(&mut out, "mode", mode);
    }
    for kind in ["query", "path"] {
        let all = request.get("params").and_then(Value::as_array).into_iter().flatten();
        let rows: Vec<_> = all.filter(|row| row["type"] == kind).cloned().collect();
        if !rows.is_empty() {
            write_part(&mut out, &format!("params:{kind}:"), &lines(&rows));
        }
    }
    if let Some(rows) = request.get("headers").and_then(Value::as_array) {
        write_part(&mut out, "headers:", &lines(rows));
    }
    for (key, value) in body.and_then(Value::as_object).into_iter().flatten() {
        let text = TEXTS.iter().find(|(_, mode)| mode == key);
        match (key.as_str(), value) {
            (_, Value::String(value)) if text.is_some() => {
                let block = text.map_or("", |(block, _)| block);
                write_text(&mut out, &format!("{block}:"), value);
            }
            ("formUrlEncoded", Value::Array(rows)) => {
                write_part(&mut out, "body:form-urlencoded:", &lines(rows));
            }
            ("multipartForm", Value::Array(rows)) => {
                write_part(&mut out, "body:multipart-form:", &lines(rows));
            }
            ("file", Value::Array(rows)) => {
                let mut inner = String::new();
                write_files(&mut inner, rows);
                write_part(&mut out, "body:file:", &inner);
            }
            ("graphql", Value::Object(graphql)) => {
                for (key, block) in
                    [("query", "body:graphql:"), ("variables", "body:graphql:vars:")]
                {
                    if let Some(text) = graphql.get(key).and_then(Value::as_str) {
                        write_text(&mut out, block, text);
                    }
                }
            }
            _ => {}
        }
    }
    out
}

fn of_response(response: &Map<String, Value>) -> String {
    let mut out = String::new();
    if let Some(rows) = response.get("headers").and_then(Value::as_array) {
        write_part(&mut out, "headers:", &lines(rows));
    }
    let mut status = String::new();
    for (key, name) in [("status", "code"), ("statusText", "text")] {
        if let Some(text) = response.get(key).and_then(Value::as_str) {
            write_row(&mut status, name, text);
        }
    }
    if !status.is_empty() {
        write_part(&mut out, "status:", &status);
    }
    match response.get("body") {
        Some(Value::String(text)) => write_text(&mut out, "body:", text),
        Some(Value::Object(body)) => {
            let mut inner = String::new();
            for (key, value) in body {
                match value {
                    Value::String(text) if key == "content" => {
                        let _ = writeln!(inner, "content: {}", quoted(text));
                    }
                    Value::String(text) => write_row(&mut inner, key, text),
                    _ => {}
                }
            }
            write_part(&mut out, "body:", &inner);
        }
        _ => {}
    }
    out
}

fn lines(rows: &[Value]) -> String {
    let mut out = String::new();
    write_rows(&mut out, rows);
    out
}
