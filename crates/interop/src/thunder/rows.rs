//! Rows of tables, and members that may be missing.

use errand_model::{FormRow, Header, MultipartRow, Param, ParamKind, PartKind, Variable};
use serde_json::Value;

/// The text of a member; empty when it has none. Numbers and the like as JSON writes them.
pub(super) fn text(of: &Value, key: &str) -> String {
    match of.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(is)) => is.to_string(),
        _ => String::new(),
    }
}

/// The first of several names that has a text.
pub(super) fn any(of: &Value, keys: &[&str]) -> String {
    keys.iter().map(|key| text(of, key)).find(|text| !text.is_empty()).unwrap_or_default()
}

/// The elements of a list; none of anything else.
pub(super) fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn enabled(row: &Value) -> bool {
    row.get("isDisabled") != Some(&Value::Bool(true))
}

/// Rows that have a name; the editor leaves an empty one at the end.
fn named(rows: &Value) -> impl Iterator<Item = &Value> {
    list(rows).filter(|row| !text(row, "name").is_empty())
}

pub(super) fn headers(rows: &Value) -> Vec<Header> {
    let header = |row| Header {
        enabled: enabled(row),
        description: any(row, &["description", "desc"]),
        ..Header::new(text(row, "name"), text(row, "value"))
    };
    named(rows).map(header).collect()
}

pub(super) fn params(rows: &Value) -> Vec<Param> {
    let param = |row: &Value| Param {
        name: text(row, "name"),
        value: text(row, "value"),
        kind: if row.get("isPath") == Some(&Value::Bool(true)) {
            ParamKind::Path
        } else {
            ParamKind::Query
        },
        description: any(row, &["description", "desc"]),
        enabled: enabled(row),
    };
    named(rows).map(param).collect()
}

pub(super) fn fields(rows: &Value) -> Vec<FormRow> {
    let field = |row| FormRow {
        name: text(row, "name"),
        value: text(row, "value"),
        description: any(row, &["description", "desc"]),
        enabled: enabled(row),
    };
    named(rows).map(field).collect()
}

/// Text parts, and after them the files.
pub(super) fn parts(body: &Value) -> Vec<MultipartRow> {
    let part = |row: &Value, is_file: bool| {
        let value = text(row, "value");
        MultipartRow {
            name: text(row, "name"),
            kind: if is_file { PartKind::File } else { PartKind::Text },
            value: if is_file { String::new() } else { value.clone() },
            files: if is_file && !value.is_empty() { vec![value] } else { Vec::new() },
            content_type: any(row, &["contentType"]),
            description: any(row, &["description", "desc"]),
            enabled: enabled(row),
        }
    };
    let form = named(&body["form"]).map(|row| part(row, text(row, "type") == "file"));
    form.chain(named(&body["files"]).map(|row| part(row, true))).collect()
}

pub(super) fn variables(rows: &Value) -> Vec<Variable> {
    let variable = |row: &Value| Variable {
        secret: ["isSecret", "secret"].iter().any(|key| row.get(key) == Some(&Value::Bool(true))),
        enabled: enabled(row),
        ..Variable::new(text(row, "name"), text(row, "value"))
    };
    named(rows).map(variable).collect()
}
