//! Lines of `.bru` texts: rows with their annotations, names and values in the quotes they need.

use std::fmt::Write as _;

use serde_json::Value;

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

pub(super) fn write_pair(out: &mut String, name: &str, value: &Value) {
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

pub(super) fn annotations(out: &mut String, row: &Value) {
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
    } else if text.starts_with("'''") {
        text.replace("'''", "\"\"\"") // Else it would hide what comes after it.
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

pub(super) fn indented(text: &str) -> String {
    let lines =
        text.split('\n').map(|line| format!("  {}", line.strip_suffix('\r').unwrap_or(line)));
    lines.collect::<Vec<_>>().join("\n")
}
