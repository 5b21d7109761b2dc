//! Headers: rows, or lines of a text.

use errand_model::Header;
use serde_json::{Value, json};

use super::json::{description, enabled, filled, list, object, set, text_at};

/// Reads them.
pub(super) fn read(headers: Option<&Value>) -> Vec<Header> {
    match headers {
        Some(Value::String(lines)) => lines.lines().filter_map(line).collect(),
        rows => list(rows).iter().filter_map(row).collect(),
    }
}

fn row(row: &Value) -> Option<Header> {
    match row {
        Value::String(text) => line(text),
        Value::Object(_) => Some(Header {
            name: text_at(row, "key"),
            value: text_at(row, "value"),
            description: description(row.get("description")),
            enabled: enabled(row),
        }),
        _ => None,
    }
}

/// `Name: value`; a disabled one begins with `//`.
fn line(line: &str) -> Option<Header> {
    let (enabled, line) = line.trim().strip_prefix("//").map_or((true, line), |rest| (false, rest));
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    let (name, value) = (name.trim(), value.trim());
    (!name.is_empty()).then(|| Header { enabled, ..Header::new(name, value) })
}

/// Writes them.
pub(super) fn write(headers: &[Header]) -> Vec<Value> {
    let rows = headers.iter().map(|header| {
        Value::Object(object([
            ("key", Some(json!(header.name))),
            ("value", Some(json!(header.value))),
            ("description", filled(&header.description)),
            ("disabled", set(!header.enabled)),
        ]))
    });
    rows.collect()
}
