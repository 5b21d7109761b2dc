//! What is kept under `extensions`.

use errand_model::Extensions;
use serde_json::{Map, Value, json};

use super::file_name;
use crate::{Scribe, keepsake};

/// Key of Bruno's extensions.
pub(super) const TOOL: &str = "bruno";

/// How far down the parts that are only kept are told.
const DEEPEST: usize = 6;

/// Where the receipt says that the original is kept.
pub(super) const ORIGINAL: &str = "extensions.bruno.original";

/// Keeps what the made JSON lacks of the original, with a line for each part that says something.
pub(super) fn keep(
    extensions: &mut Extensions,
    made: &Value,
    original: &Value,
    lines: &mut Scribe,
) {
    let Some(difference) = keepsake::difference(made, original) else { return };
    tell(&difference, "", lines, 0);
    let bruno = extensions.entry(TOOL).or_insert_with(|| json!({}));
    if let Value::Object(bruno) = bruno {
        bruno.insert("original".to_owned(), difference);
    }
}

/// Applies what was kept.
pub(super) fn restore(made: &mut Value, extensions: &Extensions) {
    if let Some(original) = extensions.get(TOOL).and_then(|bruno| bruno.get("original")) {
        keepsake::restore(made, original);
    }
}

/// A text that was kept.
pub(super) fn of<'e>(extensions: &'e Extensions, key: &str) -> Option<&'e str> {
    extensions.get(TOOL)?.get(key)?.as_str()
}

/// Scripts of others find a request by its file.
pub(super) fn file(bruno: &mut Map<String, Value>, file: &str, name: &str) {
    if file != file_name::safe(name) {
        bruno.insert("file".to_owned(), json!(file));
    }
}

pub(super) fn dialect(extensions: &mut Extensions, has_scripts: bool) {
    if has_scripts {
        extensions.insert("errand".to_owned(), json!({ "scriptDialect": "bruno" }));
    }
}

/// The parts that are only kept. Those the reader of the item has told of are not told twice.
fn tell(difference: &Value, path: &str, lines: &mut Scribe, depth: usize) {
    let part = |key| difference.get(key).and_then(Value::as_object).into_iter().flatten();
    for (key, value) in part("more") {
        tell_part(value, key, &below(path, key), lines);
    }
    if depth < DEEPEST {
        for (key, inner) in part("in").chain(part("rows")) {
            tell(inner, &below(path, key), lines, depth + 1);
        }
    }
}

fn tell_part(value: &Value, key: &str, path: &str, lines: &mut Scribe) {
    let own = path.strip_prefix("collection.").unwrap_or(path);
    let told = ["assertions", "vars.res"].iter().any(|told| own.starts_with(told));
    if told || own == "meta" || !says_something(key, value) {
        return;
    }
    if let (Value::Object(parts), "auth" | "body" | "vars") = (value, own) {
        for (key, value) in parts {
            tell_part(value, key, &below(path, key), lines);
        }
        return;
    }
    let why = match own.split('.').next() {
        Some("auth") => "another auth is chosen",
        Some("body") => "another body is chosen",
        _ => "Errand has no place for it",
    };
    lines.set_aside(path, why, ORIGINAL);
}

fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// Not what is empty or off, nor what Bruno counts for itself.
fn says_something(key: &str, value: &Value) -> bool {
    if matches!(key, "mode" | "size" | "filesCount" | "version" | "enabled" | "local" | "type") {
        return false;
    }
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty() && text != "inherit" && text != "none",
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => object.iter().any(|(key, value)| says_something(key, value)),
        _ => true,
    }
}
